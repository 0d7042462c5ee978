import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { DifferenceKind } from '../../src-shared/review/differences.ts'
import type { RevisionStatus } from '../../src-shared/review/states.ts'
import { originOfRecord } from './alias-queries.ts'
import { statement, type Database } from './database.ts'

/** Where two sources differ, as the index keeps it: ids alone, the values stand in the bodies. */
export interface StoredDifference {
  readonly id: Id
  readonly cadre: Id
  readonly category: string
  readonly kind: DifferenceKind
  readonly field: string
  readonly record: Id
  readonly digest: Digest
  readonly other_record: Id | null
  readonly other_digest: Digest | null
  /** When the later of the two was said, ISO 8601 UTC. */
  readonly at: string
  /** 1 where one of the sources checks the reported personal matters. */
  readonly is_check: number
}

/** Dossiers that one call brings up to date at most. */
const mostAtOnce = 300

/**
 * Brings the index up to date. Returns of how many dossiers it is still to be told: call again.
 *
 * @param basis what the differences hang on beside the dossiers; another one means all of them anew
 * @param look the differences of one dossier as it stands
 */
export function refreshDifferences(
  database: Database,
  basis: string,
  look: (cadre: Id) => readonly StoredDifference[],
  most = mostAtOnce,
): number {
  const isSame = basisOf(database) === basis
  if (isSame && statement(database, 'SELECT 1 FROM difference_stale LIMIT 1').get() === undefined) return 0
  return database
    .transaction(() => {
      if (!isSame) takeBasis(database, basis)
      const stale = statement<{ cadre: Id }>(database, 'SELECT cadre FROM difference_stale LIMIT ?').all(most)
      for (const { cadre } of stale) {
        statement(database, 'DELETE FROM difference WHERE cadre = ?').run(cadre)
        for (const found of look(cadre)) insert(database, found)
        statement(database, 'DELETE FROM difference_stale WHERE cadre = ?').run(cadre)
      }
      return statement<{ n: number }>(database, 'SELECT count(*) AS n FROM difference_stale').get()?.n ?? 0
    })
    .immediate()
}

function basisOf(database: Database): string | undefined {
  return statement<{ basis: string }>(database, 'SELECT basis FROM difference_basis').get()?.basis
}

function takeBasis(database: Database, basis: string): void {
  statement(database, 'DELETE FROM difference_basis').run()
  statement(database, 'INSERT INTO difference_basis (basis) VALUES (?)').run(basis)
  statement(
    database,
    'INSERT INTO difference_stale (cadre) SELECT DISTINCT cadre FROM revision WHERE true ON CONFLICT DO NOTHING',
  ).run()
}

function insert(database: Database, one: StoredDifference): void {
  statement(
    database,
    `INSERT INTO difference (cadre, id, category, kind, field, record, digest, other_record, other_digest, at, is_check)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  ).run(
    one.cadre,
    one.id,
    one.category,
    one.kind,
    one.field,
    one.record,
    one.digest,
    one.other_record,
    one.other_digest,
    one.at,
    one.is_check,
  )
}

const columns = 'id, cadre, category, kind, field, record, digest, other_record, other_digest, at, is_check'

/** What of the index is meant. What is null keeps all. */
export interface DifferenceFilter {
  readonly cadre: Id | null
  readonly category: string | null
  /** The dossier that is left out. */
  readonly but: Id | null
  /** As a JSON array of ids. */
  readonly categories: string | null
  readonly isSettled: boolean
}

const meant = `FROM difference WHERE (:cadre IS NULL OR cadre = :cadre)
  AND (:category IS NULL OR category = :category) AND (:but IS NULL OR cadre <> :but)
  AND (:categories IS NULL OR category IN (SELECT value FROM json_each(:categories)))
  AND :settled = EXISTS (SELECT 1 FROM difference_step
    WHERE difference_step.difference = difference.id AND difference_step.act = 'settle'
      AND difference_step.cadre IN (SELECT coalesce(origin, revision.cadre) FROM revision
        WHERE revision.cadre = difference.cadre
          AND revision.record IN (difference.record, difference.other_record)))`

/** The newest first. */
export function listDifferences(
  database: Database,
  filter: DifferenceFilter,
  limit: number,
): { readonly rows: readonly StoredDifference[]; readonly total: number } {
  const { isSettled, ...rest } = filter
  const asked = { ...rest, settled: isSettled ? 1 : 0 }
  const total = statement<{ n: number }>(database, `SELECT count(*) AS n ${meant}`).get(asked)?.n ?? 0
  const rows = statement<StoredDifference>(
    database,
    `SELECT ${columns} ${meant} ORDER BY at DESC, id LIMIT :limit`,
  ).all({ ...asked, limit })
  return { rows, total }
}

export function readDifference(database: Database, id: Id): StoredDifference | null {
  return (
    statement<StoredDifference>(database, `SELECT ${columns} FROM difference WHERE id = ? LIMIT 1`).get(id) ??
    null
  )
}

/**
 * The dossiers that the two sides were entered in, that of the first one first. A word about the difference names one of
 * them; one that names another was allowed for that, and is passed over.
 */
export function dossiersOf(
  database: Database,
  { cadre, record, other_record }: StoredDifference,
): readonly Id[] {
  const records = other_record === null ? [record] : [record, other_record]
  return records.flatMap((one) => originOfRecord(database, cadre, one) ?? [])
}

export interface SaidRevision {
  readonly record: Id
  readonly digest: Digest
  readonly category: string
  readonly status: RevisionStatus
  readonly at: string
}

/** What the records of a dossier say: of each the archived revision, else the newest of those on their way. */
export function revisionsThatSpeak(
  database: Database,
  cadre: Id,
  speaking: readonly RevisionStatus[],
): readonly SaidRevision[] {
  const rows = statement<SaidRevision>(
    database,
    `SELECT record, digest, category, status, submitted_at AS at FROM revision
     WHERE cadre = :cadre AND status IN (SELECT value FROM json_each(:speaking))
     ORDER BY record, status <> 'archived', submitted_at DESC, digest`,
  ).all({ cadre, speaking: JSON.stringify(speaking) })
  const first = new Map<Id, SaidRevision>()
  for (const row of rows) if (!first.has(row.record)) first.set(row.record, row)
  return [...first.values()]
}
