import { describe, expect, test } from 'vitest'
import {
  displayValue,
  formatFieldInput,
  parseFieldInput,
  type FieldContext,
} from '../../../src-shared/catalogue/validate.ts'
import { category, field, outcome, shippedCatalogue, today } from './helpers.ts'

const catalogue = shippedCatalogue()

function read(id: string, fieldId: string, text: string, context: Partial<FieldContext> = {}): unknown {
  return outcome(
    parseFieldInput(field(category(catalogue, id), fieldId), catalogue, text, { asOf: today, ...context }),
  )
}

describe('a typed text', () => {
  test('of white space is blank', () => {
    expect(read('C2', 'address', ' \u3000\n')).toBe(null)
    expect(read('C2', 'price', '')).toBe(null)
  })

  test('is read by the kind of its field', () => {
    expect(read('C2', 'address', ' 某路 1 号 ')).toBe('某路 1 号')
    expect(read('C2', 'note', '一\r\n二\r三 ')).toBe('一\n二\n三')
    expect(read('C2', 'area', '１１４．７８㎡')).toBe('114.78')
    expect(read('C2', 'acquiredOn', '2001年5月')).toBe('2001-05')
    expect(read('C2', 'price', '1,234.5')).toEqual({ amount: 123_450, currency: 'CNY' })
    expect(read('C2', 'price', '12.5', { unit: '万元', currency: 'USD' })).toEqual({
      amount: 12_500_000,
      currency: 'USD',
    })
    expect(read('C2', 'holder', '张三,李四')).toBe('张三、李四')
    expect(read('C4', 'creditCode', '91520304ma11900560')).toBe('91520304MA11900560')
    expect(read('A3', 'name', '买买提•艾力')).toBe('买买提·艾力')
    expect(read('A3', 'identityNumber', '11010519491231002x')).toBe('11010519491231002X')
  })

  test('chooses a code by the code, its label or a synonym', () => {
    expect(read('C2', 'relation', '10')).toBe('10')
    expect(read('C2', 'relation', '配偶')).toBe('10')
    expect(read('C2', 'relation', ' 爱人 ')).toBe('10')
    expect(read('A1', 'people', '汉')).toBe('01')
    expect(read('A1', 'politicalStatus', '中共党员')).toBe('01')
    expect(read('C2', 'relation', '１０')).toBe('10')
    expect(read('C2', 'relation', '朋友')).toBe('fault:code-unknown')
    expect(read('C2', 'relation', 'constructor')).toBe('fault:code-unknown')
  })

  test('cannot choose a retired code', () => {
    const table = {
      id: 'yesNo',
      version: 2,
      source: '自编',
      items: [{ code: '1', label: '是', retired: true as const }],
    }
    const parsed = parseFieldInput(
      field(category(catalogue, 'A3'), 'livesTogether'),
      { ...catalogue, codeTables: [table] },
      '是',
      { asOf: today },
    )
    expect(outcome(parsed)).toBe('fault:code-retired')
  })

  test('is refused beyond bounds, after today, or in a currency that is not kept', () => {
    expect(read('C2', 'price', '-1')).toBe('fault:below-minimum')
    expect(read('C2', 'share', '101')).toBe('fault:above-maximum')
    expect(read('C2', 'acquiredOn', '2026-12')).toBe('fault:date-future')
    expect(read('C6', 'endOn', '2027-12')).toBe('2027-12')
    expect(read('C2', 'price', '5', { currency: 'XXX' })).toBe('fault:currency-unknown')
  })
})

describe('a value', () => {
  const show = (id: string, fieldId: string, value: Parameters<typeof displayValue>[1]) =>
    displayValue(field(category(catalogue, id), fieldId), value, catalogue)

  test('is shown as people read it', () => {
    expect(show('C2', 'relation', '10')).toBe('配偶')
    expect(show('C2', 'relation', '00')).toBe('00')
    expect(show('C2', 'area', '1234.5')).toBe('1,234.5')
    expect(show('C2', 'acquiredOn', '2001-05')).toBe('2001-05')
    expect(show('C2', 'price', { amount: 123_450, currency: 'CNY' })).toBe('¥1,234.50')
    expect(show('C2', 'price', { amount: -5, currency: 'CNY' })).toBe('-¥0.05')
    expect(show('C2', 'price', { amount: 123_450, currency: 'USD' })).toBe('1,234.50 美元')
    expect(show('C2', 'price', { amount: 1, currency: 'XXX' })).toBe('0.01 XXX')
  })

  test('is put into an input as it would be typed', () => {
    expect(formatFieldInput({ amount: 123_450, currency: 'CNY' })).toBe('1234.50')
    expect(formatFieldInput('114.78')).toBe('114.78')
  })
})
