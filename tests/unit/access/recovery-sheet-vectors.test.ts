import { describe, expect, test } from 'vitest'
import {
  isSheetLine,
  maximumSheetText,
  readSheet,
  readSheetHead,
  sheetLineCount,
  sheetLines,
  sheetLineSymbols,
  sheetSymbols,
  unitTagOf,
} from '../../../src-shared/access/recovery-sheet.ts'
import { fromHex } from '../../../src-shared/kernel/bytes.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import vectors from '../../vectors/recovery-sheet.json' with { type: 'json' }

const { head, lines } = vectors
const bytes = (hex: string) => fromHex(hex) as Uint8Array
const shares = {
  'unit-root': bytes(vectors.shares['unit-root']),
  'recovery-archive': bytes(vectors.shares['recovery-archive']),
  'recovery-discipline': bytes(vectors.shares['recovery-discipline']),
}
const read = (typed: readonly string[], between = '\n') => readSheet(nodePrimitives, typed.join(between))

describe('a recovery sheet', () => {
  test('is what another program computes from the published text', () => {
    expect(sheetLines(nodePrimitives, { ...head, shares })).toEqual(lines)
    expect([lines.length, sheetSymbols(lines.join('')).length]).toEqual([
      sheetLineCount,
      sheetLineCount * sheetLineSymbols,
    ])
  })

  test('that another program made is read, and so is its first line', () => {
    expect(read(lines)).toEqual({ ok: true, value: { ...head, shares } })
    expect(readSheetHead(lines[0] as string)).toEqual(head)
  })

  test.each([
    ['line feeds', '\n'],
    ['carriage returns', '\r'],
    ['line ends of Windows', '\r\n'],
    ['hyphens', '-'],
    ['blanks', ' '],
    ['ideographic blanks', '\u3000'],
    ['nothing', ''],
  ])('is read with %s between its lines', (_what, between) => {
    expect(read(lines, between)).toEqual({ ok: true, value: { ...head, shares } })
  })

  test('of a later version is refused by its version, however sound its lines are', () => {
    const later = vectors.linesOfVersion2
    expect(later.map((line, index) => isSheetLine(later[0] as string, line, index))).not.toContain(false)
    expect(read(later)).toEqual({
      ok: false,
      error: { code: 'recovery/sheet-version', detail: { version: 2 } },
    })
  })

  test.each([
    ['nothing', [], 0],
    ['its first line alone', lines.slice(0, 1), 24],
    ['all but its last line', lines.slice(0, -1), 192],
    ['all but its first line', lines.slice(1), 192],
    ['a line twice', [...lines, lines[8] as string], 240],
    ['a first line with a slip of the pen alone', [(lines[0] as string).replace('0', '8')], 24],
  ])('of which %s was typed is incomplete, with how many symbols there are', (_what, typed, symbols) => {
    expect(read(typed)).toEqual({
      ok: false,
      error: { code: 'recovery/sheet-incomplete', detail: { symbols, expected: 216 } },
    })
  })

  test.each(lines.map((_line, index) => index))('names line %i when it is a symbol too long', (index) => {
    const longer = lines.with(index, `${lines[index]}0`)
    expect(read(longer)).toEqual({
      ok: false,
      error: { code: 'recovery/sheet-line', detail: { line: index + 1 } },
    })
    expect(isSheetLine(lines[0] as string, longer[index] as string, index)).toBe(false)
  })

  test('names the line as it stands on the sheet, whatever empty lines are typed between', () => {
    const typed = lines.with(4, (lines[4] as string).slice(1)).flatMap((line) => ['', line, '\u3000 '])
    expect(read(typed)).toEqual({ ok: false, error: { code: 'recovery/sheet-line', detail: { line: 5 } } })
    expect(read(typed, '\r\n')).toEqual(read(typed))
  })

  test('has no place for what is no symbol of it', () => {
    for (const sign of ['U', '!', '人'])
      expect(read(lines.with(4, `${sign}${sheetSymbols(lines[4] as string).slice(1)}`))).toEqual({
        ok: false,
        error: { code: 'recovery/sheet-line', detail: { line: 5 } },
      })
  })

  test('fits into the longest text that is looked at, typed with line numbers and a blank at each symbol', () => {
    const loosely = lines.map((line, index) => `${index + 1}. ${[...line].join(' ')}\r\n`).join('')
    expect(loosely.length).toBeLessThanOrEqual(maximumSheetText)
  })

  test('has as its unit’s tag the first five bytes of the hash of the public root key', () => {
    // SHA-256 of 'abc' (FIPS 180-4).
    expect(unitTagOf(nodePrimitives, new TextEncoder().encode('abc'))).toBe('ba7816bf8f')
  })
})
