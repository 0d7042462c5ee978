import { describe, expect, test } from 'vitest'
import {
  cellString,
  columnLetters,
  columnOf,
  isoCell,
  numberShape,
  numberText,
  serialDate,
} from '../../../src-shared/import/cells.ts'

test.each([
  ['0.1', '0.1'],
  ['0.30000000000000004', '0.3'],
  ['1234.5600000000001', '1234.56'],
  ['1E-3', '0.001'],
  ['1.5E+3', '1500'],
  ['-2.50', '-2.5'],
  ['0', '0'],
  ['-0', '0'],
  ['999999999999999.96', '1000000000000000'],
  ['.5', '0.5'],
])('the stored number %s is %s', (raw, text) => {
  expect(numberText(raw)?.text).toBe(text)
})

test.each(['', '1,5', 'abc', '0x10', 'NaN', '1e999', '.', '-'])('%j is no number', (raw) => {
  expect(numberText(raw)).toBeNull()
})

test('a percentage is shifted in decimal, not in binary', () => {
  expect(numberText('0.155', 2)?.text).toBe('15.5')
  expect(numberText('0.07', 2)?.text).toBe('7')
})

test('a whole number of more than 15 digits has lost its tail', () => {
  expect(numberText('110105194912310021')?.exact).toBe(false)
  expect(numberText('1.1010519491231E+17')?.exact).toBe(false)
  expect(numberText('110105491231002')?.exact).toBe(true)
})

describe.each([
  ['yyyy"年"m"月"', 'month'],
  ['yyyy/m/d', 'day'],
  ['yyyy-mm-dd hh:mm', 'moment'],
  ['[h]:mm:ss', 'time'],
  ['[DBNum1][$-804]yyyy"年"m"月"d"日"', 'day'],
  ['yyyy', 'year'],
  ['0.00%', 'percent'],
  ['General', 'plain'],
  ['G/通用格式', 'plain'],
  ['#,##0.00_);[Red](#,##0.00)', 'plain'],
  ['0.00E+00', 'plain'],
  ['"编号"0000', 'plain'],
] as const)('the format %s', (code, shape) => {
  test(`shows ${shape}`, () => expect(numberShape(200, code)).toBe(shape))
})

test('formats built into the program are known by number', () => {
  expect([14, 57, 10, 0, 49].map((id) => numberShape(id, null))).toEqual([
    'day',
    'month',
    'percent',
    'plain',
    'plain',
  ])
})

test.each([
  ['1', 'day', false, '1900-01-01'],
  ['59', 'day', false, '1900-02-28'],
  ['61', 'day', false, '1900-03-01'],
  ['45000', 'day', false, '2023-03-15'],
  ['45000', 'month', false, '2023-03'],
  ['45000', 'year', false, '2023'],
  ['45000.5', 'moment', false, '2023-03-15 12:00:00'],
  ['45000', 'moment', false, '2023-03-15'],
  ['43538', 'day', true, '2023-03-15'],
  ['0', 'day', true, '1904-01-01'],
  ['0.75', 'time', false, '18:00:00'],
] as const)('%s as %s (1904: %s) is %s', (raw, shape, uses1904, text) => {
  expect(serialDate(raw, shape, uses1904)).toBe(text)
})

test.each(['60', '0', '-1', '2958466', 'x'])('%s is no day of the 1900 system', (raw) => {
  expect(serialDate(raw, 'day', false)).toBeNull()
})

test('dates of their own type are days, with the time where one is said', () => {
  expect(isoCell('2026-03-05')).toBe('2026-03-05')
  expect(isoCell('2026-03-05T00:00:00Z')).toBe('2026-03-05')
  expect(isoCell('2026-03-05T08:30:00')).toBe('2026-03-05 08:30:00')
  expect(isoCell('today')).toBeNull()
})

test('escaped characters are the characters, and line ends are one', () => {
  expect(cellString('甲_x000D_\n乙')).toBe('甲\n乙')
  expect(cellString('_x005F_x')).toBe('_x')
})

test('columns have letters as spreadsheets give them', () => {
  for (const column of [0, 25, 26, 701, 702, 16_383]) {
    expect(columnOf(`${columnLetters(column)}12`)).toBe(column)
  }
  expect(columnOf('12')).toBeNull()
})
