import type { Id } from '../kernel/ids.ts'
import type { AuthorityState } from './authority-state.ts'
import { isInForce, keyInForce } from './grants.ts'
import type { Role } from './roles.ts'

/** Who stands in (AB 角) for whom under a role at a moment: by the one stood in for. */
export function standIns(state: AuthorityState, role: Role, at: string): ReadonlyMap<Id, readonly Id[]> {
  const found = new Map<Id, Id[]>()
  for (const member of state.members.values()) {
    if (keyInForce(member) === null) continue
    for (const { deputyFor, role: held, ...grant } of member.grants) {
      if (deputyFor === null || held !== role || !isInForce({ ...grant, deputyFor, role: held }, at)) continue
      found.set(deputyFor, [...(found.get(deputyFor) ?? []), member.id])
    }
  }
  return found
}

/** Whether a member holds a role as their own, with a key, and nobody stands in for them. */
export function isAtWork(state: AuthorityState, member: Id, role: Role, at: string): boolean {
  const known = state.members.get(member)
  if (known === undefined || keyInForce(known) === null || standIns(state, role, at).has(member)) return false
  return known.grants.some((grant) => grant.role === role && isInForce(grant, at))
}

/** Members whose assigned work somebody does at a moment: they themselves, or a deputy. */
export function coveredMembers(state: AuthorityState, role: Role, at: string): readonly Id[] {
  const away = standIns(state, role, at)
  return [...state.members.keys()].filter((member) => away.has(member) || isAtWork(state, member, role, at))
}
