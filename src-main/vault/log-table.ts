import { fromHex } from '../../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { depthOf, type LogHead, type SignedCommit } from '../../src-shared/log/chain.ts'
import type { Envelope } from '../../src-shared/log/envelope.ts'
import { isAuthorityCommit } from '../../src-shared/access/authority.ts'
import { commitPayloadType, type PreparedBody } from '../../src-shared/log/header.ts'
import {
  appendLeaf,
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  type Frontier,
  type Hasher,
} from '../../src-shared/log/merkle.ts'
import { statement, type Database } from './database.ts'

export type LogKind = 'device' | 'hub'

/** A log as this vault knows it. */
export interface LogRow extends LogHead {
  readonly kind: LogKind
  readonly depth: number
  /** Height in the authority chain of the newest authority a commit of this log named. */
  readonly authorityHeight: number
  readonly frontier: Frontier
  /** Commits acknowledged by the newest receipt. */
  readonly acknowledged: number
}

interface StoredLog {
  id: string
  kind: LogKind
  size: number
  leaf: string | null
  depth: number
  authority_height: number
  frontier: Uint8Array
  acknowledged: number
}

function fromStored(row: StoredLog): LogRow {
  const frontier = decodeFrontier(new Uint8Array(row.frontier))
  if (!frontier.ok) throw new Error('stored frontier is not readable')
  return {
    log: row.id,
    kind: row.kind,
    size: row.size,
    leaf: row.leaf,
    depth: row.depth,
    authorityHeight: row.authority_height,
    frontier: frontier.value,
    acknowledged: row.acknowledged,
  }
}

const logColumns = 'id, kind, size, leaf, depth, authority_height, frontier, acknowledged'

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
    `INSERT INTO log (id, kind, size, leaf, depth, authority_height, frontier) VALUES (?, ?, 0, NULL, -1, -1, ?)
     ON CONFLICT (id) DO NOTHING`,
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

export interface InsertedCommit {
  readonly commit: SignedCommit
  readonly depth: number
  readonly voidCode: string | null
  readonly authorityHeight: number
}

/** Depth of a commit whose predecessors are all in this database; null when one is missing. */
export function depthFrom(database: Database, commit: SignedCommit): number | null {
  const { prev, deps } = commit.header
  const depths: number[] = []
  for (const leaf of prev === null ? deps : [prev, ...deps]) {
    const row = statement<{ depth: number }>(database, 'SELECT depth FROM entry WHERE leaf = ?').get(leaf)
    if (row === undefined) return null
    depths.push(row.depth)
  }
  return depthOf(depths)
}

/** Adds the next commit of a log: entry, head, frontier. Inside the caller's transaction. */
export function insertCommit(hasher: Hasher, database: Database, log: LogRow, inserted: InsertedCommit): LogRow {
  const { commit, depth, voidCode, authorityHeight } = inserted
  const { envelope, leaf } = commit
  statement(
    database,
    `INSERT INTO entry (log, seq, leaf, depth, key, header, signature, authority, void)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    log.log,
    commit.header.seq,
    leaf,
    depth,
    envelope.keyid,
    envelope.payload,
    envelope.signature,
    isAuthorityCommit(commit.header) ? 1 : 0,
    voidCode,
  )
  const next: LogRow = {
    ...log,
    size: log.size + 1,
    leaf,
    depth,
    authorityHeight: Math.max(log.authorityHeight, authorityHeight),
    frontier: appendLeaf(hasher, log.frontier, fromHex(leaf) as Uint8Array),
  }
  statement(
    database,
    'UPDATE log SET size = ?, leaf = ?, depth = ?, authority_height = ?, frontier = ? WHERE id = ?',
  ).run(next.size, leaf, depth, next.authorityHeight, encodeFrontier(next.frontier), log.log)
  return next
}

/** Remembers which heads of other logs a commit of this device has named in its `deps`. */
export function markSeen(database: Database, leaves: readonly Digest[]): void {
  for (const leaf of leaves) statement(database, 'UPDATE log SET seen = leaf WHERE leaf = ?').run(leaf)
}

export function insertBody(database: Database, body: PreparedBody): void {
  statement(database, 'INSERT INTO body (digest, bytes) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING').run(
    body.digest,
    body.bytes,
  )
}

export function readBodyBytes(database: Database, digest: Digest): Uint8Array | null {
  const row = statement<{ bytes: Uint8Array }>(database, 'SELECT bytes FROM body WHERE digest = ?').get(digest)
  return row === undefined ? null : new Uint8Array(row.bytes)
}

export interface StoredEntry {
  readonly position: number
  readonly log: Id
  readonly seq: number
  readonly leaf: Digest
  readonly depth: number
  readonly void: string | null
  readonly envelope: Envelope
}

interface RawEntry {
  position: number
  log: string
  seq: number
  leaf: string
  depth: number
  key: string
  header: Uint8Array
  signature: Uint8Array
  void: string | null
}

function toEntry(row: RawEntry): StoredEntry {
  return {
    position: row.position,
    log: row.log,
    seq: row.seq,
    leaf: row.leaf,
    depth: row.depth,
    void: row.void,
    envelope: {
      payloadType: commitPayloadType,
      payload: new Uint8Array(row.header),
      keyid: row.key,
      signature: new Uint8Array(row.signature),
    },
  }
}

const entryColumns = 'position, log, seq, leaf, depth, key, header, signature, void'

/** Commits `from`…`to` (inclusive) of a log, in order, one at a time. */
export function* iterateLog(database: Database, log: Id, from: number, to: number): IterableIterator<StoredEntry> {
  const rows = database
    .prepare<unknown[], RawEntry>(
      `SELECT ${entryColumns} FROM entry WHERE log = ? AND seq BETWEEN ? AND ? ORDER BY seq`,
    )
    .iterate(log, from, to)
  for (const row of rows) yield toEntry(row)
}

/** Every commit of the device logs in an order in which each comes after all it has seen. */
export function* iterateByDepth(database: Database): IterableIterator<StoredEntry> {
  const rows = database
    .prepare<unknown[], RawEntry>(`SELECT ${entryColumns} FROM entry ORDER BY depth, leaf`)
    .iterate()
  for (const row of rows) yield toEntry(row)
}

/** The commits of the authority chain, founding first. */
export function authorityEntries(database: Database): readonly StoredEntry[] {
  return statement<RawEntry>(
    database,
    `SELECT ${entryColumns} FROM entry WHERE authority = 1 ORDER BY depth, leaf`,
  )
    .all()
    .map(toEntry)
}

/** The newest commits first, before `position` when it is given. */
export function newestEntries(database: Database, position: number | null, limit: number): readonly StoredEntry[] {
  return statement<RawEntry>(
    database,
    `SELECT ${entryColumns} FROM entry WHERE position < ? ORDER BY position DESC LIMIT ?`,
  )
    .all(position ?? Number.MAX_SAFE_INTEGER, limit)
    .map(toEntry)
}

export function readEntry(database: Database, leaf: Digest): StoredEntry | null {
  const row = statement<RawEntry>(database, `SELECT ${entryColumns} FROM entry WHERE leaf = ?`).get(leaf)
  return row === undefined ? null : toEntry(row)
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

export function acknowledge(database: Database, log: Id, size: number, cosigned: string): void {
  statement(database, 'UPDATE log SET acknowledged = ?, cosigned = ? WHERE id = ? AND acknowledged <= ?').run(
    size,
    cosigned,
    log,
    size,
  )
}
