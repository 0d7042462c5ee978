import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { DifferenceRow, SignedWord } from '../../../src-shared/contract/sources.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { toHex, utf8 } from '../../../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { differencesOf, type Statement } from '../../../src-shared/review/differences.ts'
import { openStatuses, type RevisionStatus } from '../../../src-shared/review/states.ts'
import type { Database } from '../../vault/database.ts'
import {
  dossiersOf,
  listDifferences,
  readDifference,
  refreshDifferences,
  revisionsThatSpeak,
  type SaidRevision,
  type StoredDifference,
} from '../../vault/difference-index.ts'
import { judgementOf, readSources, settlementOf } from '../../vault/source-projection.ts'
import { commitAs, openCompartment, roleAmong } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { catalogueOf } from '../catalogue/read.ts'
import {
  businessCompartments,
  memberName,
  moment,
  type Session,
  type UnlockedContext,
  type UnlockedHandler,
} from '../context.ts'
import { readRevisionBody } from '../dossier/bodies.ts'
import { findCadre } from '../dossier/dossier.ts'
import { ownDossier } from '../dossier/homes.ts'
import { purposeOf } from '../dossier/purpose.ts'
import { stateOf } from '../dossier/roads.ts'
import { categoryLevel, sightOf } from '../dossier/sight.ts'
import { withheldFields } from '../review/rekey.ts'
import { openDatabases } from '../review/filters.ts'

const speaking: readonly RevisionStatus[] = [...openStatuses, 'archived', 'conflict']
const settlers = ['approver', 'inspector'] as const

/** Differences that are looked through for one who reviews too. */
const mostFiltered = 2000

/** A difference with the place it lies in. */
interface Found {
  readonly row: StoredDifference
  readonly database: Database
  readonly compartment: DifferenceRow['compartment']
}

/** Brings the index of every open compartment up to date; of how many dossiers it is still to be told. */
function refreshAll({ session, primitives }: UnlockedContext, catalogue: Catalogue): number {
  const archive = openCompartment(session.vault, 'archive')
  const sources = archive.ok ? readSources(archive.value.database) : []
  const checking = new Set(
    sources.filter(({ profile }) => profile.check === 'personal-matters').flatMap(({ names }) => names),
  )
  const isCheck = (source: Statement['source']) => source.kind === 'import' && checking.has(source.from)
  const version = session.vault.authority.head.catalogueVersions.find(
    (one) => one.version === catalogue.version,
  )
  const named = JSON.stringify([version?.body ?? '', [...checking].toSorted()])
  const basis = toHex(primitives.sha256(utf8(named)))
  let pending = 0
  for (const { database } of openDatabases(session))
    pending += refreshDifferences(database, basis, (cadre) =>
      lookThrough(database, catalogue, cadre, isCheck, primitives),
    )
  return pending
}

function lookThrough(
  database: Database,
  catalogue: Catalogue,
  cadre: Id,
  isCheck: (source: Statement['source']) => boolean,
  primitives: UnlockedContext['primitives'],
): readonly StoredDifference[] {
  const byCategory = Map.groupBy(revisionsThatSpeak(database, cadre, speaking), ({ category }) => category)
  return [...byCategory].flatMap(([id, revisions]) => {
    const category = findCategory(catalogue, id)
    if (category === null) return []
    const statements = revisions.flatMap((revision) => statementOf(database, revision))
    return differencesOf(primitives, category, statements, isCheck).map(
      ({ id: difference, kind, field, one, other }): StoredDifference => ({
        id: difference,
        cadre,
        category: id,
        kind,
        field,
        record: one.record,
        digest: one.revision,
        other_record: other?.record ?? null,
        other_digest: other?.revision ?? null,
        at: other !== null && other.at > one.at ? other.at : one.at,
        is_check: isCheck(one.source) || (other !== null && isCheck(other.source)) ? 1 : 0,
      }),
    )
  })
}

function statementOf(database: Database, { record, digest, status, at }: SaidRevision): readonly Statement[] {
  const body = readRevisionBody(database, record, digest)
  // A statement of 本期无变化 speaks of a period, not of a fact.
  if (body === null || body.period !== null) return []
  const { declaration, values, source } = body
  return [{ record, revision: digest, isArchived: status === 'archived', source, at, declaration, values }]
}

/** What a reviewer is to type from the evidence first is in no list that they are shown. */
function isWithheld(session: Session, catalogue: Catalogue, { row, database }: Found): boolean {
  return [row.record, row.other_record].some((record) => {
    const state = record === null ? null : stateOf(session, database, record)
    return state !== null && withheldFields(session, catalogue, database, state).size > 0
  })
}

export const differenceList: UnlockedHandler<'difference.list'> = async (context, input) => {
  const { session } = context
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const pending = refreshAll(context, catalogue.value)
  const { cadre, category, state, offset, limit } = input
  // Only who reviews too has something to type blind.
  const isReviewer = roleAmong(session.vault, ['reviewer']) !== null
  const most = isReviewer ? mostFiltered : offset + limit
  const but = ownDossier(session)
  const { categories } = sightOf(session)
  const filter = { cadre, category, but, categories, isSettled: state === 'settled' }
  const found: Found[] = []
  let total = 0
  for (const { database, name } of openDatabases(session)) {
    const part = listDifferences(database, filter, most)
    const places = part.rows.map((row) => ({ row, database, compartment: name }))
    const shown = isReviewer ? places.filter((one) => !isWithheld(session, catalogue.value, one)) : places
    // What is withheld is not counted either.
    total += isReviewer ? shown.length : part.total
    found.push(...shown)
  }
  found.sort((a, b) =>
    a.row.at === b.row.at ? (a.row.id < b.row.id ? -1 : 1) : a.row.at < b.row.at ? 1 : -1,
  )
  const page = found.slice(offset, offset + limit)
  if (page.length > 0) {
    const entered = await recordAccess(context, 'record', { what: 'differences', results: page.length })
    if (!entered.ok) return entered
  }
  return ok({ rows: page.map((one) => rowView(session, one)), total, pending })
}

function rowView(session: Session, { row, database, compartment }: Found): DifferenceRow {
  const discipline = session.vault.compartments.get('discipline')?.database
  const cadres = dossiersOf(database, row)
  const settled = settlementOf(database, row.id, cadres)
  const judged = discipline === undefined ? null : judgementOf(discipline, row.id, cadres)
  const isCheck = row.is_check === 1
  const maySettle = roleAmong(session.vault, settlers) !== null
  return {
    difference: row.id,
    kind: row.kind,
    compartment,
    cadre: row.cadre,
    cadreName: findCadre(session, row.cadre)?.name ?? '',
    category: row.category,
    field: row.field,
    one: saidBy(database, session, row.record, row.digest),
    other:
      row.other_record === null || row.other_digest === null
        ? null
        : saidBy(database, session, row.other_record, row.other_digest),
    isCheck,
    settled: settled === null ? null : { ...signed(session, settled), outcome: settled.outcome },
    judged: judged === null ? null : { ...signed(session, judged), fault: judged.fault },
    may: { settle: maySettle, judge: isCheck && maySettle && isCleared(session) },
  }
}

function isCleared(session: Session): boolean {
  return businessCompartments(session).includes('discipline') && sightOf(session).level >= 4
}

function signed(session: Session, said: { member: Id; at: string; words: string }): SignedWord {
  return { name: memberName(session, said.member), at: said.at, words: said.words }
}

function saidBy(database: Database, session: Session, record: Id, revision: Digest): DifferenceRow['one'] {
  const body = readRevisionBody(database, record, revision)
  const state = stateOf(session, database, record)?.revisions.find((one) => one.revision === revision)
  return {
    record,
    revision,
    source: body?.source ?? { kind: 'form', from: '', reference: null },
    status: state?.status ?? 'submitted',
    at: state?.author.at ?? '',
  }
}

/** One that stands, is not about the member themself, and that they may see. Errors: `call/not-found`. */
function findDifference(context: UnlockedContext, id: Id): Result<Found> {
  const { session } = context
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  refreshAll(context, catalogue.value)
  const sight = sightOf(session)
  for (const { database, name } of openDatabases(session)) {
    const row = readDifference(database, id)
    if (row === null || !sight.sees(row.category) || row.cadre === ownDossier(session)) continue
    const found = { row, database, compartment: name }
    if (!isWithheld(session, catalogue.value, found)) return ok(found)
  }
  return err('call/not-found')
}

export const differenceRead: UnlockedHandler<'difference.read'> = async (context, input) => {
  const { session } = context
  const found = findDifference(context, input.difference)
  if (!found.ok) return found
  const { row, database, compartment } = found.value
  const { cadre, category, record } = row
  const level = categoryLevel(session, category, compartment)
  const purpose = purposeOf(session, { cadre, record, level, stated: input.purpose })
  if (!purpose.ok) return purpose
  const cadreName = findCadre(session, cadre)?.name ?? ''
  const subject = { cadre, cadreName, record, category, level, what: 'difference' }
  const entered = await recordAccess(context, 'record', subject, purpose.value)
  if (!entered.ok) return entered
  const one = readRevisionBody(database, record, row.digest)
  const other =
    row.other_record === null || row.other_digest === null
      ? null
      : readRevisionBody(database, row.other_record, row.other_digest)
  if (one === null) return err('commit/body-missing')
  return ok({ one: sideOf(one), other: other === null ? null : sideOf(other) })
}

function sideOf({ declaration, values }: Pick<Statement, 'declaration' | 'values'>) {
  return { declaration, values }
}

export const differenceSettle: UnlockedHandler<'difference.settle'> = (context, input) => {
  const { session } = context
  const found = findDifference(context, input.difference)
  if (!found.ok) return found
  const role = roleAmong(session.vault, settlers)
  if (role === null) return err('call/not-permitted')
  const { row, database, compartment } = found.value
  const { outcome, words } = input
  const body = prepareBody(context.primitives, { outcome, words, ...about(row) })
  const operation = {
    op: 'difference.settle',
    entity: row.id,
    digest: body.digest,
    cadre: signedFor(database, row),
  } as const
  const done = commitAs(session.vault, compartment, role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment })
  return ok(null)
}

/** 漏报 and 瞒报 lie with discipline, wherever the fact lies: what stands in the archive says nothing of it. */
export const differenceJudge: UnlockedHandler<'difference.judge'> = (context, input) => {
  const { session } = context
  const found = findDifference(context, input.difference)
  if (!found.ok) return found
  const role = roleAmong(session.vault, settlers)
  const { row, database } = found.value
  if (role === null || row.is_check !== 1 || !isCleared(session)) return err('call/not-permitted')
  const { fault, words } = input
  const body = prepareBody(context.primitives, { fault, words, ...about(row) })
  const cadre = signedFor(database, row)
  const operation = { op: 'difference.judge', entity: row.id, digest: body.digest, cadre } as const
  const done = commitAs(session.vault, 'discipline', role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: 'discipline' })
  return ok(null)
}

/** The dossier that the first side was entered in: it stays the same when dossiers are merged or taken apart. */
function signedFor(database: Database, row: StoredDifference): Id {
  return dossiersOf(database, row)[0] ?? row.cadre
}

/** What it was about, so that the word can be read without the index. */
function about({ category, kind, field, record, digest, other_record, other_digest }: StoredDifference) {
  const other = other_record === null ? null : { record: other_record, revision: other_digest }
  return { category, kind, field, one: { record, revision: digest }, other }
}
