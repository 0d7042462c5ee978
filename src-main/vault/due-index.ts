import { standingCategory, standingOf } from '../../src-shared/catalogue/asked.ts'
import type { Catalogue } from '../../src-shared/catalogue/schema.ts'
import type { RecordValues } from '../../src-shared/catalogue/values.ts'
import { dayOf } from '../../src-shared/calendar/day.ts'
import { dueItems, type CadreHistory, type DueItem } from '../../src-shared/cycles/due.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { homeOf } from './alias-queries.ts'
import { statement, type Database } from './database.ts'
import { bodyOf } from './names.ts'

/** What is due hangs on the catalogue in force; `digest` is that of the body it stands in. */
export interface DueCatalogue {
  readonly digest: Digest
  readonly compartment: 'archive' | 'discipline'
  readonly catalogue: Catalogue
}

/** Cadres that one call brings up to date at most, so that none keeps a clerk waiting after an import. */
const mostAtOnce = 500

/**
 * Brings what is due up to date with the projections and the catalogue. Returns of how many cadres it is still to be
 * told: call again.
 */
export function refreshDue(database: Database, from: DueCatalogue, most = mostAtOnce): number {
  if (isUpToDate(database, from)) return 0
  return database
    .transaction(() => {
      takeCatalogue(database, from.digest)
      const stale = statement<{ cadre: Id }>(database, 'SELECT cadre FROM due_stale LIMIT ?').all(most)
      const reader = readerFor(database, from)
      const kinds = new Map<string, number>()
      for (const { cadre } of stale) {
        writeItems(database, cadre, reader(cadre), kinds)
        statement(database, 'DELETE FROM due_stale WHERE cadre = ?').run(cadre)
      }
      const left = statement<{ n: number }>(database, 'SELECT count(*) AS n FROM due_stale').get()?.n ?? 0
      if (left === 0) forgetUnusedKinds(database)
      return left
    })
    .immediate()
}

function isUpToDate(database: Database, { digest }: DueCatalogue): boolean {
  const basis = statement<{ catalogue: Digest }>(database, 'SELECT catalogue FROM due_basis').get()
  if (basis?.catalogue !== digest) return false
  return statement(database, 'SELECT 1 FROM due_stale LIMIT 1').get() === undefined
}

function takeCatalogue(database: Database, digest: Digest): void {
  const basis = statement<{ catalogue: Digest }>(database, 'SELECT catalogue FROM due_basis').get()
  if (basis?.catalogue === digest) return
  statement(database, 'DELETE FROM due_basis').run()
  statement(database, 'INSERT INTO due_basis (catalogue) VALUES (?)').run(digest)
  statement(database, 'DELETE FROM due_stale').run()
  statement(
    database,
    `INSERT INTO due_stale (cadre) SELECT cadre FROM opening UNION SELECT cadre FROM revision
       UNION SELECT cadre FROM due_cadre`,
  ).run()
}

/** A kind that nothing is due of any more, a year of which would be some thousand rows. */
function forgetUnusedKinds(database: Database): void {
  statement(
    database,
    'DELETE FROM due_kind WHERE NOT EXISTS (SELECT 1 FROM due_item WHERE due_item.kind = due_kind.id)',
  ).run()
}

interface Told {
  readonly history: CadreHistory
  readonly items: readonly DueItem[]
}

interface RevisionRow {
  readonly category: string
  readonly status: string
  readonly digest: Digest
  readonly submitted_at: string
  readonly signed_at: string | null
}

const notHandedIn: ReadonlySet<string> = new Set(['returned', 'withdrawn'])

function readerFor(database: Database, { compartment, catalogue }: DueCatalogue): (cadre: Id) => Told | null {
  const categories = catalogue.categories.filter((category) => category.compartment === compartment)
  const watched = new Set(
    categories.flatMap(({ openedBy = [] }) =>
      openedBy.flatMap((opening) => ('category' in opening ? [opening.category] : [])),
    ),
  )
  return (cadre) => {
    const history = historyOf(database, cadre, watched)
    return history === null ? null : { history, items: dueItems(categories, history) }
  }
}

/** Null where nothing of the cadre stands in this compartment. */
function historyOf(database: Database, cadre: Id, watched: ReadonlySet<string>): CadreHistory | null {
  // What is asked of a merged dossier is asked of the one it is shown in.
  if (homeOf(database, cadre) !== cadre) return null
  const opened = statement<{ at: string }>(
    database,
    'SELECT at FROM opening WHERE cadre = ? ORDER BY depth, leaf, operation LIMIT 1',
  ).get(cadre)
  const revisions = statement<RevisionRow>(
    database,
    `SELECT category, status, digest, submitted_at, signed_at FROM revision WHERE cadre = ?
     ORDER BY origin IS NOT NULL, record, digest`,
  ).all(cadre)
  const reports = new Map<string, string>()
  const facts: CadreHistory['facts'][number][] = []
  let basics: CadreHistory['facts'][number] | null = null
  let first = opened?.at ?? null
  for (const { category, status, digest, submitted_at, signed_at } of revisions) {
    if (opened === undefined && (first === null || submitted_at < first)) first = submitted_at
    if (notHandedIn.has(status)) continue
    const day = dayOf(submitted_at)
    if (day > (reports.get(category) ?? '')) reports.set(category, day)
    if (status !== 'archived' || (category !== standingCategory && !watched.has(category))) continue
    const values = valuesOf(database, digest)
    if (values === null) continue
    const fact = { category, values, archivedOn: dayOf(signed_at ?? submitted_at) }
    if (watched.has(category)) facts.push(fact)
    if (category === standingCategory) basics ??= fact
  }
  if (first === null) return null
  const standing = standingOf(basics?.values ?? null)
  const said = statement<{ stage: string; since: string }>(
    database,
    'SELECT stage, since FROM cadre_stage WHERE cadre = ?',
  ).get(cadre)
  return {
    openedOn: dayOf(first),
    standing: said === undefined ? standing : { ...standing, stage: said.stage },
    stageSince: said?.since ?? (standing.stage === null ? null : (basics?.archivedOn ?? null)),
    reports,
    facts,
  }
}

/** Null for a statement that nothing changed in a period: it is handed in, and is no fact. */
function valuesOf(database: Database, digest: Digest): RecordValues | null {
  const body = bodyOf(database, digest)
  if (body?.['declaration'] === 'unchanged') return null
  const values = body?.['values']
  return typeof values === 'object' && values !== null ? (values as RecordValues) : {}
}

function writeItems(database: Database, cadre: Id, told: Told | null, kinds: Map<string, number>): void {
  const known = statement<{ row: number }>(database, 'SELECT row FROM due_cadre WHERE cadre = ?').get(cadre)
  if (known !== undefined) statement(database, 'DELETE FROM due_item WHERE cadre = ?').run(known.row)
  if (told === null) {
    statement(database, 'DELETE FROM due_cadre WHERE cadre = ?').run(cadre)
    return
  }
  const { standing, stageSince } = told.history
  const { row } = statement<{ row: number }>(
    database,
    `INSERT INTO due_cadre (cadre, stage, stage_since, risk_class) VALUES (?, ?, ?, ?)
     ON CONFLICT (cadre) DO UPDATE SET stage = excluded.stage, stage_since = excluded.stage_since,
       risk_class = excluded.risk_class
     RETURNING row`,
  ).get(cadre, standing.stage, stageSince, standing.riskClass) as { row: number }
  for (const item of told.items)
    statement(database, 'INSERT INTO due_item (kind, cadre) VALUES (?, ?)').run(
      kindOf(database, item, kinds),
      row,
    )
}

/** @param kinds those that were looked up already */
function kindOf(
  database: Database,
  { category, cause, source, opens, basis, within }: DueItem,
  kinds: Map<string, number>,
): number {
  const words = [category, cause, source, opens, basis, within] as const
  const name = words.join('/')
  let id = kinds.get(name)
  if (id === undefined) {
    id = findKind(database, words)
    kinds.set(name, id)
  }
  return id
}

function findKind(database: Database, words: readonly [...(readonly string[]), number]): number {
  const known = statement<{ id: number }>(
    database,
    `SELECT id FROM due_kind WHERE category = ? AND cause = ? AND source = ? AND opens = ? AND basis = ?
       AND within = ?`,
  ).get(...words)
  if (known !== undefined) return known.id
  const { lastInsertRowid } = statement(
    database,
    'INSERT INTO due_kind (category, cause, source, opens, basis, within) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(...words)
  return Number(lastInsertRowid)
}
