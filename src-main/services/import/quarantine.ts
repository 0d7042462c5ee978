import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { ImportProblem, MendedRow } from '../../../src-shared/contract/import.ts'
import { importProfileSchema, profileWidth, type ImportProfile } from '../../../src-shared/import/profile.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import type { Database } from '../../vault/database.ts'
import { countQuarantine, insertBatch, readQuarantine, settleQuarantine } from '../../vault/desk-tables.ts'
import { readCadre } from '../../vault/dossier-queries.ts'
import { mendQuarantine, readMendable, settleInBatch, type MendableRow } from '../../vault/import-tables.ts'
import { openCompartment } from '../../vault/vault.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { moment, today, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { importsOf } from '../dossier/sight.ts'
import { besideProblems } from '../../../src-shared/import/beside.ts'
import { RowChecker } from './beside-rows.ts'
import { CadreMatcher, type TablePerson } from './cadre-matcher.ts'
import { writeRows, type WrittenRow } from './commit.ts'
import { wantsEvidence } from './file-evidence.ts'
import { padded, personOf, readRow } from './map-table.ts'

export const quarantineList: UnlockedHandler<'quarantine.list'> = ({ session }, input) => {
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const whose = importsOf(session)
  const rows = readQuarantine(archive.value.database, whose, input.after, input.limit)
  const next = rows.length === input.limit ? (rows.at(-1)?.id ?? null) : null
  return ok({ rows, total: countQuarantine(archive.value.database, whose), next })
}

export const quarantineSettle: UnlockedHandler<'quarantine.settle'> = (context, input) => {
  const archive = openCompartment(context.session.vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  settleQuarantine(database, input.ids, moment(context), context.session.vault.member.id, input.words)
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok(null)
}

interface Mending {
  readonly database: Database
  readonly catalogue: Catalogue
}

function mending(context: UnlockedContext): Result<Mending> {
  const archive = openCompartment(context.session.vault, 'archive')
  if (!archive.ok) return archive
  const catalogue = catalogueOf(context.session)
  return catalogue.ok ? ok({ database: archive.value.database, catalogue: catalogue.value }) : catalogue
}

/** What a row of quarantine is now: what is wrong with it still, and whose it may be. */
interface Tried {
  readonly stored: MendableRow
  readonly profile: ImportProfile
  readonly cells: readonly string[]
  readonly problems: readonly ImportProblem[]
  readonly person: TablePerson | null
  /** Ready to be written. */
  readonly row: WrittenRow | null
}

function checkerOf(context: UnlockedContext, { catalogue }: Mending): RowChecker {
  return new RowChecker(context.session, catalogue, today(context))
}

function tryRow(
  context: UnlockedContext,
  { catalogue }: Mending,
  stored: MendableRow,
  matcher: CadreMatcher,
  checker: RowChecker,
): Tried | null {
  const profile = profileOf(stored)
  if (profile === null) return null
  const cells = padded(stored.mended ?? stored.cells, profileWidth(profile))
  // A cell that was corrected says what a person wrote, whatever the workbook said of it.
  const marks = stored.marks.filter(({ column }) => (stored.cells[column] ?? '') === (cells[column] ?? ''))
  const read = readRow(profile, catalogue, { row: stored.row, cells, marks }, today(context))
  if (!read.ok) return { stored, profile, cells, problems: read.problems, person: null, row: null }
  const isProven = stored.evidence !== null || !wantsEvidence(catalogue, read.draft.category)
  if (!isProven) {
    const problem = { row: stored.row, column: null, field: null, code: 'evidence-required', params: {} }
    return { stored, profile, cells, problems: [problem], person: null, row: null }
  }
  const person = matcher.people[matcher.personOf(personOf(profile, cells, read.draft))] as TablePerson
  if (stored.cadre !== null) {
    const placement = stored.cadre === 'open' ? 'open' : { known: stored.cadre }
    // Rows of one person that were decided differently stay with their own decisions.
    const decided: TablePerson =
      person.byHand && JSON.stringify(person.placement) !== JSON.stringify(placement)
        ? { ...person, placement }
        : Object.assign(person, { placement, byHand: true })
    const wrong = besideProblems(stored.row, checker.check(read.draft, stored.cadre, placement))
    if (wrong.length > 0) return { stored, profile, cells, problems: wrong, person: decided, row: null }
    return {
      stored,
      profile,
      cells,
      problems: [],
      person: decided,
      row: written(stored, cells, decided, read.draft),
    }
  }
  if (person.placement === null) {
    const code = person.candidates.length > 0 ? 'cadre-undecided' : 'cadre-ambiguous'
    const problem = { row: stored.row, column: profile.cadre.nameColumn, field: null, code, params: {} }
    return { stored, profile, cells, problems: [problem], person, row: null }
  }
  const found = checker.check(read.draft, person.identityNumber ?? person.name, person.placement)
  const wrong = besideProblems(stored.row, found)
  if (wrong.length > 0) return { stored, profile, cells, problems: wrong, person, row: null }
  return { stored, profile, cells, problems: [], person, row: written(stored, cells, person, read.draft) }
}

function written(
  stored: MendableRow,
  cells: readonly string[],
  person: TablePerson,
  draft: WrittenRow['draft'],
): WrittenRow {
  const { source, file, evidence } = stored
  const row = { draft, person, repeatOf: null, source, file, evidence }
  return stored.mended === null ? row : { ...row, mended: { original: stored.cells, corrected: cells } }
}

/** Null for rows that an earlier version put there, which kept no mapping. */
function profileOf(stored: MendableRow): ImportProfile | null {
  if (stored.profile === null) return null
  const parsed = importProfileSchema.safeParse(JSON.parse(stored.profile))
  return parsed.success ? (parsed.data as ImportProfile) : null
}

function mendedView(tried: Tried, stored: MendableRow): MendedRow {
  const { profile, person, problems } = tried
  const columns = profile.fields
  return {
    id: stored.id,
    file: stored.file,
    row: stored.row,
    original: padded(stored.cells, profileWidth(profile)),
    cells: tried.cells,
    problems,
    person:
      person === null
        ? null
        : {
            name: person.name,
            birth: person.birth,
            unit: person.unit,
            candidates: person.candidates,
            placement: placementView(person.placement),
          },
    columns: columnUses(columns),
    nameColumn: profile.cadre.nameColumn,
    identityColumn: profile.cadre.identityColumn ?? null,
    categoryColumn: profile.category.kind === 'table' ? profile.category.column : null,
    ready: tried.row !== null,
  }
}

export function placementView(placement: TablePerson['placement']): Id | 'open' | null {
  return placement === null || placement === 'open' ? placement : placement.known
}

function columnUses(fields: ImportProfile['fields']): MendedRow['columns'] {
  return Object.entries(fields).flatMap(([category, mappings]) =>
    mappings.map(({ column, field }) => ({ column, category, field })),
  )
}

export const quarantineRead: UnlockedHandler<'quarantine.read'> = (context, input) => {
  const ready = mending(context)
  if (!ready.ok) return ready
  const { database } = ready.value
  const stored = readMendable(database, input.id, importsOf(context.session))
  if (stored === null) return err('call/not-found')
  const tried = tryRow(
    context,
    ready.value,
    stored,
    new CadreMatcher(database),
    checkerOf(context, ready.value),
  )
  return tried === null ? err('import/unknown-session') : ok(mendedView(tried, stored))
}

/** Keeps what a person corrected beside the original, and says what is still wrong. */
export const quarantineMend: UnlockedHandler<'quarantine.mend'> = (context, input) => {
  const ready = mending(context)
  if (!ready.ok) return ready
  const { database } = ready.value
  const before = readMendable(database, input.id, importsOf(context.session))
  if (before === null) return err('call/not-found')
  const { cadre } = input
  if (cadre !== null && cadre !== 'open' && readCadre(database, cadre) === null) return err('call/not-found')
  const isChanged =
    input.cells.length !== before.cells.length ||
    input.cells.some((cell, index) => cell !== before.cells[index])
  const stored = { ...before, mended: isChanged ? input.cells : null, cadre }
  const tried = tryRow(
    context,
    ready.value,
    stored,
    new CadreMatcher(database),
    checkerOf(context, ready.value),
  )
  if (tried === null) return err('import/unknown-session')
  mendQuarantine(database, input.id, stored.mended, cadre, tried.problems)
  context.emit({ type: 'changed', compartment: 'archive' })
  return ok(mendedView(tried, stored))
}

/** Maps rows again, as corrected and with the dossiers there are now; those that pass are one signed commit. */
export const quarantineRetry: UnlockedHandler<'quarantine.retry'> = (context, input, signal) => {
  const ready = mending(context)
  if (!ready.ok) return ready
  const { database } = ready.value
  const whose = importsOf(context.session)
  const matcher = new CadreMatcher(database)
  const checker = checkerOf(context, ready.value)
  const done: Tried[] = []
  const still: Tried[] = []
  for (const id of input.ids) {
    const stored = readMendable(database, id, whose)
    const tried = stored === null ? null : tryRow(context, ready.value, stored, matcher, checker)
    if (tried !== null) (tried.row === null ? still : done).push(tried)
  }
  const keepProblems = () => {
    for (const { stored, problems } of still)
      mendQuarantine(database, stored.id, stored.mended, stored.cadre, problems)
  }
  if (done.length === 0) {
    keepProblems()
    return err('import/nothing-to-accept')
  }
  const batch = newId(context.primitives)
  const rows = done.flatMap((tried) => (tried.row === null ? [] : [tried.row]))
  const [first] = done as [Tried, ...Tried[]]
  const member = context.session.vault.member.id
  const result = writeRows(context, rows, batch, input.reason, input.job, signal, (open, at) => {
    const files = new Set(done.map(({ stored }) => stored.file))
    const file = files.size === 1 ? first.stored.file : `${first.stored.file} +${files.size - 1}`
    const { source, profile } = first.stored
    const origin = { batch, file, source, at, member, profile: profile ?? '', digest: null, evidence: null }
    insertBatch(open, { ...origin, accepted: rows.length }, [])
    settleInBatch(
      open,
      done.map(({ stored }) => stored.id),
      batch,
      at,
      member,
    )
    keepProblems()
  })
  if (!result.ok) return result
  return ok({ batch, accepted: rows.length, remaining: still.length, opened: result.value.opened })
}
