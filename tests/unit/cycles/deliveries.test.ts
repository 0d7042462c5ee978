import { describe, expect, test } from 'vitest'
import { addWorkingDays, workingCalendar } from '../../../src-shared/calendar/working-days.ts'
import {
  deliveryLines,
  expectedPeriod,
  isPeriodOf,
  periodOfDay,
  sourceCycles,
  type DeliveryPlan,
} from '../../../src-shared/cycles/deliveries.ts'
import { dueDayOf } from '../../../src-shared/cycles/due.ts'
import { fc } from '../../helpers/properties.ts'

const calendar = workingCalendar([
  {
    year: 2026,
    holidays: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
    workdays: [],
  },
])
const quarterly: DeliveryPlan = {
  cycle: 'quarterly',
  withinWorkingDays: 10,
  from: '2026-05-20',
  ended: false,
}
const on = (today: string) => dueDayOf(calendar, today)

describe('what a department is to deliver', () => {
  test('is told by period, from the one of the first day to the one that runs', () => {
    const lines = deliveryLines(quarterly, [], calendar, on('2026-11-22'))
    expect(lines.map(({ period, state }) => [period, state])).toEqual([
      ['2026-Q4', 'later'],
      ['2026-Q3', 'overdue'],
      ['2026-Q2', 'overdue'],
    ])
    expect(expectedPeriod(lines)).toBe('2026-Q2')
  })

  test('is due so many working days after the period, holidays left out', () => {
    const [, third] = deliveryLines(quarterly, [], calendar, on('2026-11-22'))
    expect(third).toMatchObject({ opens: '2026-10-01', due: '2026-10-21', daysLate: 32, deliveredOn: null })
  })

  test('is in time or late by the day it came first', () => {
    const delivered = [
      { period: '2026-Q3', on: '2026-11-02' },
      { period: '2026-Q3', on: '2026-10-23' },
      { period: '2026-Q2', on: '2026-07-15' },
      { period: '2025-Q9', on: '2026-07-15' },
      { period: null, on: '2026-07-15' },
    ]
    const lines = deliveryLines(quarterly, delivered, calendar, on('2026-11-22'))
    expect(lines.map(({ state, daysLate, deliveredOn }) => [state, daysLate, deliveredOn])).toEqual([
      ['later', 0, null],
      ['late', 2, '2026-10-23'],
      ['delivered', 0, '2026-07-15'],
    ])
    expect(expectedPeriod(lines)).toBe('2026-Q4')
  })

  test('is nothing more once it has ended, but for what came', () => {
    const delivered = [{ period: '2026-Q2', on: '2026-07-01' }]
    const lines = deliveryLines({ ...quarterly, ended: true }, delivered, calendar, on('2026-11-22'))
    expect(lines.map(({ period }) => period)).toEqual(['2026-Q2'])
  })

  test('has no periods where it comes on an event', () => {
    expect(deliveryLines({ ...quarterly, cycle: 'event' }, [], calendar, on('2026-11-22'))).toEqual([])
    expect(isPeriodOf('event', null)).toBe(true)
    expect(isPeriodOf('event', '2026')).toBe(false)
    expect(isPeriodOf('quarterly', null)).toBe(false)
    expect(isPeriodOf('quarterly', '2026-07')).toBe(false)
  })

  test('goes through each period once and without a gap, whatever the cycle and the days', () => {
    const day = fc
      .integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2030, 11, 31) })
      .map((time) => new Date(time).toISOString().slice(0, 10))
    fc.assert(
      fc.property(
        fc.constantFrom(...sourceCycles.filter((one) => one !== 'event')),
        day,
        day,
        fc.integer({ min: 1, max: 60 }),
        (cycle, from, today, withinWorkingDays) => {
          const plan = { cycle, from, withinWorkingDays, ended: false } as const
          const lines = deliveryLines(plan, [], calendar, on(today))
          expect(lines.length === 0).toBe(
            (periodOfDay(cycle, today) ?? '') < (periodOfDay(cycle, from) ?? ''),
          )
          for (const [index, line] of lines.entries()) {
            expect(isPeriodOf(cycle, line.period)).toBe(true)
            expect(periodOfDay(cycle, line.opens)).toBe(
              index === 0 ? periodOfDay(cycle, line.opens) : lines[index - 1]?.period,
            )
            expect(line.due).toBe(addWorkingDays(calendar, line.opens, withinWorkingDays))
            expect(line.state === 'overdue').toBe(line.due < today)
            expect(line.daysLate > 0).toBe(line.due < today)
          }
          expect(lines[0]?.period).toBe(lines.length === 0 ? undefined : periodOfDay(cycle, today))
        },
      ),
    )
  })
})
