import { catalogueInForce } from '../catalogue/read.ts'
import { grantedFor, moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import type { CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody, type PreparedBody } from '../../../src-shared/log/header.ts'
import { maximumOperations, type Operation } from '../../../src-shared/log/operations.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import type { RowDraft } from '../../../src-shared/import/rows.ts'
import { insertBatch } from '../../vault/desk-tables.ts'
import { countCadres } from '../../vault/dossier-queries.ts'
import { rememberProfile } from '../../vault/import-tables.ts'
import { commitAs, heldRoles, openCompartment } from '../../vault/vault.ts'
import type { Database } from '../../vault/database.ts'
import type { EvidenceEntry } from '../../vault/evidence-entries.ts'
import type { StoredSource } from '../../vault/source-projection.ts'
import { officeDay } from '../settings/calendar.ts'
import { putAwayImported } from '../sources/put-away.ts'
import { findSource, noteDelivery, type NotedDelivery } from '../sources/sources.ts'
import { homeIn } from '../dossier/homes.ts'
import type { TablePerson } from './cadre-matcher.ts'
import { keepFile, wantsEvidence } from './file-evidence.ts'
import type { ImportSession } from './sessions.ts'

const enteringRoles = ['collector', 'inspector'] as const

/** Rolls the whole import back and carries the reason out of the transaction. */
class Refused extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

/** A correction of an imported row by hand, kept in the body beside the values. */
export interface MendedCells {
  readonly original: readonly string[]
  readonly corrected: readonly string[]
}

/** A row that becomes a record. */
export interface WrittenRow {
  readonly draft: RowDraft
  readonly person: TablePerson
  readonly repeatOf: number | null
  readonly source: string
  readonly file: string
  readonly mended?: MendedCells
  /** The file that the row is from, where it was kept. */
  readonly evidence: EvidenceEntry | null
}

/**
 * Writes rows as records: dossiers to open and one submission a row, in one signed commit (several of one batch beyond
 * 10,000 operations), together with what `also` writes, or nothing at all.
 *
 * Errors: `authority/category-not-granted`, `call/cancelled`, those of a commit.
 */
export function writeRows(
  context: UnlockedContext,
  rows: readonly WrittenRow[],
  batch: Id,
  reason: string,
  job: string,
  signal: AbortSignal,
  also: (database: Database, at: string) => void,
  note: NotedDelivery | null = null,
): Result<{ readonly opened: number }> {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const role = roleOf(context, rows)
  if (role === null) return err('authority/category-not-granted')
  const written = prepare(context, rows, batch, reason)
  if (!written.ok) return written
  if (signal.aborted) return err('call/cancelled')
  const { opened } = written.value
  const operations = [...written.value.operations, ...(note === null ? [] : [note.operation])]
  const bodies = [...written.value.bodies, ...(note === null ? [] : [note.body])]
  const at = moment(context)
  const { database } = archive.value
  try {
    database
      .transaction(() => {
        for (let from = 0; from < operations.length; from += maximumOperations) {
          const to = from + maximumOperations
          const part = commitAs(
            session.vault,
            'archive',
            role,
            at,
            operations.slice(from, to),
            bodies.slice(from, to),
          )
          if (!part.ok) throw new Refused(part.error)
          const done = Math.min(to, operations.length)
          context.emit({ type: 'progress', job, done, total: operations.length })
        }
        also(database, at)
      })
      .immediate()
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.failure }
    throw error
  }
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok({ opened })
}

/** The delivery of a department that a table is. */
interface TableDelivery {
  readonly source: StoredSource
  readonly period: string | null
}

export interface Imported {
  readonly batch: Id
  readonly accepted: number
  readonly quarantined: number
  readonly opened: number
}

/** Writes a mapped table whole: its records, its quarantine, and the mapping under its headings. */
export async function writeTable(
  context: UnlockedContext,
  table: ImportSession,
  reason: string,
  job: string,
  signal: AbortSignal,
  also: (database: Database, imported: Imported) => void = () => undefined,
  delivery: TableDelivery | null = null,
): Promise<Result<Imported>> {
  const { session, primitives } = context
  const { accepted, refused } = table.sorted
  const { file, digest, headings } = table
  // What is delivered is known by the name of its source, whatever the mapping calls it.
  const profile =
    delivery === null ? table.profile : { ...table.profile, source: delivery.source.profile.name }
  const member = session.vault.member.id
  const batch = newId(primitives)
  if (signal.aborted) return err('call/cancelled')
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const said =
    delivery === null ? null : { period: delivery.period, on: officeDay(context), batch, words: '' }
  const note = delivery === null || said === null ? null : noteDelivery(context, delivery.source, said)
  if (note?.ok === false) return note
  const kept = table.kept === null ? null : await keepFile(context, archive.value.database, table.kept)
  if (kept?.ok === false) return kept
  const evidence = kept?.value.entries[0] ?? null
  const rows = accepted.map(({ draft, person, repeatOf }) => ({
    draft,
    person: table.people[person] as TablePerson,
    repeatOf,
    source: profile.source,
    file,
    evidence,
  }))
  const opened = new Set(rows.map(({ person }) => person).filter((one) => one.placement === 'open')).size
  const imported = { batch, accepted: accepted.length, quarantined: refused.length, opened }
  const written = writeRows(
    context,
    rows,
    batch,
    reason,
    job,
    signal,
    (database, at) => {
      const mapping = JSON.stringify(profile)
      const origin = { batch, file, source: profile.source, at, member, profile: mapping, digest, evidence }
      insertBatch(database, { ...origin, accepted: accepted.length }, refused)
      if (headings !== null) {
        rememberProfile(database, { headings, source: profile.source, profile: mapping, member, at })
      }
      // A batch may keep a file that none of its records names yet.
      kept?.value.settle()
      also(database, imported)
    },
    note?.value ?? null,
  )
  if (written.ok) return ok(imported)
  kept?.value.discard()
  return written
}

/** Every row must be of a category that the source delivers. Errors: `call/not-found`, `source/other-category`. */
function deliveryOf(
  session: Session,
  database: Database,
  { sorted }: ImportSession,
  said: { readonly source: Id; readonly period: string | null } | undefined,
): Result<TableDelivery | null> {
  if (said === undefined) return ok(null)
  const source = findSource(session, database, said.source)
  if (source === null) return err('call/not-found')
  const { categories } = source.profile
  const isOther = sorted.accepted.some(({ draft }) => !categories.includes(draft.category))
  return isOther ? err('source/other-category') : ok({ source, period: said.period })
}

export const importCommit: UnlockedHandler<'import.commit'> = async (context, input, signal) => {
  const { session } = context
  const preview = session.imports.get(input.session)
  if (preview === undefined) return err('import/unknown-session')
  if (preview.sorted.accepted.length === 0) return err('import/nothing-to-accept')
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  if (countCadres(archive.value.database, '') !== preview.dossiers) return err('import/unknown-session')
  const { database } = archive.value
  const delivery = deliveryOf(session, database, preview, input.delivery)
  if (!delivery.ok) return delivery
  const { reason, job } = input
  const written = await writeTable(context, preview, reason, job, signal, undefined, delivery.value)
  if (!written.ok) return written
  session.imports.drop(input.session)
  if (delivery.value !== null)
    await putAwayImported(session, database, delivery.value.source.source, preview.digest)
  return written
}

function roleOf({ session }: UnlockedContext, rows: readonly WrittenRow[]): Role | null {
  const held = heldRoles(session.vault)
  const categories = new Set(rows.map((row) => row.draft.category))
  const able = (role: Role) => [...categories].every((category) => grantedFor(session, role, category))
  return enteringRoles.find((role) => held.includes(role) && able(role)) ?? null
}

function prepare(context: UnlockedContext, rows: readonly WrittenRow[], batch: Id, reason: string) {
  const { primitives, session } = context
  const catalogue = catalogueInForce(session)
  if (!catalogue.ok) return catalogue
  const operations: Operation[] = []
  const bodies: PreparedBody[] = []
  const dossiers = new Map<TablePerson, Id>()
  const opening = new Set(rows.map(({ person }) => person).filter((one) => one.placement === 'open'))
  for (const person of opening) {
    const cadre = newId(primitives)
    const { name, identityNumber } = person
    const body = prepareBody(primitives, { name, identityNumber, post: null })
    bodies.push(body)
    operations.push({ op: 'cadre.open', entity: cadre, digest: body.digest })
    dossiers.set(person, cadre)
  }
  for (const row of rows) {
    const { placement } = row.person
    const cadre =
      dossiers.get(row.person) ?? homeIn(context.session.vault, (placement as { readonly known: Id }).known)
    const evidence = wantsEvidence(catalogue.value, row.draft.category) ? row.evidence : null
    const body = prepareBody(primitives, bodyOf(row, evidence, catalogue.value.version, reason))
    bodies.push(body)
    operations.push({
      op: 'record.submit',
      entity: newId(primitives),
      digest: body.digest,
      cadre,
      category: row.draft.category,
      parent: null,
      settles: [],
      batch,
      evidence: evidence === null ? 0 : 1,
      catalogue: catalogue.value.version,
    })
  }
  return ok({ operations, bodies, opened: opening.size })
}

function bodyOf(
  row: WrittenRow,
  evidence: EvidenceEntry | null,
  catalogueVersion: number,
  reason: string,
): Record<string, CanonicalValue> {
  const { draft, person, repeatOf, source, file, mended } = row
  const flags = draft.warnings
    .filter(({ code }) => code === 'cell-formula' || code === 'cell-external')
    .map(({ code, params }) => `${code}:${params?.['columns'] ?? ''}`)
  if (repeatOf !== null) flags.push(`repeat-of:${repeatOf}`)
  if (person.byHand) flags.push('matched-by-hand')
  if (mended !== undefined) flags.push('mended-by-hand')
  return {
    catalogueVersion,
    declaration: draft.declaration,
    values: draft.values as unknown as CanonicalValue,
    source: { kind: 'import', from: source, reference: `${file}#${draft.row}` },
    reason,
    evidence: evidence === null ? [] : [evidence as unknown as CanonicalValue],
    flags,
    ...(mended === undefined ? {} : { mended: mended as unknown as CanonicalValue }),
  }
}
