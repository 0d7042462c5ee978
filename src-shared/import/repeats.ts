import type { TableRow } from './rows.ts'

/**
 * Finds rows that repeat an earlier one exactly, cell by cell. It holds the rows it was given, not copies of them,
 * and compares the cells themselves: two different rows are never taken for one.
 */
export function repeatFinder(): (row: TableRow) => number | null {
  const seen = new Map<number, TableRow[]>()
  return (row) => {
    const key = fingerprint(row.cells)
    const alike = seen.get(key)
    if (alike === undefined) {
      seen.set(key, [row])
      return null
    }
    const first = alike.find((candidate) => sameCells(candidate.cells, row.cells))
    if (first !== undefined) return first.row
    alike.push(row)
    return null
  }
}

/** For each row that repeats an earlier one, the number of the first. Repeats are kept and flagged, never dropped. */
export function markRepeats(rows: readonly TableRow[]): ReadonlyMap<number, number> {
  const firstRowOf = repeatFinder()
  const repeats = new Map<number, number>()
  for (const row of rows) {
    const first = firstRowOf(row)
    if (first !== null) repeats.set(row.row, first)
  }
  return repeats
}

/** FNV-1a over the UTF-16 code units, with the ends of the cells marked. */
function fingerprint(cells: readonly string[]): number {
  let hash = 0x811c9dc5
  for (const cell of cells) {
    for (let i = 0; i < cell.length; i++) hash = Math.imul(hash ^ cell.charCodeAt(i), 0x01000193)
    hash = Math.imul(hash ^ 0x10000, 0x01000193)
  }
  return hash
}

function sameCells(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((cell, index) => cell === b[index])
}
