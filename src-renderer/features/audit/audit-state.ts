import dayjs from 'dayjs'
import { create } from 'zustand'
import type { AccessFlag, AccessKind } from '../../../src-shared/audit/access-entry.ts'
import type { AccessFilter, IndexReport } from '../../../src-shared/contract/audit.ts'

/** What the auditor set; days are of this machine's calendar. */
export interface Filters {
  readonly members: readonly string[]
  readonly cadre: string
  /** What stands in the field for `cadre`, which is an id after a choice in the list. */
  readonly cadreLabel: string
  /** `YYYY-MM-DD`, both inclusive; empty for no limit. */
  readonly from: string
  readonly until: string
  readonly kinds: readonly AccessKind[]
  readonly flags: readonly AccessFlag[]
  readonly doubtful: boolean
}

export const noFilters: Filters = {
  members: [],
  cadre: '',
  cadreLabel: '',
  from: '',
  until: '',
  kinds: [],
  flags: [],
  doubtful: false,
}

interface AuditStore {
  readonly filters: Filters
  /** The newest reading of the log in this session; null before the first. */
  readonly report: IndexReport | null
  set(change: Partial<Filters>): void
  tell(report: IndexReport): void
}

export const useAudit = create<AuditStore>()((set) => ({
  filters: noFilters,
  report: null,
  set: (change) => set(({ filters }) => ({ filters: { ...filters, ...change } })),
  tell: (report) => set({ report }),
}))

/** The filter as the core is asked it: whole days from midnight to midnight of this machine's clock. */
export function filterOf(filters: Filters): AccessFilter {
  const { members, cadre, from, until, kinds, flags, doubtful } = filters
  return {
    members: [...members],
    cadre: cadre.trim(),
    from: from === '' ? null : dayjs(from).startOf('day').toISOString(),
    until: until === '' ? null : dayjs(until).add(1, 'day').startOf('day').toISOString(),
    kinds: [...kinds],
    flags: [...flags],
    doubtful,
  }
}

export function isFiltered(filters: Filters): boolean {
  return JSON.stringify(filters) !== JSON.stringify(noFilters)
}
