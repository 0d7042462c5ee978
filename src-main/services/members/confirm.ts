import { keyInForce } from '../../../src-shared/access/grants.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { commitKeys, nothing, together, wrapFor } from '../../vault/wraps.ts'
import { moment, type UnlockedHandler } from '../context.ts'
import { dueFor, myConfirmingRole } from './due.ts'
import { say, tellChanged } from './parts.ts'
import { fingerprintDigits, holdingRole, isGrantNamed } from './standing.ts'

/** Hands over what the chosen grants need and, of those that then have all of it, says that they are in force. */
export const memberConfirm: UnlockedHandler<'member.confirm'> = async (context, input) => {
  const { session } = context
  const { vault } = session
  const member = vault.authority.head.members.get(input.member)
  if (member === undefined) return err('call/not-found')
  if (keyInForce(member)?.slice(0, fingerprintDigits) !== input.fingerprint) return err('member/key-changed')
  const due = dueFor(session, member)
  const isChosen = (grant: (typeof member.grants)[number]) =>
    input.grants.some((name) => isGrantNamed(grant, name))
  const confirmed = due?.confirmable.filter(isChosen) ?? []
  const partial = due?.partial.filter(isChosen) ?? []
  const grants = [...confirmed, ...partial]
  const role = confirmed.length > 0 ? myConfirmingRole(session) : holdingRole(session)
  if (due === null || role === null || grants.length === 0) return err('member/nothing-due')
  const rings = [...new Set(grants.flatMap((grant) => due.givesFor(grant)))]
  const wraps = rings.length === 0 ? ok({ ...nothing, keyrings: [] }) : await wrapFor(vault, member.id, rings)
  if (!wraps.ok) return wraps
  const confirmations = confirmed.map((grant) =>
    say(context, { op: 'role.confirm', entity: member.id, role: grant.role, deputyFor: grant.deputyFor }),
  )
  const done = await commitKeys(vault, role, moment(context), together(wraps.value, ...confirmations))
  tellChanged(context)
  if (!done.ok) return done
  return ok({ confirmed: confirmed.length, handedOver: wraps.value.keyrings.length })
}
