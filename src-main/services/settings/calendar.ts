import { z } from 'zod'
import { dueBounds, type DueBounds, type Stage, stages } from '../../../src-shared/calendar/deadlines.ts'
import {
  calendarFault,
  workingCalendar,
  type CalendarYear,
  type WorkingCalendar,
} from '../../../src-shared/calendar/working-days.ts'
import { dayOf } from '../../../src-shared/access/grants.ts'
import type { CalendarView } from '../../../src-shared/contract/workload.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { daySchema } from '../../../src-shared/log/operations.ts'
import { readResourceJson } from '../../../src-shared/node/resources.ts'
import { moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { commitAct, say } from '../members/parts.ts'

const shippedSchema = z.strictObject({
  type: z.literal('liandang/calendar/1'),
  year: z.int(),
  source: z.string().min(1),
  holidays: z.array(daySchema),
  workdays: z.array(daySchema),
})
type Shipped = z.infer<typeof shippedSchema>

/** Years whose notice was checked; any other is for the unit to enter. */
const shippedYears = [2026] as const

let shipped: readonly Shipped[] | undefined

function shippedCalendars(): readonly Shipped[] {
  shipped ??= shippedYears.map((year) => shippedSchema.parse(readResourceJson(`calendar/${year}.json`)))
  return shipped
}

function yearsOf({ vault }: Session): ReadonlyMap<number, CalendarYear> {
  const years = new Map<number, CalendarYear>(shippedCalendars().map((one) => [one.year, one]))
  for (const [year, calendar] of vault.authority.head.calendars) years.set(year, calendar)
  return years
}

export function officeCalendar(session: Session): WorkingCalendar {
  return workingCalendar(yearsOf(session).values())
}

/** The day in the office: of China Standard Time, whatever the clock of the machine is set to. */
export function officeDay(context: UnlockedContext): string {
  return dayOf(moment(context))
}

/** Until when each stage may have begun to be overdue or due soon now. */
export function boundsNow(context: UnlockedContext): Readonly<Record<Stage, DueBounds>> {
  const { session } = context
  const { deadlines } = session.vault.authority.head
  const calendar = officeCalendar(session)
  const today = officeDay(context)
  return Object.fromEntries(
    stages.map((stage) => [stage, dueBounds(calendar, deadlines, stage, today)]),
  ) as Record<Stage, DueBounds>
}

export const calendarRead: UnlockedHandler<'calendar.read'> = (context) => {
  const { session } = context
  const { head } = session.vault.authority
  const years = [...yearsOf(session).values()].map(
    ({ year, holidays, workdays }): CalendarView['years'][number] => {
      const notice = shippedCalendars().find((one) => one.year === year)?.source
      const isUnits = head.calendars.has(year) || notice === undefined
      return { year, holidays, workdays, source: isUnits ? { by: 'unit' } : { by: 'product', notice } }
    },
  )
  years.sort((a, b) => a.year - b.year)
  return ok({ today: officeDay(context), deadlines: head.deadlines, years })
}

export const calendarSet: UnlockedHandler<'calendar.set'> = async (context, input) => {
  const { year } = input
  const holidays = input.holidays.toSorted()
  const workdays = input.workdays.toSorted()
  const fault = calendarFault({ year, holidays, workdays })
  if (fault !== null) return err('call/invalid-input', { path: 'calendar', fault })
  const { unit } = context.session.vault
  const act = say(context, { op: 'calendar.set', entity: unit, year, holidays, workdays })
  return await commitAct(context, 'approver', act)
}

export const deadlinesSet: UnlockedHandler<'deadlines.set'> = async (context, input) => {
  const act = say(context, { op: 'deadlines.set', entity: context.session.vault.unit, ...input })
  return await commitAct(context, 'approver', act)
}
