import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { indexQuery } from '../../src-shared/search/tokens.ts'
import { statement, type Database } from './database.ts'

/** Categories of the catalogue by letter, as bits of `have_a` … `have_e`. */
export type CategoryBits = Readonly<Record<'a' | 'b' | 'c' | 'd' | 'e', bigint>>

const letters = ['a', 'b', 'c', 'd', 'e'] as const

export function bitsOfCategories(categories: readonly string[]): CategoryBits {
  const bits = { a: 0n, b: 0n, c: 0n, d: 0n, e: 0n }
  for (const category of categories) {
    const letter = letters.find((one) => one === category.charAt(0).toLowerCase())
    const number = Number(category.slice(1))
    if (letter !== undefined && number >= 1 && number <= 63) bits[letter] |= 1n << BigInt(number - 1)
  }
  return bits
}

export interface ListingFilter {
  readonly unit: string | null
  readonly post: string | null
  readonly tag: string | null
  /** Dossiers that miss something in one of these; null keeps all. */
  readonly missing: CategoryBits | null
  /** Dossiers without an ID number. */
  readonly withoutIdentity: boolean
  /** At a stage, by a signed act or, unless `signedOnly`, by the archived basic facts. Up to date after `refreshDue`. */
  readonly stage: { readonly code: string; readonly signedOnly: boolean } | null
}

export type ListingSort = 'name' | 'unit' | 'changed'

const orders: Readonly<Record<ListingSort, string>> = {
  name: 'pinyin, name, cadre',
  unit: 'unit, pinyin, name, cadre',
  changed: 'changed_at, cadre',
}

/**
 * All rows of the list in order, out of an index alone: a page is a part of the answer, wherever the scroll bar stands.
 * Whoever has no unit stands last.
 */
export function orderedRows(database: Database, by: ListingSort): readonly number[] {
  const ask = (where: string) =>
    statement<number>(database, `SELECT row FROM dossier_line ${where} ORDER BY ${orders[by]}`)
      .pluck()
      .all() as unknown as readonly number[]
  return by === 'unit' ? [...ask('WHERE unit IS NOT NULL'), ...ask('WHERE unit IS NULL')] : ask('')
}

/** The rows that pass a filter, in no order. */
export function matchingRows(database: Database, filter: ListingFilter): readonly number[] {
  const conditions: string[] = []
  const parameters: Record<string, string | bigint> = {}
  if (filter.unit !== null) {
    conditions.push('unit = :unit')
    parameters['unit'] = filter.unit
  }
  if (filter.post !== null) {
    conditions.push('post = :post')
    parameters['post'] = filter.post
  }
  if (filter.tag !== null) {
    conditions.push('cadre IN (SELECT cadre FROM cadre_tag WHERE tag = :tag)')
    parameters['tag'] = filter.tag
  }
  if (filter.stage !== null) {
    const table = filter.stage.signedOnly ? 'cadre_stage' : 'due_cadre'
    conditions.push(`cadre IN (SELECT cadre FROM ${table} WHERE stage = :stage)`)
    parameters['stage'] = filter.stage.code
  }
  if (filter.withoutIdentity) conditions.push('identity_reversed IS NULL')
  if (filter.missing !== null) {
    const asked = letters.filter((letter) => filter.missing?.[letter] !== 0n)
    conditions.push(
      asked.length === 0
        ? '0'
        : `NOT (${asked.map((letter) => `have_${letter} & :${letter} = :${letter}`).join(' AND ')})`,
    )
    for (const letter of asked) parameters[letter] = filter.missing[letter]
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  const asked = statement<number>(database, `SELECT row FROM dossier_line ${where}`)
  return asked.pluck().all(parameters) as unknown as readonly number[]
}

export interface ListingLine {
  readonly row: number
  readonly cadre: Id
  readonly name: string
  readonly post: string | null
  readonly unit: string | null
  readonly identity_reversed: string | null
  readonly changed_at: string
}

/** Lines by row, in the order asked for. */
export function linesOf(database: Database, rows: readonly number[]): readonly ListingLine[] {
  const read = statement<ListingLine>(
    database,
    `SELECT row, cadre, name, post, unit, identity_reversed, changed_at FROM dossier_line WHERE row = ?`,
  )
  return rows.flatMap((row) => read.get(row) ?? [])
}

const seenChange = `max(coalesce((SELECT min(at) FROM opening WHERE opening.cadre = dossier_line.cadre), ''),
  coalesce((SELECT max(signed_at) FROM revision WHERE revision.cadre = dossier_line.cadre
    AND status = 'archived' AND category IN (SELECT value FROM json_each(:categories))), ''))`

/** The newest change of what one sees, for members who do not see all: of the opening or an archived fact. */
export function newestChange(database: Database, cadre: Id, categories: string): string {
  const row = statement<{ at: string }>(
    database,
    `SELECT ${seenChange} AS at FROM dossier_line WHERE cadre = :cadre`,
  ).get({ cadre, categories })
  return row?.at ?? ''
}

/** As `orderedRows` by change, for members who do not see all. Looks into every dossier. */
export function rowsByChangeOf(database: Database, categories: string): readonly number[] {
  const asked = statement<number>(database, `SELECT row FROM dossier_line ORDER BY ${seenChange}, cadre`)
  return asked.pluck().all({ categories }) as unknown as readonly number[]
}

/** The archived revision of a record; null for none. */
export function archivedRevision(database: Database, cadre: Id, record: Id): Digest | null {
  const row = statement<{ digest: Digest }>(
    database,
    `SELECT digest FROM revision WHERE cadre = ? AND record = ? AND status = 'archived' ORDER BY digest LIMIT 1`,
  ).get(cadre, record)
  return row?.digest ?? null
}

/** Categories of which something is archived or declared about a cadre. */
export function filledCategories(database: Database, cadre: Id): ReadonlySet<string> {
  const rows = statement<{ category: string }>(
    database,
    `SELECT DISTINCT category FROM revision WHERE cadre = ? AND status = 'archived'`,
  ).all(cadre)
  return new Set(rows.map(({ category }) => category))
}

export interface TextSearch {
  readonly search: string
  /** Categories whose facts are searched, as a JSON array; null for all. */
  readonly categories: string | null
  /** Categories of which a record is passed over while a correction of it is under review, as a JSON array. */
  readonly apart: string
  readonly limit: number
}

/** Rows of dossiers of which one of these kinds (`due_kind`) is due: of each, one row of an index at most. */
export function rowsOverdue(database: Database, kinds: readonly number[]): readonly number[] {
  if (kinds.length === 0) return []
  const found = statement<number>(
    database,
    `SELECT dossier_line.row FROM due_cadre JOIN dossier_line ON dossier_line.cadre = due_cadre.cadre
     WHERE EXISTS (SELECT 1 FROM due_item WHERE due_item.cadre = due_cadre.row
       AND due_item.kind IN (SELECT value FROM json_each(?)))`,
  )
  return found.pluck().all(JSON.stringify(kinds)) as unknown as readonly number[]
}

/** Rows of dossiers; who is not in the list has none. */
export function rowsOfCadres(database: Database, cadres: Iterable<Id>): ReadonlySet<number> {
  const rows = new Set<number>()
  for (const cadre of cadres) {
    const row = rowOfCadre(database, cadre)
    if (row !== null) rows.add(row)
  }
  return rows
}

/** Rows of dossiers whose name, initials or post holds every word of a search; those found by name come first. */
export function rowsByName(
  database: Database,
  search: string,
  limit: number,
): { readonly named: readonly number[]; readonly posted: readonly number[] } {
  const match = (columns: readonly string[]) => {
    const query = indexQuery(search, columns)
    if (query === null) return []
    const found = statement<number>(
      database,
      'SELECT rowid FROM dossier_text WHERE dossier_text MATCH ? LIMIT ?',
    )
    return found.pluck().all(query, limit) as unknown as readonly number[]
  }
  return { named: match(['name', 'initials']), posted: match(['post']) }
}

/** Rows of dossiers whose ID number ends so. */
export function rowsByIdentityEnd(database: Database, end: string, limit: number): readonly number[] {
  const reversed = [...end.toUpperCase()].reverse().join('')
  const found = statement<number>(
    database,
    `SELECT row FROM dossier_line WHERE identity_reversed >= ? AND identity_reversed < ? LIMIT ?`,
  )
  return found.pluck().all(reversed, `${reversed}~`, limit) as unknown as readonly number[]
}

export interface FoundFact {
  readonly cadre: Id
  readonly record: Id
  readonly category: string
}

const unseen = `(:categories IS NULL OR category IN (SELECT value FROM json_each(:categories)))
  AND NOT (category IN (SELECT value FROM json_each(:apart)) AND EXISTS (
    SELECT 1 FROM revision WHERE revision.cadre = fact_row.cadre AND revision.record = fact_row.record
      AND revision.status IN ('submitted', 'in-review')))`

/** Archived facts that hold every word of a search, of what the member sees. */
export function factsByText(database: Database, search: TextSearch): readonly FoundFact[] {
  const query = indexQuery(search.search)
  if (query === null) return []
  const { categories, apart, limit } = search
  return statement<FoundFact>(
    database,
    `SELECT fact_row.cadre, fact_row.record, fact_row.category FROM fact_text
     JOIN fact_row ON fact_row.row = fact_text.rowid
     WHERE fact_text MATCH :query AND ${unseen} LIMIT :limit`,
  ).all({ query, categories, apart, limit })
}

/** The row of a cadre in the list; null where there is none. */
export function rowOfCadre(database: Database, cadre: Id): number | null {
  const found = statement<{ row: number }>(database, 'SELECT row FROM dossier_line WHERE cadre = ?').get(
    cadre,
  )
  return found?.row ?? null
}

export interface Facet {
  readonly value: string
  readonly count: number
}

/** What stands in a column of the list, the most frequent first. */
export function facetsOf(database: Database, column: 'unit' | 'post', limit: number): readonly Facet[] {
  return statement<Facet>(
    database,
    `SELECT ${column} AS value, count(*) AS count FROM dossier_line WHERE ${column} IS NOT NULL
     GROUP BY ${column} ORDER BY count DESC, value LIMIT ?`,
  ).all(limit)
}

/** How many are at each stage; see {@link ListingFilter}. */
export function stageFacets(database: Database, signedOnly: boolean): readonly Facet[] {
  return statement<Facet>(
    database,
    `SELECT stage AS value, count(*) AS count FROM ${signedOnly ? 'cadre_stage' : 'due_cadre'} WHERE stage IS NOT NULL
     GROUP BY stage ORDER BY stage`,
  ).all()
}

export function tagFacets(database: Database, limit: number): readonly Facet[] {
  return statement<Facet>(
    database,
    'SELECT tag AS value, count(*) AS count FROM cadre_tag GROUP BY tag ORDER BY count DESC, value LIMIT ?',
  ).all(limit)
}

export function tagsOf(database: Database, cadre: Id): readonly string[] {
  const found = statement<string>(database, 'SELECT tag FROM cadre_tag WHERE cadre = ? ORDER BY tag')
  return found.pluck().all(cadre) as unknown as readonly string[]
}

/** Changes whenever anything in the database may have. */
export function stateOfDatabase(database: Database): string {
  const outside = database.pragma('data_version', { simple: true }) as number
  const own = statement<{ n: number }>(database, 'SELECT total_changes() AS n').get()
  return `${outside}/${own?.n ?? 0}`
}
