import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import {
  areOfOneKit,
  plainName,
  readSheet,
  readSheetHead,
  sheetCode,
  sheetLines,
  unitTagOf,
  type SheetContent,
} from '../../../src-shared/access/recovery-sheet.ts'
import { nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { sheetShare } from '../../helpers/sheet-shares.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

function sheet(number: number, unitTag = 'a1b2c3d4e5', kit = '01020304'): SheetContent {
  return {
    number,
    threshold: 2,
    total: 3,
    unitTag,
    kit,
    shares: {
      'unit-root': sheetShare(),
      'recovery-archive': sheetShare(),
      'recovery-discipline': sheetShare(),
    },
  }
}

const one = sheet(1)
const lines = sheetLines(nodePrimitives, one)
const read = (typed: readonly string[]) => readSheet(nodePrimitives, typed.join('\n'))
const refusal = (typed: readonly string[]) => {
  const result = read(typed)
  return result.ok ? 'read' : result.error
}

describe('the text of a recovery sheet', () => {
  test('is nine lines of six groups of four symbols that nobody takes for one another', () => {
    expect(lines).toHaveLength(9)
    for (const line of lines) expect(line).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}( [0-9A-HJKMNP-TV-Z]{4}){5}$/)
  })

  test('says what stood on the sheet, typed or scanned', () => {
    expect(read(lines)).toEqual({ ok: true, value: one })
    expect(readSheet(nodePrimitives, sheetCode(lines))).toEqual({ ok: true, value: one })
    expect(readSheet(nodePrimitives, `${sheetCode(lines)}\r\n`)).toEqual({ ok: true, value: one })
    const { shares: _, ...head } = one
    expect(readSheetHead(lines[0] ?? '')).toEqual(head)
  })

  test('is read in small letters, in full width, without blanks, and with O for 0 and I or L for 1', () => {
    const loosely = lines.map((line) => line.replaceAll('0', 'o').replaceAll('1', 'l').toLowerCase())
    expect(read(loosely)).toEqual({ ok: true, value: one })
    const wide = lines.map((line) =>
      line.replaceAll(/[!-~]/g, (symbol) => String.fromCharCode(symbol.charCodeAt(0) + 0xfee0)),
    )
    expect(read(wide)).toEqual({ ok: true, value: one })
    expect(read([lines.join('').replaceAll(' ', '')])).toEqual({ ok: true, value: one })
  })

  test('shows every wrong symbol, and on which line it stands', () => {
    for (const [index, line] of lines.entries()) {
      for (let at = 0; at < line.length; at++) {
        if (line[at] === ' ') continue
        for (const symbol of alphabet) {
          if (symbol === line[at]) continue
          const typed = lines.with(index, line.slice(0, at) + symbol + line.slice(at + 1))
          expect(refusal(typed)).toEqual({ code: 'recovery/sheet-line', detail: { line: index + 1 } })
        }
      }
    }
  })

  test('shows two neighbours that changed places', () => {
    for (const [index, line] of lines.entries()) {
      const symbols = line.replaceAll(' ', '')
      for (let at = 0; at + 1 < symbols.length; at++) {
        if (symbols[at] === symbols[at + 1]) continue
        const swapped = symbols.slice(0, at) + symbols[at + 1] + symbols[at] + symbols.slice(at + 2)
        expect(refusal(lines.with(index, swapped))).toMatchObject({ detail: { line: index + 1 } })
      }
    }
  })

  test('shows a line in the place of another, and one of another sheet', () => {
    const exchanged = lines.with(2, lines[5] ?? '').with(5, lines[2] ?? '')
    expect(refusal(exchanged)).toEqual({ code: 'recovery/sheet-line', detail: { line: 3 } })
    const other = sheetLines(nodePrimitives, sheet(2))
    expect(refusal(lines.with(7, other[7] ?? ''))).toEqual({
      code: 'recovery/sheet-line',
      detail: { line: 8 },
    })
  })

  test('shows what is missing', () => {
    expect(refusal(lines.slice(0, 8))).toEqual({
      code: 'recovery/sheet-incomplete',
      detail: { symbols: 192, expected: 216 },
    })
    expect(refusal(lines.with(4, lines[4]?.slice(0, -1) ?? ''))).toEqual({
      code: 'recovery/sheet-line',
      detail: { line: 5 },
    })
    expect(refusal([''])).toMatchObject({ code: 'recovery/sheet-incomplete' })
  })

  test('is never read as another sheet, whatever somebody types', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 900, unit: 'grapheme' }), (typed) => {
        expect(readSheet(nodePrimitives, typed).ok).toBe(false)
      }),
    )
  })

  test('keeps sheets of other units and other printings apart', () => {
    const head = (content: SheetContent) => readSheetHead(sheetLines(nodePrimitives, content)[0] ?? '')!
    expect(areOfOneKit(head(one), head(sheet(2)))).toBe(true)
    expect(areOfOneKit(head(one), head(sheet(2, 'ffffffffff')))).toBe(false)
    expect(areOfOneKit(head(one), head(sheet(2, one.unitTag, '01020305')))).toBe(false)
    const [first, second] = [1, 2].map((value) => signerFromSeed(new Uint8Array(32).fill(value)).publicKey)
    expect(unitTagOf(nodePrimitives, first!)).not.toBe(unitTagOf(nodePrimitives, second!))
  })
})

test('a name is the same person however it is written', () => {
  expect(plainName(' 欧阳　正 ')).toBe(plainName('欧阳正'))
  expect(plainName('Ｌｉ Ming')).toBe(plainName('li ming'))
  expect(plainName('欧阳正')).not.toBe(plainName('欧阳政'))
})
