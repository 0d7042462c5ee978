import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

/** Keeps the first that a member typed of a revision: who has seen the entry does not type blind any more. */
export function insertRetyped(
  database: Database,
  revision: Digest,
  member: Id,
  sealed: Uint8Array,
  at: string,
): void {
  statement(
    database,
    'INSERT INTO retyped (revision, member, sealed, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  ).run(revision, member, sealed, at)
}

export function readRetyped(database: Database, revision: Digest, member: Id): Uint8Array | null {
  const row = statement<{ sealed: Uint8Array }>(
    database,
    'SELECT sealed FROM retyped WHERE revision = ? AND member = ?',
  ).get(revision, member)
  return row === undefined ? null : new Uint8Array(row.sealed)
}

export function hasRetyped(database: Database, revision: Digest, member: Id): boolean {
  const row = statement(database, 'SELECT 1 FROM retyped WHERE revision = ? AND member = ?').get(
    revision,
    member,
  )
  return row !== undefined
}
