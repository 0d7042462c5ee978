import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import { ok } from '../../../src-shared/kernel/result.ts'
import { AgreementCount } from '../../../src-shared/review/agreement.ts'
import { compareRekeyed } from '../../../src-shared/review/rekey.ts'
import type { RevisionState } from '../../../src-shared/review/states.ts'
import { openedRevisions } from '../../vault/review-queries.ts'
import { catalogueOf } from '../catalogue/read.ts'
import type { UnlockedContext, UnlockedHandler } from '../context.ts'
import { readRevisionBody, type RevisionBody } from '../dossier/bodies.ts'
import { publishedGrounds } from '../dossier/record-view.ts'
import { stateOf } from '../dossier/roads.ts'
import { sightOf } from '../dossier/sight.ts'
import { openDatabases, type OpenDatabase } from './filters.ts'

/** Entries that are counted in one answer, the newest: each has its road followed. */
const mostEntries = 5000

/**
 * How often what reviewers typed from the evidence was what had been entered, by field. Counted are opinions that were
 * opened in the period; what is sealed is in no count.
 */
export const reviewAgreement: UnlockedHandler<'review.agreement'> = (context, input) => {
  const { session } = context
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const sight = sightOf(session)
  const rules = [...(session.vault.authority.head.catalogue?.rules.values() ?? [])]
  const asking = rules.filter(
    ({ verification, category }) => verification === 'dual-rekey' && sight.sees(category),
  )
  const categories = asking.map(({ category }) => category)
  const count = new AgreementCount()
  let entries = 0
  let isPartial = false
  for (const from of openDatabases(session)) {
    const rows = openedRevisions(from.database, categories, input.until, mostEntries + 1)
    isPartial ||= rows.length > mostEntries
    for (const row of rows.slice(0, mostEntries)) {
      const category = findCategory(catalogue.value, row.category)
      const state = category === null ? null : stateOf(session, from.database, row.record)
      const revision = state?.revisions.find((one) => one.revision === row.digest)
      if (category === null || !isOpenedWithin(revision, input)) continue
      const body = readRevisionBody(from.database, row.record, row.digest)
      if (body !== null && countEntry(context, from, count, category, revision, body)) entries += 1
    }
  }
  return ok({ entries, isPartial, fields: count.fields })
}

function isOpenedWithin(
  revision: RevisionState | undefined,
  { from, until }: { readonly from: string | null; readonly until: string | null },
): revision is RevisionState & { readonly opened: NonNullable<RevisionState['opened']> } {
  const at = revision?.opened?.at
  return at !== undefined && (from === null || at >= from) && (until === null || at < until)
}

/** Whether there was anything to count. */
function countEntry(
  { session }: UnlockedContext,
  { database }: OpenDatabase,
  count: AgreementCount,
  category: Category,
  revision: RevisionState & { readonly opened: NonNullable<RevisionState['opened']> },
  body: RevisionBody,
): boolean {
  let isCounted = false
  for (const { grounds } of revision.opinions) {
    if (grounds === null) continue
    const rekey = publishedGrounds(session, database, revision.opened.commit, grounds)?.rekey
    if (rekey === undefined) continue
    count.add(category.id, compareRekeyed(category, body, rekey.values))
    isCounted = true
  }
  return isCounted
}
