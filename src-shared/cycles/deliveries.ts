import { addWorkingDays, shiftDay, type WorkingCalendar } from '../calendar/working-days.ts'
import { dueStateOf, type DueDay } from './due.ts'

/** Days are `YYYY-MM-DD` in China Standard Time throughout. */

/** How often a department delivers; `event` is whenever there is something. */
export const sourceCycles = ['monthly', 'quarterly', 'yearly', 'event'] as const
export type SourceCycle = (typeof sourceCycles)[number]

/** Periods that are told of a source, the newest. */
const mostPeriods = 36

const monthsOf = { monthly: 1, quarterly: 3, yearly: 12 } as const

/** The period of a cycle that a day lies in: `2026-07`, `2026-Q3`, `2026`; null for a source without a cycle. */
export function periodOfDay(cycle: SourceCycle, day: string): string | null {
  const year = day.slice(0, 4)
  switch (cycle) {
    case 'monthly':
      return day.slice(0, 7)
    case 'quarterly':
      return `${year}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
    case 'yearly':
      return year
    case 'event':
      return null
  }
}

/** The first day after a period. */
function dayAfter(cycle: Exclude<SourceCycle, 'event'>, period: string): string {
  const [year = '', part = ''] = period.split('-')
  const first = part === '' ? 1 : part.startsWith('Q') ? Number(part.slice(1)) * 3 - 2 : Number(part)
  const month = Number(year) * 12 + (first - 1) + monthsOf[cycle]
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-01`
}

/** Whether a word names a period of this cycle; a source without a cycle has none. */
export function isPeriodOf(cycle: SourceCycle, period: string | null): boolean {
  if (cycle === 'event' || period === null) return cycle === 'event' && period === null
  const forms = { monthly: /^\d{4}-(0[1-9]|1[0-2])$/, quarterly: /^\d{4}-Q[1-4]$/, yearly: /^\d{4}$/ }
  return forms[cycle].test(period)
}

/**
 * `delivered`, `late`: it came, in time or after its last day. `overdue`, `soon`, `open`: it has not come, the period is
 * over. `later`: the period is still running.
 */
export const deliveryStates = ['overdue', 'soon', 'open', 'later', 'late', 'delivered'] as const
export type DeliveryState = (typeof deliveryStates)[number]

export interface DeliveryLine {
  readonly period: string
  readonly opens: string
  readonly due: string
  readonly deliveredOn: string | null
  readonly state: DeliveryState
  /** Days after the last day: until it came, or until today. */
  readonly daysLate: number
}

/** What a source is to deliver, by the plan. */
export interface DeliveryPlan {
  readonly cycle: SourceCycle
  readonly withinWorkingDays: number
  readonly from: string
  readonly ended: boolean
}

/**
 * The periods of a source from its first to the one of today, the newest first, each with what became of it; none of one
 * without a cycle. Of a source that has ended only what came is told. What came twice counts by the first.
 */
export function deliveryLines(
  plan: DeliveryPlan,
  delivered: readonly { readonly period: string | null; readonly on: string }[],
  calendar: WorkingCalendar,
  day: DueDay,
): readonly DeliveryLine[] {
  const { cycle } = plan
  if (cycle === 'event') return []
  const came = new Map<string, string>()
  for (const { period, on } of delivered) {
    if (period === null || !isPeriodOf(cycle, period)) continue
    const before = came.get(period)
    if (before === undefined || on < before) came.set(period, on)
  }
  return periodsUntil(cycle, plan.from, day.today).flatMap((period) => {
    const opens = dayAfter(cycle, period)
    const due = addWorkingDays(calendar, opens, plan.withinWorkingDays)
    const deliveredOn = came.get(period) ?? null
    if (deliveredOn === null && plan.ended) return []
    const until = deliveredOn ?? day.today
    const daysLate = Math.max(0, daysBetween(due, until))
    const state =
      deliveredOn === null ? dueStateOf(day, opens, due) : daysLate > 0 ? 'late' : ('delivered' as const)
    return [{ period, opens, due, deliveredOn, state, daysLate }]
  })
}

/** The newest first, at most {@link mostPeriods}. */
function periodsUntil(cycle: Exclude<SourceCycle, 'event'>, from: string, today: string): readonly string[] {
  const periods: string[] = []
  let day = today
  while (periods.length < mostPeriods) {
    const period = periodOfDay(cycle, day) as string
    if (dayAfter(cycle, period) <= from) break
    periods.push(period)
    day = shiftDay(firstDay(cycle, period), -1)
  }
  return periods
}

function firstDay(cycle: Exclude<SourceCycle, 'event'>, period: string): string {
  const [year = '', part = ''] = period.split('-')
  if (cycle === 'yearly') return `${year}-01-01`
  const month = cycle === 'monthly' ? Number(part) : Number(part.slice(1)) * 3 - 2
  return `${year}-${String(month).padStart(2, '0')}-01`
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** The period that a delivery is most likely for: the oldest that is over and has not come, else the running one. */
export function expectedPeriod(lines: readonly DeliveryLine[]): string | null {
  const missing = lines.findLast(({ state }) => state === 'overdue' || state === 'soon' || state === 'open')
  return missing?.period ?? lines[0]?.period ?? null
}
