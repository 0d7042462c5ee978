import type { Role } from '../../../src-shared/access/roles.ts'
import { err } from '../../../src-shared/kernel/result.ts'
import { heldRoles } from '../../vault/vault.ts'
import type { UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { commitAct, say } from './parts.ts'

const answering: readonly Role[] = ['approver', 'inspector', 'reviewer', 'collector']
const responsible: readonly Role[] = ['approver', 'inspector']

/** Anyone who works on dossiers may say first whose it is; later only a responsible person it does not concern. */
export const memberTie: UnlockedHandler<'member.tie'> = async (context, input) => {
  const { session } = context
  const { vault } = session
  const member = vault.authority.head.members.get(input.member)
  if (member === undefined) return err('call/not-found')
  if (input.cadre !== null && findCadre(session, input.cadre) === null) return err('entry/cadre-unknown')
  const changes = member.cadre !== null && member.cadre !== input.cadre
  if (changes && member.id === vault.member.id) return err('member/oneself')
  const held = heldRoles(vault)
  const role = (changes ? responsible : answering).find((one) => held.includes(one))
  if (role === undefined) return err('call/not-permitted')
  return await commitAct(
    context,
    role,
    say(context, { op: 'member.cadre', entity: member.id, cadre: input.cadre }),
  )
}
