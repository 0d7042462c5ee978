import type { Digest, Id } from '../kernel/ids.ts'
import type { Header } from '../log/header.ts'
import type { Operation, RemovalCause } from '../log/operations.ts'
import type { AuthorityCommit, AuthorityState, MemberKey } from './authority-state.ts'
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
  /** A bound by the root: it takes the place of all that was said of the key in these compartments. */
  readonly final: boolean
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
    const final = operation.op === 'key.bound' && header.role === 'root'
    return [{ key, leaf, alone, final, compartments, last }]
  })
}

/**
 * Removals without what a bound by the root takes the place of, so that a wrong end can be put right with the recovery
 * kit. Of several such bounds the newest counts: the one deepest in the chain, then the greater leaf.
 */
export function withoutReplaced(
  removals: readonly Removal[],
  heightOf: (leaf: Digest) => number,
): readonly Removal[] {
  const final = removals.filter((removal) => removal.final)
  const isReplaced = (removal: Removal, compartment: Compartment) =>
    final.some(
      (other) =>
        other.key === removal.key &&
        other.compartments.includes(compartment) &&
        (!removal.final || isNewer(other.leaf, removal.leaf)),
    )
  const isNewer = (leaf: Digest, than: Digest) =>
    heightOf(leaf) > heightOf(than) || (heightOf(leaf) === heightOf(than) && leaf > than)
  return removals.flatMap((removal) => {
    const remaining = removal.compartments.filter((compartment) => !isReplaced(removal, compartment))
    return remaining.length === 0 ? [] : [{ ...removal, compartments: remaining }]
  })
}

/** Whether an operation takes something away: a key, what it signed, a device, a role. */
export function takesAway({ op }: Operation): boolean {
  return op === 'key.remove' || op === 'key.bound' || op === 'device.remove' || op === 'role.revoke'
}

/** The worse of two causes counts, if a key was removed twice. */
const causesByWeight: readonly RemovalCause[] = ['lost', 'suspended', 'left', 'copied']
const weightOf = (cause: RemovalCause) => causesByWeight.indexOf(cause)

/**
 * A state without what the commits of another side of a fork took away: in whatever order, with the same result.
 * What the state itself does not have is passed over.
 */
export function withRemovals(state: AuthorityState, taken: readonly AuthorityCommit[]): AuthorityState {
  const members = new Map(state.members)
  const devices = new Map(state.devices)
  for (const operation of taken.flatMap(({ header }) => header.ops)) {
    const { entity } = operation
    const device = devices.get(entity)
    const member = members.get(entity)
    if (operation.op === 'device.remove' && device !== undefined) {
      devices.set(entity, { ...device, inForce: false })
    } else if (operation.op === 'role.revoke' && member !== undefined) {
      const { role, deputyFor } = operation
      const grants = member.grants.filter((grant) => grant.role !== role || grant.deputyFor !== deputyFor)
      members.set(entity, { ...member, grants })
    } else if (operation.op === 'key.remove' && member !== undefined) {
      const changed = (key: MemberKey) => {
        const { cause } = operation
        const isWorse = key.removed !== null && weightOf(key.removed) > weightOf(cause)
        return { ...key, inForce: false, removed: isWorse ? key.removed : cause }
      }
      const keys = member.keys.map((key) => (key.key === operation.key ? changed(key) : key))
      members.set(entity, { ...member, keys })
    } else if (operation.op === 'key.bound' && member !== undefined) {
      const both = (key: MemberKey) => [...new Set([...key.bounded, ...operation.compartments])].sort()
      const keys = member.keys.map((key) =>
        key.key === operation.key ? { ...key, bounded: both(key) } : key,
      )
      members.set(entity, { ...member, keys })
    }
  }
  return { ...state, members, devices }
}

/**
 * The removals that hold, of all that somebody said: not those that another one cuts off which itself stands. Two that
 * cut each other off both hold, for nothing says which of them came first.
 *
 * `cuts` says whether the first cuts off the commit in which the second stands.
 */
export function standing(
  removals: readonly Removal[],
  cuts: (cutting: Removal, other: Removal) => boolean,
): readonly Removal[] {
  let open = removals
  const sure: Removal[] = []
  for (;;) {
    const next = open.filter((one) => !open.some((other) => cuts(other, one)))
    if (next.length === 0) return [...sure, ...open]
    sure.push(...next)
    open = open.filter((one) => !next.includes(one) && !next.some((other) => cuts(other, one)))
  }
}
