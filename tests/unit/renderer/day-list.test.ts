import { expect, test } from 'vitest'
import { readDays, writeDays } from '../../../src-renderer/features/settings/day-list.ts'

test('days are written as an office writes them, and read back', () => {
  const days = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-02-28', '2026-03-01', '2026-05-09']
  expect(writeDays(days)).toBe('1.1-1.3、2.28-3.1、5.9')
  expect(readDays(2026, writeDays(days))).toEqual(days)
})

test('other ways to write a day are understood', () => {
  expect(readDays(2026, '1月1日至1月2日，10/1；12.31')).toEqual([
    '2026-01-01',
    '2026-01-02',
    '2026-10-01',
    '2026-12-31',
  ])
  expect(readDays(2026, '')).toEqual([])
})

test('what is no day, or runs backwards or on for ever, is refused as a whole', () => {
  for (const wrong of ['2.30', '春节', '1.3-1.1', '1.1-1.2-1.3', '1.1-12.31', '13.1'])
    expect(readDays(2026, wrong), wrong).toBeNull()
})
