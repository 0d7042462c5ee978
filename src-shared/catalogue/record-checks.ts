import { compareDecimals, scaled } from './numbers.ts'
import { comparePartialDates, earliestDay, latestDay } from './dates.ts'
import { valueFault } from './fields.ts'
import type { Finding, FindingCode, FindingParams } from './findings.ts'
import { groupedMoney, type Money } from './money.ts'
import { isRecordCheck, lookedAt, type RecordCheck } from './record-check-schema.ts'
import type { Catalogue, Category } from './schema.ts'
import { halfWidth } from './text.ts'
import type { FieldValue, RecordContent, RecordValues } from './values.ts'

/** Another record of the dossier, as it stands now: archived, or on its way there. */
export interface BesideRecord {
  /** Null for a row of a file that is not written yet. */
  readonly record: string | null
  readonly category: string
  readonly values: RecordValues
}

/** What stands beside a record in its dossier, as far as whoever looks may see it. */
export interface Beside {
  readonly records: readonly BesideRecord[]
  /** What the records of the category said a year ago. */
  readonly yearAgo: readonly RecordValues[]
  /** Whether all that the dossier holds of a category is among `records`. A check that lacks a part says nothing. */
  seesAll(category: string): boolean
}

/** The categories whose records the checks of a category look at. */
export function categoriesBeside(category: Category): readonly string[] {
  return [...new Set(category.crossChecks.filter(isRecordCheck).map((check) => lookedAt(check, category.id)))]
}

/** Whether a check of the category compares with what stood a year ago. */
export function looksBack(category: Category): boolean {
  return category.crossChecks.some(({ check }) => check === 'change-at-most')
}

/**
 * A record against the others of its dossier. Only values without a fault of their own are compared, and a check whose
 * fields are blank says nothing. At most one remark a check.
 *
 * @param asOf today, `YYYY-MM-DD`
 */
export function recordFindings(
  category: Category,
  catalogue: Catalogue,
  content: RecordContent,
  beside: Beside,
  asOf: string,
): readonly Finding[] {
  if (content.declaration !== 'present') return []
  const sound = soundValues(category, catalogue, content.values, asOf)
  return category.crossChecks.filter(isRecordCheck).flatMap((check) => {
    const other = lookedAt(check, category.id)
    if (!beside.seesAll(other)) return []
    const others = beside.records.filter((record) => record.category === other)
    const found = findingOf(check, sound, others, beside.yearAgo)
    if (found === null) return []
    const name = catalogue.categories.find(({ id }) => id === other)?.name ?? other
    const { code, field, params, record } = found
    return [
      {
        code,
        severity: check.severity,
        field,
        params: { ...params, category: name },
        beside: { category: other, record },
      },
    ]
  })
}

function soundValues(
  category: Category,
  catalogue: Catalogue,
  values: RecordValues,
  asOf: string,
): RecordValues {
  const sound = category.fields.flatMap((field) => {
    const value = values[field.id]
    const isSound =
      value !== undefined && field.retired !== true && valueFault(field, catalogue, value, asOf) === null
    return isSound ? [[field.id, value] as const] : []
  })
  return Object.fromEntries(sound)
}

interface Found {
  readonly code: FindingCode
  readonly field: string
  readonly params: FindingParams
  readonly record: string | null
}

type Of<Name extends RecordCheck['check']> = Extract<RecordCheck, { check: Name }>

function findingOf(
  check: RecordCheck,
  values: RecordValues,
  others: readonly BesideRecord[],
  yearAgo: readonly RecordValues[],
): Found | null {
  switch (check.check) {
    case 'overlap':
      return overlap(check, values, others)
    case 'sum-at-most':
      return sumAtMost(check, values, others)
    case 'change-at-most':
      return changeAtMost(check, values, others, yearAgo)
    case 'needs-record':
      return needsRecord(check, values, others)
    case 'event-order':
      return eventOrder(check, values, others)
    case 'same-value':
      return sameValue(check, values, others)
  }
}

const endless = '9999-12-31'

/** Only where the days are certainly shared: the last day of one post may be the first of the next. */
function overlap(check: Of<'overlap'>, values: RecordValues, others: readonly BesideRecord[]): Found | null {
  const from = dateOf(values, check.from)
  if (from === null) return null
  const to = dateOf(values, check.to)
  const hit = others.find((other) => {
    const start = dateOf(other.values, check.from)
    if (start === null || !agree(check.same ?? [], values, other.values)) return false
    const end = dateOf(other.values, check.to)
    const latestStart = [latestDay(from), latestDay(start)].sort()[1] ?? endless
    const earliestEnd = [to, end].map((day) => (day === null ? endless : earliestDay(day))).sort()[0] ?? ''
    return latestStart < earliestEnd
  })
  if (hit === undefined) return null
  const [start, end] = [dateOf(hit.values, check.from), dateOf(hit.values, check.to)]
  return {
    code: 'overlap',
    field: check.from,
    params: { from: start ?? '', to: end ?? '…' },
    record: hit.record,
  }
}

function sumAtMost(
  check: Of<'sum-at-most'>,
  values: RecordValues,
  others: readonly BesideRecord[],
): Found | null {
  if (isOver(check.ended, values) || check.same.some((field) => values[field] === undefined)) return null
  const counted = others.filter(
    (other) => !isOver(check.ended, other.values) && agree(check.same, values, other.values),
  )
  const own = values[check.value]
  const sum =
    own === undefined ? null : total(own, [values, ...counted.map((one) => one.values)], check.value)
  // Alone it is above the bounds of its field, if it has any.
  if (sum === null || counted.length === 0 || compareDecimals(sum.decimal, check.maximum) <= 0) return null
  return {
    code: 'sum-over',
    field: check.value,
    params: { sum: sum.shown, maximum: check.maximum },
    record: counted[0]?.record ?? null,
  }
}

function changeAtMost(
  check: Of<'change-at-most'>,
  values: RecordValues,
  others: readonly BesideRecord[],
  yearAgo: readonly RecordValues[],
): Found | null {
  const own = values[check.value]
  const counts = (one: RecordValues) => !isOver(check.ended, one)
  const before = own === undefined ? null : total(own, yearAgo.filter(counts), check.value)
  const now =
    own === undefined
      ? null
      : total(own, [values, ...others.map((one) => one.values)].filter(counts), check.value)
  // Nothing to compare with is no change.
  if (before === null || now === null || before.parts === 0) return null
  const difference = subtract(now.decimal, before.decimal)
  const size = difference.startsWith('-') ? difference.slice(1) : difference
  if (compareDecimals(size, check.maximum) <= 0) return null
  const params = { before: before.shown, now: now.shown, maximum: check.maximum }
  return { code: 'change-over', field: check.value, params, record: null }
}

function needsRecord(
  check: Of<'needs-record'>,
  values: RecordValues,
  others: readonly BesideRecord[],
): Found | null {
  const named = values[check.own]
  if (named === undefined) return null
  const matching = others.filter((other) => alikeKey(other.values[check.other] ?? null) === alikeKey(named))
  if (matching.length === 0) return { code: 'record-missing', field: check.own, params: {}, record: null }
  const on = check.on === undefined ? null : dateOf(values, check.on)
  const { until } = check
  if (on === null || until === undefined) return null
  const ends = matching.map((other) => dateOf(other.values, until))
  if (ends.some((end) => end === null || comparePartialDates(end, on) !== -1)) return null
  const day = (ends as readonly string[]).toSorted().at(-1) ?? ''
  const params = { until: day, on }
  return { code: 'record-expired', field: check.own, params, record: matching[0]?.record ?? null }
}

function eventOrder(
  check: Of<'event-order'>,
  values: RecordValues,
  others: readonly BesideRecord[],
): Found | null {
  const date = dateOf(values, check.date)
  if (date === null || !holds(check.when, values)) return null
  const wrong = check.order === 'not-before' ? -1 : 1
  for (const other of others) {
    const event = dateOf(other.values, check.other)
    if (event === null || !holds(check.where, other.values)) continue
    const bound = movedBy(event, check.years ?? 0)
    if (bound === null || comparePartialDates(date, bound) !== wrong) continue
    const code = wrong === -1 ? 'before-event' : 'after-event'
    return { code, field: check.date, params: { event, bound }, record: other.record }
  }
  return null
}

function sameValue(
  check: Of<'same-value'>,
  values: RecordValues,
  others: readonly BesideRecord[],
): Found | null {
  const hit = others.find((other) => agree(check.fields, values, other.values))
  return hit === undefined
    ? null
    : { code: 'same-value', field: check.fields[0] ?? '', params: {}, record: hit.record }
}

/** Whether both say the same in every field: a blank is the same as nothing. */
function agree(fields: readonly string[], a: RecordValues, b: RecordValues): boolean {
  return fields.every((field) => {
    const [left, right] = [a[field], b[field]]
    return left !== undefined && right !== undefined && alikeKey(left) === alikeKey(right)
  })
}

/** The width of characters, case and white space do not count. */
function alikeKey(value: FieldValue | null): string | null {
  if (value === null) return null
  return typeof value === 'string'
    ? `text ${halfWidth(value).replace(/\s+/g, '').toUpperCase()}`
    : JSON.stringify(value)
}

function isOver(ended: string | undefined, values: RecordValues): boolean {
  return ended !== undefined && values[ended] !== undefined
}

function holds(
  condition: { readonly field: string; readonly is: readonly string[] } | undefined,
  values: RecordValues,
): boolean {
  if (condition === undefined) return true
  const code = values[condition.field]
  return typeof code === 'string' && condition.is.includes(code)
}

// Values of another version may be of another kind.
const dateForm = /^\d{4}(-\d\d(-\d\d)?)?$/
const decimalForm = /^-?\d{1,15}(\.\d{1,8})?$/

function dateOf(values: RecordValues, field: string): string | null {
  const value = values[field]
  return typeof value === 'string' && dateForm.test(value) ? value : null
}

/** A date so many years on; the 29th of February is the 28th in years that have none. */
function movedBy(date: string, years: number): string | null {
  const year = Number(date.slice(0, 4)) + years
  if (year < 1 || year > 9998) return null
  const rest = date.slice(4)
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return `${String(year).padStart(4, '0')}${rest === '-02-29' && !isLeap ? '-02-28' : rest}`
}

interface Total {
  /** In units, exactly. */
  readonly decimal: string
  readonly shown: string
  readonly parts: number
}

/** The sum of a field, exactly. Of money, what is in the currency of `like`; another currency is not added. */
function total(like: FieldValue, all: readonly RecordValues[], field: string): Total | null {
  if (typeof like === 'string') {
    const parts = all.map((values) => values[field]).filter((value) => isDecimal(value))
    const decimal = parts.reduce(add, '0')
    return { decimal, shown: decimal, parts: parts.length }
  }
  if (!isMoney(like)) return null
  const { currency } = like
  const parts = all
    .map((values) => values[field])
    .filter((value) => isMoney(value))
    .filter((value) => value.currency === currency)
  const amount = parts.reduce((sum, part) => sum + BigInt(part.amount), 0n)
  const number = Number(amount)
  if (!Number.isSafeInteger(number)) return null
  return {
    decimal: decimalOf(amount, 2),
    shown: groupedMoney({ amount: number, currency }),
    parts: parts.length,
  }
}

function isMoney(value: FieldValue | undefined): value is Money {
  return typeof value === 'object' && 'amount' in value
}

function isDecimal(value: FieldValue | undefined): value is string {
  return typeof value === 'string' && decimalForm.test(value)
}

function add(a: string, b: string): string {
  const [left, right] = [scaled(a), scaled(b)]
  const scale = Math.max(left.scale, right.scale)
  return decimalOf(
    left.units * 10n ** BigInt(scale - left.scale) + right.units * 10n ** BigInt(scale - right.scale),
    scale,
  )
}

function subtract(a: string, b: string): string {
  return add(a, b.startsWith('-') ? b.slice(1) : `-${b}`)
}

function decimalOf(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0')
  const [whole, fraction] = [
    digits.slice(0, digits.length - scale),
    digits.slice(digits.length - scale).replace(/0+$/, ''),
  ]
  return `${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}
