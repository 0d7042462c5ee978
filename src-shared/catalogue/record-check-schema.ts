import { z } from 'zod'
import { compareDecimals, parseDecimal } from './numbers.ts'
import { fieldIdSchema as field } from './values.ts'

/**
 * Checks of one record against the others of the same dossier, as data: a closed set of kinds, each with the fields it
 * looks at. `severity` says whether an entry is refused or remarked upon.
 */

const severity = z.enum(['error', 'warning'])
const fields = z.array(field).min(1).max(5)
const categoryId = z.string().regex(/^[A-E]\d{1,2}$/)
const holds = z.strictObject({ field, is: z.array(z.string().min(1).max(20)).min(1).max(60) })
const limit = z.string().refine((text) => {
  const value = parseDecimal(text)
  return value.ok && value.value === text && compareDecimals(text, '0') > 0
}, 'decimal')

export const recordCheckSchemas = [
  /** The period `from`–`to` shares days with that of another record of the category; without `to` it goes on. */
  z.strictObject({
    check: z.literal('overlap'),
    from: field,
    to: field,
    /** Only among records that agree in these. */
    same: fields.exactOptional(),
    severity,
  }),
  /** `value`, summed over the records of the category that agree in `same`, is at most `maximum`. */
  z.strictObject({
    check: z.literal('sum-at-most'),
    value: field,
    same: fields,
    /** A record in which this date is filled in is over, and not counted. */
    ended: field.exactOptional(),
    maximum: limit,
    severity,
  }),
  /** The sum of `value` over the category differs from what stood a year ago by at most `maximum`. */
  z.strictObject({
    check: z.literal('change-at-most'),
    value: field,
    ended: field.exactOptional(),
    maximum: limit,
    severity,
  }),
  /**
   * What `own` names is in the dossier: a record of `category` says the same in `other`. With `on` and `until`: and was
   * still valid (`until` of the other) on the day `on`.
   */
  z.strictObject({
    check: z.literal('needs-record'),
    own: field,
    category: categoryId,
    other: field,
    on: field.exactOptional(),
    until: field.exactOptional(),
    severity,
  }),
  /**
   * `date` is not before, or not after, the date `other` of each record of `category`, moved by `years`. `when` says for
   * which records of its own the check is made, `where` which of the others count.
   */
  z.strictObject({
    check: z.literal('event-order'),
    date: field,
    order: z.enum(['not-before', 'not-after']),
    category: categoryId,
    other: field,
    years: z.int().min(-120).max(120).exactOptional(),
    when: holds.exactOptional(),
    where: holds.exactOptional(),
    severity,
  }),
  /** No other record of the category says the same in all of `fields`. */
  z.strictObject({ check: z.literal('same-value'), fields, severity }),
] as const

export const recordCheckNames = [
  'overlap',
  'sum-at-most',
  'change-at-most',
  'needs-record',
  'event-order',
  'same-value',
] as const
type RecordCheckName = (typeof recordCheckNames)[number]
type Parsed = z.infer<(typeof recordCheckSchemas)[number]>
type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T
export type RecordCheck = Frozen<Parsed>

export function isRecordCheck(check: { readonly check: string }): check is RecordCheck {
  return recordCheckNames.includes(check.check as RecordCheckName)
}

/** A field that a check names, and the kinds it may be of; null for any. */
export type NamedField = readonly [
  field: string,
  kinds: readonly ('date' | 'number' | 'money' | 'code')[] | null,
]

const dates = ['date'] as const
const amounts = ['number', 'money'] as const
const codes = ['code'] as const

/** The fields of its own category that a check names. */
export function ownFields(check: RecordCheck): readonly NamedField[] {
  switch (check.check) {
    case 'overlap':
      return [[check.from, dates], [check.to, dates], ...plain(check.same)]
    case 'sum-at-most':
      return [[check.value, amounts], ...plain(check.same), ...dated(check.ended)]
    case 'change-at-most':
      return [[check.value, amounts], ...dated(check.ended)]
    case 'needs-record':
      return [[check.own, null], ...dated(check.on)]
    case 'event-order':
      return [[check.date, dates], ...(check.when === undefined ? [] : [[check.when.field, codes] as const])]
    case 'same-value':
      return plain(check.fields)
  }
}

/** The fields of the other category that a check names; empty when it names no other. */
export function otherFields(check: RecordCheck): readonly NamedField[] {
  if (check.check === 'needs-record') return [[check.other, null], ...dated(check.until)]
  if (check.check !== 'event-order') return []
  return [[check.other, dates], ...(check.where === undefined ? [] : [[check.where.field, codes] as const])]
}

/** The category whose records a check looks at, its own where it names none. */
export function lookedAt(check: RecordCheck, own: string): string {
  return check.check === 'needs-record' || check.check === 'event-order' ? check.category : own
}

interface Place {
  readonly id: string
  readonly compartment: string
  readonly retired?: true | undefined
  readonly fields: readonly {
    readonly id: string
    readonly kind: string
    readonly table?: string | undefined
    readonly retired?: true | undefined
  }[]
}

/**
 * What of a check does not fit the catalogue; each entry a word. A check of the archive never looks into discipline: its
 * outcome would tell what is there to people who must not know.
 */
export function recordCheckProblems(
  check: RecordCheck,
  own: Place,
  categories: readonly Place[],
  tables: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const found = fieldProblems(ownFields(check), own)
  if (check.check === 'needs-record' && (check.on === undefined) !== (check.until === undefined))
    found.push('on and until')
  if (check.check !== 'needs-record' && check.check !== 'event-order') return found
  const other = categories.find(({ id }) => id === check.category)
  if (other === undefined || other.retired === true) return [...found, `category ${check.category}`]
  if (other.compartment === 'discipline' && own.compartment !== 'discipline') found.push('compartment')
  found.push(...fieldProblems(otherFields(check), other))
  if (check.check === 'event-order') {
    for (const [place, condition] of [[own, check.when] as const, [other, check.where] as const]) {
      const table = place.fields.find(({ id }) => id === condition?.field)?.table ?? ''
      if (condition?.is.some((code) => tables.get(table)?.has(code) !== true)) found.push('code')
    }
  }
  return found
}

function fieldProblems(named: readonly NamedField[], place: Place): string[] {
  return named.flatMap(([id, kinds]) => {
    const field = place.fields.find((one) => one.id === id)
    if (field === undefined || field.retired === true) return [id]
    return kinds !== null && !kinds.some((kind) => kind === field.kind) ? [id] : []
  })
}

function plain(ids: readonly string[] | undefined): readonly NamedField[] {
  return (ids ?? []).map((id) => [id, null] as const)
}

function dated(id: string | undefined): readonly NamedField[] {
  return id === undefined ? [] : [[id, dates]]
}
