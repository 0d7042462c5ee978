import { expect, test } from 'vitest'
import {
  areOfOneKit,
  isSheetLine,
  readSheet,
  readSheetHead,
  sheetCode,
  sheetLines,
  sheetSymbols,
} from '../../../src-shared/access/recovery-sheet.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { sheetShare } from '../../helpers/sheet-shares.ts'

const head = { number: 1, threshold: 2, total: 3, unitTag: 'a1b2c3d4e5', kit: '01020304' }
const printed = () => {
  const shares = {
    'unit-root': sheetShare(),
    'recovery-archive': sheetShare(),
    'recovery-discipline': sheetShare(),
  }
  return { shares, lines: sheetLines(nodePrimitives, { ...head, shares }) }
}
const { shares, lines } = printed()
const first = lines[0] as string

test('a typed line is one of its place, which a line says by itself only where it is the first', () => {
  expect(lines.map((line, index) => isSheetLine(first, line, index))).toEqual(lines.map(() => true))
  expect(isSheetLine('', first, 0)).toBe(true)
  expect(isSheetLine(first, lines[1] as string, 0)).toBe(false)
  expect(isSheetLine(first, lines[1] as string, 2)).toBe(false)
  expect(isSheetLine(lines[1] as string, lines[1] as string, 1)).toBe(false)
  expect(isSheetLine(first, first.slice(1), 0)).toBe(false)
})

test('the code of a sheet is its symbols in their lines, joined by hyphens', () => {
  expect(sheetCode(lines)).toMatch(/^[0-9A-Z]{24}(-[0-9A-Z]{24}){8}$/)
  expect(sheetSymbols('ab-cd ef')).toBe('ABCDEF')
})

test('a sheet is read with empty lines before, between and behind its own', () => {
  const typed = `\n${lines.join('\r\n \n')}\n\n`
  expect(readSheet(nodePrimitives, typed)).toEqual({ ok: true, value: { ...head, shares } })
})

test('a line of another sheet with the same head agrees with itself, and the whole does not', () => {
  const other = printed().lines
  const mixed = lines.map((line, index) => (index === 3 ? (other[3] as string) : line))
  expect(readSheet(nodePrimitives, mixed.join('\n'))).toMatchObject({
    error: { code: 'recovery/sheet-wrong' },
  })
})

test('a first line that does not agree with itself says nothing', () => {
  expect(readSheetHead(lines[1] as string)).toBe(null)
  expect(readSheetHead('U'.repeat(24))).toBe(null)
})

test('sheets are of one kit that were printed for as many, of whom as many are needed', () => {
  expect(areOfOneKit(head, { ...head, number: 2 })).toBe(true)
  for (const change of [{ threshold: 3 }, { total: 4 }, { kit: '01020305' }, { unitTag: 'a1b2c3d4e6' }])
    expect(areOfOneKit(head, { ...head, ...change }), Object.keys(change).join()).toBe(false)
})
