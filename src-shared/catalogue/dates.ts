import { fault, parsed, type Parsed } from './findings.ts'
import { halfWidth } from './text.ts'

/** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`: what is not known is not invented. */
export type PartialDate = string

export const firstYear = 1900
export const lastYear = 2199

const written = /^(\d{4})(?:[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?|年)?$/
const compact = /^(\d{4})(\d{2})(\d{2})?$/

/** Days of a month in the Gregorian calendar; 0 when there is no such month. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  if (month < 1 || month > 12) return 0
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export function isCalendarDate(year: number, month: number, day: number): boolean {
  return day >= 1 && day <= daysInMonth(year, month)
}

/**
 * A date of day, month or year precision. Reads `1991-02-28`, `1991.2.28`, `1991/2`, `1991年2月28日`, `199102`,
 * `19910228` and full-width digits; the precision that was written is kept. `1991.1` is refused: a spreadsheet makes
 * it of `1991.10` as well as of `1991.1`.
 *
 * Faults: `date-form`, `date-ambiguous`, `date-calendar`, `date-range` {first, last}.
 */
export function parsePartialDate(input: string): Parsed<PartialDate> {
  const text = halfWidth(input).replace(/\s+/g, '')
  if (/^\d{4}\.1$/.test(text)) return fault('date-ambiguous')
  const match = compact.exec(text) ?? written.exec(text)
  if (match === null) return fault('date-form')
  const year = Number(match[1])
  if (year < firstYear || year > lastYear) return fault('date-range', { first: firstYear, last: lastYear })
  if (match[2] === undefined) return parsed(match[1] as string)
  const month = Number(match[2])
  if (daysInMonth(year, month) === 0) return fault('date-calendar')
  const prefix = `${match[1]}-${twoDigits(month)}`
  if (match[3] === undefined) return parsed(prefix)
  const day = Number(match[3])
  return isCalendarDate(year, month, day) ? parsed(`${prefix}-${twoDigits(day)}`) : fault('date-calendar')
}

/** The first day that the date can mean. The argument is a normal form of {@link parsePartialDate}. */
export function earliestDay(date: PartialDate): string {
  if (date.length === 4) return `${date}-01-01`
  return date.length === 7 ? `${date}-01` : date
}

/** The last day that the date can mean. */
export function latestDay(date: PartialDate): string {
  if (date.length === 4) return `${date}-12-31`
  if (date.length === 10) return date
  return `${date}-${twoDigits(daysInMonth(Number(date.slice(0, 4)), Number(date.slice(5, 7))))}`
}

/**
 * Order of two dates of possibly different precision: -1 or 1 only when it holds for every day they can mean,
 * 0 when they are the same text, null when it cannot be told (1991 and 1991-05).
 */
export function comparePartialDates(a: PartialDate, b: PartialDate): -1 | 0 | 1 | null {
  if (a === b) return 0
  if (latestDay(a) < earliestDay(b)) return -1
  return earliestDay(a) > latestDay(b) ? 1 : null
}

/** Whether the two dates can be the same day. */
export function datesAgree(a: PartialDate, b: PartialDate): boolean {
  return a.startsWith(b) || b.startsWith(a)
}

/** Whether every day that the date can mean lies after `asOf` (`YYYY-MM-DD`). */
export function isAfter(date: PartialDate, asOf: string): boolean {
  return earliestDay(date) > asOf
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
