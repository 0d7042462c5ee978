import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, Category } from '../../../src-shared/catalogue/schema.ts'
import type { OtherSource } from '../../../src-shared/contract/review-views.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { contradictions, isDuplicate, speaksOfTheSame } from '../../../src-shared/review/other-sources.ts'
import {
  openStatuses,
  type RecordState,
  type RevisionState,
  type RevisionStatus,
} from '../../../src-shared/review/states.ts'
import type { Database } from '../../vault/database.ts'
import { recordsOfCategory } from '../../vault/review-queries.ts'
import { recordAccess } from '../access-log.ts'
import { catalogueOf } from '../catalogue/read.ts'
import type { Session, UnlockedHandler } from '../context.ts'
import { readRevisionBody, type RevisionBody } from '../dossier/bodies.ts'
import { findCadre } from '../dossier/dossier.ts'
import { purposeOf } from '../dossier/purpose.ts'
import { stateOf } from '../dossier/roads.ts'
import { categoryLevel } from '../dossier/sight.ts'
import { seenRecord } from './queries.ts'
import { withheldFields } from './rekey.ts'

/** Entries of one dossier and category that are looked through, and revisions that are shown. */
const mostRecords = 500
const mostShown = 20

/** What says something still or did once; what was taken back or returned says nothing. */
const speaking: readonly RevisionStatus[] = [...openStatuses, 'archived', 'conflict', 'superseded']

/**
 * What the other entries of the dossier say of the fact that a revision is about: entries of the same category that
 * speak of the same, and what this record said before out of another source. To a reviewer who has not typed the
 * critical fields yet nothing is told, and of an entry that they are to type themselves nothing either.
 *
 * Errors: `call/not-found`, `review/no-such-revision`, `access/purpose-needed`.
 */
export const reviewCompare: UnlockedHandler<'review.compare'> = async (context, input) => {
  const { session } = context
  const found = seenRecord(context, input.record)
  if (!found.ok) return found
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const { state, database, compartment } = found.value
  const { cadre, record } = state
  const category = findCategory(catalogue.value, state.category)
  const revision = state.revisions.find((one) => one.revision === input.revision)
  const body = readRevisionBody(database, record, input.revision)
  if (category === null || revision === undefined || body === null) return err('review/no-such-revision')
  if (withheldFields(session, catalogue.value, database, state).size > 0)
    return ok({ withheld: true, others: [], findings: [] })
  const level = categoryLevel(session, state.category, compartment)
  const purpose = purposeOf(session, { cadre, record, level, stated: null })
  if (!purpose.ok) return purpose
  const others = [
    ...ownSources(database, state, revision, body, category),
    ...otherRecords(session, catalogue.value, database, state, body, category),
  ].slice(0, mostShown)
  if (others.length > 0) {
    const cadreName = findCadre(session, cadre)?.name ?? ''
    const subject = { cadre, cadreName, record, category: state.category, level }
    const what = { what: 'other-sources', results: others.length }
    const entered = await recordAccess(context, 'record', { ...subject, ...what }, purpose.value)
    if (!entered.ok) return entered
  }
  return ok({ withheld: false, others, findings: findingsOf(others) })
}

/** What this record said out of another source; the archived revision stands beside the entry anyway. */
function ownSources(
  database: Database,
  state: RecordState,
  revision: RevisionState,
  body: RevisionBody,
  category: Category,
): readonly OtherSource[] {
  return state.revisions
    .filter((one) => one !== revision && speaking.includes(one.status))
    .flatMap((one) => {
      const said = readRevisionBody(database, state.record, one.revision)
      if (said === null) return []
      const { kind, from } = body.source
      const isOther = said.source.kind !== kind || said.source.from !== from
      return isOther ? [sourceOf(state, one, said, body, category)] : []
    })
}

function otherRecords(
  session: Session,
  catalogue: Catalogue,
  database: Database,
  state: RecordState,
  body: RevisionBody,
  category: Category,
): readonly OtherSource[] {
  const found: OtherSource[] = []
  for (const record of recordsOfCategory(database, state.cadre, state.category, mostRecords)) {
    if (record === state.record) continue
    const other = stateOf(session, database, record)
    const newest = other === null ? undefined : speakingRevision(other)
    if (other === null || newest === undefined) continue
    const said = readRevisionBody(database, record, newest.revision)
    // A statement of 本期无变化 speaks of a period, not of a fact.
    if (said === null || said.period !== body.period || !speaksOfTheSame(category, body, said)) continue
    if (withheldFields(session, catalogue, database, other).size > 0) continue
    found.push(sourceOf(other, newest, said, body, category))
  }
  return found
}

/** The fact of a record, or what waits to become one. */
function speakingRevision(state: RecordState): RevisionState | undefined {
  const head: Digest | null = state.head
  return (
    state.revisions.find(({ revision }) => revision === head) ??
    state.revisions.findLast(({ status }) => speaking.includes(status))
  )
}

function sourceOf(
  state: RecordState,
  revision: RevisionState,
  said: RevisionBody,
  body: RevisionBody,
  category: Category,
): OtherSource {
  return {
    record: state.record,
    revision: revision.revision,
    status: revision.status,
    source: said.source,
    at: revision.author.at,
    declaration: said.declaration,
    values: said.values,
    differing: contradictions(category, body, said),
    isDuplicate: isDuplicate(category, body, said),
  }
}

/** The remarks that follow from what others say. */
function findingsOf(others: readonly OtherSource[]): readonly Finding[] {
  const findings: Finding[] = []
  for (const other of others) {
    const params = { source: other.source.from, day: other.at.slice(0, 10) }
    if (other.isDuplicate) findings.push({ code: 'duplicate-record', severity: 'warning', params })
    for (const field of other.differing)
      findings.push({ code: 'source-differs', severity: 'warning', field, params })
  }
  return findings
}
