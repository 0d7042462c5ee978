import { askedOf, type CadreStanding } from '../catalogue/asked.ts'
import { earliestDay, latestDay, parsePartialDate } from '../catalogue/dates.ts'
import type { Catalogue, Category } from '../catalogue/schema.ts'
import type { RecordValues } from '../catalogue/values.ts'
import { addWorkingDays, shiftDay, type WorkingCalendar } from '../calendar/working-days.ts'

/** Days are `YYYY-MM-DD` in China Standard Time throughout. */

type Opening = NonNullable<Category['openedBy']>[number]

/** The stage in which nothing is asked in cycles any more: what the stage itself or a passed date opens stays. */
export const leavingStage = 'leaving'

/** The stage of a cadre whose dossier another unit has: nothing is asked here any more. */
export const transferredStage = 'transferred'

/** Working days in which a period that is over is reported: about the month after it. */
export const cycleWorkingDays = 20

export const dueCauses = ['cycle', 'opened', 'stage', 'recorded', 'before', 'after'] as const
export type DueCause = (typeof dueCauses)[number]

/**
 * One thing that is asked of a cadre. It says nothing of today or the calendar, so it stays true until something is
 * handed in or archived; its last day is {@link lastDay}.
 */
export interface DueItem {
  readonly category: string
  readonly cause: DueCause
  /** The category or stage that opened it; empty for a cycle and a new dossier. */
  readonly source: string
  /** The first day on which it can be done. */
  readonly opens: string
  /** The last day is so many working days after this one. */
  readonly basis: string
  readonly within: number
}

/** An archived record of a category that some opening watches. */
export interface ArchivedFact {
  readonly category: string
  readonly values: RecordValues
  readonly archivedOn: string
}

export interface CadreHistory {
  readonly openedOn: string
  readonly standing: CadreStanding
  /** Since when the stage holds; null where nobody has said a stage. */
  readonly stageSince: string | null
  /** By category, the last day on which something was handed in that was not sent back or withdrawn. */
  readonly reports: ReadonlyMap<string, string>
  readonly facts: readonly ArchivedFact[]
}

/**
 * What is asked of a cadre and not yet handed in. Of each category it is one thing, the one that is due first: what is
 * handed in answers everything that had opened by then. A statement that there is nothing counts as handed in, as
 * everything does that is on its way.
 */
export function dueItems(categories: Catalogue['categories'], history: CadreHistory): readonly DueItem[] {
  if (history.standing.stage === transferredStage) return []
  return categories.flatMap((category) => {
    const { isAsked, cycle } = askedOf(category, history.standing)
    if (!isAsked) return []
    const items = (category.openedBy ?? []).flatMap((opening) => openedItems(category.id, opening, history))
    const next = cycle === 'event' ? null : cycleItem(category, cycle, history)
    return firstOf(next === null ? items : [...items, next])
  })
}

function cycleItem(category: Category, cycle: Category['cycle'], history: CadreHistory): DueItem | null {
  const { standing, openedOn, stageSince, reports } = history
  if (standing.stage === leavingStage) return null
  const begins = category.asked?.stages === undefined ? openedOn : later(openedOn, stageSince)
  const opens = nextPeriod(cycle, later(begins, reports.get(category.id) ?? null))
  return {
    category: category.id,
    cause: 'cycle',
    source: '',
    opens,
    basis: opens,
    within: cycleWorkingDays,
  }
}

/** The first day of the first period that begins after `day`: that is when the period of `day` is over. */
function nextPeriod(cycle: Category['cycle'], day: string): string {
  const year = Number(day.slice(0, 4))
  if (cycle !== 'quarterly') return `${year + 1}-01-01`
  const quarter = Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1
  return quarter === 4 ? `${year + 1}-01-01` : `${year}-${String(quarter * 3 + 1).padStart(2, '0')}-01`
}

function openedItems(category: string, opening: Opening, history: CadreHistory): readonly DueItem[] {
  const { openedOn, standing, stageSince, reports } = history
  const reported = reports.get(category) ?? null
  const item = (source: string, opens: string, basis: string, within: number): DueItem => ({
    category,
    cause: opening.when,
    source,
    opens,
    basis,
    within,
  })
  const hasLeft = standing.stage === leavingStage
  switch (opening.when) {
    case 'opened':
      if (hasLeft || reported !== null) return []
      return [item('', openedOn, openedOn, opening.withinWorkingDays)]
    case 'stage': {
      const { stage } = standing
      if (stage === null || stageSince === null || !opening.stages.includes(stage)) return []
      if (isSince(reported, stageSince)) return []
      return [item(stage, stageSince, stageSince, opening.withinWorkingDays)]
    }
    case 'recorded':
      if (hasLeft) return []
      return countingFacts(opening, history).flatMap(({ values, archivedOn }) => {
        const happened = dayIn(values, opening.on, earliestDay) ?? archivedOn
        // What was so before the dossier was opened is collected with the dossier.
        if (happened < openedOn || isSince(reported, happened)) return []
        const opens = later(happened, archivedOn)
        return [item(opening.category, opens, opens, opening.withinWorkingDays)]
      })
    case 'before':
      if (hasLeft) return []
      return countingFacts(opening, history).flatMap(({ values }) => {
        const day = dayIn(values, opening.on, latestDay)
        if (day === null || day < openedOn) return []
        const opens = shiftDay(day, -opening.days)
        return isSince(reported, opens) ? [] : [item(opening.category, opens, day, 0)]
      })
    case 'after':
      return countingFacts(opening, history).flatMap(({ values }) => {
        const day = dayIn(values, opening.on, latestDay)
        if (day === null || day < openedOn) return []
        const opens = shiftDay(day, 1)
        return isSince(reported, opens) ? [] : [item(opening.category, opens, day, opening.withinWorkingDays)]
      })
  }
}

function countingFacts(
  { category, where, unless }: Extract<Opening, { category: string }>,
  { facts }: CadreHistory,
): readonly ArchivedFact[] {
  return facts.filter(({ category: id, values }) => {
    if (id !== category || (unless !== undefined && values[unless] !== undefined)) return false
    const code = where === undefined ? undefined : values[where.field]
    return where === undefined || (typeof code === 'string' && where.is.includes(code))
  })
}

/** Null also for what is no date: another program may have written anything. */
function dayIn(
  values: RecordValues,
  field: string | undefined,
  day: (date: string) => string,
): string | null {
  const value = field === undefined ? undefined : values[field]
  const date = typeof value === 'string' ? parsePartialDate(value) : null
  return date?.ok === true ? day(date.value) : null
}

function isSince(reported: string | null, day: string): boolean {
  return reported !== null && reported >= day
}

function later(day: string, other: string | null): string {
  return other !== null && other > day ? other : day
}

/** The one that is due first as a week of five days has it: which it is must not hang on the calendar of a year. */
function firstOf(items: readonly DueItem[]): readonly DueItem[] {
  const [first] = items.toSorted((a, b) => compare(order(a), order(b)))
  return first === undefined ? [] : [first]
}

function order({ basis, within, opens, cause, source }: DueItem): string {
  return [shiftDay(basis, Math.round((within * 7) / 5)), opens, cause, source].join('/')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The last day on which it is in time. */
export function lastDay(
  calendar: WorkingCalendar,
  { basis, within }: Pick<DueItem, 'basis' | 'within'>,
): string {
  return addWorkingDays(calendar, basis, within)
}

export const dueStates = ['overdue', 'soon', 'open', 'later'] as const
/**
 * `overdue`: its last day has passed. `soon`: it is one of the next {@link soonWorkingDays} working days, or today.
 * `open`: it can be done and there is time. `later`: its first day is still to come.
 */
export type DueState = (typeof dueStates)[number]

export const soonWorkingDays = 5

/** Today, with the day until which what is due counts as soon. */
export interface DueDay {
  readonly today: string
  readonly soonUntil: string
}

export function dueDayOf(calendar: WorkingCalendar, today: string): DueDay {
  return { today, soonUntil: addWorkingDays(calendar, today, soonWorkingDays) }
}

export function dueStateOf({ today, soonUntil }: DueDay, opens: string, due: string): DueState {
  if (due < today) return 'overdue'
  if (opens > today) return 'later'
  return due <= soonUntil ? 'soon' : 'open'
}
