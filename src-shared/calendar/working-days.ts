/**
 * Working days of an office. A weekday is one and a weekend is not, unless the calendar of its year says otherwise:
 * the State Council moves days every year (调休), so that some weekends are worked and some weekdays are not.
 *
 * Days are `YYYY-MM-DD` in China Standard Time throughout.
 */
export interface CalendarYear {
  readonly year: number
  /** Days on which nobody works; weekends need not be named. */
  readonly holidays: readonly string[]
  /** Weekend days that are worked. */
  readonly workdays: readonly string[]
}

/** Working days that a deadline has at most: about a year. */
export const longestDeadline = 250

export interface WorkingCalendar {
  readonly off: ReadonlySet<string>
  readonly on: ReadonlySet<string>
}

export function workingCalendar(years: Iterable<CalendarYear>): WorkingCalendar {
  const off = new Set<string>()
  const on = new Set<string>()
  for (const { holidays, workdays } of years) {
    for (const day of holidays) off.add(day)
    for (const day of workdays) on.add(day)
  }
  return { off, on }
}

const dayMilliseconds = 24 * 60 * 60 * 1000

function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00.000Z`)
}

/** The day so many calendar days later; earlier for a negative count. */
export function shiftDay(day: string, count: number): string {
  return new Date(startOf(day) + count * dayMilliseconds).toISOString().slice(0, 10)
}

export function isWorkingDay({ off, on }: WorkingCalendar, day: string): boolean {
  if (on.has(day)) return true
  if (off.has(day)) return false
  const weekday = new Date(startOf(day)).getUTCDay()
  return weekday !== 0 && weekday !== 6
}

/** The `count`-th working day after `day`, which itself is not counted; `day` itself for 0. */
export function addWorkingDays(calendar: WorkingCalendar, day: string, count: number): string {
  let at = day
  for (let left = count; left > 0; ) {
    at = shiftDay(at, 1)
    if (isWorkingDay(calendar, at)) left--
  }
  return at
}

/** Working days after `from`, up to and with `to`; 0 where `to` is not later. */
export function countWorkingDays(calendar: WorkingCalendar, from: string, to: string): number {
  let count = 0
  for (let at = shiftDay(from, 1); at <= to; at = shiftDay(at, 1)) if (isWorkingDay(calendar, at)) count++
  return count
}

/**
 * The first day of which it is not true that `count` working days after it are over by the end of `day`: whatever began
 * before it was due on `day` or earlier. So one comparison with a stored day says of fifty thousand entries which are
 * due. `count` is at least 1.
 */
export function firstNotDueBy(calendar: WorkingCalendar, day: string, count: number): string {
  let at = day
  for (let left = count; ; at = shiftDay(at, -1)) {
    if (isWorkingDay(calendar, at)) left--
    if (left === 0) return at
  }
}

/** The day `YYYY-MM-DD` of China Standard Time begins at this moment (ISO 8601 UTC). */
export function momentOfDay(day: string): string {
  return new Date(startOf(day) - 8 * 60 * 60 * 1000).toISOString()
}

/** What is wrong with the calendar of a year, or null: days of other years, a day said twice, a weekday "worked". */
export function calendarFault({ year, holidays, workdays }: CalendarYear): string | null {
  const all = [...holidays, ...workdays]
  if (new Set(all).size !== all.length) return 'twice'
  for (const day of all) {
    const start = startOf(day)
    if (Number.isNaN(start) || new Date(start).toISOString().slice(0, 10) !== day) return 'no-such-day'
    if (Number(day.slice(0, 4)) !== year) return 'other-year'
  }
  const plain = workingCalendar([])
  return workdays.some((day) => isWorkingDay(plain, day)) ? 'weekday' : null
}
