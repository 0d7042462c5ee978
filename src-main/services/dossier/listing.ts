import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { DossierLine, ListingQuery } from '../../../src-shared/contract/listing.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { ok } from '../../../src-shared/kernel/result.ts'
import { openStatuses } from '../../../src-shared/review/states.ts'
import type { Database } from '../../vault/database.ts'
import { countByStatus } from '../../vault/dossier-queries.ts'
import {
  facetsOf,
  filledCategories,
  linesOf,
  newestChange,
  stageFacets,
  tagFacets,
  tagsOf,
  type FoundFact,
  type ListingLine,
} from '../../vault/listing-queries.ts'
import { openCompartment } from '../../vault/vault.ts'
import { recordSearch } from '../access-log.ts'
import { catalogueOf } from '../catalogue/read.ts'
import type { Session, UnlockedHandler } from '../context.ts'
import { pendingDue } from '../cycles/due-now.ts'
import { openDatabases } from '../review/filters.ts'
import { hitOf } from './listing-hits.ts'
import { rowsOfQuery } from './listing-rows.ts'
import { askedCategories, identityCategory, seesTags, unitCategory } from './listing-sight.ts'
import { sightOf, type Sight } from './sight.ts'
import { savedViews } from './views.ts'

const shownHits = 3
const mostFacets = 500

export const dossierList: UnlockedHandler<'dossier.list'> = async (context, input) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const { database } = archive.value
  const found = rowsOfQuery(context, database, catalogue.value, input.query)
  const entered = await recordSearch(context, input.query.search.trim(), found.rows.length)
  if (!entered.ok) return entered
  const lines = linesOf(database, found.rows.slice(input.from, input.from + input.count))
  const marking: { name: string; rows: ReadonlySet<number> }[] = []
  for (const view of await savedViews(session)) {
    if (!view.isMark) continue
    const marked = rowsOfQuery(context, database, catalogue.value, view.query)
    marking.push({ name: view.name, rows: marked.set() })
  }
  const sight = sightOf(session)
  const asked = askedCategories(catalogue.value, sight)
  const items = lines.map((line) => ({
    ...lineOf(session, database, line, asked, sight),
    marks: marking.filter(({ rows }) => rows.has(line.row)).map(({ name }) => name),
    hits: hitsOf(session, catalogue.value, input.query, found.facts.get(line.cadre) ?? []),
  }))
  return ok({ items, total: found.rows.length, isCut: found.isCut, pending: found.pending })
}

function hitsOf(
  session: Session,
  catalogue: Catalogue,
  query: ListingQuery,
  facts: readonly (FoundFact & { readonly database: Database })[],
): DossierLine['hits'] {
  return facts.slice(0, shownHits).map((fact) => hitOf(session, catalogue, fact.database, fact, query.search))
}

/** What of a dossier's line hangs on who looks. */
export function lineOf(
  session: Session,
  archive: Database,
  line: ListingLine,
  asked: readonly string[],
  sight: Sight,
): Omit<DossierLine, 'marks' | 'hits'> {
  const { archived, waiting } = countsOf(session, line.cadre, sight)
  const seesIdentity = sight.sees(identityCategory)
  const tail =
    line.identity_reversed === null ? null : [...line.identity_reversed.slice(0, 4)].reverse().join('')
  const filled = filledCategories(archive, line.cadre)
  const changedAt =
    sight.categories === null ? line.changed_at : newestChange(archive, line.cadre, sight.categories)
  return {
    id: line.cadre,
    name: line.name,
    identityTail: seesIdentity ? tail : null,
    post: line.post,
    incomplete: tail === null && seesIdentity,
    archived,
    waiting,
    updatedAt: changedAt,
    unit: sight.sees(unitCategory) ? line.unit : null,
    changedAt,
    tags: seesTags(sight) ? tagsOf(archive, line.cadre) : [],
    filled: asked.filter((category) => filled.has(category)).length,
    asked: asked.length,
  }
}

function countsOf(session: Session, cadre: Id, sight: Sight) {
  let archived = 0
  let waiting = 0
  for (const { database } of openDatabases(session)) {
    const counts = countByStatus(database, cadre, sight.categories)
    archived += counts.get('archived') ?? 0
    for (const status of openStatuses) waiting += counts.get(status) ?? 0
  }
  return { archived, waiting }
}

export const dossierFacets: UnlockedHandler<'dossier.facets'> = (context) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const { database } = archive.value
  const sight = sightOf(session)
  if (seesTags(sight)) pendingDue(context)
  return ok({
    units: sight.sees(unitCategory) ? facetsOf(database, 'unit', mostFacets) : [],
    posts: facetsOf(database, 'post', mostFacets),
    tags: seesTags(sight) ? tagFacets(database, mostFacets) : [],
    stages: seesTags(sight) ? stageFacets(database, !sight.sees(identityCategory)) : [],
    asked: askedCategories(catalogue.value, sight),
  })
}
