import type { Digest } from '../kernel/ids.ts'

/** The draw that a row of an import is under (抽样复核). */
export interface DrawnView {
  /** Leaf of the draw. */
  readonly draw: Digest
  readonly seed: Digest
  /** N, and n of them that are looked at. */
  readonly lot: number
  readonly size: number
  /** Whether this row is looked at. */
  readonly seen: boolean
}
