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
  rowsByChangeOf,
  rowsByIdentityEnd,
  rowsByName,
  stateOfDatabase,
  type FoundFact,
} from '../../vault/listing-queries.ts'
import { momentOf } from '../../vault/vault.ts'
import type { Session } from '../context.ts'
import { openDatabases } from '../review/filters.ts'
import { askedCategories, identityCategory, seesTags, unitCategory } from './listing-sight.ts'
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
  /** Archived facts that a search was found in, by dossier. */
  readonly facts: ReadonlyMap<Id, readonly FactIn[]>
  set(): ReadonlySet<number>
}

interface Kept {
  state: string
  readonly orders: Map<string, readonly number[]>
  readonly answers: Map<string, FoundRows>
}

const kept = new WeakMap<Session, Kept>()

/** What was answered before, as long as nothing has changed since that an answer hangs on. */
function keptOf(session: Session): Kept {
  const databases = openDatabases(session).map(({ database }) => stateOfDatabase(database))
  const state = JSON.stringify([databases, session.vault.authority.head.leaf, sightOf(session).categories])
  let known = kept.get(session)
  if (known?.state !== state) {
    known = { state, orders: new Map(), answers: new Map() }
    kept.set(session, known)
  }
  return known
}

/**
 * All rows of the list that a query asks for, in order. Computed once and kept, so that any part of it is a slice: the
 * scroll bar may jump anywhere. What the member does not see neither finds a dossier nor counts.
 */
export function rowsOfQuery(
  session: Session,
  archive: Database,
  catalogue: Catalogue,
  query: ListingQuery,
): FoundRows {
  const memory = keptOf(session)
  const name = JSON.stringify({ ...query, search: foldForSearch(query.search) })
  const known = memory.answers.get(name)
  if (known !== undefined) return known
  const made = findRows(session, archive, catalogue, query, memory)
  const [oldest] = memory.answers.keys()
  if (memory.answers.size >= keptAnswers && oldest !== undefined) memory.answers.delete(oldest)
  memory.answers.set(name, made)
  return made
}

function findRows(
  session: Session,
  archive: Database,
  catalogue: Catalogue,
  query: ListingQuery,
  memory: Kept,
): FoundRows {
  const order = orderOf(session, archive, query, memory)
  const passing = passingRows(session, archive, catalogue, query)
  const found = foldForSearch(query.search) === '' ? null : search(session, archive, query.search)
  const kept = order.filter(
    (row) => (passing === null || passing.has(row)) && (found === null || found.rank.has(row)),
  )
  // Who bears the name stands before whoever is mentioned somewhere.
  const rows =
    found === null ? kept : [0, 1].flatMap((rank) => kept.filter((row) => found.rank.get(row) === rank))
  let asSet: ReadonlySet<number> | null = null
  return {
    rows,
    isCut: found?.isCut ?? false,
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

/** Null where nothing is filtered. */
function passingRows(
  session: Session,
  archive: Database,
  catalogue: Catalogue,
  query: ListingQuery,
): ReadonlySet<number> | null {
  const { unit, post, tag, missing, withoutIdentity } = query
  if (unit === null && post === null && tag === null && missing === null && !withoutIdentity) return null
  const sight = sightOf(session)
  const isSeen =
    (unit === null || sight.sees(unitCategory)) &&
    (tag === null || seesTags(sight)) &&
    (!withoutIdentity || sight.sees(identityCategory)) &&
    (missing === null || missing === 'any' || sight.sees(missing))
  if (!isSeen) return new Set()
  const asked = missing === 'any' ? askedCategories(catalogue, sight) : missing === null ? null : [missing]
  const bits = asked === null ? null : bitsOfCategories(asked)
  return new Set(matchingRows(archive, { unit, post, tag, missing: bits, withoutIdentity }))
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
