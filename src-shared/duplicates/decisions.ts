import type { Role } from '../access/roles.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'

/** `merge`: `other` is shown as part of `kept`. `apart`: they are two people. `undo`: an earlier decision is taken back. */
export const twinOutcomes = ['merge', 'apart', 'undo'] as const
export type TwinOutcome = (typeof twinOutcomes)[number]

export interface TwinHand {
  readonly member: Id
  readonly role: Role
  /** A claim of the clock. */
  readonly at: string
  readonly commit: Digest
  /** Of the body that the words stand in. */
  readonly body: Digest
}

export type TwinAct =
  | {
      readonly act: 'propose'
      readonly outcome: TwinOutcome
      readonly kept: Id
      readonly other: Id
      readonly undoes: Id | null
    }
  | { readonly act: 'confirm'; readonly proposal: Digest; readonly kept: Id; readonly other: Id }
  | { readonly act: 'refuse'; readonly proposal: Digest }

/** One step of a commit that is not void. */
export interface TwinStep {
  readonly decision: Id
  readonly depth: number
  readonly index: number
  readonly hand: TwinHand
  readonly act: TwinAct
}

export interface TwinDecision {
  readonly decision: Id
  readonly outcome: TwinOutcome
  readonly kept: Id
  readonly other: Id
  readonly undoes: Id | null
  readonly proposed: TwinHand
  status: 'proposed' | 'refused' | 'confirmed' | 'undone'
  settled: TwinHand | null
  /** By which act a confirmed decision was taken back. */
  undone: TwinHand | null
}

export interface VoidTwinStep {
  readonly decision: Id
  readonly commit: Digest
  readonly index: number
  readonly code: ErrorCode
}

export interface TwinState {
  /** In the order in which they were proposed. */
  readonly decisions: ReadonlyMap<Id, TwinDecision>
  /** Merges and decisions to keep apart, undone ones too, in the order in which they were confirmed. */
  readonly confirmed: readonly TwinDecision[]
  /** Those of them in force. */
  readonly inForce: readonly TwinDecision[]
  readonly voids: readonly VoidTwinStep[]
}

/** One of the two answers for it. */
const answering: readonly Role[] = ['approver', 'inspector']

/**
 * Follows all decisions about duplicates. Steps count in the causal order and then by hash, so that the outcome does not
 * hang on the order of arrival. A step that breaks a rule changes nothing and is named: a decision takes two different
 * members, one of them an approver or inspector, and is settled once.
 */
export function followTwins(steps: readonly TwinStep[]): TwinState {
  const decisions = new Map<Id, TwinDecision>()
  const confirmed: TwinDecision[] = []
  const voids: VoidTwinStep[] = []
  for (const step of steps.toSorted(inOrder)) {
    const code = take(decisions, confirmed, step)
    if (code !== null)
      voids.push({ decision: step.decision, commit: step.hand.commit, index: step.index, code })
  }
  const inForce = confirmed.filter(({ status }) => status === 'confirmed')
  return { decisions, confirmed, inForce, voids }
}

function inOrder(a: TwinStep, b: TwinStep): number {
  if (a.depth !== b.depth) return a.depth - b.depth
  if (a.hand.commit !== b.hand.commit) return a.hand.commit < b.hand.commit ? -1 : 1
  return a.index - b.index
}

function take(
  decisions: Map<Id, TwinDecision>,
  confirmed: TwinDecision[],
  { decision, hand, act }: TwinStep,
): ErrorCode | null {
  const known = decisions.get(decision)
  if (act.act === 'propose') {
    if (known !== undefined) return 'twin/settled'
    if (act.kept === act.other) return 'twin/unknown'
    const target = act.undoes === null ? undefined : decisions.get(act.undoes)
    const fault = act.outcome === 'undo' ? undoFault(target, act) : null
    if (fault !== null) return fault
    const { outcome, kept, other, undoes } = act
    const proposal = { decision, outcome, kept, other, undoes, proposed: hand }
    decisions.set(decision, { ...proposal, status: 'proposed', settled: null, undone: null })
    return null
  }
  if (known === undefined || known.proposed.commit !== act.proposal) return 'twin/unknown'
  if (known.status !== 'proposed') return 'twin/settled'
  if (act.act === 'refuse') {
    known.status = 'refused'
    known.settled = hand
    return null
  }
  if (act.kept !== known.kept || act.other !== known.other) return 'twin/unknown'
  if (hand.member === known.proposed.member) return 'review/same-person-twice'
  if (!answering.includes(hand.role) && !answering.includes(known.proposed.role)) return 'twin/nobody-answers'
  const target = known.undoes === null ? undefined : decisions.get(known.undoes)
  const fault = known.outcome === 'undo' ? undoFault(target, known) : null
  if (fault !== null) return fault
  known.status = 'confirmed'
  known.settled = hand
  if (known.outcome !== 'undo') confirmed.push(known)
  else if (target !== undefined) {
    target.status = 'undone'
    target.undone = hand
  }
  return null
}

function undoFault(
  target: TwinDecision | undefined,
  { kept, other }: Pick<TwinDecision, 'kept' | 'other'>,
): ErrorCode | null {
  if (target === undefined || target.outcome === 'undo') return 'twin/unknown'
  if (target.kept !== kept || target.other !== other) return 'twin/unknown'
  return target.status === 'confirmed' ? null : 'twin/settled'
}

/** Why a merge in force has no effect: two devices decided what does not go together. */
export const twinConflicts = ['kept-apart', 'merged-elsewhere', 'other-way-round'] as const
export type TwinConflict = (typeof twinConflicts)[number]

export interface Aliases {
  /** Where the records of a merged dossier are shown: the end of its chain. */
  readonly homes: ReadonlyMap<Id, Id>
  /** Merges without effect, by decision. They take effect when what they contradict is undone. */
  readonly conflicts: ReadonlyMap<Id, TwinConflict>
}

/**
 * Which dossiers are shown as part of which. Of two merges that contradict each other the first in the causal order
 * holds; a decision that keeps two apart outweighs every merge that would bring them together, whichever was first.
 */
export function aliasesOf(inForce: readonly TwinDecision[]): Aliases {
  const apart = inForce.filter(({ outcome }) => outcome === 'apart')
  const parents = new Map<Id, Id>()
  const conflicts = new Map<Id, TwinConflict>()
  const top = (cadre: Id) => {
    let at = cadre
    for (let next = parents.get(at); next !== undefined; next = parents.get(at)) at = next
    return at
  }
  for (const { decision, outcome, kept, other } of inForce) {
    if (outcome !== 'merge') continue
    const parent = parents.get(other)
    if (parent === kept) continue
    if (parent !== undefined) conflicts.set(decision, 'merged-elsewhere')
    else if (top(kept) === other) conflicts.set(decision, 'other-way-round')
    else {
      parents.set(other, kept)
      if (!apart.some((pair) => top(pair.kept) === top(pair.other))) continue
      parents.delete(other)
      conflicts.set(decision, 'kept-apart')
    }
  }
  const homes = new Map<Id, Id>()
  for (const cadre of parents.keys()) homes.set(cadre, top(cadre))
  return { homes, conflicts }
}
