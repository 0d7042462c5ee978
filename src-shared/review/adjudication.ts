import type { ErrorCode } from '../kernel/errors.ts'
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

/** Names those who settle it together. They may be named anew until the first of them has spoken. */
export function convene(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'convene'>,
): RecordState | ErrorCode {
  if (revision.status !== 'disputed') return 'review/not-disputed'
  if (revision.group !== null && revision.group.votes.length > 0) return 'review/too-late'
  if (new Set(act.members).size !== act.members.length) return 'review/same-person-twice'
  if (act.members.some((member) => tookPart(revision, member))) return 'review/adjudicator-took-part'
  return put(state, { ...revision, group: { hand: handOf(step), members: act.members, votes: [] } })
}

/** One adjudicator settles it, or the majority of the group that was named for it. */
export function adjudicate(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'adjudicate'>,
): RecordState | ErrorCode {
  if (revision.status !== 'disputed') return 'review/not-disputed'
  const { group } = revision
  if (group?.votes.some((vote) => vote.hand.member === step.member) === true)
    return 'review/same-person-twice'
  if (tookPart(revision, step.member)) return 'review/adjudicator-took-part'
  const vote = { hand: handOf(step), outcome: act.outcome, body: act.body }
  const statusOf = (outcome: 'uphold' | 'reject'): RevisionStatus =>
    outcome === 'uphold' ? 'adjudicated' : 'returned'
  if (group === null) return put(state, { ...revision, status: statusOf(act.outcome), adjudication: vote })
  if (!group.members.includes(step.member)) return 'review/not-in-group'
  const votes = [...group.votes, vote]
  const withVote: RevisionState = { ...revision, group: { ...group, votes } }
  const alike = votes.filter(({ outcome }) => outcome === act.outcome).length
  if (alike * 2 > group.members.length)
    return put(state, { ...withVote, status: statusOf(act.outcome), adjudication: vote })
  // Half against half, and nobody left to speak: the author brings it in anew.
  return put(state, votes.length < group.members.length ? withVote : { ...withVote, status: 'returned' })
}
