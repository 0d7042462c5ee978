import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest } from '../kernel/ids.ts'
import type { RecordState, RevisionState, RoadStep } from './states.ts'
import { handOf, put, tookPart, type Act } from './taking-part.ts'

/** Whether the level above signs a revision after the approver. */
export function isAboveAsked({ rule }: Pick<RevisionState, 'rule'>): boolean {
  return rule.signer === 'approver-and-above'
}

/**
 * Puts the decisions of the level above among the steps of members, which are in their order. A node knows no depth of
 * a unit's logs that a reader could check, and its log is read by devices that do not hold all it had seen. So a
 * decision stands behind the step it answers, and never before an earlier one of its node: those keep the order of the
 * node's log. Decisions whose step is not here stand last, where they change nothing.
 */
export function placeDirectives(own: readonly RoadStep[], steps: readonly RoadStep[]): readonly RoadStep[] {
  const behind = own.map((): RoadStep[] => [])
  const waiting: RoadStep[] = []
  const reached = new Map<Digest, number>()
  for (const step of steps.filter(isDirective).sort(compareDirectives)) {
    const { answers, revision, node } = step.act
    const asked = own.findIndex(
      ({ commit, act }) =>
        commit === answers && (act.act === 'sign' || act.act === 'refer') && act.revision === revision,
    )
    if (asked < 0) {
      waiting.push(step)
      continue
    }
    const place = Math.max(asked, reached.get(node) ?? 0)
    reached.set(node, place)
    ;(behind[place] as RoadStep[]).push(step)
  }
  return [...own.flatMap((step, index) => [step, ...(behind[index] ?? [])]), ...waiting]
}

type DirectiveStep = RoadStep & { readonly act: Act<'direct'> }

function isDirective(step: RoadStep): step is DirectiveStep {
  return step.act.act === 'direct'
}

/** By node, and within its log by position. */
function compareDirectives(a: DirectiveStep, b: DirectiveStep): number {
  if (a.act.node !== b.act.node) return a.act.node < b.act.node ? -1 : 1
  return a.depth - b.depth || a.index - b.index || a.row - b.row
}

/** Whether opinions were given of a disputed revision that nobody opened: it was sent to adjudication before. */
export function hasUnopened({ opinions, opened }: Pick<RevisionState, 'opinions' | 'opened'>): boolean {
  return opinions.length > 0 && opened === null
}

/** Sends a disagreement to the level above. Every opinion that was given is opened before: the level above reads them. */
export function refer(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'refer'>,
): RecordState | ErrorCode {
  if (revision.status !== 'disputed') return 'review/not-disputed'
  if (tookPart(revision, step.member)) return 'review/adjudicator-took-part'
  if (hasUnopened(revision)) return 'review/unopened-opinions'
  const referred = { hand: handOf(step), body: act.body, formerNodes: act.formerNodes ?? [] }
  return put(state, { ...revision, status: 'referred', referred })
}

/**
 * What a decision of the level above does: it signs or sends back what the unit's approver signed and the rule asks it
 * about, and settles what the unit referred to it. Nothing else, each once, and only as the answer to that very step:
 * whoever has not seen the step cannot name its commit.
 */
export function direct(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'direct'>,
): RecordState | ErrorCode {
  const { decision, answers, node, body } = act
  const isSettling = decision === 'uphold' || decision === 'reject'
  const { signed, referred, formerNodes } = revision
  const asked = isSettling ? referred : signed && { ...signed, formerNodes }
  if (asked === null) return 'directive/step-unknown'
  if (asked.hand.commit !== answers) return 'directive/other-step'
  if (asked.formerNodes.includes(node)) return 'directive/node-replaced'
  if (!isSettling && !isAboveAsked(revision)) return 'directive/not-asked'
  if (revision.status !== (isSettling ? 'referred' : 'awaiting-above')) return 'directive/already-decided'
  const hand = handOf(step)
  const decided: RevisionState = {
    ...revision,
    directives: [...revision.directives, { hand, decision, body, node }],
  }
  switch (decision) {
    case 'sign':
      return archive(state, decided)
    case 'uphold':
      return put(state, { ...decided, status: 'adjudicated' })
    case 'return':
    case 'reject':
      return put(state, { ...decided, status: 'returned' })
  }
}

/** Makes a revision that has all its signatures the fact, or one side of a conflict. */
export function archive(state: RecordState, signed: RevisionState): RecordState {
  if (signed.parent !== state.head) {
    // Two corrections of one revision: both stay, visibly, until a person settles it with a third.
    return put(state, { ...signed, status: 'conflict' })
  }
  const settled = new Set(signed.settles)
  const archived = put(state, { ...signed, status: 'archived' })
  return {
    ...archived,
    head: signed.revision,
    revisions: archived.revisions.map((other) => {
      if (other.revision === state.head) return { ...other, status: 'superseded' }
      if (other.status === 'conflict' && settled.has(other.revision))
        return { ...other, status: 'superseded' }
      return other
    }),
  }
}

/**
 * When a revision had all its signatures, by the clock of whoever gave the last; null before. A node whose clock is slow,
 * or that says so, makes nothing a fact before the unit signed it.
 */
export function archivedAt(revision: RevisionState): string | null {
  if (revision.signed === null) return null
  const here = revision.signed.hand.at
  if (!isAboveAsked(revision)) return here
  const above = revision.directives.find(({ decision }) => decision === 'sign')?.hand.at ?? null
  return above !== null && above < here ? here : above
}

/** Whether a revision waits for the level above. */
export function isAwaitedAbove({ status }: Pick<RevisionState, 'status'>): boolean {
  return status === 'awaiting-above' || status === 'referred'
}
