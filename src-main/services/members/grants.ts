import type { MemberState } from '../../../src-shared/access/authority.ts'
import { keyInForce } from '../../../src-shared/access/grants.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import type { DeputyTerms, GrantTerms } from '../../../src-shared/contract/members.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { momentOf } from '../../vault/vault.ts'
import { together, type Act } from '../../vault/wraps.ts'
import type { CoreContext, Session, UnlockedHandler } from '../context.ts'
import { refusalWith } from './guards.ts'
import { commitAct, say } from './parts.ts'
import { isGrantNamed } from './standing.ts'

export function sayGrant(context: Pick<CoreContext, 'primitives'>, member: Id, grant: GrantTerms): Act {
  const { role, categories, level } = grant
  const name = { op: 'role.grant', entity: member, role } as const
  return say(context, { ...name, categories, level, deputyFor: null, from: null, until: null })
}

/** A deputy reaches as far as whom they stand in for. Errors: `member/not-granted`. */
export function sayDeputy(
  context: Pick<CoreContext, 'primitives'>,
  session: Session,
  member: Id,
  { role, deputyFor, from, until }: DeputyTerms,
): Result<Act> {
  const principal = session.vault.authority.head.members.get(deputyFor)
  const own = principal?.grants.find((grant) => grant.role === role && grant.deputyFor === null)
  if (own === undefined || !own.confirmed) return err('member/not-granted')
  const { categories, level } = own
  const name = { op: 'role.grant', entity: member, role, deputyFor, from, until } as const
  return ok(say(context, { ...name, categories: [...categories], level }))
}

/** A member to whom the secadmin at work may give or take something. Errors: `call/not-found`, `member/oneself`. */
export function otherMember({ vault }: Session, id: Id): Result<MemberState> {
  const member = vault.authority.head.members.get(id)
  if (member === undefined) return err('call/not-found')
  return member.id === vault.member.id ? err('member/oneself') : ok(member)
}

export const memberGrant: UnlockedHandler<'member.grant'> = async (context, input) => {
  const member = otherMember(context.session, input.member)
  if (!member.ok) return member
  if (keyInForce(member.value) === null) return err('member/no-key')
  const loses = loss(context.session, member.value, (grant) =>
    isGrantNamed(grant, { ...input.grant, deputyFor: null }),
  )
  if (!loses.ok) return loses
  return await commitAct(context, 'secadmin', sayGrant(context, member.value.id, input.grant))
}

export const memberDeputise: UnlockedHandler<'member.deputise'> = async (context, input) => {
  const member = otherMember(context.session, input.member)
  if (!member.ok) return member
  if (keyInForce(member.value) === null) return err('member/no-key')
  const act = sayDeputy(context, context.session, member.value.id, input.deputy)
  return act.ok ? await commitAct(context, 'secadmin', act.value) : act
}

export const memberRevoke: UnlockedHandler<'member.revoke'> = async (context, input) => {
  const member = otherMember(context.session, input.member)
  if (!member.ok) return member
  const isNamed = (grant: { readonly role: Role; readonly deputyFor: Id | null }) =>
    input.grants.some((name) => isGrantNamed(grant, name))
  if (!member.value.grants.some(isNamed)) return err('call/not-found')
  const loses = loss(context.session, member.value, isNamed)
  if (!loses.ok) return loses
  const acts = member.value.grants
    .filter(isNamed)
    .map(({ role, deputyFor }) =>
      say(context, { op: 'role.revoke', entity: member.value.id, role, deputyFor }),
    )
  return await commitAct(context, 'secadmin', together(...acts))
}

/** Refuses what would leave a role or a key without anybody, when these grants of a member stop to count. */
function loss(
  { vault }: Session,
  member: MemberState,
  goes: (grant: MemberState['grants'][number]) => boolean,
): Result<true> {
  const left = member.grants.filter((grant) => !goes(grant))
  const refusal = refusalWith(vault.authority.head, member, left, momentOf(vault))
  return refusal === null ? ok(true) : err(refusal)
}
