import { shiftDay } from '../../../src-shared/calendar/working-days.ts'

/** Days as an office writes them down: `1.1-1.3、2.15-2.23`, in order, runs drawn together. */
export function writeDays(days: readonly string[]): string {
  const runs: [string, string][] = []
  for (const day of days.toSorted()) {
    const last = runs.at(-1)
    if (last !== undefined && shiftDay(last[1], 1) === day) last[1] = day
    else runs.push([day, day])
  }
  return runs.map(([from, to]) => (from === to ? short(from) : `${short(from)}-${short(to)}`)).join('、')
}

function short(day: string): string {
  return `${Number(day.slice(5, 7))}.${Number(day.slice(8, 10))}`
}

const longestRun = 60

/** The days that such a list names, or null where it cannot be read. Months and days may be parted by `.`, `/` or `月`. */
export function readDays(year: number, text: string): readonly string[] | null {
  const days: string[] = []
  for (const piece of text.split(/[、，,；;\s]+/u).filter((one) => one !== '')) {
    const [from, to, more] = piece.split(/[-–—~～至]/u).map((one) => readDay(year, one))
    const last = to === undefined ? from : to
    if (from == null || last == null || more !== undefined || last < from) return null
    for (let day = from; day <= last; day = shiftDay(day, 1)) {
      days.push(day)
      if (days.length > longestRun * 4) return null
    }
  }
  return days
}

function readDay(year: number, text: string): string | null {
  const found = /^(\d{1,2})[./月](\d{1,2})日?$/u.exec(text)
  if (found === null) return null
  const day = `${year}-${(found[1] ?? '').padStart(2, '0')}-${(found[2] ?? '').padStart(2, '0')}`
  const time = Date.parse(`${day}T00:00:00.000Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? null : day
}
