import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { GrantLine } from '../../../src-shared/contract/member-views.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import { businessRoles } from '../../../src-shared/access/roles.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { useDesk } from '../../app/contexts.ts'
import { useList, useText } from '../../ui/text.ts'
import { useMembers } from './use-members.ts'

/** How a grant is said: its role, as whose deputy, its days, how far it reaches. */
export interface GrantWords {
  readonly role: string
  readonly days: string | null
  readonly reach: string | null
}

export function useGrantWords(): (grant: Omit<GrantLine, 'standing'>) => GrantWords {
  const text = useText()
  const list = useList()
  const { catalogue } = useDesk()
  const nameOf = useMemberName()
  return (grant) => {
    const role = text(`role.${grant.role}`)
    const { deputyFor, from, until } = grant
    return {
      role: deputyFor === null ? role : text('members.deputy-of', { role, name: nameOf(deputyFor) }),
      days: from === null || until === null ? null : text('members.days', { from, until }),
      reach: reachesDossiers(grant.role)
        ? text('members.reach', {
            level: text(`members.level.${grant.level}`),
            categories: grant.categories.includes('*')
              ? text('unit.grant.all')
              : list(grant.categories.map((id) => findCategory(catalogue, id)?.name ?? id)),
          })
        : null,
    }
  }
}

/** Whether levels and categories mean anything for a role. */
export function reachesDossiers(role: Role): boolean {
  return businessRoles.includes(role)
}

export function useMemberName(): (member: Id) => string {
  const members = useMembers().data?.members ?? []
  return (member) => members.find((one) => one.id === member)?.name ?? member.slice(0, 8)
}
