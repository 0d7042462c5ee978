import type { Id } from '../kernel/ids.ts'
import { maximumLines } from './layout.ts'

/** A commit as far as the order of a bundle hangs on it. */
export interface PlannedCommit {
  /** Operations, which is also the number of bodies. */
  readonly operations: number
  /** Where the commits stand that its `deps` and `authority` name; those outside the bundle do not matter. */
  readonly needs: readonly { readonly log: Id; readonly seq: number }[]
}

/** One file of commits, and the file of their bodies: `from` … `to`, inclusive. */
export interface Segment {
  readonly log: Id
  readonly from: number
  readonly to: number
}

/**
 * Cuts the ranges of several logs into files and puts these in an order in which every commit comes after all it has
 * seen, so that a reader can judge each as it streams by. A log is followed as far as it goes: devices that met
 * seldom give few files.
 *
 * Throws when commits need each other in a circle, which hashes do not allow.
 */
export function planSegments(
  ranges: readonly Segment[],
  commitAt: (log: Id, seq: number) => PlannedCommit,
): readonly Segment[] {
  const next = new Map(ranges.map((range) => [range.log, range.from]))
  const segments: Segment[] = []
  const isWaiting = (commit: PlannedCommit, log: Id) =>
    commit.needs.some((need) => need.log !== log && need.seq >= (next.get(need.log) ?? need.seq + 1))

  function follow(range: Segment): void {
    let from = next.get(range.log) as number
    let bodies = 0
    let seq = from
    for (; seq <= range.to; seq++) {
      const commit = commitAt(range.log, seq)
      if (isWaiting(commit, range.log)) break
      if (seq > from && (bodies + commit.operations > maximumLines || seq - from >= maximumLines)) {
        segments.push({ log: range.log, from, to: seq - 1 })
        from = seq
        bodies = 0
      }
      bodies += commit.operations
    }
    if (seq > from) segments.push({ log: range.log, from, to: seq - 1 })
    next.set(range.log, seq)
  }

  for (;;) {
    const before = segments.length
    for (const range of ranges) if ((next.get(range.log) as number) <= range.to) follow(range)
    if (ranges.every((range) => (next.get(range.log) as number) > range.to)) return segments
    if (segments.length === before) throw new RangeError('commits that need each other')
  }
}
