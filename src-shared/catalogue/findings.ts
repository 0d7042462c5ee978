/**
 * Every remark that checking a value, a record or a row of a table can make, as a closed list. The sentences are
 * in `i18n` under `finding.<code>`; the parameters named there are the keys of `params`.
 */
export const findingCodes = [
  // a record as a whole
  'required',
  'field-unknown',
  'field-retired',
  'declaration-not-allowed',
  'value-with-declaration',
  // any value
  'value-type',
  'value-form',
  // text and names
  'text-too-long',
  'text-control',
  'name-length',
  'name-characters',
  'name-inner-space',
  'too-many-names',
  // dates
  'date-form',
  'date-ambiguous',
  'date-calendar',
  'date-range',
  'date-future',
  // numbers and money
  'number-form',
  'number-too-long',
  'below-minimum',
  'above-maximum',
  'money-unreadable',
  'money-currency',
  'money-too-fine',
  'money-too-large',
  'currency-unknown',
  // codes
  'code-unknown',
  'code-retired',
  // GB 11643
  'identity-length',
  'identity-characters',
  'identity-area',
  'identity-date',
  'identity-range',
  'identity-future',
  'identity-check',
  // GB 32100
  'credit-code-length',
  'credit-code-characters',
  'credit-code-check',
  // one field against another
  'order',
  'identity-birth',
  'identity-sex',
  'product',
  'product-currency',
  'requires',
  // one record against the others of the dossier
  'overlap',
  'sum-over',
  'change-over',
  'record-missing',
  'record-expired',
  'before-event',
  'after-event',
  'same-value',
  // one entry against others
  'duplicate-record',
  'source-differs',
  // rows of a table
  'column-missing',
  'cadre-missing',
  'cadre-ambiguous',
  'cadre-undecided',
  'evidence-required',
  'category-unknown',
  'repeat-of',
  // cells of a workbook
  'cell-error',
  'cell-unsaved',
  'cell-precision',
  'cell-date',
  'cell-merged',
  'cell-formula',
  'cell-external',
  // what a person did on the way in
  'matched-by-hand',
  'mended-by-hand',
] as const

export type FindingCode = (typeof findingCodes)[number]

/** An error keeps a record from being submitted; a warning is shown to the author and to the reviewers. */
export type Severity = 'error' | 'warning'

export type FindingParams = Readonly<Record<string, string | number>>

/** What is wrong with one text. */
export interface Fault {
  readonly code: FindingCode
  readonly params?: FindingParams
}

/** What is wrong, or odd, in a record; `field` is the id of the field to look at. */
export interface Finding extends Fault {
  readonly severity: Severity
  readonly field?: string
  /** What it was held against: a category and, where it is one, the record. */
  readonly beside?: { readonly category: string; readonly record: string | null }
}

/** The outcome of reading one text: its normal form, or the fault. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault }

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value }
}

export function fault(
  code: FindingCode,
  params?: FindingParams,
): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: params === undefined ? { code } : { code, params } }
}

/** What the system looks at, in the order of a list that says so even where nothing was found. */
export const checkKinds = ['form', 'logic', 'order', 'duplicate', 'source'] as const
export type CheckKind = (typeof checkKinds)[number]

const kinds: Partial<Record<FindingCode, CheckKind>> = {
  required: 'logic',
  'declaration-not-allowed': 'logic',
  'value-with-declaration': 'logic',
  'identity-birth': 'logic',
  'identity-sex': 'logic',
  product: 'logic',
  'product-currency': 'logic',
  requires: 'logic',
  order: 'order',
  'date-future': 'order',
  overlap: 'order',
  'before-event': 'order',
  'after-event': 'order',
  'sum-over': 'logic',
  'change-over': 'logic',
  'record-missing': 'logic',
  'record-expired': 'logic',
  'identity-future': 'order',
  'repeat-of': 'duplicate',
  'duplicate-record': 'duplicate',
  'same-value': 'duplicate',
  'source-differs': 'source',
}

/** Which check a remark comes from; what is not said otherwise is about the form of a value. */
export function checkOf(code: FindingCode): CheckKind {
  return kinds[code] ?? 'form'
}
