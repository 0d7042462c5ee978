import { create } from 'zustand'
import type { ImportPreview, SuggestedTable } from '../../../src-shared/contract/import.ts'
import type { OutputOf } from '../../../src-shared/contract/index.ts'
import type { ImportProfile } from '../../../src-shared/import/profile.ts'
import type { ChosenDelivery } from '../sources/delivery-choice.tsx'
import type { Id } from '../../../src-shared/kernel/ids.ts'

/** A table that the core has and has looked at. */
export interface ChosenTable extends Omit<SuggestedTable, 'suggestion' | 'encoding'> {
  readonly name: string
  readonly upload: Id
  /** The delivery of a source that it arrived as. */
  readonly delivery?: ChosenDelivery
}

export type Imported = OutputOf<'import.commit'>

/** How far the import has come: what is null has not been reached. */
export interface ImportSteps {
  readonly table: ChosenTable | null
  readonly profile: ImportProfile | null
  readonly preview: ImportPreview | null
  readonly imported: Imported | null
}

interface ImportStore extends ImportSteps {
  choose(table: ChosenTable, profile: ImportProfile): void
  map(profile: ImportProfile): void
  show(preview: ImportPreview | null): void
  finish(imported: Imported): void
  restart(): void
}

/** The import under way, kept while one looks something up elsewhere. */
export const useImport = create<ImportStore>()((set) => ({
  table: null,
  profile: null,
  preview: null,
  imported: null,
  choose: (table, profile) => set({ table, profile, preview: null, imported: null }),
  map: (profile) => set({ profile, preview: null }),
  show: (preview) => set({ preview }),
  finish: (imported) => set({ imported, table: null, profile: null, preview: null }),
  restart: () => set({ table: null, profile: null, preview: null, imported: null }),
}))
