import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest } from '../kernel/ids.ts'
import type { ObjectionAnswer, RecordState, RevisionState, RoadStep } from './states.ts'
import { handOf, put, type Act } from './taking-part.ts'

/**
 * Somebody who answers for entries of that category says what looking into a late objection came to. Not whoever objected,
 * nor those whose entry or opinion it is about. A founded one cites the finding it led to, or the entry is to be corrected.
 */
export function settleObjection(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  { objection, outcome, fault, body }: Act<'settle-objection'>,
): RecordState | ErrorCode {
  const objected = revision.late.filter(({ hand }) => hand.commit === objection)
  if (objected.length === 0) return 'review/objection-unknown'
  if (objected.some(({ answers }) => answers.length > 0)) return 'review/objection-settled'
  const rounds = [revision.opinions, ...revision.discarded.map(({ opinions }) => opinions)]
  const parties = [
    revision.author,
    ...objected.map(({ hand }) => hand),
    ...rounds.flatMap((opinions) => opinions.map(({ hand }) => hand)),
  ]
  if (parties.some(({ member }) => member === step.member)) return 'review/objection-party'
  const isFound = state.faults.some((one) => one.fault === fault && one.revision === revision.revision)
  if (fault !== null && (outcome === 'unfounded' || !isFound)) return 'review/fault-unknown'
  const answer = { hand: handOf(step), outcome, fault, body }
  return put(
    state,
    answered(revision, objection, (answers) => [...answers, answer]),
  )
}

/** The revision with other answers to what one commit objected. */
export function answered(
  revision: RevisionState,
  objection: Digest,
  change: (answers: readonly ObjectionAnswer[]) => readonly ObjectionAnswer[],
): RevisionState {
  const late = revision.late.map((one) =>
    one.hand.commit === objection ? { ...one, answers: change(one.answers) } : one,
  )
  return { ...revision, late }
}
