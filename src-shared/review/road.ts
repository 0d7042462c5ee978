import { mayHandle } from '../access/grants.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import type { CategoryRule } from '../log/category-rule.ts'
import { adjudicate, assign, convene, escalate } from './adjudication.ts'
import { draw, drawOf, lotRefusal } from './lots.ts'
import { commitmentOf } from './commitment.ts'
import { archive, archivedAt, direct, isAboveAsked, placeDirectives, refer } from './above.ts'
import { settleObjection } from './objections.ts'
import { answerTo, ask, findFault } from './questions.ts'
import { followSealed } from './seals.ts'
import type { RoadStep, OpinionState, RevisionState, RecordState, RoadResult } from './states.ts'
import { handOf, put, tookPart, type Act } from './taking-part.ts'

/** The order of the road: causal depth, then the hash of the commit. Clocks decide nothing. */
export function compareSteps(a: RoadStep, b: RoadStep): number {
  if (a.depth !== b.depth) return a.depth - b.depth
  if (a.commit !== b.commit) return a.commit < b.commit ? -1 : 1
  if (a.index !== b.index) return a.index - b.index
  return a.row - b.row
}

/** The steps of a record in the order they are taken: those of members, and behind what they answer those from above. */
function inOrder(steps: readonly RoadStep[]): readonly RoadStep[] {
  const own = steps.filter(({ act }) => act.act !== 'direct').sort(compareSteps)
  return own.length === steps.length ? own : placeDirectives(own, steps)
}

/** Opinions a rule asks for. */
export function opinionsNeeded(rule: Pick<CategoryRule, 'verification'>): number {
  return rule.verification === 'single' ? 1 : 2
}

/**
 * The state of one record from its steps, in whatever order they arrive. A step that breaks a rule is void: it changes
 * nothing and is named, and what a signature had not seen undoes nothing of it. Pure, so that every replica, the verifier and the hub come to the same answer.
 */
export function followRoad(
  primitives: Pick<Primitives, 'sha256'>,
  unit: Id,
  record: Id,
  steps: readonly RoadStep[],
): RoadResult {
  const take = (state: RecordState | null, step: RoadStep) => takeStep(primitives, unit, record, state, step)
  return followSealed({ take, inOrder }, steps)
}

/**
 * One step on the road: the next state, or the code that makes the step void. Also used before a commit is made, so
 * that the screen and the verifier cannot differ.
 */
export function takeStep(
  primitives: Pick<Primitives, 'sha256'>,
  unit: Id,
  record: Id,
  state: RecordState | null,
  step: RoadStep,
): RecordState | ErrorCode {
  const { act } = step
  if (act.act === 'submit') return submit(record, state, step, act)
  if (state === null) return act.act === 'direct' ? 'directive/step-unknown' : 'review/no-such-revision'
  if (act.act === 'answer' || act.act === 'resolve' || act.act === 'answer-fault')
    return answerTo(state, step, act)
  const revision = state.revisions.find((candidate) => candidate.revision === act.revision)
  if (act.act === 'direct')
    return revision === undefined ? 'directive/step-unknown' : direct(state, revision, step, act)
  if (revision === undefined) return 'review/no-such-revision'
  if (step.memberCadre === state.cadre) return 'review/about-oneself'
  if (act.act !== 'withdraw' && !mayHandle(step.grants, revision.rule))
    return 'authority/category-not-granted'
  switch (act.act) {
    case 'withdraw':
      if (step.member !== revision.author.member) return 'review/not-author'
      // An author could so take back the row that was drawn.
      if (drawOf(revision) !== null) return 'review/too-late'
      // An opinion that was set aside has been given all the same.
      if (revision.status !== 'submitted' || revision.discarded.length > 0) return 'review/too-late'
      return put(state, { ...revision, status: 'withdrawn' })
    case 'decide':
      return decide(state, revision, step, act)
    case 'draw':
      return draw(state, revision, step, act)
    case 'return':
      return giveBack(state, revision, step, act)
    case 'open':
      return open(primitives, unit, state, revision, step, act)
    case 'assign':
      return assign(state, revision, step, act)
    case 'escalate':
      return drawOf(revision) === null ? escalate(state, revision, step, act) : 'review/drawn'
    case 'convene':
      return convene(state, revision, step, act)
    case 'adjudicate':
      return adjudicate(state, revision, step, act)
    case 'refer':
      return refer(state, revision, step, act)
    case 'ask':
      return ask(state, revision, step, act)
    case 'find-fault':
      return findFault(state, revision, step, act)
    case 'settle-objection':
      return settleObjection(state, revision, step, act)
    case 'sign':
      return sign(state, revision, step, act)
  }
}

function submit(
  record: Id,
  state: RecordState | null,
  step: RoadStep,
  act: Act<'submit'>,
): RecordState | ErrorCode {
  if (step.memberCadre === act.cadre) return 'review/about-oneself'
  if (act.rule.evidenceRequired && act.evidence === 0) return 'review/no-evidence'
  if (state !== null && (state.category !== act.category || state.cadre !== act.cadre))
    return 'review/category-changed'
  if (state?.revisions.some((other) => other.revision === act.revision)) return 'review/revision-twice'
  if (act.parent !== null) {
    const parent = state?.revisions.find((other) => other.revision === act.parent)
    // Signed here is not yet archived where the level above signs too.
    const isFact =
      parent?.signed != null && parent.status !== 'awaiting-above' && parent.status !== 'returned'
    if (!isFact) return 'review/parent-unknown'
  }
  const revision: RevisionState = {
    revision: act.revision,
    parent: act.parent,
    settles: act.settles,
    batch: act.batch,
    rule: act.rule,
    status: 'submitted',
    author: handOf(step),
    opinions: [],
    discarded: [],
    drawn: null,
    assigned: null,
    escalated: null,
    group: null,
    opened: null,
    returned: null,
    adjudication: null,
    signed: null,
    referred: null,
    directives: [],
    late: [],
    formerNodes: [],
  }
  if (state === null)
    return {
      record,
      cadre: act.cadre,
      category: act.category,
      head: null,
      revisions: [revision],
      queries: [],
      faults: [],
    }
  return { ...state, revisions: [...state.revisions, revision] }
}

function decide(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'decide'>,
): RecordState | ErrorCode {
  if (step.member === revision.author.member) return 'review/author-is-reviewer'
  if (revision.opinions.some((opinion) => opinion.hand.member === step.member))
    return 'review/same-person-twice'
  if (drawOf(revision)?.hand.member === step.member) return 'review/drawer-decides'
  const lot = lotRefusal(revision, act)
  if (lot !== null) return lot
  if (revision.status !== 'submitted' && revision.status !== 'in-review') return 'review/not-open-for-opinion'
  if (revision.opinions.some((opinion) => opinion.commitment === act.commitment))
    return 'review/opinion-copied'
  if ((revision.rule.verification === 'dual-rekey') !== (act.rekey !== undefined)) return 'review/rekey'
  const opinion: OpinionState = {
    hand: handOf(step),
    commitment: act.commitment,
    body: act.body,
    rekey: act.rekey ?? null,
    decision: null,
    grounds: null,
    lot: null,
  }
  const opinions = [...revision.opinions, opinion]
  const status = opinions.length >= opinionsNeeded(revision.rule) ? 'unopened' : 'in-review'
  return put(state, { ...revision, status, opinions })
}

function giveBack(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'return'>,
): RecordState | ErrorCode {
  const lot = lotRefusal(revision, act)
  // A row that is under no draw any more keeps nobody from returning the rest of its lot.
  if (lot === 'review/not-drawn') return state
  if (lot !== null) return lot
  if (revision.status !== 'submitted' && revision.status !== 'in-review') return 'review/not-open-for-opinion'
  if (step.member === revision.author.member) return 'review/author-is-reviewer'
  return put(state, { ...revision, status: 'returned', returned: { hand: handOf(step), body: act.body } })
}

function open(
  primitives: Pick<Primitives, 'sha256'>,
  unit: Id,
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'open'>,
): RecordState | ErrorCode {
  const lot = lotRefusal(revision, act)
  if (lot === 'review/not-drawn' && act.draw !== undefined) return state
  if (lot !== null) return lot
  // What was sent to adjudication before both opinions were in may be opened for those who settle it: nothing else is
  // disputed before it is opened.
  const escalated = revision.status === 'disputed' && revision.opened === null
  if (revision.status !== 'unopened' && !(escalated && revision.opinions.length > 0))
    return 'review/not-unopened'
  if (escalated && step.role === 'reviewer') return 'review/not-unopened'
  if (revision.author.member === step.member) return 'review/signer-took-part'
  const own = revision.opinions.some((opinion) => opinion.hand.member === step.member)
  // A reviewer opens only their own opinion, when no approver can; the approver opens all of them at once.
  if (step.role === 'reviewer' ? !own || act.opinions.length !== 1 : own) return 'review/signer-took-part'
  const opened: OpinionState[] = []
  let unopenable = act.draw?.redo === true
  if (unopenable && step.role === 'reviewer') return 'review/commitment-mismatch'
  for (const opinion of revision.opinions) {
    if (step.role === 'reviewer' && opinion.hand.member !== step.member) {
      opened.push(opinion)
      continue
    }
    const [claim, again] = act.opinions.filter(({ reviewer }) => reviewer === opinion.hand.member)
    if (claim === undefined || again !== undefined) return 'review/commitment-mismatch'
    if (claim.decision === 'unopenable') {
      // A reviewer could so discard the other's opinion together with their own.
      if (step.role === 'reviewer') return 'review/commitment-mismatch'
      opened.push(opinion)
      unopenable = true
      continue
    }
    const { reviewer, nonce, decision, grounds, lot: whole } = claim
    if ((whole !== undefined) !== (act.draw !== undefined)) return 'review/commitment-mismatch'
    const commitment = commitmentOf(primitives, {
      unit,
      revision: revision.revision,
      reviewer,
      nonce,
      decision,
      grounds,
      lot: whole,
    })
    if (commitment !== opinion.commitment || (claim.rekey ?? null) !== opinion.rekey)
      return 'review/commitment-mismatch'
    if (whole === 'agree' ? decision === 'disagree' : act.unseen === true && decision !== whole)
      return 'review/sample-contradicted'
    opened.push({ ...opinion, decision, grounds, lot: whole ?? null })
  }
  if (
    act.opinions.some((claim) => !revision.opinions.some((opinion) => opinion.hand.member === claim.reviewer))
  ) {
    return 'review/commitment-mismatch'
  }
  if (unopenable && !escalated) {
    // Two fresh opinions, for one that was already shown would no longer be independent. What went stays on record:
    // its authors hold their own copies and can say what they had said.
    const discarded = [...revision.discarded, { hand: handOf(step), opinions: revision.opinions }]
    return put(state, { ...revision, status: 'submitted', opinions: [], opened: null, discarded })
  }
  const next: RevisionState = { ...revision, opinions: opened, opened: handOf(step) }
  const decisions = opened.map((opinion) => opinion.decision)
  if (escalated || decisions.includes(null)) return put(state, next)
  // One miss sends the whole batch back, also the rows that were looked at and found right.
  if (opened.some((opinion) => opinion.lot === 'disagree')) return put(state, { ...next, status: 'returned' })
  if (decisions.every((decision) => decision === 'agree')) return put(state, { ...next, status: 'agreed' })
  if (decisions.every((decision) => decision === 'disagree'))
    return put(state, { ...next, status: 'returned' })
  return put(state, { ...next, status: 'disputed' })
}

function sign(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'sign'>,
): RecordState | ErrorCode {
  if (revision.status !== 'agreed' && revision.status !== 'adjudicated') return 'review/not-agreed'
  if (tookPart(revision, step.member) || revision.group?.members.includes(step.member) === true)
    return 'review/signer-took-part'
  const signed: RevisionState = {
    ...revision,
    signed: { hand: handOf(step), body: act.body },
    formerNodes: act.formerNodes ?? [],
  }
  return isAboveAsked(revision) ? put(state, { ...signed, status: 'awaiting-above' }) : archive(state, signed)
}

/** Whether two corrections of one revision wait for a person to settle them. */
export function hasConflict(state: RecordState): boolean {
  return state.revisions.some((revision) => revision.status === 'conflict')
}

/** Later than any moment that a clock claims. */
const never = '~'

/**
 * The revision that was the fact at a moment: the latest archived one signed at or before `at` (ISO 8601 UTC).
 * The clock is the claim of whoever signed last; the order among signatures is the log's.
 */
export function headAt(state: RecordState, at: string): RevisionState | null {
  const find = (digest: Digest | null) => state.revisions.find((one) => one.revision === digest) ?? null
  // Whatever was a fact once is an ancestor of the present one; a conflict that was settled is not.
  let revision = find(state.head)
  while (revision !== null && (archivedAt(revision) ?? never) > at) revision = find(revision.parent)
  return revision
}
