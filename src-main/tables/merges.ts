import { columnOf } from '../../src-shared/import/cells.ts'
import type { WorkbookLimits } from './limits.ts'

/** Cells that are shown as one; rows from 1, columns from 0, ends included. */
export interface Merge {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

const opening = Buffer.from('mergeCells')
const keptBytes = 8 * 1024 * 1024
// Merges of more cells together are no table, and filling them would take longer than reading it.
const filledCells = 2_000_000

/**
 * The merged cells of a sheet. They stand behind its rows, so the part is unpacked once to find them; only what follows
 * the mark is looked at. More than the limit are not used.
 */
export async function findMerges(
  pieces: AsyncIterable<Buffer>,
  limits: WorkbookLimits,
): Promise<readonly Merge[]> {
  let tail: Buffer[] | null = null
  let kept = 0
  let edge: Buffer = Buffer.alloc(0)
  for await (const piece of pieces) {
    if (tail !== null) {
      if (kept < keptBytes) tail.push(piece)
      kept += piece.length
      continue
    }
    const joined = edge.length === 0 ? piece : Buffer.concat([edge, piece])
    const at = joined.indexOf(opening)
    if (at >= 0) tail = [joined.subarray(at)]
    else edge = joined.subarray(Math.max(0, joined.length - opening.length))
  }
  if (tail === null) return []
  const found: Merge[] = []
  let area = 0
  for (const match of Buffer.concat(tail)
    .toString('latin1')
    .matchAll(/mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})"/g)) {
    const from = placeOf(match[1] as string)
    const to = placeOf(match[2] as string)
    if (from === null || to === null || to.row < from.row || to.column < from.column) continue
    if (from.column >= limits.columns) continue
    const right = Math.min(to.column, limits.columns - 1)
    area += (to.row - from.row + 1) * (right - from.column + 1)
    if (area > filledCells) break
    found.push({ top: from.row, bottom: to.row, left: from.column, right })
    if (found.length >= limits.merges) break
  }
  return found
}

function placeOf(reference: string): { readonly row: number; readonly column: number } | null {
  const column = columnOf(reference)
  const row = Number(reference.replace(/^[A-Z]+/, ''))
  return column === null || row < 1 ? null : { row, column }
}

/** Fills the texts of merged cells into those that they cover, row by row from the top. */
export class MergeFiller {
  readonly #byTop: readonly Merge[]
  #next = 0
  readonly #open: { readonly merge: Merge; text: string }[] = []

  constructor(merges: readonly Merge[]) {
    this.#byTop = merges.toSorted((a, b) => a.top - b.top)
  }

  /** Changes `cells`; returns the columns that were filled. */
  fill(row: number, cells: string[]): readonly number[] {
    const filled: number[] = []
    for (
      let merge = this.#byTop[this.#next];
      merge !== undefined && merge.top <= row;
      merge = this.#byTop[this.#next]
    ) {
      this.#next += 1
      // A merge whose first row is left out of the file has no text.
      if (merge.top === row) this.#open.push({ merge, text: cells[merge.left] ?? '' })
    }
    for (let index = this.#open.length - 1; index >= 0; index--) {
      const { merge, text } = this.#open[index] as { merge: Merge; text: string }
      if (merge.bottom < row) this.#open.splice(index, 1)
      else if (text !== '') {
        for (let column = merge.left; column <= merge.right; column++) {
          if (row === merge.top && column === merge.left) continue
          while (cells.length <= column) cells.push('')
          if (cells[column] === '') {
            cells[column] = text
            filled.push(column)
          }
        }
      }
    }
    return filled
  }
}
