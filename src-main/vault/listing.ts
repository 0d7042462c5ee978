import { birthInNumber } from '../../src-shared/duplicates/person.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { pinyinKey } from '../../src-shared/search/pinyin-key.ts'
import { indexTokens } from '../../src-shared/search/tokens.ts'
import { identityCategory } from './cadre-projection.ts'
import { statement, type Database } from './database.ts'
import { bodyOf } from './names.ts'

/** 履历任免: the archived post without an end names the unit a cadre works in. */
const postCategory = 'A2'

/** Of one record; a longer text is found by its beginning. */
const mostCharacters = 8_000

interface StaleRow {
  readonly cadre: Id
  readonly record: Id
}

/**
 * Brings the list of dossiers and its search up to date with the projections, inside the transaction that changed them.
 * What a dossier's line says hangs on the projections and the bodies alone, so it does not matter when this happens.
 */
export function refreshListing(database: Database): void {
  const isStale = statement(database, 'SELECT 1 FROM listing_stale LIMIT 1').get() !== undefined
  if (!isStale) return
  const stale = statement<StaleRow>(database, 'SELECT cadre, record FROM listing_stale').all()
  const cadres = new Set<Id>()
  for (const { cadre, record } of stale) {
    if (record !== '') refreshFact(database, cadre, record)
    cadres.add(cadre)
  }
  for (const cadre of cadres) refreshLine(database, cadre)
  statement(database, 'DELETE FROM listing_stale').run()
}

/** Derives the list and its search anew, in a transaction of the caller's. */
export function rebuildListing(database: Database): void {
  for (const table of ['dossier_text', 'fact_text', 'dossier_line', 'fact_row', 'listing_stale'])
    statement(database, `DELETE FROM ${table}`).run()
  statement(database, `INSERT INTO listing_stale (cadre, record) SELECT id, '' FROM cadre`).run()
  statement(
    database,
    `INSERT INTO listing_stale (cadre, record)
     SELECT DISTINCT cadre, record FROM revision WHERE status = 'archived'`,
  ).run()
  refreshListing(database)
}

/** What is archived of one record, as it is searched for. */
function refreshFact(database: Database, cadre: Id, record: Id): void {
  const known = statement<{ row: number }>(
    database,
    'SELECT row FROM fact_row WHERE cadre = ? AND record = ?',
  ).get(cadre, record)
  if (known !== undefined) {
    statement(database, 'DELETE FROM fact_text WHERE rowid = ?').run(known.row)
    statement(database, 'DELETE FROM fact_row WHERE row = ?').run(known.row)
  }
  const heads = statement<{ digest: Digest; category: string }>(
    database,
    `SELECT digest, category FROM revision WHERE cadre = ? AND record = ? AND status = 'archived' ORDER BY digest`,
  ).all(cadre, record)
  const [first] = heads
  if (first === undefined) return
  const words = indexTokens(heads.map(({ digest }) => factText(database, digest)).join('\n'))
  if (words === '') return
  const { lastInsertRowid } = statement(
    database,
    'INSERT INTO fact_row (cadre, record, category) VALUES (?, ?, ?)',
  ).run(cadre, record, first.category)
  statement(database, 'INSERT INTO fact_text (rowid, words) VALUES (?, ?)').run(lastInsertRowid, words)
}

function valuesOf(database: Database, digest: Digest): Readonly<Record<string, unknown>> {
  const values = bodyOf(database, digest)?.['values']
  return typeof values === 'object' && values !== null ? (values as Record<string, unknown>) : {}
}

/** Codes are not what people see: a value of up to three digits or letters is passed over. */
function isCode(value: string): boolean {
  return /^[0-9A-Za-z]{1,3}$/.test(value)
}

const reference = /#[0-9a-f]{32}$/
const digests = /^[0-9a-f]{64}( |$)/

/** The texts of a value that people see: the cells of rows too, and no ids or digests. */
function seenTexts(value: unknown): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((row: unknown) =>
      typeof row === 'object' && row !== null ? Object.values(row).flatMap(seenTexts) : [],
    )
  if (typeof value !== 'string' || isCode(value) || digests.test(value)) return []
  return [value.replace(reference, '')]
}

function factText(database: Database, digest: Digest): string {
  return Object.values(valuesOf(database, digest)).flatMap(seenTexts).join('\n').slice(0, mostCharacters)
}

interface CadreFacts {
  readonly name: string
  readonly initials: string
  readonly identity_number: string | null
  readonly post: string | null
  readonly updated_at: string
}

function refreshLine(database: Database, cadre: Id): void {
  const known = statement<{ row: number }>(database, 'SELECT row FROM dossier_line WHERE cadre = ?').get(
    cadre,
  )
  if (known !== undefined) statement(database, 'DELETE FROM dossier_text WHERE rowid = ?').run(known.row)
  const facts = statement<CadreFacts>(
    database,
    'SELECT name, initials, identity_number, post, updated_at FROM cadre WHERE id = ?',
  ).get(cadre)
  if (facts === undefined) {
    statement(database, 'DELETE FROM dossier_line WHERE cadre = ?').run(cadre)
    return
  }
  const { name, post, identity_number: identity } = facts
  const { row } = statement<{ row: number }>(
    database,
    `INSERT INTO dossier_line (cadre, name, pinyin, post, unit, identity_reversed, birth, changed_at,
       have_a, have_b, have_c, have_d, have_e)
     VALUES (:cadre, :name, :pinyin, :post, :unit, :identity, :birth,
       max(:opened, coalesce((SELECT max(signed_at) FROM revision WHERE cadre = :cadre AND status = 'archived'), '')),
       ${['A', 'B', 'C', 'D', 'E'].map(bitsOf).join(', ')})
     ON CONFLICT (cadre) DO UPDATE SET name = excluded.name, pinyin = excluded.pinyin, post = excluded.post,
       unit = excluded.unit, identity_reversed = excluded.identity_reversed, birth = excluded.birth,
       changed_at = excluded.changed_at,
       have_a = excluded.have_a, have_b = excluded.have_b, have_c = excluded.have_c, have_d = excluded.have_d,
       have_e = excluded.have_e
     RETURNING row`,
  ).get({
    cadre,
    name,
    pinyin: pinyinKey(name),
    post,
    unit: unitOf(database, cadre),
    identity: identity === null ? null : [...identity].reverse().join(''),
    birth: identity === null ? birthOf(database, cadre) : birthInNumber(identity),
    opened: facts.updated_at,
  }) as { row: number }
  statement(database, 'INSERT INTO dossier_text (rowid, name, initials, post) VALUES (?, ?, ?, ?)').run(
    row,
    indexTokens(name),
    indexTokens(facts.initials),
    indexTokens(post ?? ''),
  )
}

/** What the archived 基本信息 says, where no ID number does. */
function birthOf(database: Database, cadre: Id): string | null {
  const basics = statement<{ digest: Digest }>(
    database,
    `SELECT digest FROM revision WHERE cadre = ? AND category = '${identityCategory}' AND status = 'archived'
     ORDER BY origin IS NOT NULL, record, digest`,
  ).all(cadre)
  for (const { digest } of basics) {
    const { birth } = valuesOf(database, digest)
    if (typeof birth === 'string' && birth !== '') return birth
  }
  return null
}

/** A bit for each category of a group that something is archived of. SQLite counts 64, so numbers go up to 63. */
function bitsOf(group: string): string {
  return `(SELECT coalesce(sum(1 << (number - 1)), 0) FROM (
     SELECT DISTINCT CAST(substr(category, 2) AS INTEGER) AS number FROM revision
     WHERE cadre = :cadre AND status = 'archived' AND substr(category, 1, 1) = '${group}')
   WHERE number BETWEEN 1 AND 63)`
}

/** The organisation of the post that has no end, the newest of several. */
function unitOf(database: Database, cadre: Id): string | null {
  let unit: string | null = null
  let since = ''
  const posts = statement<{ digest: Digest }>(
    database,
    `SELECT digest FROM revision WHERE cadre = ? AND category = '${postCategory}' AND status = 'archived'
     ORDER BY record, digest`,
  ).all(cadre)
  for (const { digest } of posts) {
    const { from, to, organization } = valuesOf(database, digest)
    if (typeof organization !== 'string' || organization === '' || typeof to === 'string') continue
    const begun = typeof from === 'string' ? from : ''
    if (unit !== null && begun <= since) continue
    unit = organization
    since = begun
  }
  return unit
}
