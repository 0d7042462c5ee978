import { isAuthorityCommit } from '../../src-shared/access/authority.ts'
import { fromHex } from '../../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { SignedCommit } from '../../src-shared/log/chain.ts'
import type { Envelope } from '../../src-shared/log/envelope.ts'
import { commitPayloadType, type Header } from '../../src-shared/log/header.ts'
import { appendLeaf, TreeBuilder, type Frontier, type Hasher } from '../../src-shared/log/merkle.ts'
import { statement, type Database } from './database.ts'
import { advanceLog, logSpan, placeOf, readLog, readLogs, type LogRow } from './log-table.ts'

export interface InsertedCommit {
  readonly commit: SignedCommit
  readonly depth: number
  readonly voidCode: string | null
}

/** How many pieces of evidence the bodies of a commit name. */
export function evidenceCount(header: Header): number {
  return header.ops.reduce(
    (sum, operation) =>
      sum + (operation.op === 'record.submit' || operation.op === 'transfer.answer' ? operation.evidence : 0),
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
  const { commit, depth, voidCode } = inserted
  const { envelope, leaf } = commit
  statement(
    database,
    `INSERT INTO entry (place, leaf, depth, key, header, signature, operations, evidence, authority, void)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    placeOf(log.ordinal, commit.header.seq),
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
    frontier: appendLeaf(hasher, log.frontier, fromHex(leaf) as Uint8Array),
  }
  advanceLog(database, next)
  return next
}

export interface StoredEntry {
  readonly log: Id
  readonly seq: number
  readonly leaf: Digest
  readonly depth: number
  readonly void: string | null
  /** 1 for a commit of the authority chain, else 0. */
  readonly authority: number
  /** How many operations, and how many pieces of evidence, the header is said to name. */
  readonly operations: number
  readonly evidence: number
  readonly envelope: Envelope
}

interface RawEntry {
  log: string
  seq: number
  leaf: string
  depth: number
  key: string
  header: Uint8Array
  signature: Uint8Array
  void: string | null
  authority: number
  operations: number
  evidence: number
}

function toEntry(row: RawEntry): StoredEntry {
  return {
    log: row.log,
    seq: row.seq,
    leaf: row.leaf,
    depth: row.depth,
    void: row.void,
    authority: row.authority,
    operations: row.operations,
    evidence: row.evidence,
    envelope: {
      payloadType: commitPayloadType,
      payload: row.header,
      keyid: row.key,
      signature: row.signature,
    },
  }
}

const ownColumns = 'entry.leaf, entry.depth, key, header, signature, void, authority, operations, evidence'
const entryColumns = `log.id AS log, place & ${logSpan - 1} AS seq, ${ownColumns}`
const entryWithLog = 'entry JOIN log ON log.ordinal = entry.place >> 40'

/** Commits `from`…`to` (inclusive) of a log, in order, one at a time. */
export function* iterateLog(
  database: Database,
  log: Id,
  from: number,
  to: number,
): IterableIterator<StoredEntry> {
  const known = readLog(database, log)
  if (known === undefined) return
  const rows = database
    .prepare<unknown[], RawEntry>(
      `SELECT ? AS log, place - ? AS seq, ${ownColumns} FROM entry
       WHERE place BETWEEN ? AND ? ORDER BY place`,
    )
    .iterate(
      log,
      placeOf(known.ordinal, 0),
      placeOf(known.ordinal, from),
      placeOf(known.ordinal, Math.min(to, logSpan - 1)),
    )
  for (const row of rows) yield toEntry(row)
}

/**
 * Every commit of the device logs in the causal order: by depth, then by leaf. Depth grows along a log, so the logs are
 * merged as they stand.
 */
export function* iterateByDepth(database: Database): IterableIterator<StoredEntry> {
  const streams = readLogs(database, 'device').map((log) => iterateLog(database, log.log, 0, logSpan - 1))
  try {
    const next = streams.map((stream) => stream.next())
    for (;;) {
      let first = -1
      for (let index = 0; index < next.length; index++) {
        const candidate = next[index]
        const best = next[first]
        if (candidate === undefined || candidate.done) continue
        if (best === undefined || best.done || comesBefore(candidate.value, best.value)) first = index
      }
      const found = next[first]
      if (found === undefined || found.done) return
      yield found.value
      next[first] = (streams[first] as IterableIterator<StoredEntry>).next()
    }
  } finally {
    // A stream left open would keep the connection busy, and every later write would be refused.
    for (const stream of streams) stream.return?.()
  }
}

function comesBefore(a: StoredEntry, b: StoredEntry): boolean {
  return a.depth === b.depth ? a.leaf < b.leaf : a.depth < b.depth
}

/** The commits of the authority chain, founding first. */
export function authorityEntries(database: Database): readonly StoredEntry[] {
  return statement<RawEntry>(
    database,
    `SELECT ${entryColumns} FROM ${entryWithLog} WHERE authority = 1 ORDER BY entry.depth, entry.leaf`,
  )
    .all()
    .map(toEntry)
}

/** The newest commits of one log below `before`, newest first. */
export function newestEntries(
  database: Database,
  log: LogRow,
  before: number,
  limit: number,
): readonly StoredEntry[] {
  return statement<RawEntry>(
    database,
    `SELECT ? AS log, place - ? AS seq, ${ownColumns} FROM entry
     WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT ?`,
  )
    .all(log.log, placeOf(log.ordinal, 0), placeOf(log.ordinal, 0), placeOf(log.ordinal, before - 1), limit)
    .map(toEntry)
}

export function readEntry(database: Database, leaf: Digest): StoredEntry | null {
  const row = statement<RawEntry>(
    database,
    `SELECT ${entryColumns} FROM ${entryWithLog} WHERE entry.leaf = ?`,
  ).get(leaf)
  return row === undefined ? null : toEntry(row)
}

/** Changes what the table says of a commit: null when it counts, else why it does not. */
export function markVoid(database: Database, leaf: Digest, code: string | null): void {
  statement(database, 'UPDATE entry SET void = ? WHERE leaf = ?').run(code, leaf)
}

/** Causal depth of a commit, or null when it is not in this database. */
export function depthAt(database: Database, leaf: Digest): number | null {
  return (
    statement<{ depth: number }>(database, 'SELECT depth FROM entry WHERE leaf = ?').get(leaf)?.depth ?? null
  )
}

/** The tree of the first `size` commits of a log. */
export function frontierAt(hasher: Hasher, database: Database, log: LogRow, size: number): Frontier {
  if (size === log.size) return log.frontier
  const tree = new TreeBuilder(hasher)
  const rows = database
    .prepare<unknown[], { leaf: string }>('SELECT leaf FROM entry WHERE place BETWEEN ? AND ? ORDER BY place')
    .iterate(placeOf(log.ordinal, 0), placeOf(log.ordinal, size - 1))
  for (const row of rows) tree.append(fromHex(row.leaf) as Uint8Array)
  return tree.frontier()
}

/** The leaves of a log in its order. */
export function leavesOf(database: Database, log: LogRow): readonly Digest[] {
  return statement<{ leaf: string }>(
    database,
    'SELECT leaf FROM entry WHERE place BETWEEN ? AND ? ORDER BY place',
  )
    .all(placeOf(log.ordinal, 0), placeOf(log.ordinal, log.size - 1))
    .map(({ leaf }) => leaf)
}

export function leafAt(database: Database, log: Id, seq: number): Digest | null {
  const known = readLog(database, log)
  if (known === undefined) return null
  const row = statement<{ leaf: string }>(database, 'SELECT leaf FROM entry WHERE place = ?').get(
    placeOf(known.ordinal, seq),
  )
  return row?.leaf ?? null
}

/** Commits `from`…`to` of a log that name evidence. */
export function entriesWithEvidence(
  database: Database,
  log: Id,
  from: number,
  to: number,
): readonly StoredEntry[] {
  const known = readLog(database, log)
  if (known === undefined) return []
  return statement<RawEntry>(
    database,
    `SELECT ${entryColumns} FROM ${entryWithLog} WHERE entry.evidence > 0 AND entry.place BETWEEN ? AND ?
     ORDER BY entry.place`,
  )
    .all(placeOf(known.ordinal, from), placeOf(known.ordinal, to))
    .map(toEntry)
}

/** Number of operations of each commit `from`…`to` of a log. */
export function operationCounts(
  database: Database,
  log: LogRow,
  from: number,
  to: number,
): readonly number[] {
  return statement<{ operations: number }>(
    database,
    'SELECT operations FROM entry WHERE place BETWEEN ? AND ? ORDER BY place',
  )
    .all(placeOf(log.ordinal, from), placeOf(log.ordinal, to))
    .map((row) => row.operations)
}

/** Where a commit stands, or null when it is not in this database. */
export function positionOf(
  database: Database,
  leaf: Digest,
): { readonly log: Id; readonly seq: number } | null {
  const row = statement<{ log: string; seq: number }>(
    database,
    `SELECT log.id AS log, entry.place & ${logSpan - 1} AS seq FROM ${entryWithLog} WHERE entry.leaf = ?`,
  ).get(leaf)
  return row ?? null
}
