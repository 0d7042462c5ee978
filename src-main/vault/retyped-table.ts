import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

/** Keeps the first that a member typed of a revision: who has seen the entry does not type blind any more. */
export function insertRetyped(
  database: Database,
  revision: Digest,
  member: Id,
  key: Digest,
  sealed: Uint8Array,
  at: string,
): void {
  statement(
    database,
    `INSERT INTO retyped (revision, member, key, sealed, at) VALUES (:revision, :member, :key, :sealed, :at)
     ON CONFLICT (revision, member) DO UPDATE SET key = :key, sealed = :sealed, at = :at WHERE key <> :key`,
  ).run({ revision, member, key, sealed, at })
}

export function readRetyped(database: Database, revision: Digest, member: Id): Uint8Array | null {
  const row = statement<{ sealed: Uint8Array }>(
    database,
    'SELECT sealed FROM retyped WHERE revision = ? AND member = ?',
  ).get(revision, member)
  return row === undefined ? null : new Uint8Array(row.sealed)
}

/** Whether a member typed it with the keys they have now: what was sealed to others cannot be opened any more. */
export function hasRetyped(database: Database, revision: Digest, member: Id, key: Digest): boolean {
  const row = statement(database, 'SELECT 1 FROM retyped WHERE revision = ? AND member = ? AND key = ?').get(
    revision,
    member,
    key,
  )
  return row !== undefined
}
