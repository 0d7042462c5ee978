import type { Id } from '../kernel/ids.ts'
import type { Hand, RecordState, RevisionState, RoadAct, RoadStep } from './states.ts'

export type Act<Name extends RoadAct['act']> = Extract<RoadAct, { act: Name }>

export function handOf(step: RoadStep): Hand {
  return { member: step.member, device: step.device, at: step.at, commit: step.commit }
}

export function put(state: RecordState, revision: RevisionState): RecordState {
  return {
    ...state,
    revisions: state.revisions.map((other) => (other.revision === revision.revision ? revision : other)),
  }
}

/**
 * Author, reviewers, whoever sent it to adjudication and whoever settled it: none of them settles it or signs.
 */
export function tookPart(revision: RevisionState, member: Id): boolean {
  return (
    revision.author.member === member ||
    revision.opinions.some((opinion) => opinion.hand.member === member) ||
    revision.discarded.some((round) => round.opinions.some((opinion) => opinion.hand.member === member)) ||
    revision.escalated?.hand.member === member ||
    [...(revision.group?.votes ?? []), ...(revision.group?.former ?? [])].some(
      (vote) => vote.hand.member === member,
    ) ||
    revision.adjudication?.hand.member === member
  )
}
