import { fc } from '../../helpers/properties.ts'
import { expect, test } from 'vitest'
import { dayOf } from '../../../src-shared/access/grants.ts'
import { dueBounds, dueDay, urgencyOf, type Deadlines } from '../../../src-shared/calendar/deadlines.ts'
import {
  addWorkingDays,
  countWorkingDays,
  isWorkingDay,
  shiftDay,
  workingCalendar,
} from '../../../src-shared/calendar/working-days.ts'

const day = fc.integer({ min: 0, max: 1500 }).map((after) => shiftDay('2025-01-01', after))

/** Days off and moved weekends strewn over the years; a day may be said to be both, then it is worked. */
const calendar = fc
  .record({
    year: fc.constant(2026),
    holidays: fc.array(day, { maxLength: 150 }),
    workdays: fc.array(day, { maxLength: 60 }),
  })
  .map((year) => workingCalendar([year]))

const count = fc.integer({ min: 1, max: 40 })

test('counting working days takes back what adding them did', () => {
  fc.assert(
    fc.property(calendar, day, count, (office, from, days) => {
      const to = addWorkingDays(office, from, days)
      expect(isWorkingDay(office, to)).toBe(true)
      expect(countWorkingDays(office, from, to)).toBe(days)
      expect(countWorkingDays(office, from, shiftDay(to, -1))).toBe(days - 1)
    }),
  )
})

test('adding is the same in one step and in two', () => {
  fc.assert(
    fc.property(calendar, day, count, count, (office, from, one, two) => {
      expect(addWorkingDays(office, addWorkingDays(office, from, one), two)).toBe(
        addWorkingDays(office, from, one + two),
      )
    }),
  )
})

test('what began later is due no earlier', () => {
  fc.assert(
    fc.property(calendar, day, fc.nat(30), count, (office, from, later, days) => {
      const one = addWorkingDays(office, from, days)
      expect(addWorkingDays(office, shiftDay(from, later), days) >= one).toBe(true)
    }),
  )
})

test('the database finds overdue and due soon by one comparison just as the calendar says it of each entry', () => {
  const moment = fc
    .record({ day, second: fc.integer({ min: 0, max: 86_399 }) })
    .map(({ day: on, second }) => new Date(Date.parse(`${on}T00:00:00.000Z`) + second * 1000).toISOString())
  fc.assert(
    fc.property(calendar, moment, moment, count, (office, since, now, days) => {
      const deadlines: Deadlines = { review: days, adjudication: days, signature: days }
      const today = dayOf(now)
      const bounds = dueBounds(office, deadlines, 'review', today)
      const urgency = urgencyOf(office, dueDay(office, deadlines, 'review', since), today)
      const found = since < bounds.overdue ? 'overdue' : since < bounds.soon ? 'soon' : 'later'
      expect(found).toBe(urgency)
    }),
    { numRuns: 500 },
  )
})
