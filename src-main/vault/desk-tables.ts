import type { Compartment } from '../../src-shared/access/roles.ts'
import type { BatchSummary, ImportProblem, QuarantineRow } from '../../src-shared/contract/import.ts'
import type { SentBundle } from '../../src-shared/contract/log-views.ts'
import type { CellMark } from '../../src-shared/import/cells.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'
import type { EvidenceEntry } from './evidence-entries.ts'

/** Rows of an import that could not become records, kept whole until a person has dealt with them. */
export interface QuarantinedRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly problems: readonly ImportProblem[]
  readonly marks?: readonly CellMark[]
}

export interface BatchOrigin {
  readonly batch: Id
  readonly file: string
  readonly source: string
  readonly at: string
  readonly member: Id
  readonly accepted: number
  /** The mapping, as JSON. */
  readonly profile: string
  /** SHA-256 of the file's bytes in hex, or null for rows mended by hand. */
  readonly digest: string | null
  /** The file itself, where it is kept as evidence. */
  readonly evidence: EvidenceEntry | null
}

export function insertBatch(database: Database, origin: BatchOrigin, rows: readonly QuarantinedRow[]): void {
  const { batch, file, source, at, member, accepted, profile, digest, evidence } = origin
  statement(
    database,
    `INSERT INTO import_batch (batch, file, source, at, member, accepted, quarantined, profile, digest, evidence)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    batch,
    file,
    source,
    at,
    member,
    accepted,
    rows.length,
    profile,
    digest,
    evidence === null ? null : JSON.stringify(evidence),
  )
  for (const { row, cells, problems, marks } of rows) {
    statement(
      database,
      'INSERT INTO quarantine (batch, file, row, cells, problems, at, marks) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ).run(
      batch,
      file,
      row,
      JSON.stringify(cells),
      JSON.stringify(problems),
      at,
      marks === undefined ? null : JSON.stringify(marks),
    )
  }
}

interface BatchRow {
  readonly batch: string
  readonly file: string
  readonly source: string
  readonly at: string
  readonly member: string
  readonly accepted: number
  readonly quarantined: number
  readonly archived: number
}

/** `whose`: of one member only, or null for all. */
export function readBatches(
  database: Database,
  nameOf: (member: Id) => string,
  whose: Id | null,
): readonly BatchSummary[] {
  return statement<BatchRow>(
    database,
    `SELECT batch, file, source, at, member, accepted, quarantined,
       (SELECT count(*) FROM revision WHERE revision.batch = import_batch.batch
          AND revision.status IN ('archived', 'superseded')) AS archived
     FROM import_batch WHERE :whose IS NULL OR member = :whose ORDER BY at DESC, batch`,
  )
    .all({ whose })
    .map(({ member, ...row }) => ({ ...row, memberName: nameOf(member) }))
}

export function batchFile(database: Database, batch: Id): string | null {
  const row = statement<{ file: string }>(database, 'SELECT file FROM import_batch WHERE batch = ?').get(
    batch,
  )
  return row?.file ?? null
}

interface StoredQuarantine {
  id: number
  batch: string
  file: string
  row: number
  cells: string
  problems: string
  at: string
  mended: string | null
  cadre: string | null
}

const ofWhom = '(:whose IS NULL OR batch IN (SELECT batch FROM import_batch WHERE member = :whose))'

/** `whose`: of the imports of one member only, or null for all. */
export function readQuarantine(
  database: Database,
  whose: Id | null,
  after: number,
  limit: number,
): readonly QuarantineRow[] {
  return statement<StoredQuarantine>(
    database,
    `SELECT id, batch, file, row, cells, problems, at, mended, cadre FROM quarantine
     WHERE settled_at IS NULL AND id > :after AND ${ofWhom} ORDER BY id LIMIT :limit`,
  )
    .all({ whose, after, limit })
    .map((row) => ({
      ...row,
      cells: JSON.parse(row.cells) as string[],
      problems: JSON.parse(row.problems) as ImportProblem[],
      mended: row.mended === null ? null : (JSON.parse(row.mended) as string[]),
    }))
}

export function countQuarantine(database: Database, whose: Id | null): number {
  const row = statement<{ n: number }>(
    database,
    `SELECT count(*) AS n FROM quarantine WHERE settled_at IS NULL AND ${ofWhom}`,
  ).get({ whose })
  return row?.n ?? 0
}

export function settleQuarantine(
  database: Database,
  ids: readonly number[],
  at: string,
  member: Id,
  words: string,
): void {
  database.transaction(() => {
    for (const id of ids) {
      statement(
        database,
        `UPDATE quarantine SET settled_at = ?, settled_by = ?, settled_words = ? WHERE id = ? AND settled_at IS NULL`,
      ).run(at, member, words, id)
    }
  })()
}

export function insertSentBundle(
  database: Database,
  bundle: Omit<SentBundle, 'compartment' | 'acknowledgedAt'>,
): void {
  statement(
    database,
    `INSERT INTO sent_bundle (id, sha256, kind, file, bytes, commits, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(bundle.id, bundle.sha256, bundle.kind, bundle.file, bundle.bytes, bundle.commits, bundle.createdAt)
}

interface StoredBundle {
  id: string
  sha256: string
  kind: 'update' | 'full'
  file: string
  bytes: number
  commits: number
  created_at: string
  acknowledged_at: string | null
}

function toSent(compartment: Compartment, row: StoredBundle): SentBundle {
  const { created_at, acknowledged_at, ...rest } = row
  return { ...rest, compartment, createdAt: created_at, acknowledgedAt: acknowledged_at }
}

export function readSentBundles(
  database: Database,
  compartment: Compartment,
  limit: number,
): readonly SentBundle[] {
  return statement<StoredBundle>(
    database,
    `SELECT id, sha256, kind, file, bytes, commits, created_at, acknowledged_at FROM sent_bundle
     ORDER BY created_at DESC, id LIMIT ?`,
  )
    .all(limit)
    .map((row) => toSent(compartment, row))
}

export interface StoredReceipt {
  readonly bundle: Digest
  readonly log: Id
  readonly seq: number
  readonly leaf: Digest
  readonly hub: Id
  readonly issuedAt: string
  /** Digest of the body that holds the statement. */
  readonly body: Digest
}

export function insertReceipt(database: Database, receipt: StoredReceipt, at: string): void {
  const { bundle, log, seq, leaf, hub, issuedAt, body } = receipt
  statement(
    database,
    `INSERT INTO received_receipt (bundle, log, seq, leaf, hub, issued_at, body) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (bundle) DO NOTHING`,
  ).run(bundle, log, seq, leaf, hub, issuedAt, body)
  statement(
    database,
    'UPDATE sent_bundle SET acknowledged_at = ? WHERE sha256 = ? AND acknowledged_at IS NULL',
  ).run(at, bundle)
}

export function newestReceipt(database: Database): StoredReceipt | null {
  const row = statement<Omit<StoredReceipt, 'issuedAt'> & { issued_at: string }>(
    database,
    `SELECT bundle, log, seq, leaf, hub, issued_at, body FROM received_receipt ORDER BY log, seq DESC LIMIT 1`,
  ).get()
  if (row === undefined) return null
  const { issued_at, ...rest } = row
  return { ...rest, issuedAt: issued_at }
}
