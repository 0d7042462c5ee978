import { useEffect } from 'react'
import type { Role } from '../../../src-shared/access/roles.ts'
import { everythingDue, type DueFilter } from '../../../src-shared/contract/cycles.ts'
import type { DueState } from '../../../src-shared/cycles/due.ts'
import { holdsAny, type Session } from '../../app/session.ts'
import { useQuery, type Query } from '../../app/use-query.ts'

/** Who answers for something being handed in. */
export const dueRoles: readonly Role[] = ['collector', 'approver', 'inspector']

/** A calendar or a catalogue stands in `control`. */
const grows = ['control', 'archive', 'discipline'] as const

/** The shape and tone of each state; its word is `due.state.<state>`. */
export const dueMarks: Readonly<
  Record<DueState, { readonly shape: string; readonly tone: 'risk' | 'watch' | 'plain' }>
> = {
  overdue: { shape: '✕', tone: 'risk' },
  soon: { shape: '▲', tone: 'watch' },
  open: { shape: '○', tone: 'plain' },
  later: { shape: '·', tone: 'plain' },
}

/** Asks again while the core is still working it out, as after an import. */
export function useWhilePending({
  data,
  reload,
}: Pick<Query<{ readonly pending: number }>, 'data' | 'reload'>): void {
  useEffect(() => {
    if (data !== null && data.pending > 0) reload()
  }, [data, reload])
}

export function useDueSummary(
  session: Session,
  filter: DueFilter = everythingDue,
  month: string | null = null,
) {
  const found = useQuery('due.summary', holdsAny(session, dueRoles) ? { filter, month } : null, grows)
  useWhilePending(found)
  return found
}
