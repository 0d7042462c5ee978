import { fromHex } from '../../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { depthOf, type LogHead, type SignedCommit } from '../../src-shared/log/chain.ts'
import type { Envelope } from '../../src-shared/log/envelope.ts'
import { isAuthorityCommit } from '../../src-shared/access/authority.ts'
import { commitPayloadType, type Header, type PreparedBody } from '../../src-shared/log/header.ts'
import {
  appendLeaf,
  decodeFrontier,
  emptyFrontier,
  encodeFrontier,
  TreeBuilder,
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

/** How many pieces of evidence the bodies of a commit name. */
export function evidenceCount(header: Header): number {
  return header.ops.reduce(
    (sum, operation) => sum + (operation.op === 'record.submit' ? operation.evidence : 0),
    0,
  )
}

/** Adds the next commit of a log: entry, head, frontier. Inside the caller's transaction. */
export function insertCommit(
  hasher: Hasher,
  database: Database,
  log: LogRow,
  inserted: InsertedCommit,
): LogRow {
  const { commit, depth, voidCode, authorityHeight } = inserted
  const { envelope, leaf } = commit
  statement(
    database,
    `INSERT INTO entry (log, seq, leaf, depth, key, header, signature, operations, evidence, authority, void)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    log.log,
    commit.header.seq,
    leaf,
    depth,
    envelope.keyid,
    envelope.payload,
    envelope.signature,
    commit.header.ops.length,
    evidenceCount(commit.header),
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

/** Adds the bodies of a commit, in the order of its operations. Throws when they are not its bodies. */
export function insertBodies(
  database: Database,
  commit: SignedCommit,
  bodies: readonly PreparedBody[],
): void {
  const { log, seq, ops } = commit.header
  if (bodies.length !== ops.length) throw new RangeError('one body an operation')
  bodies.forEach((body, operation) => {
    if (body.digest !== ops[operation]?.digest) throw new RangeError('the body of another operation')
    statement(database, 'INSERT INTO body (digest, log, seq, operation, bytes) VALUES (?, ?, ?, ?, ?)').run(
      body.digest,
      log,
      seq,
      operation,
      body.bytes,
    )
  })
}

/** Bodies of the commits `from` … `to` of a log, in the order of commits and operations, one at a time. */
export function* iterateBodies(
  database: Database,
  log: Id,
  from: number,
  to: number,
): IterableIterator<Uint8Array> {
  const rows = database
    .prepare<unknown[], { bytes: Uint8Array }>(
      'SELECT bytes FROM body WHERE log = ? AND seq BETWEEN ? AND ? ORDER BY log, seq, operation',
    )
    .iterate(log, from, to)
  for (const row of rows) yield row.bytes
}

export function readBodyBytes(database: Database, digest: Digest): Uint8Array | null {
  const row = statement<{ bytes: Uint8Array }>(database, 'SELECT bytes FROM body WHERE digest = ?').get(
    digest,
  )
  return row === undefined ? null : new Uint8Array(row.bytes)
}

export interface StoredEntry {
  readonly position: number
  readonly log: Id
  readonly seq: number
  readonly leaf: Digest
  readonly depth: number
  readonly void: string | null
  readonly authority: boolean
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
  authority: number
}

function toEntry(row: RawEntry): StoredEntry {
  return {
    position: row.position,
    log: row.log,
    seq: row.seq,
    leaf: row.leaf,
    depth: row.depth,
    void: row.void,
    authority: row.authority === 1,
    envelope: {
      payloadType: commitPayloadType,
      payload: new Uint8Array(row.header),
      keyid: row.key,
      signature: new Uint8Array(row.signature),
    },
  }
}

const entryColumns = 'position, log, seq, leaf, depth, key, header, signature, authority, void'

/** Commits `from`…`to` (inclusive) of a log, in order, one at a time. */
export function* iterateLog(
  database: Database,
  log: Id,
  from: number,
  to: number,
): IterableIterator<StoredEntry> {
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
export function newestEntries(
  database: Database,
  position: number | null,
  limit: number,
): readonly StoredEntry[] {
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

/** What the newest receipt says of a log: how far it came, and the witness's signature under that. */
export function acknowledge(database: Database, log: Id, frontier: Frontier, cosigned: string): void {
  statement(
    database,
    `UPDATE log SET acknowledged = ?, acknowledged_frontier = ?, cosigned = ? WHERE id = ? AND acknowledged <= ?`,
  ).run(frontier.size, encodeFrontier(frontier), cosigned, log, frontier.size)
}

/** The tree of the acknowledged part of a log. */
export function acknowledgedFrontier(database: Database, log: Id): Frontier {
  const row = statement<{ frontier: Uint8Array | null }>(
    database,
    'SELECT acknowledged_frontier AS frontier FROM log WHERE id = ?',
  ).get(log)
  if (row?.frontier == null) return emptyFrontier
  const frontier = decodeFrontier(new Uint8Array(row.frontier))
  if (!frontier.ok) throw new Error('stored frontier is not readable')
  return frontier.value
}

/** The tree of the first `size` commits of a log. */
export function frontierAt(hasher: Hasher, database: Database, log: LogRow, size: number): Frontier {
  if (size === log.size) return log.frontier
  const tree = new TreeBuilder(hasher)
  const rows = database
    .prepare<unknown[], { leaf: string }>('SELECT leaf FROM entry WHERE log = ? AND seq < ? ORDER BY seq')
    .iterate(log.log, size)
  for (const row of rows) tree.append(fromHex(row.leaf) as Uint8Array)
  return tree.frontier()
}

export function leafAt(database: Database, log: Id, seq: number): Digest | null {
  const row = statement<{ leaf: string }>(database, 'SELECT leaf FROM entry WHERE log = ? AND seq = ?').get(
    log,
    seq,
  )
  return row?.leaf ?? null
}

/** Commits of a range that name evidence. */
export function entriesWithEvidence(
  database: Database,
  log: Id,
  from: number,
  to: number,
): readonly StoredEntry[] {
  return statement<RawEntry>(
    database,
    `SELECT ${entryColumns} FROM entry WHERE log = ? AND seq BETWEEN ? AND ? AND evidence > 0 ORDER BY seq`,
  )
    .all(log, from, to)
    .map(toEntry)
}

/** Number of operations of one commit. */
export function operationsAt(database: Database, log: Id, seq: number): number {
  const row = statement<{ operations: number }>(
    database,
    'SELECT operations FROM entry WHERE log = ? AND seq = ?',
  ).get(log, seq)
  return row?.operations ?? 0
}

/** Where a commit stands, or null when it is not in this database. */
export function positionOf(
  database: Database,
  leaf: Digest,
): { readonly log: Id; readonly seq: number } | null {
  const row = statement<{ log: string; seq: number }>(
    database,
    'SELECT log, seq FROM entry WHERE leaf = ?',
  ).get(leaf)
  return row ?? null
}
