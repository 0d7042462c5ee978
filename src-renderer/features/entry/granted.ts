import { mayHandle } from '../../../src-shared/access/grants.ts'
import type { UnitView } from '../../../src-shared/contract/views.ts'
import type { Session } from '../../app/session.ts'

/** Whether the member may enter a category under a role in force: it is granted, and of a level that is. */
export function mayEnter(
  unit: UnitView,
  session: Session,
  category: { readonly id: string; readonly level: number },
): boolean {
  const member = unit.members.find((one) => one.id === session.member.id)
  const grants = (member?.roles ?? []).filter(
    (grant) => grant.inForce && (grant.role === 'collector' || grant.role === 'inspector'),
  )
  return mayHandle(grants, { category: category.id, level: category.level })
}
