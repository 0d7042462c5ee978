import type { Grant, MemberState } from '../../src-shared/access/authority.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import type { LoadedAuthority } from './authority-log.ts'
import { together, type Act } from './wraps.ts'

/**
 * The grants that new keys from the recovery sheets are for: the confirmed ones; of a member who has none any more,
 * those that they had as their own when they last had any. One rogue secadmin can take every role away, and give keys
 * that leave every role unconfirmed.
 */
export function grantsToServe({ commits, history }: LoadedAuthority, member: MemberState): readonly Grant[] {
  const present = member.grants.filter((grant) => grant.confirmed)
  if (present.length > 0) return present
  for (const { leaf } of commits.toReversed()) {
    if (history.voids.has(leaf)) continue
    const grants = history.at(leaf)?.members.get(member.id)?.grants ?? []
    const held = grants.filter((grant) => grant.confirmed && grant.deputyFor === null)
    if (held.length > 0) return held
  }
  return []
}

/** The operations of the root after which a member without a confirmed grant has these, and no other. */
export function grantAct(primitives: Primitives, member: MemberState, grants: readonly Grant[]): Act {
  if (member.grants.some((grant) => grant.confirmed)) return together()
  const others = member.grants.filter(
    ({ role, deputyFor }) => !grants.some((grant) => grant.role === role && grant.deputyFor === deputyFor),
  )
  const said: readonly ((digest: string) => Operation)[] = [
    ...others.map(({ role, deputyFor }) => (digest: string): Operation => {
      return { op: 'role.revoke', entity: member.id, digest, role, deputyFor }
    }),
    ...grants.map(({ role, categories, level, deputyFor, from, until }) => (digest: string): Operation => {
      const reach = { categories: [...categories], level }
      return { op: 'role.grant', entity: member.id, digest, role, ...reach, deputyFor, from, until }
    }),
  ]
  const acts = said.map((operation) => {
    const body = prepareBody(primitives, {})
    return { operations: [operation(body.digest)], bodies: [body] }
  })
  return together(...acts)
}
