import { describe, expect, test } from 'vitest'
import {
  addWorkingDays,
  calendarFault,
  countWorkingDays,
  isWorkingDay,
  momentOfDay,
  workingCalendar,
  type CalendarYear,
} from '../../../src-shared/calendar/working-days.ts'
import { readResourceJson } from '../../../src-shared/node/resources.ts'

const shipped = readResourceJson('calendar/2026.json') as CalendarYear
const plain = workingCalendar([])
const office = workingCalendar([shipped])

describe('without a calendar', () => {
  test('weekdays are worked and weekends are not', () => {
    // Monday 2026-11-23 to Sunday.
    const week = [23, 24, 25, 26, 27, 28, 29].map((day) => isWorkingDay(plain, `2026-11-${day}`))
    expect(week).toEqual([true, true, true, true, true, false, false])
  })

  test('three working days after a Friday are the Wednesday', () => {
    expect(addWorkingDays(plain, '2026-11-20', 3)).toBe('2026-11-25')
    expect(addWorkingDays(plain, '2026-11-20', 0)).toBe('2026-11-20')
    expect(countWorkingDays(plain, '2026-11-20', '2026-11-25')).toBe(3)
    expect(countWorkingDays(plain, '2026-11-25', '2026-11-20')).toBe(0)
  })
})

describe('the calendar of 2026 that comes with the product', () => {
  test('has the days off and the moved weekends of the State Council’s notice', () => {
    expect(calendarFault(shipped)).toBeNull()
    // 元旦3, 春节9, 清明3, 劳动节5, 端午3, 中秋3, 国庆7.
    expect(shipped.holidays).toHaveLength(33)
    expect(shipped.workdays).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ])
  })

  test('skips the Spring Festival and works the Saturdays around it', () => {
    expect(isWorkingDay(office, '2026-02-14')).toBe(true)
    expect(isWorkingDay(office, '2026-02-16')).toBe(false)
    // Friday the 13th; then Saturday the 14th is worked, and nobody until Tuesday the 24th.
    expect(addWorkingDays(office, '2026-02-13', 1)).toBe('2026-02-14')
    expect(addWorkingDays(office, '2026-02-13', 2)).toBe('2026-02-24')
    expect(addWorkingDays(office, '2026-02-27', 1)).toBe('2026-02-28')
    expect(countWorkingDays(office, '2026-09-30', '2026-10-10')).toBe(3)
  })
})

describe('a calendar that a unit enters', () => {
  const year = (holidays: readonly string[], workdays: readonly string[] = []) =>
    calendarFault({ year: 2027, holidays, workdays })

  test('names each day once, in its year, and only days there are', () => {
    expect(year(['2027-01-01'])).toBeNull()
    expect(year(['2027-01-01', '2027-01-01'])).toBe('twice')
    expect(year(['2027-01-02'], ['2027-01-02'])).toBe('twice')
    expect(year(['2026-12-31'])).toBe('other-year')
    expect(year(['2027-02-29'])).toBe('no-such-day')
  })

  test('moves weekends only: a weekday is worked anyway', () => {
    expect(year([], ['2027-01-02'])).toBeNull()
    expect(year([], ['2027-01-04'])).toBe('weekday')
  })
})

test('a day begins at midnight in Beijing, whatever the clock of the machine is set to', () => {
  expect(momentOfDay('2026-11-22')).toBe('2026-11-21T16:00:00.000Z')
})
