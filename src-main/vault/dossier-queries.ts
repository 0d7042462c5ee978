import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { readHeader } from '../../src-shared/log/header.ts'
import type { RevisionStatus } from '../../src-shared/review/states.ts'
import { homeOf } from './alias-queries.ts'
import { statement, type Database } from './database.ts'
import { readEntry } from './entry-table.ts'

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
  /** Whether the end of the ID number is looked for too. */
  readonly byIdentity: boolean
  readonly after: { readonly name: string; readonly id: Id } | null
  readonly limit: number
}

// A name or initials from any place, or the last characters of the ID number.
const searchCondition = `(? = '' OR instr(name, ?) > 0 OR instr(initials, ?) > 0
  OR (? = 1 AND identity_number IS NOT NULL AND length(?) >= 4 AND substr(identity_number, -length(?)) = upper(?)))`

function searchParameters(text: string, byIdentity: boolean): readonly (string | number)[] {
  return [text, text, text, byIdentity ? 1 : 0, text, text, text]
}

/** Dossiers by name, a page from a key on. */
export function searchCadres(database: Database, search: CadreSearch): readonly CadreRow[] {
  const after = search.after ?? { name: '', id: '' }
  return statement<CadreRow>(
    database,
    `SELECT ${cadreColumns} FROM cadre WHERE (name, id) > (?, ?) AND ${searchCondition} ORDER BY name, id LIMIT ?`,
  ).all(after.name, after.id, ...searchParameters(search.text, search.byIdentity), search.limit)
}

export function countCadres(database: Database, text: string, byIdentity = true): number {
  const row = statement<{ n: number }>(
    database,
    `SELECT count(*) AS n FROM cadre WHERE ${searchCondition}`,
  ).get(...searchParameters(text, byIdentity))
  return row?.n ?? 0
}

/** The row of a dossier, or of the one that it is shown in. */
export function readCadre(database: Database, id: Id): CadreRow | null {
  const row = statement<CadreRow>(database, `SELECT ${cadreColumns} FROM cadre WHERE id = ?`).get(id)
  if (row !== undefined) return row
  const home = homeOf(database, id)
  return home === id ? null : readCadre(database, home)
}

/** What a dossier says of itself that is shown as part of another one; null for every other. */
export function readAlias(database: Database, id: Id): CadreRow | null {
  return (
    statement<CadreRow>(
      database,
      'SELECT cadre AS id, name, identity_number, post, updated_at FROM cadre_alias WHERE cadre = ?',
    ).get(id) ?? null
  )
}

/** The dossiers that the condition finds, by what merged ones said of themselves too. */
function foundCadres(database: Database, condition: string, value: string): readonly CadreRow[] {
  return statement<CadreRow>(
    database,
    `SELECT ${cadreColumns} FROM cadre WHERE ${condition}
       OR id IN (SELECT home FROM cadre_alias WHERE ${condition}) ORDER BY id`,
  ).all(value, value)
}

export function cadresByIdentity(database: Database, identityNumber: string): readonly CadreRow[] {
  return foundCadres(database, 'identity_number = ?', identityNumber)
}

export function cadresByName(database: Database, name: string): readonly CadreRow[] {
  return foundCadres(database, 'name = ?', name)
}

/** The ids of dossiers by a piece of a name or its initials, at most so many. */
export function cadresNamed(database: Database, text: string, limit: number): readonly Id[] {
  return statement<{ id: Id }>(
    database,
    'SELECT id FROM cadre WHERE instr(name, ?) > 0 OR instr(initials, ?) > 0 LIMIT ?',
  )
    .all(text, text, limit)
    .map(({ id }) => id)
}

/** Keeps to the categories of a JSON array; null keeps all, and leaves queries to their indexes. */
function within(categories: string | null): string {
  return categories === null ? '' : 'AND category IN (SELECT value FROM json_each(:categories))'
}

/** How many revisions of a cadre stand in each status. `categories`: a JSON array of ids, or null for all. */
export function countByStatus(
  database: Database,
  cadre: Id,
  categories: string | null,
): ReadonlyMap<RevisionStatus, number> {
  const rows = statement<{ status: RevisionStatus; n: number }>(
    database,
    `SELECT status, count(*) AS n FROM revision WHERE cadre = :cadre ${within(categories)} GROUP BY status`,
  ).all({ cadre, ...(categories === null ? {} : { categories }) })
  return new Map(rows.map((row) => [row.status, row.n]))
}

/** How many revisions of a cadre stand in each category and status. */
export function countByCategory(
  database: Database,
  cadre: Id,
): readonly { readonly category: string; readonly status: RevisionStatus; readonly n: number }[] {
  return statement<{ category: string; status: RevisionStatus; n: number }>(
    database,
    'SELECT category, status, count(*) AS n FROM revision WHERE cadre = ? GROUP BY category, status',
  ).all(cadre)
}

/** When a dossier was opened, and by whom; null where the commit is not here. */
export function openingOf(
  database: Database,
  cadre: Id,
): { readonly at: string; readonly member: Id } | null {
  const row = statement<{ leaf: Digest; at: string }>(
    database,
    'SELECT leaf, at FROM opening WHERE cadre = ? ORDER BY depth, leaf, operation LIMIT 1',
  ).get(cadre)
  const entry = row === undefined ? null : readEntry(database, row.leaf)
  const header = entry === null ? null : readHeader(entry.envelope.payload)
  return row !== undefined && header?.ok === true ? { at: row.at, member: header.value.member } : null
}

/** Records that are shown in a dossier, by category, and the dossier each was entered in. */
export function recordsOf(
  database: Database,
  cadre: Id,
): readonly { readonly record: Id; readonly category: string; readonly origin: Id }[] {
  return statement<{ record: string; category: string; origin: Id }>(
    database,
    `SELECT record, min(category) AS category, coalesce(min(origin), cadre) AS origin FROM revision
     WHERE cadre = ? GROUP BY record ORDER BY category, record`,
  ).all(cadre)
}

/** Where a revision belongs. Walks the table: ask only where nobody remembers. */
export function placeOfRevision(
  database: Database,
  digest: Digest,
): { readonly cadre: Id; readonly record: Id; readonly category: string } | null {
  const row = statement<{ cadre: string; record: string; category: string }>(
    database,
    'SELECT cadre, record, category FROM revision WHERE digest = ? LIMIT 1',
  ).get(digest)
  return row ?? null
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

/** The version of the catalogue that the header of a revision names; null where it names none. */
export function namedVersion(database: Database, record: Id, revision: Digest): number | null {
  return (
    statement<{ version: number | null }>(
      database,
      `SELECT step ->> '$.act.catalogue' AS version FROM step WHERE record = :record
         AND step ->> '$.act.act' = 'submit' AND step ->> '$.act.revision' = :revision
         AND NOT EXISTS (SELECT 1 FROM void_step WHERE void_step.record = step.record
           AND void_step.leaf = step.leaf AND void_step.operation = step.operation AND void_step.row = step.row)
       LIMIT 1`,
    ).get({ record, revision })?.version ?? null
  )
}

export function countArchived(database: Database, categories: string | null): number {
  const row = statement<{ n: number }>(
    database,
    `SELECT coalesce(sum(n), 0) AS n FROM archived_count WHERE n > 0 ${within(categories)}`,
  ).get(categories === null ? {} : { categories })
  return row?.n ?? 0
}

/** Where records in conflict stand, for whoever is to settle them. */
export function conflictPlaces(
  database: Database,
  records: readonly Id[],
): readonly {
  readonly record: Id
  readonly cadre: Id
  readonly cadreName: string
  readonly category: string
}[] {
  return records.flatMap(
    (record) =>
      statement<{ record: string; cadre: string; cadreName: string; category: string }>(
        database,
        `SELECT DISTINCT record, cadre, category,
           coalesce((SELECT name FROM cadre WHERE cadre.id = revision.cadre), '') AS cadreName
         FROM revision WHERE record = ? AND status = 'conflict'`,
      ).get(record) ?? [],
  )
}
