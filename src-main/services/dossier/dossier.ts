import { parseIdentityNumber } from '../../../src-shared/catalogue/identity.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { DossierViewName } from '../../../src-shared/contract/dossier.ts'
import type { CadreLine, RecordFact, RevisionFact } from '../../../src-shared/contract/views.ts'
import { entryPurpose, purposeLevel, type Purpose } from '../../../src-shared/disclosure/purpose.ts'
import { newId, type Digest, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { drawOf } from '../../../src-shared/review/lots.ts'
import { rivalryOf } from '../../../src-shared/review/rivals.ts'
import { hasConflict, headAt } from '../../../src-shared/review/road.ts'
import { openStatuses, type RecordState, type RevisionState } from '../../../src-shared/review/states.ts'
import { homeOf } from '../../vault/alias-queries.ts'
import type { Database } from '../../vault/database.ts'
import {
  cadresByIdentity,
  countByStatus,
  countCadres,
  readCadre,
  recordsOf,
  searchCadres,
  type CadreRow,
} from '../../vault/dossier-queries.ts'
import { commitAs, openCompartment, roleAmong } from '../../vault/vault.ts'
import { recordAccess, recordSearch } from '../access-log.ts'
import { catalogueOf, catalogueOfVersion } from '../catalogue/read.ts'
import {
  businessCompartments,
  handView,
  moment,
  today,
  type Session,
  type UnlockedContext,
  type UnlockedHandler,
} from '../context.ts'
import { openDatabases } from '../review/filters.ts'
import { evidenceLines, readRevisionBody, summaryOf, type RevisionBody, without } from './bodies.ts'
import { dossierAt, mergedDossier } from './merged.ts'
import { purposeOf } from './purpose.ts'
import { withheldFields } from '../review/rekey.ts'
import { stateOf } from './roads.ts'
import { categoryLevel, sightOf, type Sight } from './sight.ts'

export const cadreList: UnlockedHandler<'cadre.list'> = async (context, input) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const after = input.after === null ? null : readCursor(input.after)
  if (after === undefined) return err('call/invalid-input', { path: 'after' })
  const text = input.search.trim().toLowerCase()
  const { database } = archive.value
  const sight = sightOf(session)
  const byIdentity = sight.sees(identityCategory)
  const rows = searchCadres(database, { text, byIdentity, after, limit: input.limit })
  const last = rows.at(-1)
  const next = rows.length === input.limit && last !== undefined ? JSON.stringify([last.name, last.id]) : null
  const total = countCadres(database, text, byIdentity)
  const entered = await recordSearch(context, text, total)
  if (!entered.ok) return entered
  return ok({ items: rows.map((row) => cadreLine(session, row, sight)), total, next })
}

function readCursor(cursor: string): { name: string; id: string } | undefined {
  try {
    const value: unknown = JSON.parse(cursor)
    if (!Array.isArray(value) || typeof value[0] !== 'string' || typeof value[1] !== 'string')
      return undefined
    return { name: value[0], id: value[1] }
  } catch {
    return undefined
  }
}

/** The category that the ID number of a dossier belongs to. */
const identityCategory = 'A1'

function cadreLine(session: Session, row: CadreRow, sight: Sight): CadreLine {
  const identityNumber = sight.sees(identityCategory) ? row.identity_number : null
  let archived = 0
  let waiting = 0
  for (const name of businessCompartments(session)) {
    const database = session.vault.compartments.get(name)?.database
    if (database === undefined) continue
    const counts = countByStatus(database, row.id, sight.categories)
    archived += counts.get('archived') ?? 0
    for (const status of openStatuses) waiting += counts.get(status) ?? 0
  }
  return {
    id: row.id,
    name: row.name,
    identityTail: identityNumber?.slice(-4) ?? null,
    post: row.post,
    incomplete: row.identity_number === null && sight.sees(identityCategory),
    archived,
    waiting,
    updatedAt: row.updated_at,
  }
}

/** The cadre's row; the name is empty where this member cannot open the archive. */
export function findCadre(session: Session, cadre: string): CadreRow | null {
  const archive = session.vault.compartments.get('archive')
  return archive === undefined ? null : readCadre(archive.database, cadre)
}

export const cadreOpen: UnlockedHandler<'cadre.open'> = (context, input) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  let identityNumber: string | null = null
  if (input.identityNumber !== null && input.identityNumber.trim() !== '') {
    const parsed = parseIdentityNumber(input.identityNumber, today(context))
    if (!parsed.ok) return err('entry/invalid-values', { findings: [parsed.fault.code] })
    identityNumber = parsed.value
    const [known] = cadresByIdentity(archive.value.database, identityNumber)
    if (known !== undefined) return err('entry/cadre-exists', { cadre: known.id })
  }
  const role = roleAmong(session.vault, ['collector', 'inspector'])
  if (role === null) return err('call/not-permitted')
  const cadre = newId(context.primitives)
  const body = prepareBody(context.primitives, { name: input.name, identityNumber, post: input.post })
  const operation = { op: 'cadre.open', entity: cadre, digest: body.digest } as const
  const done = commitAs(session.vault, 'archive', role, moment(context), [operation], [body])
  if (!done.ok) return done
  session.purposes.cadres.set(cadre, entryPurpose)
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok({ cadre })
}

interface Looking {
  readonly cadre: Id
  /** Past moments show what was merged then. */
  readonly at: string | null
  readonly view: DossierViewName
  readonly purpose: Purpose | null
}

/** What of a dossier the member sees, after the access entry of looking at it. */
async function enterDossier(context: UnlockedContext, { cadre: asked, at, view, purpose: stated }: Looking) {
  const { session } = context
  const { row, members, merged } = dossierAt(session, asked, at)
  if (row === null) return err('call/not-found')
  const cadre = row.id
  const sight = sightOf(session)
  const identityNumber = sight.sees(identityCategory) ? row.identity_number : null
  const found = openDatabases(session).flatMap(({ name, database }) =>
    recordsOf(database, homeOf(database, cadre))
      .filter(({ category, origin }) => sight.sees(category) && members.has(origin))
      .map(({ record, category, origin }) => ({ record, category, origin, name, database })),
  )
  const levels = found.map(({ category, name }) => categoryLevel(session, category, name))
  const level = Math.max(0, ...levels, ...(identityNumber === null ? [] : [purposeLevel]))
  const purpose = purposeOf(session, { cadre, record: null, level, stated })
  if (!purpose.ok) return purpose
  // The facts as such are what a dossier is, and are not named when they are read.
  const subject = {
    cadre,
    cadreName: row.name,
    ...(level === 0 ? {} : { level }),
    ...(view === 'facts' ? {} : { what: `dossier-${view}` }),
  }
  const entered = await recordAccess(context, 'dossier', subject, purpose.value)
  return entered.ok ? ok({ row, sight, identityNumber, found, merged }) : entered
}

export const cadreRead: UnlockedHandler<'cadre.read'> = async (context, input) => {
  const { session } = context
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const entered = await enterDossier(context, input)
  if (!entered.ok) return entered
  const { row, sight, identityNumber, found, merged } = entered.value
  const records: RecordFact[] = []
  for (const { record, name, database, origin } of found) {
    const state = stateOf(session, database, record)
    if (state === null) continue
    for (const { revision } of state.revisions)
      session.purposes.revisions.set(revision, { record, cadre: state.cadre, category: state.category })
    const fact = recordFact(session, database, catalogue.value, name, state, input.at)
    if (fact !== null) records.push({ ...fact, origin: origin === row.id ? null : origin })
  }
  return ok({
    cadre: cadreLine(session, row, sight),
    at: input.at,
    identityNumber,
    records,
    merged: merged.map((one) => mergedDossier(one, sight)),
  })
}

/** Null for a record that did not exist as a fact at the moment asked for. */
function recordFact(
  session: Session,
  database: Database,
  catalogue: Catalogue,
  compartment: 'archive' | 'discipline',
  state: RecordState,
  at: string | null,
): Omit<RecordFact, 'origin'> | null {
  const head = at === null ? headOf(state) : headAt(state, at)
  if (at !== null && head === null) return null
  const open = at === null ? openRevision(state) : null
  const withheld = withheldFields(session, catalogue, database, state)
  const said = open === null ? null : readRevisionBody(database, state.record, open.revision)
  return {
    record: state.record,
    compartment,
    category: state.category,
    head: head === null ? null : revisionFact(session, database, catalogue, state, head, withheld),
    open:
      open === null
        ? null
        : {
            revision: open.revision,
            status: open.status,
            declaration: said?.declaration ?? 'present',
            summary: withheld.size > 0 ? '' : ownSummary(session, catalogue, state.category, said),
          },
    conflict: at === null && hasConflict(state),
    rivalry: at === null ? rivalryOf(state) : null,
    revisions: state.revisions.length,
  }
}

function headOf(state: RecordState): RevisionState | null {
  return state.revisions.find((revision) => revision.revision === state.head) ?? null
}

/** The newest revision on its way, or a first one that was sent back and waits for its author. */
export function openRevision(state: RecordState): RevisionState | null {
  const newest = state.revisions.at(-1)
  const open = state.revisions.findLast((revision) => openStatuses.includes(revision.status))
  return open ?? (newest?.status === 'returned' ? newest : null)
}

const missingBody: RevisionBody = {
  catalogueVersion: 0,
  declaration: 'present',
  values: {},
  source: { kind: 'document', from: '', reference: null },
  reason: '',
  evidence: [],
  flags: ['body-missing'],
  period: null,
  explanations: [],
}

export function bodyOrMissing(database: Database, record: Id, revision: Digest): RevisionBody {
  return readRevisionBody(database, record, revision) ?? missingBody
}

function revisionFact(
  session: Session,
  database: Database,
  catalogue: Catalogue,
  { record, category }: RecordState,
  revision: RevisionState,
  withheld: ReadonlySet<string>,
): RevisionFact | null {
  if (revision.signed === null) return null
  const body = bodyOrMissing(database, record, revision.revision)
  const drawn = drawOf(revision)
  return {
    revision: revision.revision,
    catalogueVersion: body.catalogueVersion,
    declaration: body.declaration,
    values: without(body.values, withheld),
    summary: withheld.size > 0 ? '' : ownSummary(session, catalogue, category, body),
    source: body.source,
    evidence: evidenceLines(body),
    author: handView(session, revision.author),
    signed: handView(session, revision.signed.hand),
    sampled: drawn === null || drawn.seen ? null : { lot: drawn.lot, size: drawn.size },
    flags: body.flags,
  }
}

/** By the version of the catalogue that the record was entered under. */
function ownSummary(
  session: Session,
  newest: Catalogue,
  category: string,
  body: RevisionBody | null,
): string {
  const own = body === null ? newest : catalogueOfVersion(session, body.catalogueVersion, newest)
  return summaryOf(own, category, body)
}

/** Errors: `entry/cadre-unknown`. */
export function requireCadre(session: Session, cadre: string): Result<CadreRow> {
  const row = findCadre(session, cadre)
  return row === null ? err('entry/cadre-unknown') : ok(row)
}
