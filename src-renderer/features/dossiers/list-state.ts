import { create } from 'zustand'
import type { CadreLine } from '../../../src-shared/contract/views.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { call } from '../../bridge/index.ts'

interface ListStore {
  readonly search: string
  readonly items: readonly CadreLine[]
  readonly total: number
  readonly next: string | null
  readonly isLoading: boolean
  readonly failure: Failure | null
  find(search: string): Promise<void>
  loadMore(): Promise<void>
  reload(): Promise<void>
}

const pageSize = 200
const largestPage = 500

// An answer that comes after a newer question is dropped.
let asked = 0

/** The list of dossiers: kept while one looks at something else. */
export const useDossierList = create<ListStore>()((set, get) => {
  async function read(search: string, limit: number): Promise<void> {
    asked += 1
    const mine = asked
    set({ search, isLoading: true })
    const result = await call('cadre.list', { search, after: null, limit })
    if (mine !== asked) return
    if (result.ok) set({ ...result.value, isLoading: false, failure: null })
    else set({ isLoading: false, failure: result.error })
  }
  return {
    search: '',
    items: [],
    total: 0,
    next: null,
    isLoading: false,
    failure: null,
    find: (search) => read(search.trim(), pageSize),
    reload: () => read(get().search, Math.min(largestPage, Math.max(pageSize, get().items.length))),
    async loadMore() {
      const { next, search, isLoading } = get()
      if (next === null || isLoading) return
      asked += 1
      const mine = asked
      set({ isLoading: true })
      const result = await call('cadre.list', { search, after: next, limit: largestPage })
      if (mine !== asked) return
      if (result.ok) {
        const { items, total } = result.value
        set({ items: [...get().items, ...items], total, next: result.value.next, isLoading: false })
      } else set({ isLoading: false, failure: result.error })
    },
  }
})
