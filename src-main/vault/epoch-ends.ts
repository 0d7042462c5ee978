import type { Compartment, Role } from '../../src-shared/access/roles.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { prepareBody, readHeader } from '../../src-shared/log/header.ts'
import type { OperationOf } from '../../src-shared/log/operations.ts'
import type { Appended } from './compartment.ts'
import { entriesOfKey, lastPlacesOfKey } from './key-entries.ts'
import { openCompartment, type OpenVault } from './vault.ts'
import { commitKeys, nothing, together, type Act } from './wraps.ts'

/** The last commit of a log that is accepted from a key. */
export type LastCommit = OperationOf<'key.bound'>['last'][number]

/** Where a removed key ends in a compartment: per log the last commit that counts; in a log not named, none does. */
export interface KeyEnd {
  readonly compartment: Compartment
  readonly member: Id
  readonly key: Digest
  readonly last: readonly LastCommit[]
}

/** A commit that a key signed, for choosing where it ends. */
export interface KeyCommit {
  readonly log: Id
  readonly seq: number
  readonly leaf: Digest
  /** The claim of the clock that signed it. */
  readonly at: string
  readonly action: string
  readonly operations: number
  readonly isVoid: boolean
}

/** Per log of a compartment the last commit known of a key: the end of whoever is not suspected of anything. */
export function lastOf(vault: OpenVault, compartment: Compartment, key: Digest): readonly LastCommit[] {
  const store = vault.compartments.get(compartment)
  return store === undefined ? [] : lastPlacesOfKey(store.database, key)
}

/**
 * The newest commits of a key in a compartment, newest first by place in their log, at most `limit` of each log.
 *
 * Errors: `vault/compartment-closed`, `vault/rekeying`.
 */
export function endsOfKey(
  vault: OpenVault,
  compartment: Compartment,
  key: Digest,
  limit = 500,
): Result<readonly KeyCommit[]> {
  const store = openCompartment(vault, compartment)
  if (!store.ok) return store
  const commits = entriesOfKey(store.value.database, key, limit).flatMap((entry) => {
    const header = readHeader(entry.envelope.payload)
    if (!header.ok) return []
    const { log, seq, at, action, ops } = header.value
    return [{ log, seq, leaf: entry.leaf, at, action, operations: ops.length, isVoid: entry.void !== null }]
  })
  return ok(commits)
}

/** The operations that say these ends. */
export function boundAct(vault: OpenVault, ends: readonly KeyEnd[]): Act {
  const { primitives } = vault
  const acts = ends.map(({ compartment, member, key, last }) => {
    const body = prepareBody(primitives, {})
    const operation = {
      op: 'key.bound',
      entity: member,
      digest: body.digest,
      key,
      compartments: [compartment],
      last: last.map((entry) => ({ ...entry })),
    } as const
    return { operations: [operation], bodies: [body] }
  })
  return acts.length === 0 ? nothing : together(...acts)
}

/**
 * Says where a removed key ends in a compartment. Commits of it beyond that are void from then on, and the marks and
 * tables of the compartment are derived again before this returns. What was said first stands.
 *
 * Errors: `authority/action-not-permitted` (not a holder, about oneself, or said before), `vault/compartment-closed`,
 * `log/gap` (a commit that is not of this key, or not held).
 */
export async function boundKey(
  vault: OpenVault,
  role: Extract<Role, 'approver' | 'inspector'>,
  at: string,
  end: KeyEnd,
): Promise<Result<Appended>> {
  const store = openCompartment(vault, end.compartment)
  if (!store.ok) return store
  for (const { log, seq, leaf } of end.last) {
    const own = entriesOfKey(store.value.database, end.key, 1, { log, seq })
    if (own[0]?.leaf !== leaf) return err('log/gap', { log, seq })
  }
  return await commitKeys(vault, role, at, boundAct(vault, [end]))
}

/** The operation that takes a key away, with its end in control. Needs secadmin; nothing is committed. */
export function removalAct(
  vault: OpenVault,
  member: Id,
  key: Digest,
  cause: OperationOf<'key.remove'>['cause'],
): Act {
  const body = prepareBody(vault.primitives, {})
  const operation = {
    op: 'key.remove',
    entity: member,
    digest: body.digest,
    key,
    cause,
    compartments: ['control'],
    last: lastOf(vault, 'control', key).map((entry) => ({ ...entry })),
  } as const
  return { operations: [operation], bodies: [body] }
}
