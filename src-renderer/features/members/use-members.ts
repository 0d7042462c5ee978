import type { MembersView, MemberTasks } from '../../../src-shared/contract/member-views.ts'
import { useQuery, type Query } from '../../app/use-query.ts'

/** Everybody who has or had an account. */
export function useMembers(): Query<MembersView> {
  return useQuery('member.list', {}, ['control'])
}

/** What waits for the member at work in the matter of roles and keys. */
export function useTasks(): Query<MemberTasks> {
  return useQuery('member.tasks', {}, ['control'])
}

/** How many things wait; what the member themself waits for is not among them. */
export function countTasks(tasks: MemberTasks): number {
  const { confirmations, epochs, ends, rekeys, expired, unanswered, fork, own } = tasks
  const ofFork = fork === null ? 0 : 1
  const ofOwn = own.mayAnswer ? 1 : 0
  return (
    confirmations.length +
    epochs.length +
    ends.length +
    Math.sign(rekeys.length) +
    expired.length +
    unanswered.length +
    ofFork +
    ofOwn
  )
}
