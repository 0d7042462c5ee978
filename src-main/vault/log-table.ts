import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { LogHead } from '../../src-shared/log/chain.ts'
import { decodeFrontier, emptyFrontier, encodeFrontier, type Frontier } from '../../src-shared/log/merkle.ts'
import { DamagedValue, statement, type Database } from './database.ts'

export type LogKind = 'device' | 'hub'

/** A log as this vault knows it. */
export interface LogRow extends LogHead {
  /** Where the commits of this log stand: see {@link placeOf}. */
  readonly ordinal: number
  readonly kind: LogKind
  readonly depth: number
  readonly frontier: Frontier
  /** Commits acknowledged by the newest receipt. */
  readonly acknowledged: number
}

interface StoredLog {
  id: string
  ordinal: number
  kind: LogKind
  size: number
  leaf: string | null
  depth: number
  frontier: Uint8Array
  acknowledged: number
}

function fromStored(row: StoredLog): LogRow {
  const frontier = decodeFrontier(new Uint8Array(row.frontier))
  if (!frontier.ok) throw new DamagedValue('frontier')
  return {
    log: row.id,
    ordinal: row.ordinal,
    kind: row.kind,
    size: row.size,
    leaf: row.leaf,
    depth: row.depth,
    frontier: frontier.value,
    acknowledged: row.acknowledged,
  }
}

const logColumns = 'id, ordinal, kind, size, leaf, depth, frontier, acknowledged'

/** Room for 8,192 logs of 2^40 commits in a safe integer. */
export const logSpan = 2 ** 40

/** The row id of a commit. */
export function placeOf(ordinal: number, seq: number): number {
  return ordinal * logSpan + seq
}

export function readLog(database: Database, log: Id): LogRow | undefined {
  const row = statement<StoredLog>(database, `SELECT ${logColumns} FROM log WHERE id = ?`).get(log)
  return row === undefined ? undefined : fromStored(row)
}

export function readLogs(database: Database, kind: LogKind): readonly LogRow[] {
  return statement<StoredLog>(database, `SELECT ${logColumns} FROM log WHERE kind = ? ORDER BY id`)
    .all(kind)
    .map(fromStored)
}

export function createLog(database: Database, log: Id, kind: LogKind): void {
  statement(
    database,
    `INSERT INTO log (id, ordinal, kind, size, leaf, depth, frontier)
     VALUES (?, (SELECT count(*) FROM log), ?, 0, NULL, -1, ?) ON CONFLICT (id) DO NOTHING`,
  ).run(log, kind, encodeFrontier(emptyFrontier))
}

/** Leaves of other device logs that grew since this log's last commit. */
export function unseenHeads(database: Database, log: Id): readonly { leaf: Digest; depth: number }[] {
  return statement<{ leaf: string; depth: number }>(
    database,
    `SELECT leaf, depth FROM log
     WHERE kind = 'device' AND id <> ? AND leaf IS NOT NULL AND (seen IS NULL OR seen <> leaf) ORDER BY leaf`,
  ).all(log)
}

/** Moves the head of a log forward by one commit, inside the caller's transaction. */
export function advanceLog(database: Database, next: LogRow): void {
  statement(database, 'UPDATE log SET size = ?, leaf = ?, depth = ?, frontier = ? WHERE id = ?').run(
    next.size,
    next.leaf,
    next.depth,
    encodeFrontier(next.frontier),
    next.log,
  )
}

/** Remembers which heads of other logs a commit of this device has named in its `deps`. */
export function markSeen(database: Database, leaves: readonly Digest[]): void {
  for (const leaf of leaves) statement(database, 'UPDATE log SET seen = leaf WHERE leaf = ?').run(leaf)
}

export function insertCheckpoint(database: Database, log: Id, size: number, note: string): void {
  statement(
    database,
    'INSERT INTO checkpoint (log, size, note) VALUES (?, ?, ?) ON CONFLICT (log, size) DO NOTHING',
  ).run(log, size, note)
}

export function readCheckpoints(database: Database, log: Id): readonly { size: number; note: string }[] {
  return statement<{ size: number; note: string }>(
    database,
    'SELECT size, note FROM checkpoint WHERE log = ? ORDER BY size',
  ).all(log)
}

/** What the newest receipt says of a log: how far it came, and the witness's signature under that. */
export function acknowledge(database: Database, log: Id, frontier: Frontier, cosigned: string): void {
  statement(
    database,
    `UPDATE log SET acknowledged = ?, acknowledged_frontier = ?, cosigned = ? WHERE id = ? AND acknowledged <= ?`,
  ).run(frontier.size, encodeFrontier(frontier), cosigned, log, frontier.size)
}

/** The witness's signature under the acknowledged part of a log, as it stands in the newest receipt. */
export function cosignatureOf(database: Database, log: Id): string | null {
  const row = statement<{ cosigned: string | null }>(database, 'SELECT cosigned FROM log WHERE id = ?').get(
    log,
  )
  return row?.cosigned ?? null
}

/** The tree of the acknowledged part of a log. */
export function acknowledgedFrontier(database: Database, log: Id): Frontier {
  const row = statement<{ frontier: Uint8Array | null }>(
    database,
    'SELECT acknowledged_frontier AS frontier FROM log WHERE id = ?',
  ).get(log)
  if (row?.frontier == null) return emptyFrontier
  const frontier = decodeFrontier(new Uint8Array(row.frontier))
  if (!frontier.ok) throw new DamagedValue('frontier')
  return frontier.value
}
