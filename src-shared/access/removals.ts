import type { Digest, Id } from '../kernel/ids.ts'
import type { Header } from '../log/header.ts'
import type { AuthorityCommit } from './authority-state.ts'
import type { Compartment } from './roles.ts'

export interface Removal {
  readonly key: Digest
  /** The commit that says so. */
  readonly leaf: Digest
  /**
   * Said by the secadmin alone: then what the key signed before the removal, along the chain, stands. Only a responsible
   * holder strikes out what is older.
   */
  readonly alone: boolean
  /** Those whose logs `last` speaks for. */
  readonly compartments: readonly Compartment[]
  readonly last: ReadonlyMap<Id, number>
}

/** Whether a commit stands beyond the last one that a removal accepts of its key in that compartment. */
export function isAfterRemoval(
  removals: readonly Removal[],
  header: Header,
  compartment: Compartment,
): boolean {
  return removals.some(
    (removal) =>
      removal.key === header.key &&
      removal.compartments.includes(compartment) &&
      header.seq > (removal.last.get(header.log) ?? -1),
  )
}

/** What a commit says of where keys end. */
export function removalsOf({ leaf, header }: AuthorityCommit): readonly Removal[] {
  return header.ops.flatMap((operation) => {
    if (operation.op !== 'key.remove' && operation.op !== 'key.bound') return []
    const { key, compartments } = operation
    const last = new Map(operation.last.map((entry) => [entry.log, entry.seq]))
    const alone = operation.op === 'key.remove' && header.role !== 'root'
    return [{ key, leaf, alone, compartments, last }]
  })
}
