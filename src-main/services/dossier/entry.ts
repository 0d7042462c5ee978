import { carriedValues } from '../../../src-shared/catalogue/lifting.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import { cadreParts } from '../../../src-shared/catalogue/references.ts'
import type { Category, RecordValues } from '../../../src-shared/catalogue/schema.ts'
import { hasErrors, validateRecord } from '../../../src-shared/catalogue/validate.ts'
import { toBase64 } from '../../../src-shared/kernel/bytes.ts'
import type { ParsedInputOf } from '../../../src-shared/contract/index.ts'
import type { CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { openStatuses, type RecordState } from '../../../src-shared/review/states.ts'
import { originOfRecord } from '../../vault/alias-queries.ts'
import type { Database } from '../../vault/database.ts'
import { readDisclosure } from '../../vault/disclosure-queries.ts'
import type { EvidenceEntry } from '../../vault/evidence-entries.ts'
import { placeOfRevision } from '../../vault/dossier-queries.ts'
import { hasEvidence } from '../../vault/evidence-store.ts'
import { commitAs, heldRoles, openCompartment } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { catalogueInForce, catalogueOf } from '../catalogue/read.ts'
import { BesideReader } from './beside.ts'
import {
  categoryCompartment,
  grantedFor,
  moment,
  today,
  type Session,
  type UnlockedHandler,
} from '../context.ts'
import { attachedValues } from './attached.ts'
import { readRevisionBody } from './bodies.ts'
import { paperFile } from '../paper/papers.ts'
import { openDatabases } from '../review/filters.ts'
import { findCadre, requireCadre } from './dossier.ts'
import { heldEvidence, keepEvidence, type KeptEvidence } from './keep-evidence.ts'
import type { WaitingEvidence } from './uploads.ts'
import { purposeOf } from './purpose.ts'
import type { RevisionPlace } from './session-purposes.ts'
import { findRecord, stateOf } from './roads.ts'
import { categoryLevel, sightOf } from './sight.ts'

export const enteringRoles = ['collector', 'inspector'] as const

export const recordSubmit: UnlockedHandler<'record.submit'> = async (context, input) => {
  const { session } = context
  const catalogue = catalogueInForce(session)
  if (!catalogue.ok) return catalogue
  const category = findCategory(catalogue.value, input.category)
  const compartment = categoryCompartment(session, input.category)
  if (category === null || compartment === null) return err('call/not-found')
  const store = openCompartment(session.vault, compartment)
  if (!store.ok) return store
  const cadre = requireCadre(session, input.cadre)
  if (!cadre.ok) return cadre
  const held = heldRoles(session.vault)
  const role = enteringRoles.find((name) => held.includes(name) && grantedFor(session, name, input.category))
  if (role === undefined) return err('authority/category-not-granted')

  const before = requireFresh(session, input)
  if (!before.ok) return before
  const content = { declaration: input.declaration, values: input.values }
  if (!carriesOn(category, before.value, session, input.values))
    return err('entry/invalid-values', { findings: ['field-retired'] })
  const beside = new BesideReader(session, catalogue.value, today(context))
  const place = { cadre: input.cadre, category, record: input.record }
  const findings = [
    ...validateRecord(category, catalogue.value, content, today(context)),
    ...beside.findings(place, content, catalogue.value),
  ]
  if (hasErrors(findings)) {
    const codes = findings.filter((finding) => finding.severity === 'error').map((finding) => finding.code)
    return err('entry/invalid-values', { findings: codes })
  }
  const strange = strangeCadres(session, category, before.value, input.values)
  if (strange.length > 0) return err('entry/invalid-values', { findings: ['cadre-unknown'] })
  if (category.evidence === 'required' && input.evidence.length === 0) return err('review/no-evidence')
  const collected = await collectEvidence(session, before.value, input.evidence)
  if (!collected.ok) return collected
  const { database } = store.value
  const waiting = collected.value.flatMap((item) => ('path' in item ? [item] : []))
  const there = await heldEvidence(session, session.vault.layout, database, waiting)

  // Evidence took its time: another page may have begun a correction meanwhile.
  const still = requireFresh(session, input)
  if (!still.ok) return still
  const kept = keepEvidence(session.vault.layout, database, waiting, there)
  if (!kept.ok) return kept
  const pieces = piecesInOrder(collected.value, kept.value)
  const values = attachedValues(category, input.values, input.evidence, pieces)
  if (values === null) {
    kept.value.takeBack()
    return err('entry/invalid-values', { findings: ['attachment-unknown'] })
  }
  const evidence = namedOnce(pieces)
  const record = input.record ?? newId(context.primitives)
  const body = prepareBody(context.primitives, {
    catalogueVersion: catalogue.value.version,
    declaration: input.declaration,
    values: values as unknown as CanonicalValue,
    source: input.source,
    reason: input.reason,
    evidence: evidence as unknown as CanonicalValue,
    flags: [],
    ...(input.explanations.length === 0
      ? {}
      : { explanations: input.explanations as unknown as CanonicalValue }),
  })
  const operation = {
    op: 'record.submit',
    entity: record,
    digest: body.digest,
    cadre: enteredIn(database, input),
    category: input.category,
    parent: input.parent,
    settles: input.settles,
    batch: null,
    evidence: evidence.length,
    catalogue: catalogue.value.version,
    ...(input.request === null ? {} : { request: input.request }),
  } as const
  const done = commitAs(session.vault, compartment, role, moment(context), [operation], [body])
  if (!done.ok) {
    kept.value.takeBack()
    return done
  }
  kept.value.settle()
  for (const item of input.evidence) if ('upload' in item) await session.uploads.discard(item.upload)
  context.emit({ type: 'changed', compartment })
  return ok({ record, revision: body.digest })
}

/**
 * The dossier that a revision names: a record stays in the one it was begun in, and what a correction request asked for
 * goes where that was registered, also where these were merged into another since.
 */
function enteredIn(database: Database, { cadre, record, request }: ParsedInputOf<'record.submit'>): Id {
  if (record !== null) return originOfRecord(database, cadre, record) ?? cadre
  return (request === null ? null : readDisclosure(database, request)?.cadre) ?? cadre
}

/** Cadres that the author does not see and that no earlier revision names: nobody points into what they may not read. */
function strangeCadres(
  session: Session,
  category: Category,
  state: RecordState | null,
  values: RecordValues,
): readonly string[] {
  const named = category.fields.flatMap(({ id, kind }) => {
    const value = values[id]
    return kind === 'cadre' && typeof value === 'string' ? [{ id, value }] : []
  })
  const unseen = named.filter(({ value }) => findCadre(session, cadreParts(value).cadre) === null)
  const carried = unseen.length === 0 ? [] : earlierValues(session, state)
  return unseen.filter(({ id, value }) => carried.every((known) => known[id] !== value)).map(({ id }) => id)
}

/** What is not asked for any more is not entered anew: it goes on from an earlier revision, as it stood there. */
function carriesOn(
  category: Category,
  state: RecordState | null,
  session: Session,
  values: RecordValues,
): boolean {
  const retired = Object.entries(carriedValues(category, values))
  if (retired.length === 0) return true
  const earlier = earlierValues(session, state)
  return retired.every(([field, value]) =>
    earlier.some((known) => JSON.stringify(known[field]) === JSON.stringify(value)),
  )
}

/** What the revisions of a record say, as far as their bodies are here. */
function earlierValues(session: Session, state: RecordState | null): readonly RecordValues[] {
  return (state?.revisions ?? []).flatMap(({ revision }) =>
    openDatabases(session).map(
      ({ database }) => readRevisionBody(database, state?.record ?? '', revision)?.values ?? {},
    ),
  )
}

/**
 * A correction starts from the fact as it stands and while no other correction is on its way, and settles nothing but
 * what is in conflict. It stays in its dossier
 * and its category: in another compartment the rules of the road would take it for a new record of the same id.
 * Errors: `call/not-found`, `entry/stale-parent`, `review/category-changed`.
 */
function requireFresh(
  session: Session,
  { record, parent, settles, cadre, category }: ParsedInputOf<'record.submit'>,
): Result<RecordState | null> {
  if (record === null) return parent === null && settles.length === 0 ? ok(null) : err('entry/stale-parent')
  const found = findRecord(session, record)
  if (found === null) return err('call/not-found')
  const { state } = found
  if (state.cadre !== cadre || state.category !== category) return err('review/category-changed')
  if (state.head !== parent) return err('entry/stale-parent')
  if (state.revisions.some((revision) => openStatuses.includes(revision.status)))
    return err('entry/stale-parent')
  const conflicts = state.revisions.filter(({ status }) => status === 'conflict')
  if (!settles.every((one) => conflicts.some(({ revision }) => revision === one)))
    return err('entry/stale-parent')
  return ok(state)
}

type EvidenceInput = readonly ({ readonly upload: string } | { readonly kept: string })[]

/** Uploads that are whole and sealed, and kept evidence, which is that of an earlier revision of the record. */
async function collectEvidence(
  session: Session,
  state: RecordState | null,
  wanted: EvidenceInput,
): Promise<Result<readonly (EvidenceEntry | WaitingEvidence)[]>> {
  const earlier = new Map<string, EvidenceEntry>()
  for (const revision of state?.revisions ?? []) {
    for (const { database } of openDatabases(session)) {
      const body = readRevisionBody(database, state?.record ?? '', revision.revision)
      for (const entry of body?.evidence ?? []) earlier.set(entry.hash, entry)
    }
  }
  for (const item of wanted) {
    const known = 'kept' in item ? earlier.has(item.kept) : session.uploads.isWholeEvidence(item.upload)
    if (!known) return err('vault/evidence-missing')
  }
  const entries: (EvidenceEntry | WaitingEvidence)[] = []
  for (const item of wanted) {
    if ('kept' in item) {
      entries.push(earlier.get(item.kept) as EvidenceEntry)
      continue
    }
    const sealed = await session.uploads.sealEvidence(item.upload)
    if (!sealed.ok) return sealed
    entries.push(sealed.value)
  }
  return ok(entries)
}

/** In the order they were handed in. */
function piecesInOrder(
  collected: readonly (EvidenceEntry | WaitingEvidence)[],
  { entries }: KeptEvidence,
): readonly EvidenceEntry[] {
  const kept = [...entries]
  return collected.map((item) => ('path' in item ? (kept.shift() as EvidenceEntry) : item))
}

/** A file that was handed in twice is named once. */
function namedOnce(pieces: readonly EvidenceEntry[]): readonly EvidenceEntry[] {
  return pieces.filter(({ hash }, place) => pieces.findIndex((one) => one.hash === hash) === place)
}

export const recordWithdraw: UnlockedHandler<'record.withdraw'> = (context, input) => {
  const { session } = context
  const found = findRecord(session, input.record)
  if (found === null) return err('call/not-found')
  const held = heldRoles(session.vault)
  const role = enteringRoles.find((name) => held.includes(name))
  if (role === undefined) return err('call/not-permitted')
  const body = prepareBody(context.primitives, { reason: input.reason })
  const operation = {
    op: 'record.withdraw',
    entity: newId(context.primitives),
    digest: body.digest,
    rows: [{ record: input.record, revision: input.revision }],
  } as const
  const done = commitAs(session.vault, found.compartment, role, moment(context), [operation], [body])
  if (!done.ok) return done
  context.emit({ type: 'changed', compartment: found.compartment })
  return ok(null)
}

export const uploadBegin: UnlockedHandler<'upload.begin'> = async ({ session }, input) => {
  const begun = await session.uploads.begin(input.purpose, input.name, input.size)
  return begun.ok ? ok({ upload: begun.value }) : begun
}

export const uploadAppend: UnlockedHandler<'upload.append'> = async ({ session }, input) => {
  const received = await session.uploads.append(input.upload, input.offset, input.bytes)
  return received.ok ? ok({ received: received.value }) : received
}

export const uploadDiscard: UnlockedHandler<'upload.discard'> = async ({ session }, input) => {
  await session.uploads.discard(input.upload)
  return ok(null)
}

export const evidenceRead: UnlockedHandler<'evidence.read'> = async (context, input) => {
  const { session } = context
  const found = evidenceOf(session, input.revision, input.hash)
  if (found === null) return err('call/not-found')
  if (!hasEvidence(session.vault.layout, input.hash))
    return err('vault/evidence-missing', { hash: input.hash })
  const { entry, place, level } = found
  const { cadre, record, category } = place
  const purpose = purposeOf(session, { cadre, record, level, stated: input.purpose })
  if (!purpose.ok) return purpose
  // Once for each file and session, wherever the reading begins.
  if (!session.seenEvidence.has(input.hash)) {
    const cadreName = findCadre(session, cadre)?.name ?? ''
    const subject = { cadre, cadreName, record, category, level, evidence: input.hash }
    const entered = await recordAccess(context, 'evidence', subject, purpose.value)
    if (!entered.ok) return entered
    session.seenEvidence.add(input.hash)
  }
  try {
    const bytes = await session.evidence.read(entry, input.offset, input.length)
    if (bytes === null) return err('log/evidence', { hash: input.hash })
    return ok({ bytes: toBase64(bytes), size: entry.size, mediaType: entry.mediaType, name: entry.name })
  } catch {
    return err('log/evidence', { hash: input.hash })
  }
}

interface FoundEvidence {
  readonly entry: EvidenceEntry
  readonly place: RevisionPlace
  readonly level: number
}

/** The same of a signed paper beside the revision. */
function ofPaper(
  session: Session,
  database: Database,
  record: string,
  revision: string,
  hash: string,
): EvidenceEntry | null {
  const catalogue = catalogueOf(session)
  const state = stateOf(session, database, record)
  return state === null || !catalogue.ok
    ? null
    : paperFile(session, catalogue.value, database, state, revision, hash)
}

/** Evidence of a revision that the member may see. */
function evidenceOf(session: Session, revision: string, hash: string): FoundEvidence | null {
  const sight = sightOf(session)
  for (const { name, database } of openDatabases(session)) {
    const { revisions } = session.purposes
    const place = revisions.get(revision) ?? placeOfRevision(database, revision)
    if (place === null) continue
    const body = readRevisionBody(database, place.record, revision)
    const entry =
      body?.evidence.find((one) => one.hash === hash) ??
      ofPaper(session, database, place.record, revision, hash)
    if (entry === null) continue
    if (!sight.sees(place.category)) return null
    revisions.set(revision, place)
    return { entry, place, level: categoryLevel(session, place.category, name) }
  }
  return null
}
