import { create } from 'zustand'
import { everyDossier, type DossierLine, type ListingQuery } from '../../../src-shared/contract/listing.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { call } from '../../bridge/index.ts'

interface ListStore {
  readonly query: ListingQuery
  /** Lines by the number of their page; those far from what was looked at last are let go. */
  readonly pages: ReadonlyMap<number, readonly DossierLine[]>
  readonly total: number
  readonly isCut: boolean
  /** Dossiers of which it is not known yet whether they belong here. */
  readonly pending: number
  readonly isLoading: boolean
  readonly failure: Failure | null
  /** Lists something else. */
  show(query: ListingQuery): Promise<void>
  /** Says which lines are in view. */
  need(first: number, last: number): void
  /** Reads again what is in view. */
  reload(): Promise<void>
}

const pageSize = 60
const keptPages = 60

/** Pixels: kept while one looks at something else. */
export const listPosition = { offset: 0 }

let inView = { first: 0, last: 0 }
let isReading = false
// An answer that comes after a newer question is dropped.
let generation = 0

export function lineAt(pages: ListStore['pages'], index: number): DossierLine | undefined {
  return pages.get(Math.floor(index / pageSize))?.[index % pageSize]
}

/** The list of dossiers, read where it is looked at. */
export const useDossierList = create<ListStore>()((set, get) => {
  function pagesInView(): readonly number[] {
    const first = Math.floor(inView.first / pageSize)
    const last = Math.floor(inView.last / pageSize)
    return Array.from({ length: Math.min(4, last - first + 1) }, (_, index) => first + index)
  }

  async function read(page: number): Promise<readonly DossierLine[] | null> {
    const mine = generation
    const { query } = get()
    const result = await call('dossier.list', { query, from: page * pageSize, count: pageSize })
    if (mine !== generation) return null
    if (!result.ok) {
      set({ isLoading: false, failure: result.error })
      return null
    }
    const { items, total, isCut, pending } = result.value
    set({ total, isCut, pending, failure: null })
    // What is due is told in pieces, so that nobody waits: the list grows until it is whole.
    if (pending > 0) setTimeout(() => void (mine === generation && get().reload()), 0)
    return items
  }

  /** One page after another, always the one that is looked at now. */
  async function fill(): Promise<void> {
    if (isReading) return
    isReading = true
    for (;;) {
      const next = pagesInView().find((page) => !get().pages.has(page) && page * pageSize < get().total)
      if (next === undefined) break
      const mine = generation
      const items = await read(next)
      if (items !== null) set({ pages: withPage(get().pages, next, items) })
      else if (mine === generation) break
    }
    isReading = false
  }

  return {
    query: everyDossier,
    pages: new Map(),
    total: 0,
    isCut: false,
    pending: 0,
    isLoading: true,
    failure: null,
    async show(query) {
      generation += 1
      inView = { first: 0, last: 0 }
      listPosition.offset = 0
      set({ query, isLoading: true })
      const items = await read(0)
      if (items !== null) set({ pages: new Map([[0, items]]), isLoading: false })
    },
    need(first, last) {
      inView = { first, last }
      void fill()
    },
    async reload() {
      generation += 1
      const mine = generation
      const pages = new Map<number, readonly DossierLine[]>()
      for (const page of pagesInView()) {
        const items = await read(page)
        if (items === null) return
        pages.set(page, items)
      }
      if (mine === generation) set({ pages, isLoading: false })
    },
  }
})

function withPage(
  pages: ListStore['pages'],
  page: number,
  items: readonly DossierLine[],
): ListStore['pages'] {
  const next = new Map(pages).set(page, items)
  if (next.size > keptPages) {
    const farthest = [...next.keys()].toSorted((a, b) => Math.abs(b - page) - Math.abs(a - page))[0]
    if (farthest !== undefined) next.delete(farthest)
  }
  return next
}
