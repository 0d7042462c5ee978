import type { AuthorityState, Grant, MemberState } from '../../../src-shared/access/authority.ts'
import { isDue, isInForce, keyInForce, presentWraps } from '../../../src-shared/access/grants.ts'
import { keyrings, type Role } from '../../../src-shared/access/roles.ts'
import type { MemberLoss } from '../../../src-shared/contract/member-views.ts'
import type { ErrorCode } from '../../../src-shared/kernel/errors.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'

/**
 * What taking this member's key away would mean. Refused is what only the recovery sheets could mend: nobody left to
 * grant, to sign, or to open a keyring.
 */
export function lossOf(state: AuthorityState, member: MemberState, at: string): MemberLoss {
  return {
    refusal: refusalWith(state, member, [], at),
    reviewersLeft: workers(state, 'reviewer', at, member.id),
  }
}

/** The members who hold a role as their own, in force; one may be left out. */
export function workers(state: AuthorityState, role: Role, at: string, without?: Id): number {
  return [...state.members.values()].filter(
    (member) => member.id !== without && holdsOwn(member, member.grants, role, at),
  ).length
}

function holdsOwn(member: MemberState, grants: readonly Grant[], role: Role, at: string): boolean {
  return (
    keyInForce(member) !== null &&
    grants.some((grant) => grant.role === role && grant.deputyFor === null && isInForce(grant, at))
  )
}

/** Why a member may not come down to the grants that are left to them, or null. */
export function refusalWith(
  state: AuthorityState,
  member: MemberState,
  left: readonly Grant[],
  at: string,
): ErrorCode | null {
  for (const [role, code] of lastOnes) {
    const loses = holdsOwn(member, member.grants, role, at) && !holdsOwn(member, left, role, at)
    if (loses && workers(state, role, at, member.id) === 0) return code
  }
  const after = { ...member, grants: left }
  const isLast = keyrings.some((keyring) => {
    const holders = presentWraps(state, keyring).filter((wrap) => wrap.key !== null)
    const others = holders.filter(
      (wrap) => wrap.holder !== member.id && isStillDue(state, wrap.holder, keyring),
    )
    return holders.length > others.length && others.length === 0 && !isDue(after, keyring)
  })
  return isLast ? 'member/last-holder' : null
}

const lastOnes: readonly (readonly [Role, ErrorCode])[] = [
  ['secadmin', 'member/last-secadmin'],
  ['approver', 'member/last-approver'],
]

function isStillDue(state: AuthorityState, holder: string, keyring: (typeof keyrings)[number]): boolean {
  const member = state.members.get(holder)
  return member !== undefined && isDue(member, keyring)
}
