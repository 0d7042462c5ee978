import { describe, expect, test } from 'vitest'
import {
  defaultNumberRule,
  fileNumberSchema,
  numberRuleSchema,
  readFileNumber,
  type NumberRule,
} from '../../../src-shared/paper/file-number.ts'
import { fileRowSchema, volumeSchema } from '../../../src-shared/paper/volume.ts'
import { fc } from '../../helpers/properties.ts'

const part = { label: '案卷号', kind: 'digits', least: 4, most: 4, text: '' } as const
const rule: NumberRule = {
  parts: [
    { label: '全宗号', kind: 'letters', least: 1, most: 1, text: '' },
    { label: '门类', kind: 'fixed', least: 1, most: 1, text: '廉' },
    part,
  ],
}
const form = (index: number) => ({
  ok: false,
  error: { code: 'volume/number-form', detail: { part: index } },
})

describe('a file number', () => {
  test('is read as people type it: wide, small letters, any dash', () => {
    expect(readFileNumber(rule, ' ｘ－廉—００１２ ')).toEqual({ ok: true, value: 'X-廉-0012' })
  })

  test.each([
    ['X-廉-012', 3],
    ['X-廉-00123', 3],
    ['X-廉-00A2', 3],
    ['7-廉-0012', 1],
    ['X-纪-0012', 2],
    ['X-廉', 0],
    ['X-廉-0012-1', 0],
    ['', 0],
    ['X--0012', 2],
  ])('%s is told by the part that does not fit', (typed, index) => {
    expect(readFileNumber(rule, typed)).toEqual(form(index))
  })

  test('by the rule of a unit that has none is four parts', () => {
    expect(readFileNumber(defaultNumberRule, 'J012-3-0007-15')).toEqual({ ok: true, value: 'J012-3-0007-15' })
    expect(readFileNumber(defaultNumberRule, '1-2-3')).toEqual(form(0))
  })

  test('that was read reads again as itself, and may stand in a signed body', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (typed) => {
        const read = readFileNumber(defaultNumberRule, typed)
        if (!read.ok) return
        expect(readFileNumber(defaultNumberRule, read.value)).toEqual(read)
        expect(fileNumberSchema.safeParse(read.value).success).toBe(true)
      }),
    )
  })
})

describe('a rule of numbers', () => {
  test.each([
    ['a part that is longer than it may be', { ...part, least: 5 }],
    ['a fixed part without its text', { ...part, kind: 'fixed' }],
    ['a text that nothing is compared with', { ...part, text: '廉' }],
    ['a fixed text with a hyphen, which would be two parts', { ...part, kind: 'fixed', text: '廉-1' }],
    ['a part without a name', { ...part, label: ' ' }],
  ])('is refused with %s', (_, wrong) => {
    expect(numberRuleSchema.safeParse({ parts: [wrong] }).success).toBe(false)
  })

  test('has a part at least, and eight at most', () => {
    expect(numberRuleSchema.safeParse({ parts: [] }).success).toBe(false)
    expect(numberRuleSchema.safeParse({ parts: Array.from({ length: 9 }, () => part) }).success).toBe(false)
    expect(numberRuleSchema.safeParse(defaultNumberRule).success).toBe(true)
  })
})

describe('a line of a file list', () => {
  const row = {
    number: '清组〔2026〕3号',
    author: '清河镇党委',
    title: '任职通知',
    date: '20260301',
    pages: '1',
    note: '',
  }

  test('has its date as GB/T 9705 writes it, and the pages', () => {
    for (const date of ['', '2026', '202603', '20260301'])
      expect(fileRowSchema.safeParse({ ...row, date }).success, date).toBe(true)
    for (const date of ['2026-03-01', '20261301', '20260332', '26'])
      expect(fileRowSchema.safeParse({ ...row, date }).success, date).toBe(false)
    expect(fileRowSchema.safeParse({ ...row, pages: '12-15' }).success).toBe(true)
    expect(fileRowSchema.safeParse({ ...row, pages: '第3页' }).success).toBe(false)
  })

  test('needs a title and nothing else', () => {
    const bare = { number: '', author: '', title: '任职通知', date: '', pages: '', note: '' }
    expect(fileRowSchema.safeParse(bare).success).toBe(true)
    expect(fileRowSchema.safeParse({ ...bare, title: ' ' }).success).toBe(false)
  })

  test('is one of five hundred at most', () => {
    const volume = { number: 'A-1-1-1', title: '', place: '', rows: Array.from({ length: 501 }, () => row) }
    expect(volumeSchema.safeParse(volume).success).toBe(false)
    expect(volumeSchema.safeParse({ ...volume, rows: volume.rows.slice(1) }).success).toBe(true)
  })
})
