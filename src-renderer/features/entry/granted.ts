import type { UnitView } from '../../../src-shared/contract/views.ts'
import type { Session } from '../../app/session.ts'

/** The categories that the member may enter under a role in force, `all` where a grant names none in particular. */
export function grantedCategories(unit: UnitView, session: Session): 'all' | ReadonlySet<string> {
  const member = unit.members.find((one) => one.id === session.member.id)
  const grants = (member?.roles ?? []).filter(
    (grant) => grant.inForce && (grant.role === 'collector' || grant.role === 'inspector'),
  )
  const categories = new Set(grants.flatMap((grant) => grant.categories))
  return categories.has('*') ? 'all' : categories
}
