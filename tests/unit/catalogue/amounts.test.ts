import { describe, expect, test } from 'vitest'
import { formatMoney, groupedMoney, parseMoney, type MoneyUnit } from '../../../src-shared/catalogue/money.ts'
import { compareDecimals, groupDigits, parseDecimal } from '../../../src-shared/catalogue/numbers.ts'
import { outcome } from './helpers.ts'

describe('a number', () => {
  test.each([
    ['114.78', '114.78'],
    ['114.780', '114.78'],
    ['007', '7'],
    ['0', '0'],
    ['-0.00', '0'],
    ['-3.50', '-3.5'],
    ['1,234,567.5', '1234567.5'],
    ['１１４．７８', '114.78'],
    ['−5', '-5'],
  ])('written %s is %s', (input, number) => {
    expect(outcome(parseDecimal(input))).toBe(number)
  })

  test('may carry the unit of its field', () => {
    expect(outcome(parseDecimal('114.78㎡', '㎡'))).toBe('114.78')
    expect(outcome(parseDecimal('114.78 m2', '㎡'))).toBe('114.78')
    expect(outcome(parseDecimal('5%', '%'))).toBe('5')
    expect(outcome(parseDecimal('5％', '%'))).toBe('5')
    expect(outcome(parseDecimal('5%'))).toBe('fault:number-form')
  })

  test.each(['', '.5', '5.', '1,23', '1,2345', '12,34.5', '1e3', '0x10', '约5', '5-6', '+5', '1.2.3', 'NaN'])(
    '%j is none',
    (input) => {
      expect(outcome(parseDecimal(input))).toBe('fault:number-form')
    },
  )

  test('has at most 15 digits before the point and 8 after it', () => {
    expect(outcome(parseDecimal('9'.repeat(15)))).toBe('9'.repeat(15))
    expect(outcome(parseDecimal('9'.repeat(16)))).toBe('fault:number-too-long')
    expect(outcome(parseDecimal('0.123456789'))).toBe('fault:number-too-long')
    expect(outcome(parseDecimal('0.123456780'))).toBe('0.12345678')
  })

  test('is compared exactly', () => {
    expect(compareDecimals('0.3', '0.30000001')).toBe(-1)
    expect(compareDecimals('999999999999999.00000001', '999999999999999')).toBe(1)
    expect(compareDecimals('-1', '1')).toBe(-1)
    expect(compareDecimals('12.5', '12.5')).toBe(0)
  })

  test('is shown in groups of three', () => {
    expect(groupDigits('1234567.8901')).toBe('1,234,567.8901')
    expect(groupDigits('-123456')).toBe('-123,456')
    expect(groupDigits('123')).toBe('123')
  })
})

function yuan(input: string, unit: MoneyUnit = '元', currency = 'CNY'): unknown {
  const read = parseMoney(input, currency, unit)
  return read.ok ? read.value.amount : `fault:${read.fault.code}`
}

describe('an amount of money', () => {
  test.each([
    ['1,234.5', '元', 123_450],
    ['1234.50', '元', 123_450],
    ['0', '元', 0],
    ['-0', '元', 0],
    ['-12.34', '元', -1234],
    ['￥1,234.50', '元', 123_450],
    ['¥ 1234', '元', 123_400],
    ['１，２３４．５', '元', 123_450],
    ['5元', '元', 500],
    ['CNY 5', '元', 500],
    ['5 CNY', '元', 500],
    ['366,000', '千元', 36_600_000_000],
    ['0.00001', '千元', 1],
    ['12.345678', '万元', 12_345_678],
    ['5万元', '万元', 5_000_000],
    ['0.1', '万元', 100_000],
    ['1.10000', '元', 110],
  ] as const)('of %s in %s is %d hundredths, without a float', (input, unit, amount) => {
    expect(yuan(input, unit)).toBe(amount)
  })

  test.each([
    '',
    '-',
    '25,000(25,000)',
    '304,004 (728,620)',
    '1,23',
    '12,34,567',
    '1,2345',
    '3万',
    '5万元',
    '约5000',
    '5000余',
    '5000-6000',
    '(5000)',
    '1 234',
    '1.234,5',
    '5e3',
    '三千',
    '٣',
    '.5',
    '5.',
    '--5',
    '+5',
  ])('%j is not plainly one amount in yuan', (input) => {
    expect(yuan(input)).toBe('fault:money-unreadable')
  })

  test('with the sign of another currency is refused', () => {
    expect(yuan('$100')).toBe('fault:money-currency')
    expect(yuan('$100', '元', 'USD')).toBe(10_000)
    expect(yuan('HK$100', '元', 'HKD')).toBe(10_000)
    expect(yuan('US$100', '元', 'HKD')).toBe('fault:money-currency')
    expect(yuan('¥100', '元', 'JPY')).toBe(10_000)
    expect(yuan('₩100', '元', 'CNY')).toBe('fault:money-currency')
  })

  test('finer than a hundredth is refused, not rounded', () => {
    expect(yuan('0.001')).toBe('fault:money-too-fine')
    expect(yuan('0.0000001', '万元')).toBe('fault:money-too-fine')
  })

  test('beyond a safe integer is refused', () => {
    expect(yuan('90071992547409.91')).toBe(Number.MAX_SAFE_INTEGER)
    expect(yuan('90071992547409.92')).toBe('fault:money-too-large')
    expect(yuan('9'.repeat(1000))).toBe('fault:money-too-large')
  })

  test('is written with two decimals', () => {
    expect(formatMoney({ amount: 123_450, currency: 'CNY' })).toBe('1234.50')
    expect(formatMoney({ amount: 5, currency: 'CNY' })).toBe('0.05')
    expect(formatMoney({ amount: -5, currency: 'CNY' })).toBe('-0.05')
    expect(formatMoney({ amount: 0, currency: 'CNY' })).toBe('0.00')
    expect(groupedMoney({ amount: -123_456_789, currency: 'CNY' })).toBe('-1,234,567.89')
  })
})
