import { describe, expect, test } from 'vitest'
import { codeOfPage, groupPages, type PageCode } from '../../../src-shared/paper/codes-on-page.ts'
import {
  formNumber,
  longestSheetCode,
  readSheetCode,
  writeSheetCode,
  type SheetCode,
} from '../../../src-shared/paper/sheet-code.ts'
import { fc } from '../../helpers/properties.ts'

const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((all) => all.join(''))
const category = fc
  .tuple(fc.constantFrom(...'ABCDE'), fc.integer({ min: 0, max: 99 }))
  .map((all) => all.join(''))
const filled = fc.record({
  kind: fc.constant('filled' as const),
  unit: hex(32),
  record: hex(32),
  revision: hex(64),
})
const blank = fc.record({
  kind: fc.constant('blank' as const),
  unit: hex(32),
  sheet: hex(32),
  cadre: fc.option(hex(32).filter((id) => !/^0+$/.test(id))),
  category,
  catalogueVersion: fc.integer({ min: 1, max: 0xffffffff }),
})
const any: fc.Arbitrary<SheetCode> = fc.oneof(filled, blank)

const sheet: SheetCode = {
  kind: 'filled',
  unit: '1'.repeat(32),
  record: '2'.repeat(32),
  revision: 'abcdef01'.repeat(8),
}

describe('the code of a sheet', () => {
  test('is read as what was written, whatever it names', () => {
    fc.assert(
      fc.property(any, (code) => {
        const text = writeSheetCode(code)
        expect(readSheetCode(text)).toEqual({ ok: true, value: code })
        expect(text.length).toBeLessThanOrEqual(longestSheetCode)
      }),
    )
  })

  test('holds nothing but the characters that a QR code keeps best', () => {
    fc.assert(
      fc.property(any, (code) => {
        expect(writeSheetCode(code)).toMatch(/^[0-9A-Z.]+$/)
      }),
    )
  })

  test('is one text: what decodes alike but is written otherwise is none', () => {
    const text = writeSheetCode(sheet)
    for (const other of [
      text.toLowerCase(),
      `${text} `,
      `${text}=`,
      // The last character carries bits that belong to no byte.
      `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'H'}`,
      text.slice(0, -2),
      `${text}AA`,
    ])
      expect(readSheetCode(other), other).toEqual({ ok: false, error: { code: 'paper/other-code' } })
  })

  test.each([
    ['nothing', ''],
    ['an address', 'https://example.org/'],
    ['a proof of a record', '{"type":"liandang/record-proof/1"}'],
    ['a newer kind', 'LDP2FAAAA'],
    ['far too much', `LDP1F${'A'.repeat(100_000)}`],
    ['a category that is none', `${writeSheetCode({ ...blankOf('A1') }).slice(0, -2)}Z9`],
    ['two categories', `${writeSheetCode(blankOf('A1'))}.A1`],
    ['markup for a category', `${writeSheetCode(blankOf('A1')).slice(0, -2)}<b>`],
    ['a catalogue of no version', writeSheetCode({ ...blankOf('A1'), catalogueVersion: 0 })],
  ])('is not %s', (_, text) => {
    expect(readSheetCode(text)).toEqual({ ok: false, error: { code: 'paper/other-code' } })
  })

  test('never throws, whatever stands on the paper', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        expect(readSheetCode(text).ok).toBe(false)
        const marked = readSheetCode(`LDP1F${text}`)
        if (marked.ok) expect(writeSheetCode(marked.value)).toBe(`LDP1F${text}`)
      }),
    )
  })

  test('has a number that people can say', () => {
    expect(formNumber(sheet)).toBe('TABCD-EF01-ABCD')
    expect(formNumber(blankOf('C2'))).toBe('K3333-3333-3333')
  })
})

function blankOf(of: string) {
  return {
    kind: 'blank',
    unit: '1'.repeat(32),
    sheet: '3'.repeat(32),
    cadre: null,
    category: of,
    catalogueVersion: 1,
  } as const
}

describe('a scanned page', () => {
  const [text, other] = [writeSheetCode(sheet), writeSheetCode(blankOf('A1'))]

  test('with the same code twice has one', () => {
    expect(codeOfPage([text, 'https://example.org/', text])).toEqual({ is: 'one', text, code: sheet })
  })

  test('with two different codes says so, with none or with others too', () => {
    expect(codeOfPage([text, other])).toEqual({ is: 'several' })
    expect(codeOfPage([])).toEqual({ is: 'none' })
    expect(codeOfPage(['https://example.org/'])).toEqual({ is: 'other' })
  })

  const one: PageCode = { is: 'one', text, code: sheet }
  const two: PageCode = { is: 'one', text: other, code: blankOf('A1') }
  const none: PageCode = { is: 'none' }

  test('without a code goes with the page before it, as its back does', () => {
    expect(groupPages([one, none, one, two, none]).map(({ pages }) => pages)).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
  })

  test('without a code stands for itself when nothing is before it, or when that is not clear', () => {
    expect(groupPages([none, one]).map(({ pages }) => pages)).toEqual([[1], [2]])
    expect(groupPages([{ is: 'several' }, none]).map(({ pages }) => pages)).toEqual([[1], [2]])
  })

  test('is in exactly one group, whatever the stack', () => {
    const codes = fc.array(
      fc.constantFrom(one, two, none, { is: 'several' } as const, { is: 'other' } as const),
    )
    fc.assert(
      fc.property(codes, (stack) => {
        expect(groupPages(stack).flatMap(({ pages }) => pages)).toEqual(stack.map((_, index) => index + 1))
      }),
    )
  })
})
