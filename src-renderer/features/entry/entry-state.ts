import { create } from 'zustand'
import type { MoneyUnit } from '../../../src-shared/catalogue/money.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import type { DraftPlace } from '../../drafts/database.ts'
import type { EntryDraft } from './entry-draft.ts'

/** A file on its way to the core, or there. */
export interface EvidenceUpload {
  readonly key: number
  /** Where it lies, so that it can be looked at beside the form. */
  readonly file: File
  readonly name: string
  readonly size: number
  readonly sent: number
  /** Known once all of it has arrived. */
  readonly upload: Id | null
  readonly failure: Failure | null
}

export interface EntryForm {
  readonly place: DraftPlace
  readonly draft: EntryDraft
  /** Conflicting revisions that this one settles. */
  readonly settles: readonly Digest[]
  readonly uploads: readonly EvidenceUpload[]
  /** Fields one has been in and left: what is wrong with the others is not said yet. */
  readonly touched: ReadonlySet<string>
  readonly wasTried: boolean
  /** Whether anything was typed since the form was opened or its draft taken up. */
  readonly isDirty: boolean
  readonly savedAt: string | null
}

interface EntryStore {
  /** The one form that is open, kept while one looks something up elsewhere. */
  readonly form: EntryForm | null
  open(place: DraftPlace, draft: EntryDraft, settles: readonly Digest[]): void
  close(): void
  change(change: Partial<EntryDraft>): void
  type(field: string, text: string): void
  setUnit(field: string, unit: MoneyUnit): void
  setCurrency(field: string, currency: string): void
  touch(field: string): void
  setTried(): void
  setSaved(at: string): void
  setUpload(upload: EvidenceUpload): void
  removeUpload(key: number): void
}

export const useEntry = create<EntryStore>()((set) => {
  const update = (change: (form: EntryForm) => Partial<EntryForm>) =>
    set(({ form }) => (form === null ? {} : { form: { ...form, ...change(form) } }))
  return {
    form: null,
    open: (place, draft, settles) =>
      set({
        form: {
          place,
          draft,
          settles,
          uploads: [],
          touched: new Set(),
          wasTried: false,
          isDirty: false,
          savedAt: null,
        },
      }),
    close: () => set({ form: null }),
    change: (change) => update(({ draft }) => ({ draft: { ...draft, ...change }, isDirty: true })),
    type: (field, text) =>
      update(({ draft }) => ({
        draft: { ...draft, inputs: { ...draft.inputs, [field]: text } },
        isDirty: true,
      })),
    setUnit: (field, unit) =>
      update(({ draft }) => ({
        draft: { ...draft, units: { ...draft.units, [field]: unit } },
        isDirty: true,
      })),
    setCurrency: (field, currency) =>
      update(({ draft }) => ({
        draft: { ...draft, currencies: { ...draft.currencies, [field]: currency } },
        isDirty: true,
      })),
    touch: (field) =>
      update(({ touched }) => (touched.has(field) ? {} : { touched: new Set([...touched, field]) })),
    setTried: () => update(() => ({ wasTried: true })),
    setSaved: (savedAt) => update(() => ({ savedAt, isDirty: false })),
    setUpload: (upload) =>
      update(({ uploads, draft }) => {
        const isKnown = uploads.some((one) => one.key === upload.key)
        const next = isKnown
          ? uploads.map((one) => (one.key === upload.key ? upload : one))
          : [...uploads, upload]
        return isKnown ? { uploads: next } : withUploads(draft, next)
      }),
    removeUpload: (key) =>
      update(({ uploads, draft }) =>
        withUploads(
          draft,
          uploads.filter((one) => one.key !== key),
        ),
      ),
  }
})

function withUploads(draft: EntryDraft, uploads: readonly EvidenceUpload[]): Partial<EntryForm> {
  return { uploads, isDirty: true, draft: { ...draft, uploaded: uploads.map((one) => one.name) } }
}

export function samePlace(a: DraftPlace, b: DraftPlace): boolean {
  return a.cadre === b.cadre && a.category === b.category && a.record === b.record
}
