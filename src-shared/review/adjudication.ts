import type { ErrorCode } from '../kernel/errors.ts'
import { hasUnopened } from './above.ts'
import type { RecordState, RevisionState, RevisionStatus, RoadStep } from './states.ts'
import { handOf, put, tookPart, type Act } from './taking-part.ts'

/** Who is to review. It guides people; who may, the rules of an opinion say. */
export function assign(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'assign'>,
): RecordState | ErrorCode {
  if (revision.status !== 'submitted' && revision.status !== 'in-review') return 'review/not-open-for-opinion'
  if (step.member === revision.author.member) return 'review/author-is-reviewer'
  if (new Set(act.reviewers).size !== act.reviewers.length) return 'review/same-person-twice'
  if (act.reviewers.includes(revision.author.member)) return 'review/author-is-reviewer'
  const assigned = { hand: handOf(step), reviewers: act.reviewers, way: act.way, seed: act.seed ?? null }
  return put(state, { ...revision, assigned })
}

/** A reviewer who will not say alone what a sensitive matter is worth. Opinions that were given stay, sealed. */
export function escalate(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'escalate'>,
): RecordState | ErrorCode {
  if (step.member === revision.author.member) return 'review/author-is-reviewer'
  if (revision.status !== 'submitted' && revision.status !== 'in-review') return 'review/not-open-for-opinion'
  return put(state, {
    ...revision,
    status: 'disputed',
    escalated: { hand: handOf(step), body: act.body },
  })
}

/**
 * Names those who settle it together, by somebody who took no part. They may be named anew: what was said before keeps
 * its authors out of the next group.
 */
export function convene(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'convene'>,
): RecordState | ErrorCode {
  if (revision.status !== 'disputed') return 'review/not-disputed'
  if (new Set(act.members).size !== act.members.length) return 'review/same-person-twice'
  if ([step.member, ...act.members].some((member) => tookPart(revision, member)))
    return 'review/adjudicator-took-part'
  const { group } = revision
  const former = group === null ? [] : [...group.former, ...group.votes]
  return put(state, { ...revision, group: { hand: handOf(step), members: act.members, votes: [], former } })
}

/** Of a matter that nobody reviewed to the end, two adjudicators must say the same. */
const alikeWithoutReviews = 2

/**
 * One adjudicator settles a disagreement, or the majority of the group that was named for it. What was sent to
 * adjudication before both opinions were in takes two who say the same, or a group; and nobody decides past an opinion
 * that was given and not opened.
 */
export function adjudicate(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'adjudicate'>,
): RecordState | ErrorCode {
  if (revision.status !== 'disputed') return 'review/not-disputed'
  const { group, escalated } = revision
  if (group?.votes.some((vote) => vote.hand.member === step.member) === true)
    return 'review/same-person-twice'
  if (tookPart(revision, step.member)) return 'review/adjudicator-took-part'
  if (hasUnopened(revision)) return 'review/unopened-opinions'
  const vote = { hand: handOf(step), outcome: act.outcome, body: act.body }
  const statusOf = (outcome: 'uphold' | 'reject'): RevisionStatus =>
    outcome === 'uphold' ? 'adjudicated' : 'returned'
  if (group === null && escalated === null)
    return put(state, { ...revision, status: statusOf(act.outcome), adjudication: vote })
  const settling = group ?? { hand: vote.hand, members: [], votes: [], former: [] }
  const isOpen = settling.members.length === 0
  if (!isOpen && !settling.members.includes(step.member)) return 'review/not-in-group'
  const votes = [...settling.votes, vote]
  const withVote: RevisionState = { ...revision, group: { ...settling, votes } }
  const alike = votes.filter(({ outcome }) => outcome === act.outcome).length
  if (isOpen ? alike >= alikeWithoutReviews : alike * 2 > settling.members.length)
    return put(state, { ...withVote, status: statusOf(act.outcome), adjudication: vote })
  // Half against half, and nobody left to speak: the author brings it in anew.
  const isOver = !isOpen && votes.length === settling.members.length
  return put(state, isOver ? { ...withVote, status: 'returned' } : withVote)
}
