import { describe, expect, test } from 'vitest'
import {
  comparePartialDates,
  datesAgree,
  earliestDay,
  isAfter,
  latestDay,
  parsePartialDate,
} from '../../../src-shared/catalogue/dates.ts'
import { outcome } from './helpers.ts'

describe('a date', () => {
  test.each([
    ['1991', '1991'],
    ['1991年', '1991'],
    ['1991-02', '1991-02'],
    ['1991.2', '1991-02'],
    ['1991年2月', '1991-02'],
    ['199102', '1991-02'],
    ['1991-02-28', '1991-02-28'],
    ['1991/2/8', '1991-02-08'],
    ['1991.10.1', '1991-10-01'],
    ['1991年2月28日', '1991-02-28'],
    ['1991年2月28', '1991-02-28'],
    ['19910228', '1991-02-28'],
    ['１９９１．０２', '1991-02'],
    [' 1991 - 02 ', '1991-02'],
  ])('written %s is %s, in the precision it was written in', (input, date) => {
    expect(outcome(parsePartialDate(input))).toBe(date)
  })

  test('written 1991.1 may be January or October, and is refused', () => {
    expect(outcome(parsePartialDate('1991.1'))).toBe('fault:date-ambiguous')
    expect(outcome(parsePartialDate('1991.01'))).toBe('1991-01')
    expect(outcome(parsePartialDate('1991.10'))).toBe('1991-10')
    expect(outcome(parsePartialDate('1991-1'))).toBe('1991-01')
  })

  test.each(['1991-02-29', '1900-02-29', '1991-13', '1991-00', '1991-04-31', '1991-01-00', '19911301'])(
    '%s is not in the calendar',
    (input) => {
      expect(outcome(parsePartialDate(input))).toBe('fault:date-calendar')
    },
  )

  test.each(['1899-12-31', '2200', '0001-01-01'])('%s is out of range', (input) => {
    expect(outcome(parsePartialDate(input))).toBe('fault:date-range')
  })

  test.each(['', '91-02-28', '28/02/1991', '1991-02-28T00:00', '至今', '33300', '1991-2-', '1991--02'])(
    '%j is none',
    (input) => {
      expect(outcome(parsePartialDate(input))).toBe('fault:date-form')
    },
  )
})

describe('dates of different precision', () => {
  test('stand for all their days', () => {
    expect([earliestDay('2024'), latestDay('2024')]).toEqual(['2024-01-01', '2024-12-31'])
    expect([earliestDay('2024-02'), latestDay('2024-02')]).toEqual(['2024-02-01', '2024-02-29'])
    expect([earliestDay('2024-02-03'), latestDay('2024-02-03')]).toEqual(['2024-02-03', '2024-02-03'])
    expect(latestDay('1900-02')).toBe('1900-02-28')
  })

  test('have an order only when it holds for every day', () => {
    expect(comparePartialDates('1991', '1992-01-01')).toBe(-1)
    expect(comparePartialDates('1992-01', '1991-12-31')).toBe(1)
    expect(comparePartialDates('1991', '1991-05')).toBe(null)
    expect(comparePartialDates('1991-05-06', '1991-05')).toBe(null)
    expect(comparePartialDates('1991-05', '1991-05')).toBe(0)
  })

  test('agree when they can be the same day', () => {
    expect(datesAgree('1991-05-06', '1991-05')).toBe(true)
    expect(datesAgree('1991', '1991-05')).toBe(true)
    expect(datesAgree('1991-06', '1991-05-06')).toBe(false)
  })

  test('lie in the future only when all their days do', () => {
    expect(isAfter('2026', '2026-11-22')).toBe(false)
    expect(isAfter('2026-12', '2026-11-22')).toBe(true)
    expect(isAfter('2026-11-22', '2026-11-22')).toBe(false)
    expect(isAfter('2026-11-23', '2026-11-22')).toBe(true)
  })
})
