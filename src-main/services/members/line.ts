import { businessRoles, type Role } from '../../../src-shared/access/roles.ts'
import type { LineView } from '../../../src-shared/contract/workload.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { heldRoles } from '../../vault/vault.ts'
import { memberName, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { commitAct, say } from './parts.ts'

const responsible: readonly Role[] = ['approver', 'inspector']
const working: readonly Role[] = [...responsible, 'reviewer', 'collector']

/** One sees one's own; who answers for the work sees everybody's. */
export const lineList: UnlockedHandler<'line.list'> = ({ session }) => {
  const { vault } = session
  const held = heldRoles(vault)
  const seesAll = responsible.some((role) => held.includes(role))
  const lines = [...vault.authority.head.members.values()]
    .filter((member) => member.grants.some(({ role }) => businessRoles.includes(role)))
    .filter((member) => seesAll || member.id === vault.member.id)
    .map(
      (member): LineView => ({
        member: member.id,
        name: memberName(session, member.id),
        line: member.line.map((cadre) => ({ cadre, name: findCadre(session, cadre)?.name ?? '' })),
      }),
    )
  return ok(lines.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN')))
}

/** Of oneself one may only name more; of others an approver or inspector says it. */
export const memberLine: UnlockedHandler<'member.line'> = async (context, input) => {
  const { session } = context
  const { vault } = session
  const member = vault.authority.head.members.get(input.member)
  if (member === undefined) return err('call/not-found')
  const cadres = [...new Set(input.cadres)]
  if (cadres.some((cadre) => findCadre(session, cadre) === null)) return err('entry/cadre-unknown')
  const isOwn = member.id === vault.member.id
  if (isOwn && !member.line.every((cadre) => cadres.includes(cadre))) return err('member/oneself')
  const held = heldRoles(vault)
  const role = (isOwn ? working : responsible).find((one) => held.includes(one))
  if (role === undefined) return err('call/not-permitted')
  return await commitAct(context, role, say(context, { op: 'member.line', entity: member.id, cadres }))
}
