import { daysInMonth } from '../../../src-shared/catalogue/dates.ts'
import type { Random } from './random.ts'

/** Days as `YYYY-MM-DD`. */
export type Day = string

export function dayIn(random: Random, year: number): Day {
  const month = random.integer(1, 12)
  return `${year}-${two(month)}-${two(random.integer(1, daysInMonth(year, month)))}`
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

/** A day in one of the years from `first` to `last`, never after `latest`. */
export function dayBetween(random: Random, first: number, last: number, latest: Day): Day {
  const day = dayIn(random, random.integer(first, Math.max(first, last)))
  return day > latest ? latest : day
}

/** So many days before. */
export function daysBefore(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
