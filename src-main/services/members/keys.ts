import type { MemberState } from '../../../src-shared/access/authority.ts'
import { keyInForce } from '../../../src-shared/access/grants.ts'
import type { InvitedMember } from '../../../src-shared/contract/member-views.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { removalAct } from '../../vault/epoch-ends.ts'
import { startEpochs } from '../../vault/epoch.ts'
import { normalLogin } from '../../vault/key-slot.ts'
import { commitNewKeys, replaceKeys, type NewKeys } from '../../vault/new-keys.ts'
import { momentOf } from '../../vault/vault.ts'
import { nothing, together, type Act } from '../../vault/wraps.ts'
import { moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { rekeyHere } from './epochs.ts'
import { otherMember, sayDeputy, sayGrant } from './grants.ts'
import { refusalWith } from './guards.ts'
import { commitAct, say, tellChanged } from './parts.ts'
import { fingerprintDigits } from './standing.ts'

export const memberInvite: UnlockedHandler<'member.invite'> = async (context, input) => {
  const { session } = context
  const { name, login, password, grants, deputies } = input
  if (grants.length + deputies.length === 0) return err('call/invalid-input', { path: 'grants' })
  const logins = [...session.names.members.values()].map((member) => normalLogin(member.login))
  if (logins.includes(normalLogin(login))) return err('member/login-taken')
  const member = newId(context.primitives)
  const acts: Act[] = grants.map((grant) => sayGrant(context, member, grant))
  for (const deputy of deputies) {
    const act = sayDeputy(context, session, member, deputy)
    if (!act.ok) return act
    acts.push(act.value)
  }
  const made = await commitNewKeys(session.vault, {
    role: 'secadmin',
    at: moment(context),
    member,
    login,
    password,
    before: say(context, { op: 'member.add', entity: member, cadre: null }, { name, login }),
    after: together(...acts),
  })
  return answer(context, member, made)
}

export const memberReset: UnlockedHandler<'member.reset'> = async (context, input) => {
  const member = losable(context.session, input.member)
  if (!member.ok) return member
  const made = await replaceKeys(context.session.vault, { ...newSlot(context, input), cause: 'lost' })
  return answer(context, input.member, made)
}

export const memberSuspect: UnlockedHandler<'member.suspect'> = async (context, input) => {
  const member = losable(context.session, input.member)
  if (!member.ok) return member
  const { vault } = context.session
  const made = await replaceKeys(vault, { ...newSlot(context, input), cause: 'copied' })
  const answered = answer(context, input.member, made)
  if (!answered.ok) return answered
  const rekeyed = await rekeyHere(context, ['control'], input.job)
  return rekeyed.ok ? answered : rekeyed
}

export const memberResume: UnlockedHandler<'member.resume'> = async (context, input) => {
  const { session } = context
  const member = otherMember(session, input.member)
  if (!member.ok) return member
  if (keyInForce(member.value) !== null) return err('member/has-key')
  if (member.value.grants.length + input.grants.length === 0)
    return err('call/invalid-input', { path: 'grants' })
  const after = together(...input.grants.map((grant) => sayGrant(context, input.member, grant)))
  const made = await commitNewKeys(session.vault, { ...newSlot(context, input), after })
  return answer(context, input.member, made)
}

export const memberSuspend: UnlockedHandler<'member.suspend'> = async (context, input) => {
  const member = losable(context.session, input.member)
  if (!member.ok) return member
  const { vault } = context.session
  const { id, key } = member.value
  return await commitAct(context, 'secadmin', removalAct(vault, id, key, 'suspended'))
}

/** The key, every role and the way into `control` go in one commit; what else was held, its holders start anew. */
export const memberRemove: UnlockedHandler<'member.remove'> = async (context, input) => {
  const { vault } = context.session
  const member = otherMember(context.session, input.member)
  if (!member.ok) return member
  const key = keyInForce(member.value)
  const refusal = refusalWith(vault.authority.head, member.value, [], momentOf(vault))
  if (key !== null && refusal !== null) return err(refusal)
  const revocations = member.value.grants.map(({ role, deputyFor }) =>
    say(context, { op: 'role.revoke', entity: input.member, role, deputyFor }),
  )
  const removal = key === null ? nothing : removalAct(vault, input.member, key, 'left')
  if (key === null && revocations.length === 0) return err('member/no-key')
  const done = await startEpochs(vault, {
    role: 'secadmin',
    at: moment(context),
    keyrings: ['control'],
    act: together(removal, ...revocations),
  })
  tellChanged(context)
  return done.ok ? await rekeyHere(context, ['control'], input.job) : done
}

/** Another member with a key whose loss leaves nothing without anybody. */
function losable(session: Session, id: Id): Result<{ readonly id: Id; readonly key: string }> {
  const member = otherMember(session, id)
  if (!member.ok) return member
  const key = keyInForce(member.value)
  if (key === null) return err('member/no-key')
  const refusal = lossRefusal(session, member.value)
  return refusal === null ? ok({ id, key }) : err(refusal)
}

function lossRefusal({ vault }: Session, member: MemberState) {
  return refusalWith(vault.authority.head, member, [], momentOf(vault))
}

function newSlot(context: UnlockedContext, input: { readonly member: Id; readonly password: string }) {
  const login = context.session.names.members.get(input.member)?.login ?? ''
  return {
    role: 'secadmin',
    at: moment(context),
    member: input.member,
    login,
    password: input.password,
  } as const
}

function answer(context: UnlockedContext, member: Id, made: Result<NewKeys>): Result<InvitedMember> {
  tellChanged(context)
  return made.ok ? ok({ member, fingerprint: made.value.key.slice(0, fingerprintDigits) }) : made
}
