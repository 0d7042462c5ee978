import {
  isSheetLine,
  sheetLineCount,
  sheetLineSymbols,
  sheetSymbols,
} from '../../src-shared/access/recovery-sheet.ts'

/** What is typed of a sheet, a text a line. */
export type TypedSheet = readonly string[]

export const blankSheet: TypedSheet = Array.from({ length: sheetLineCount }, () => '')

/** Symbols in groups of four, as they are printed. */
export function groupedSymbols(symbols: string): string {
  return (symbols.match(/.{1,4}/gu) ?? []).join(' ')
}

/**
 * The sheet after a line was typed in. More than a line runs on into the lines below it, unless something stands there
 * already and this is no more than a slip; a whole sheet begins at the first line wherever it was put. `at`: the line
 * that holds the end of what was typed.
 */
export function withTyped(
  sheet: TypedSheet,
  index: number,
  typed: string,
): { sheet: TypedSheet; at: number } {
  const symbols = sheetSymbols(typed)
  const isWhole = symbols.length >= sheetLineCount * sheetLineSymbols
  const first = isWhole ? 0 : index
  const isRunOn = symbols.length >= 2 * sheetLineSymbols || sheet[index + 1] === ''
  if (symbols.length > sheetLineSymbols && !isRunOn) {
    return { sheet: sheet.map((line, at) => (at === index ? groupedSymbols(symbols) : line)), at: index }
  }
  const count = Math.max(1, Math.ceil(symbols.length / sheetLineSymbols))
  const last = Math.min(sheetLineCount, first + count) - 1
  const lines = sheet.map((line, place) =>
    place < first || place > last
      ? line
      : groupedSymbols(
          symbols.slice((place - first) * sheetLineSymbols, (place - first + 1) * sheetLineSymbols),
        ),
  )
  return { sheet: lines, at: last }
}

export type LineState = 'blank' | 'short' | 'good' | 'wrong' | 'waits-for-first'

/** What can be said of a typed line by itself and by the first one. */
export function lineState(sheet: TypedSheet, index: number): LineState {
  const line = sheet[index] ?? ''
  const { length } = sheetSymbols(line)
  if (length === 0) return 'blank'
  if (length < sheetLineSymbols) return 'short'
  const first = sheet[0] ?? ''
  if (index > 0 && !isSheetLine(first, first, 0)) return 'waits-for-first'
  return isSheetLine(first, line, index) ? 'good' : 'wrong'
}

export function isWholeSheet(sheet: TypedSheet): boolean {
  return sheet.every((_, index) => lineState(sheet, index) === 'good')
}
