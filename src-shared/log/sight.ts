import type { Id } from '../kernel/ids.ts'

/**
 * How many commits of each other log a commit has seen: what its log and those that it names had, and what these had seen.
 * A log that is not named has been seen nothing of. Of its own log a commit has seen all that stands before it.
 */
export type Sight = Readonly<Record<Id, number>>

export const nothingSeen: Sight = {}

export interface NamedCommit {
  readonly log: Id
  readonly seq: number
  /** What that commit had seen. */
  readonly sight: Sight
}

/** What a commit of `log` has seen that stands behind one with `before` and names these in its `deps`. */
export function widened(before: Sight, log: Id, named: readonly NamedCommit[]): Sight {
  const sizes = new Map(Object.entries(before))
  const raise = (other: Id, size: number) => {
    if (other !== log && size > (sizes.get(other) ?? 0)) sizes.set(other, size)
  }
  for (const commit of named) {
    raise(commit.log, commit.seq + 1)
    for (const [other, size] of Object.entries(commit.sight)) raise(other, size)
  }
  return Object.fromEntries([...sizes].sort(([a], [b]) => (a < b ? -1 : 1)))
}
