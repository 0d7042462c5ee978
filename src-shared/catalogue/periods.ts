import { z } from 'zod'
import type { Category } from './schema.ts'

/** `2026` or `2026-Q4`: the year or the quarter that a statement of 本期无变化 is about. */
export type Period = string

export const periodSchema = z.string().regex(/^\d{4}(-Q[1-4])?$/)

type Cycle = Category['cycle']

/** The period that a day lies in, for a category asked in this cycle; null where nothing is asked by period. */
export function periodOf(cycle: Cycle, day: string): Period | null {
  const year = day.slice(0, 4)
  if (cycle === 'event') return null
  if (cycle !== 'quarterly') return year
  return `${year}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
}

/** The one before. */
export function periodBefore(period: Period): Period {
  const year = Number(period.slice(0, 4))
  if (period.length === 4) return String(year - 1)
  const quarter = Number(period.slice(-1))
  return quarter === 1 ? `${year - 1}-Q4` : `${year}-Q${quarter - 1}`
}

/** Every cycle in which a category is asked of somebody. */
function cyclesOf(category: Category): readonly Cycle[] {
  return [category.cycle, ...(category.asked?.cycleByRiskClass ?? []).map(({ cycle }) => cycle)]
}

/** The cycle by which a category is asked for, the shortest where posts differ; null for one that is not. */
export function periodicCycle(category: Category): Cycle | null {
  const cycles = cyclesOf(category)
  if (cycles.includes('quarterly')) return 'quarterly'
  return cycles.find((cycle) => cycle !== 'event') ?? null
}

/** The periods that may be spoken of on a day: this one and the one before, which is handed in late. */
export function periodsOpen(category: Category, day: string): readonly Period[] {
  return [
    ...new Set(
      cyclesOf(category).flatMap((cycle) => {
        const period = periodOf(cycle, day)
        return period === null ? [] : [period, periodBefore(period)]
      }),
    ),
  ]
}

/** As it is written in lists: `2026年第4季度`. */
export function periodText(period: Period): string {
  const [year = '', quarter] = period.split('-Q')
  return quarter === undefined ? `${year}年` : `${year}年第${quarter}季度`
}
