import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { RevisionStatus } from '../../src-shared/review/states.ts'
import { statement, type Database } from './database.ts'

export interface CadreRow {
  readonly id: Id
  readonly name: string
  readonly identity_number: string | null
  readonly post: string | null
  readonly updated_at: string
}

const cadreColumns = 'id, name, identity_number, post, updated_at'

export interface CadreSearch {
  /** Lower case; empty for all. */
  readonly text: string
  readonly after: { readonly name: string; readonly id: Id } | null
  readonly limit: number
}

// A name or initials from any place, or the last characters of the ID number.
const searchCondition = `(? = '' OR instr(name, ?) > 0 OR instr(initials, ?) > 0
  OR (identity_number IS NOT NULL AND length(?) >= 4 AND substr(identity_number, -length(?)) = upper(?)))`

function searchParameters(text: string): readonly string[] {
  return [text, text, text, text, text, text]
}

/** Dossiers by name, a page from a key on. */
export function searchCadres(database: Database, search: CadreSearch): readonly CadreRow[] {
  const after = search.after ?? { name: '', id: '' }
  return statement<CadreRow>(
    database,
    `SELECT ${cadreColumns} FROM cadre WHERE (name, id) > (?, ?) AND ${searchCondition} ORDER BY name, id LIMIT ?`,
  ).all(after.name, after.id, ...searchParameters(search.text), search.limit)
}

export function countCadres(database: Database, text: string): number {
  const row = statement<{ n: number }>(
    database,
    `SELECT count(*) AS n FROM cadre WHERE ${searchCondition}`,
  ).get(...searchParameters(text))
  return row?.n ?? 0
}

export function readCadre(database: Database, id: Id): CadreRow | null {
  return statement<CadreRow>(database, `SELECT ${cadreColumns} FROM cadre WHERE id = ?`).get(id) ?? null
}

export function cadresByIdentity(database: Database, identityNumber: string): readonly CadreRow[] {
  return statement<CadreRow>(database, `SELECT ${cadreColumns} FROM cadre WHERE identity_number = ?`).all(
    identityNumber,
  )
}

export function cadresByName(database: Database, name: string): readonly CadreRow[] {
  return statement<CadreRow>(database, `SELECT ${cadreColumns} FROM cadre WHERE name = ? ORDER BY id`).all(
    name,
  )
}

/** How many revisions of a cadre stand in each status. */
export function countByStatus(database: Database, cadre: Id): ReadonlyMap<RevisionStatus, number> {
  const rows = statement<{ status: RevisionStatus; n: number }>(
    database,
    'SELECT status, count(*) AS n FROM revision WHERE cadre = ? GROUP BY status',
  ).all(cadre)
  return new Map(rows.map((row) => [row.status, row.n]))
}

/** Records of a cadre, by category. */
export function recordsOf(database: Database, cadre: Id): readonly Id[] {
  return statement<{ record: string }>(
    database,
    'SELECT record, min(category) AS category FROM revision WHERE cadre = ? GROUP BY record ORDER BY category, record',
  )
    .all(cadre)
    .map((row) => row.record)
}

export interface VoidRow {
  readonly leaf: Digest
  readonly code: string
}

export function voidSteps(database: Database, record: Id): readonly VoidRow[] {
  return statement<VoidRow>(
    database,
    'SELECT leaf, code FROM void_step WHERE record = ? ORDER BY leaf, operation, row',
  ).all(record)
}

export function countArchived(database: Database): number {
  const row = statement<{ n: number }>(
    database,
    `SELECT count(*) AS n FROM revision WHERE status = 'archived'`,
  ).get()
  return row?.n ?? 0
}
