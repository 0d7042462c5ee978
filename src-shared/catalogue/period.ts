import { comparePartialDates, isAfter, parsePartialDate, type PartialDate } from './dates.ts'
import { fault, parsed, type Parsed } from './findings.ts'
import { halfWidth } from './text.ts'

/** `from/to`, each a partial date; `from/..` goes on (ISO 8601-2, open end). */
export type Period = string

const openEnd = '..'
const canonical = /^([\d-]+)\/([\d-]+|\.\.)$/
const words = /至今|至|到|~|—+|–|--|\s-\s/
// 1998.07-2001.03 as forms write it; `1998-07` alone has no dot and is one date.
const dotted = /^(\d{4}(?:[.年/]\d{1,2}){1,2}[月日]?)-(?!-)(.*)$/
const openWords = ['', openEnd, '今', '至今', '现在', '目前']

export interface PeriodParts {
  readonly from: string
  /** Blank where the period goes on. */
  readonly to: string
}

/** The two halves of what stands in a form, as they were typed: halves that one types apart are kept apart by a tab. */
export function periodParts(input: string): PeriodParts {
  const tab = input.indexOf('\t')
  if (tab >= 0) return { from: input.slice(0, tab), to: input.slice(tab + 1) }
  const text = halfWidth(input).trim()
  const match = canonical.exec(text) ?? dotted.exec(text)
  if (match !== null) return { from: match[1] ?? '', to: match[2] === openEnd ? '' : (match[2] ?? '') }
  const cut = words.exec(text)
  if (cut === null) return { from: text, to: '' }
  return { from: text.slice(0, cut.index), to: text.slice(cut.index + cut[0].length) }
}

/** What a form keeps of two halves. */
export function joinPeriod({ from, to }: PeriodParts): string {
  return from.trim() === '' && to.trim() === '' ? '' : `${from}\t${to}`
}

export interface PeriodRules {
  /** Today, `YYYY-MM-DD`. */
  readonly asOf: string
  readonly mayBeFuture: boolean
  /** The end has to be given. */
  readonly isClosed: boolean
}

/**
 * A period. Reads `2020-01/2021-03`, `2020.01-2021.03`, `2020年1月至2021年3月`, `2020-01 至今` and two halves with a tab
 * between them; each half as {@link parsePartialDate}. One date alone is refused: it is not said whether it goes on.
 *
 * Faults: `period-form`, `period-start`, `period-open`, `order` {from, to}, `date-future`, those of a date.
 */
export function parsePeriod(input: string, { asOf, mayBeFuture, isClosed }: PeriodRules): Parsed<Period> {
  const isSplit = input.includes('\t')
  const text = halfWidth(input).trim()
  if (!isSplit && !canonical.test(text) && !dotted.test(text) && !words.test(text))
    return fault('period-form')
  const { from, to } = periodParts(input)
  if (from.trim() === '') return fault('period-start')
  const begin = parsePartialDate(from)
  if (!begin.ok) return begin
  if (!mayBeFuture && isAfter(begin.value, asOf)) return fault('date-future')
  if (openWords.includes(halfWidth(to).trim()))
    return isClosed ? fault('period-open') : parsed(`${begin.value}/${openEnd}`)
  const end = parsePartialDate(to)
  if (!end.ok) return end
  if (!mayBeFuture && isAfter(end.value, asOf)) return fault('date-future')
  if (comparePartialDates(begin.value, end.value) === 1)
    return fault('order', { from: begin.value, to: end.value })
  return parsed(`${begin.value}/${end.value}`)
}

/** The two dates of a normal form; null where it goes on. */
export function periodDates(period: Period): { readonly from: PartialDate; readonly to: PartialDate | null } {
  const [from = '', to = openEnd] = period.split('/')
  return { from, to: to === openEnd ? null : to }
}
