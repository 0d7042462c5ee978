import { create } from 'zustand'
import {
  workingCopy,
  workingProblems,
  type CatalogueEdit,
  type EditProblems,
} from '../../../src-shared/catalogue/editing.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { dropDraft, readDraft, saveDraft, type DraftPlace } from '../../drafts/database.ts'

/** The steps taken, sealed like every draft; they are taken again on whatever version is in force. */
interface WorkingDraft {
  readonly base: number
  readonly edits: readonly CatalogueEdit[]
}

const place: DraftPlace = { cadre: 'catalogue', category: 'catalogue', record: null }

interface WorkingStore {
  /** Null until the draft was looked for. */
  readonly base: Catalogue | null
  readonly edits: readonly CatalogueEdit[]
  /** The version the kept steps were begun on, where it is not the one in force any more. */
  readonly begunOn: number | null
  open(base: Catalogue): Promise<void>
  /** Takes a step if what comes of it may follow the version in force; else says why not, and nothing changes. */
  take(edit: CatalogueEdit): EditProblems | null
  undo(): void
  discard(): Promise<void>
}

/** The working copy of the catalogue, of the member who is logged in. */
export const useWorking = create<WorkingStore>()((set, get) => {
  const keep = (edits: readonly CatalogueEdit[]) => {
    const { base } = get()
    set({ edits })
    if (base === null) return
    const draft: WorkingDraft = { base: base.version, edits }
    void (edits.length === 0 ? dropDraft(place) : saveDraft(place, draft))
  }
  return {
    base: null,
    edits: [],
    begunOn: null,
    open: async (base) => {
      if (get().base?.version === base.version) return
      const draft = await readDraft<WorkingDraft>(place)
      const begunOn = draft === null || draft.content.base === base.version ? null : draft.content.base
      set({ base, edits: draft?.content.edits ?? [], begunOn })
    },
    take: (edit) => {
      const { base, edits } = get()
      if (base === null) return { issues: [], successor: [] }
      const next = [...edits, edit]
      const problems = workingProblems(base, workingCopy(base, next))
      if (problems === null) keep(next)
      return problems
    },
    undo: () => keep(get().edits.slice(0, -1)),
    discard: async () => {
      set({ edits: [], begunOn: null })
      await dropDraft(place)
    },
  }
})

window.addEventListener('pagehide', () => useWorking.setState({ base: null, edits: [], begunOn: null }))
