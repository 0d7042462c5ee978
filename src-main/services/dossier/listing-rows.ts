import { grantsInForce } from '../../../src-shared/access/grants.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { ListingQuery, ListingSort } from '../../../src-shared/contract/listing.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { foldForSearch } from '../../../src-shared/search/fold.ts'
import type { Database } from '../../vault/database.ts'
import {
  bitsOfCategories,
  factsByText,
  matchingRows,
  orderedRows,
  rowOfCadre,
  rowsOfCadres,
  rowsOverdue,
  rowsByChangeOf,
  rowsByIdentityEnd,
  rowsByName,
  stateOfDatabase,
  type FoundFact,
} from '../../vault/listing-queries.ts'
import { overdueByCadre } from '../../vault/due-queries.ts'
import { momentOf } from '../../vault/vault.ts'
import type { UnlockedContext, Session } from '../context.ts'
import { dueNow, pendingDue } from '../cycles/due-now.ts'
import { openDatabases } from '../review/filters.ts'
import { askedCategories, identityCategory, seesTags, unitCategory } from './listing-sight.ts'
import { officeDay } from '../settings/calendar.ts'
import { sightOf } from './sight.ts'

/** Dossiers that one search finds by name, and facts it finds by text, at most. */
const mostFound = 5_000
const mostFacts = 2_000
/** Answers that are kept for the next part of the same list. */
const keptAnswers = 12
const shortestEnd = 4

interface FactIn extends FoundFact {
  readonly database: Database
}

export interface FoundRows {
  readonly rows: readonly number[]
  readonly isCut: boolean
  /** Dossiers of which it is not known yet whether they belong here. */
  readonly pending: number
  /** Archived facts that a search was found in, by dossier. */
  readonly facts: ReadonlyMap<Id, readonly FactIn[]>
  set(): ReadonlySet<number>
}

interface Kept {
  state: string
  readonly orders: Map<string, readonly number[]>
  readonly answers: Map<string, FoundRows>
  late: { readonly day: string; readonly rows: Uint8Array } | null
}

const kept = new WeakMap<Session, Kept>()

/** What was answered before, as long as nothing has changed since that an answer hangs on. */
function keptOf(session: Session): Kept {
  const databases = openDatabases(session).map(({ database }) => stateOfDatabase(database))
  const state = JSON.stringify([databases, session.vault.authority.head.leaf, sightOf(session).categories])
  let known = kept.get(session)
  if (known?.state !== state) {
    known = { state, orders: new Map(), answers: new Map(), late: null }
    kept.set(session, known)
  }
  return known
}

/**
 * All rows of the list that a query asks for, in order. Computed once and kept, so that any part of it is a slice: the
 * scroll bar may jump anywhere. What the member does not see neither finds a dossier nor counts.
 */
export function rowsOfQuery(
  context: UnlockedContext,
  archive: Database,
  catalogue: Catalogue,
  query: ListingQuery,
): FoundRows {
  const { session } = context
  // What is due is brought up to date first: that changes what was kept.
  const hangsOnDue = query.overdue || query.stage !== null
  const pending = hangsOnDue ? pendingDue(context) : 0
  const memory = keptOf(session)
  const day = query.overdue ? officeDay(context) : ''
  const name = JSON.stringify({ ...query, search: foldForSearch(query.search), day, pending })
  const known = memory.answers.get(name)
  if (known !== undefined) return known
  const made = findRows(context, archive, catalogue, query, memory, pending)
  const [oldest] = memory.answers.keys()
  if (memory.answers.size >= keptAnswers && oldest !== undefined) memory.answers.delete(oldest)
  memory.answers.set(name, made)
  return made
}

function findRows(
  context: UnlockedContext,
  archive: Database,
  catalogue: Catalogue,
  query: ListingQuery,
  memory: Kept,
  pending: number,
): FoundRows {
  const { session } = context
  const order = orderOf(session, archive, query, memory)
  const passing = passingRows(context, archive, catalogue, query, memory)
  const found = foldForSearch(query.search) === '' ? null : search(session, archive, query.search)
  const kept = order.filter(
    (row) => (passing === null || passing[row] === 1) && (found === null || found.rank.has(row)),
  )
  // Who bears the name stands before whoever is mentioned somewhere.
  const rows =
    found === null ? kept : [0, 1].flatMap((rank) => kept.filter((row) => found.rank.get(row) === rank))
  let asSet: ReadonlySet<number> | null = null
  return {
    rows,
    isCut: found?.isCut ?? false,
    pending,
    facts: found?.facts ?? new Map(),
    set: () => (asSet ??= new Set(rows)),
  }
}

function orderOf(session: Session, archive: Database, query: ListingQuery, memory: Kept): readonly number[] {
  const sight = sightOf(session)
  // An order by what is not shown would show it.
  const by: ListingSort = query.sort === 'unit' && !sight.sees(unitCategory) ? 'name' : query.sort
  const name = `${by}/${query.descending}`
  let order = memory.orders.get(name)
  if (order === undefined) {
    const rising =
      by === 'changed' && sight.categories !== null
        ? rowsByChangeOf(archive, sight.categories)
        : orderedRows(archive, by)
    order = query.descending ? rising.toReversed() : rising
    memory.orders.set(name, order)
  }
  return order
}

/** 1 at each row that passes; null where nothing is filtered. */
function passingRows(
  context: UnlockedContext,
  archive: Database,
  catalogue: Catalogue,
  query: ListingQuery,
  memory: Kept,
): Uint8Array | null {
  const { session } = context
  const { unit, post, tag, missing, withoutIdentity, stage, overdue } = query
  const narrows = [unit, post, tag, missing, stage].some((one) => one !== null)
  if (!narrows && !withoutIdentity && !overdue) return null
  const sight = sightOf(session)
  const isSeen =
    (unit === null || sight.sees(unitCategory)) &&
    ((tag === null && stage === null) || seesTags(sight)) &&
    (!withoutIdentity || sight.sees(identityCategory)) &&
    (missing === null || missing === 'any' || sight.sees(missing))
  if (!isSeen) return new Uint8Array(0)
  const asked = missing === 'any' ? askedCategories(catalogue, sight) : missing === null ? null : [missing]
  const bits = asked === null ? null : bitsOfCategories(asked)
  const at = stage === null ? null : { code: stage, signedOnly: !sight.sees(identityCategory) }
  const rows = matchingRows(archive, { unit, post, tag, missing: bits, withoutIdentity, stage: at })
  const passing = markedRows(rows)
  if (!overdue) return passing
  const late = lateRows(context, archive, memory)
  return passing.map((mark, row) => mark & (late[row] ?? 0))
}

/** 1 at each row of which anything that the member sees is overdue today. */
function lateRows(context: UnlockedContext, archive: Database, memory: Kept): Uint8Array {
  const day = officeDay(context)
  if (memory.late?.day === day) return memory.late.rows
  const now = dueNow(context)
  const rows = (now.ok ? now.value.parts : []).flatMap(({ database, kinds }) => {
    const late = kinds.filter(({ state }) => state === 'overdue').map(({ id }) => id)
    return database === archive
      ? rowsOverdue(archive, late)
      : [...rowsOfCadres(archive, overdueByCadre(database, late).keys())]
  })
  memory.late = { day, rows: markedRows(rows) }
  return memory.late.rows
}

function markedRows(rows: readonly number[]): Uint8Array {
  const marks = new Uint8Array(rows.reduce((most, row) => Math.max(most, row), -1) + 1)
  for (const row of rows) marks[row] = 1
  return marks
}

interface Found {
  /** 0 for whom the name, the initials or the ID number means, 1 for every other place. */
  readonly rank: ReadonlyMap<number, 0 | 1>
  readonly isCut: boolean
  readonly facts: ReadonlyMap<Id, readonly FactIn[]>
}

function search(session: Session, archive: Database, words: string): Found {
  const sight = sightOf(session)
  const rank = new Map<number, 0 | 1>()
  const { named, posted } = rowsByName(archive, words, mostFound)
  const end = foldForSearch(words)
  const isEnd = /^[0-9]+x?$/.test(end) && end.length >= shortestEnd && sight.sees(identityCategory)
  const tailed = isEnd ? rowsByIdentityEnd(archive, end, mostFound) : []
  for (const row of [...named, ...tailed]) rank.set(row, 0)
  for (const row of posted) if (!rank.has(row)) rank.set(row, 1)
  const facts = new Map<Id, FactIn[]>()
  let isCut = [named, posted, tailed].some((rows) => rows.length === mostFound)
  for (const { database } of openDatabases(session)) {
    const found = factsByText(database, {
      search: words,
      categories: sight.categories,
      apart: apartFor(session),
      limit: mostFacts,
    })
    if (found.length === mostFacts) isCut = true
    for (const fact of found) {
      const row = rowOfCadre(archive, fact.cadre)
      if (row === null) continue
      if (!rank.has(row)) rank.set(row, 1)
      facts.set(fact.cadre, [...(facts.get(fact.cadre) ?? []), { ...fact, database }])
    }
  }
  return { rank, isCut, facts }
}

/**
 * Categories in which a reviewer types what the evidence says before seeing the entry: while a correction is under
 * review, the search says nothing about the record to whoever may review. What is on its way keeps the rule it was
 * submitted under, so that a category counts as soon as one version asks for it.
 */
function apartFor({ vault }: Session): string {
  const { head } = vault.authority
  const reviews = grantsInForce(head, vault.member.id, 'reviewer', momentOf(vault)).length > 0
  const rules = reviews ? head.catalogueVersions.flatMap((version) => [...version.rules.values()]) : []
  const asking = rules.filter(({ verification }) => verification === 'dual-rekey')
  return JSON.stringify([...new Set(asking.map(({ category }) => category))])
}
