import { describe, expect, test } from 'vitest'
import { passwordStrength } from '../../../src-renderer/ui/password-strength.ts'
import { blankSheet, isWholeSheet, lineState, withTyped } from '../../../src-renderer/ui/sheet-lines.ts'
import { sheetCode, sheetLines } from '../../../src-shared/access/recovery-sheet.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'

const share = (fill: number) => new Uint8Array(33).fill(fill)
const lines = sheetLines(nodePrimitives, {
  number: 2,
  threshold: 2,
  total: 3,
  unitTag: 'a1b2c3d4e5',
  kit: '01020304',
  shares: { 'unit-root': share(1), 'recovery-archive': share(2), 'recovery-discipline': share(3) },
})

describe('typing a sheet', () => {
  test('groups the symbols of a line as they are printed', () => {
    const { sheet } = withTyped(blankSheet, 0, (lines[0] ?? '').toLowerCase().replaceAll(' ', ''))
    expect(sheet[0]).toBe(lines[0])
    expect(lineState(sheet, 0)).toBe('good')
    expect(lineState(sheet, 1)).toBe('blank')
  })

  test('says of a line how far it is, and what is wrong', () => {
    const first = withTyped(blankSheet, 0, lines[0] ?? '').sheet
    expect(lineState(withTyped(first, 1, lines[1]?.slice(0, 9) ?? '').sheet, 1)).toBe('short')
    expect(lineState(withTyped(first, 1, lines[2] ?? '').sheet, 1)).toBe('wrong')
    expect(lineState(withTyped(blankSheet, 1, lines[1] ?? '').sheet, 1)).toBe('waits-for-first')
  })

  test('runs on into the next line, symbol by symbol, as a scanner types', () => {
    let [sheet, at] = [blankSheet, 0]
    for (const symbol of sheetCode(lines)) {
      const typed = withTyped(sheet, at, (sheet[at] ?? '') + symbol)
      sheet = typed.sheet
      at = typed.at
    }
    expect(sheet).toEqual(lines)
    expect(isWholeSheet(sheet)).toBe(true)
  })

  test('takes a whole sheet from the first line on, wherever it was put', () => {
    expect(withTyped(blankSheet, 4, sheetCode(lines))).toEqual({ sheet: lines, at: 8 })
  })

  test('does not overwrite a line that is there with a slip on the one before', () => {
    const slipped = withTyped(lines, 3, `${lines[3]}7`)
    expect(slipped.at).toBe(3)
    expect(slipped.sheet[4]).toBe(lines[4])
    expect(lineState(slipped.sheet, 3)).toBe('wrong')
  })
})

describe('the hint at a password', () => {
  const names = ['陈立夏', 'chenlixia']

  test.each([
    '1234567890',
    'aaaaaaaaaaaa',
    'qwertyuiop',
    'password2026',
    'chenlixia1',
    '陈立夏2026陈立夏',
    'mima123456',
  ])('%s is easy to guess', (password) => expect(passwordStrength(password, names)).toBe('weak'))

  test.each(['河边 骆驼 七点 螺丝', 'correct horse battery staple', 'xK9#mQ2$vL7p'])(
    '%s is hard to guess',
    (password) => expect(passwordStrength(password, names)).toBe('good'),
  )
})
