import type { Digest, Id } from '../kernel/ids.ts'
import type { HistoryCommit } from './history.ts'

/**
 * What is wrong with the order that the sender claims, or null. Without the rest of the logs depth and sight cannot be
 * worked out anew; they are held to all that the commits themselves say: a commit stands behind what it names, a log only
 * grows, and nobody has seen what came later.
 */
export function orderFault(history: readonly HistoryCommit[]): string | null {
  const byLeaf = new Map<Digest, HistoryCommit>()
  const last = new Map<Id, HistoryCommit>()
  let before: HistoryCommit | null = null
  for (const line of history) {
    const { commit, depth, sight } = line
    const { header, leaf } = commit
    if (byLeaf.has(leaf)) return 'commit-twice'
    if (before !== null && !isBehind(line, before)) return 'order'
    const previous = last.get(header.log)
    if (previous !== undefined) {
      if (header.seq <= previous.commit.header.seq || depth <= previous.depth) return 'log-order'
      const shrinks = Object.entries(previous.sight).some(([log, size]) => (sight[log] ?? 0) < size)
      if (shrinks) return 'sight'
    }
    if (sight[header.log] !== undefined) return 'sight'
    for (const named of [...header.deps, ...(header.prev === null ? [] : [header.prev])]) {
      const seen = byLeaf.get(named)
      if (seen === undefined) continue
      const { log, seq } = seen.commit.header
      if (seen.depth >= depth) return 'depth'
      if (log !== header.log && (sight[log] ?? 0) <= seq) return 'sight'
    }
    byLeaf.set(leaf, line)
    last.set(header.log, line)
    before = line
  }
  return seesAhead(history) ? 'sight' : null
}

function isBehind(line: HistoryCommit, before: HistoryCommit): boolean {
  return line.depth === before.depth ? line.commit.leaf > before.commit.leaf : line.depth > before.depth
}

/** Whether a commit is said to have seen one that does not stand before it. */
function seesAhead(history: readonly HistoryCommit[]): boolean {
  const behind = new Map<Id, number>()
  for (const { commit, sight } of history.toReversed()) {
    for (const [log, size] of Object.entries(sight)) {
      // The first of that log at this depth or behind it.
      const first = behind.get(log)
      if (first !== undefined && size > first) return true
    }
    const { log, seq } = commit.header
    behind.set(log, Math.min(seq, behind.get(log) ?? seq))
  }
  return false
}
