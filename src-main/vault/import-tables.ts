import type { ImportProblem } from '../../src-shared/contract/import.ts'
import type { CellMark } from '../../src-shared/import/cells.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'
import type { EvidenceEntry } from './evidence-entries.ts'

/** A row in quarantine with all that is needed to map it again. */
export interface MendableRow {
  readonly id: number
  readonly batch: Id
  readonly file: string
  readonly source: string
  readonly row: number
  /** As they came. */
  readonly cells: readonly string[]
  readonly marks: readonly CellMark[]
  /** As a person corrected them, or null. */
  readonly mended: readonly string[] | null
  readonly cadre: Id | 'open' | null
  /** The profile it was mapped with, as JSON; null for rows of an earlier version. */
  readonly profile: string | null
  /** The file it came from, kept as evidence, or null. */
  readonly evidence: EvidenceEntry | null
}

interface StoredMendable {
  id: number
  batch: string
  file: string
  source: string
  row: number
  cells: string
  marks: string | null
  mended: string | null
  cadre: string | null
  profile: string | null
  evidence: string | null
}

/** An open row of quarantine; null when it is settled, or is of another member's import and `whose` is given. */
export function readMendable(database: Database, id: number, whose: Id | null): MendableRow | null {
  const row = statement<StoredMendable>(
    database,
    `SELECT id, quarantine.batch AS batch, quarantine.file AS file, source, row, cells, marks, mended, cadre, profile, evidence
     FROM quarantine JOIN import_batch ON import_batch.batch = quarantine.batch
     WHERE id = :id AND settled_at IS NULL AND (:whose IS NULL OR member = :whose)`,
  ).get({ id, whose })
  if (row === undefined) return null
  return {
    ...row,
    cells: JSON.parse(row.cells) as string[],
    marks: row.marks === null ? [] : (JSON.parse(row.marks) as CellMark[]),
    mended: row.mended === null ? null : (JSON.parse(row.mended) as string[]),
    evidence: row.evidence === null ? null : (JSON.parse(row.evidence) as EvidenceEntry),
  }
}

/** Keeps a correction beside the original, with what is still wrong. */
export function mendQuarantine(
  database: Database,
  id: number,
  mended: readonly string[] | null,
  cadre: Id | 'open' | null,
  problems: readonly ImportProblem[],
): void {
  statement(database, 'UPDATE quarantine SET mended = ?, cadre = ?, problems = ? WHERE id = ?').run(
    mended === null ? null : JSON.stringify(mended),
    cadre,
    JSON.stringify(problems),
    id,
  )
}

export function settleInBatch(
  database: Database,
  ids: readonly number[],
  batch: Id,
  at: string,
  member: Id,
): void {
  for (const id of ids) {
    statement(
      database,
      'UPDATE quarantine SET settled_at = ?, settled_by = ?, settled_batch = ? WHERE id = ? AND settled_at IS NULL',
    ).run(at, member, batch, id)
  }
}

/** Where a file of these bytes was imported before, or null. */
export function batchOfDigest(database: Database, digest: string): string | null {
  const row = statement<{ file: string }>(
    database,
    'SELECT file FROM import_batch WHERE digest = ? LIMIT 1',
  ).get(digest)
  return row?.file ?? null
}

export interface StoredProfile {
  readonly id: number
  readonly headings: string
  readonly source: string
  readonly profile: string
  readonly at: string
}

export function readProfiles(database: Database): readonly StoredProfile[] {
  return statement<StoredProfile>(
    database,
    'SELECT id, headings, source, profile, at FROM import_profile ORDER BY at DESC, id DESC',
  ).all()
}

/** The newest mapping of a table with these headings. */
export function profileOfHeadings(database: Database, headings: string): StoredProfile | null {
  return (
    statement<StoredProfile>(
      database,
      'SELECT id, headings, source, profile, at FROM import_profile WHERE headings = ? ORDER BY at DESC, id DESC LIMIT 1',
    ).get(headings) ?? null
  )
}

/** One mapping for each heading row and source department: a newer one takes the place of the older. */
export function rememberProfile(
  database: Database,
  stored: Omit<StoredProfile, 'id'> & { readonly member: Id },
): void {
  const { headings, source, profile, member, at } = stored
  statement(
    database,
    `INSERT INTO import_profile (headings, source, profile, member, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (headings, source) DO UPDATE SET profile = excluded.profile, member = excluded.member, at = excluded.at`,
  ).run(headings, source, profile, member, at)
}

export function forgetProfile(database: Database, id: number): void {
  statement(database, 'DELETE FROM import_profile WHERE id = ?').run(id)
}
