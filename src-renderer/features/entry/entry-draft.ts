import type { MoneyUnit } from '../../../src-shared/catalogue/money.ts'
import { formatFieldInput } from '../../../src-shared/catalogue/fields.ts'
import { activeFields } from '../../../src-shared/catalogue/read.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { CategoryDeclaration, RecordValues } from '../../../src-shared/catalogue/values.ts'
import type { Explanation } from '../../../src-shared/contract/explanation.ts'
import type {
  EvidenceLine,
  RecordView,
  RevisionView,
  SourceKind,
} from '../../../src-shared/contract/views.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'

/** What one has typed into an entry form, as it was typed. */
export interface EntryDraft {
  /** For the list of drafts, so that it needs not read the dossier. */
  readonly cadreName: string
  readonly declaration: CategoryDeclaration
  readonly inputs: Readonly<Record<string, string>>
  /** For money fields; CNY and 元 where absent. */
  readonly currencies: Readonly<Record<string, string>>
  readonly units: Readonly<Record<string, MoneyUnit>>
  readonly source: { readonly kind: SourceKind; readonly from: string; readonly reference: string }
  readonly reason: string
  /** What is said of warnings; absent where nothing is. */
  readonly explanations?: readonly Explanation[]
  /** What the form was filled with: fields that differ from it are marked. Absent in a form begun blank. */
  readonly copied?: RecordValues
  /** Evidence of the parent revision that goes on with this one. */
  readonly kept: readonly EvidenceLine[]
  /** The archived revision that was corrected when the draft was begun. */
  readonly parent: Digest | null
  /** The version of the catalogue under which the form was opened; absent in drafts of older programs. */
  readonly catalogueVersion?: number
  /** What the revision said that is corrected: values that are not asked for any more go on unchanged. */
  readonly carried?: RecordValues
  /** Names of files that had been added. They are with the core, which forgets them when it is locked. */
  readonly uploaded: readonly string[]
  /** The correction request that this entry is for; absent in drafts begun without one. */
  readonly request?: Id
}

/** What a correction starts from. */
export interface Correction {
  readonly record: RecordView
  /** The revision whose values fill the form: the last one sent back, or else the archived one. */
  readonly base: RevisionView
}

/** The revision a new one of this record starts from, or null when there is nothing to start from. */
export function correctionOf(record: RecordView): Correction | null {
  const newest = record.revisions[0]
  const head = record.revisions.find((revision) => revision.revision === record.head)
  const isReturned = newest?.status === 'returned' || newest?.status === 'withdrawn'
  const base = isReturned ? newest : (head ?? newest)
  return base === undefined ? null : { record, base }
}

/** Conflicting revisions that a correction settles. */
export function settledBy({ record }: Correction): readonly Digest[] {
  return record.revisions
    .filter((revision) => revision.status === 'conflict')
    .map((revision) => revision.revision)
}

export function emptyDraft(category: Category, cadreName: string): EntryDraft {
  return {
    cadreName,
    declaration: category.declarations[0] ?? 'present',
    inputs: {},
    currencies: {},
    units: {},
    source: { kind: 'form', from: '', reference: '' },
    reason: '',
    kept: [],
    parent: null,
    uploaded: [],
  }
}

/** Values as one would have typed them. */
function typedValues(values: RecordValues): Pick<EntryDraft, 'inputs' | 'currencies'> {
  const inputs: Record<string, string> = {}
  const currencies: Record<string, string> = {}
  for (const [id, value] of Object.entries(values)) {
    inputs[id] = formatFieldInput(value)
    if (typeof value !== 'string') currencies[id] = value.currency
  }
  return { inputs, currencies }
}

/** What a blank form becomes when it is filled with an earlier entry. What is not asked for any more stays out. */
export function filledFrom(category: Category, values: RecordValues): Partial<EntryDraft> {
  const asked = new Set(activeFields(category).map(({ id }) => id))
  const copied = Object.fromEntries(Object.entries(values).filter(([id]) => asked.has(id)))
  return { ...typedValues(copied), declaration: 'present', units: {}, copied }
}

/** Whether a field was filled with something else than stands in it now. */
export function isChanged(draft: EntryDraft, field: string): boolean {
  if (draft.copied === undefined) return false
  const { inputs, currencies } = typedValues(draft.copied)
  const typed = (draft.inputs[field] ?? '').trim()
  if (typed !== (inputs[field] ?? '')) return true
  if (inputs[field] === undefined) return false
  const unit = draft.units[field] ?? '元'
  return unit !== '元' || (draft.currencies[field] ?? 'CNY') !== (currencies[field] ?? 'CNY')
}

export function draftOfCorrection({ record, base }: Correction): EntryDraft {
  return {
    cadreName: record.cadreName,
    // A statement of 本期无变化 is not corrected: its form is not opened.
    declaration: base.declaration === 'unchanged' ? 'present' : base.declaration,
    ...typedValues(base.values),
    units: {},
    source: {
      kind: base.source.kind === 'import' ? 'document' : base.source.kind,
      from: base.source.from,
      reference: base.source.reference ?? '',
    },
    // What was never archived and is entered again is no correction: the first reason still holds.
    reason: record.head === null ? base.reason : '',
    explanations: base.explanations,
    copied: base.values,
    kept: base.evidence,
    parent: record.head,
    carried: base.values,
    uploaded: [],
  }
}
