import { readdirSync } from 'node:fs'
import { askedPart, findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { summarise } from '../../../src-shared/catalogue/validate.ts'
import type {
  ImportPreview,
  ImportRow,
  KnownProfile,
  SuggestedTable,
} from '../../../src-shared/contract/import.ts'
import { findHeader, headingKey } from '../../../src-shared/import/headings.ts'
import {
  checkProfile,
  importProfileSchema,
  profileTargets,
  type ImportProfile,
} from '../../../src-shared/import/profile.ts'
import type { TableRow } from '../../../src-shared/import/rows.ts'
import { suggestProfile } from '../../../src-shared/import/suggest.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { readResourceJson, resourcePath } from '../../../src-shared/node/resources.ts'
import { readBatches } from '../../vault/desk-tables.ts'
import { readCadre } from '../../vault/dossier-queries.ts'
import { batchOfDigest, forgetProfile, profileOfHeadings, readProfiles } from '../../vault/import-tables.ts'
import { openCompartment } from '../../vault/vault.ts'
import { catalogueOf } from '../catalogue/read.ts'
import {
  categoryCompartment,
  memberName,
  type Session,
  type UnlockedContext,
  type UnlockedHandler,
} from '../context.ts'
import { importsOf, sightOf } from '../dossier/sight.ts'
import type { TablePerson } from './cadre-matcher.ts'
import { mapTable } from './map-table.ts'
import { placementView } from './quarantine.ts'
import type { ImportSession, MappedRow, RefusedRow } from './sessions.ts'
import { openSource, type Source } from './source.ts'

const firstRows = 30

export const importProfiles: UnlockedHandler<'import.profiles'> = ({ session }) => {
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const names = readdirSync(resourcePath('import-profiles')).filter((name) => name.endsWith('.json'))
  const supplied: readonly KnownProfile[] = names.sort().map((name) => ({
    id: name.replace(/\.json$/, ''),
    profile: importProfileSchema.parse(readResourceJson(`import-profiles/${name}`)) as ImportProfile,
    remembered: null,
  }))
  const remembered = readProfiles(archive.value.database).flatMap((stored): readonly KnownProfile[] => {
    const profile = visibleProfile(session, stored.profile)
    return profile === null ? [] : [{ id: String(stored.id), profile, remembered: { at: stored.at } }]
  })
  return ok([...supplied, ...remembered])
}

/** A remembered mapping, unless it is of categories that the member does not see, or of another form. */
function visibleProfile(session: Session, stored: string): ImportProfile | null {
  const parsed = importProfileSchema.safeParse(JSON.parse(stored))
  if (!parsed.success) return null
  const sight = sightOf(session)
  const profile = parsed.data as ImportProfile
  return profileTargets(profile).every((target) => sight.sees(target.category)) ? profile : null
}

export const importForget: UnlockedHandler<'import.forget'> = ({ session }, input) => {
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const stored = readProfiles(database).find(({ id }) => id === input.id)
  // What one does not see is not there, and not one's own to drop.
  if (stored === undefined || visibleProfile(session, stored.profile) === null) return err('call/not-found')
  forgetProfile(database, input.id)
  return ok(null)
}

export const importSuggest: UnlockedHandler<'import.suggest'> = async ({ session }, input, signal) => {
  const upload = session.uploads.take(input.upload, 'table')
  if (!upload.ok) return upload
  return await suggestTable(session, upload.value.bytes, input, signal)
}

/** What a file is, and how its rows would become records. Errors: those of the reader. */
export async function suggestTable(
  session: Session,
  bytes: Uint8Array,
  wanted: { readonly sheet?: string | null | undefined; readonly headerRow?: number | undefined },
  signal: AbortSignal,
): Promise<Result<SuggestedTable>> {
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const { sheet = null } = wanted
  const source = await openSource(
    bytes,
    catalogue.value,
    { encoding: 'auto', delimiter: 'auto', sheet },
    signal,
  )
  if (!source.ok) return source
  const first: TableRow[] = []
  try {
    for await (const row of source.value.rows()) {
      if (!row.ok) return row
      first.push(row.value)
      if (first.length === firstRows) break
    }
  } finally {
    await source.value.close()
  }
  const { kind, encoding, sheets } = source.value
  const base = {
    kind,
    encoding,
    sheets,
    sheet: source.value.sheet,
    notices: source.value.notices(),
    first: first.map(({ row, cells }) => ({ row, cells })),
  }
  return ok({ ...base, ...mappingOf(session, catalogue.value, source.value, first, wanted.headerRow) })
}

function mappingOf(
  session: Session,
  whole: Catalogue,
  source: Source,
  first: readonly TableRow[],
  wanted: number | undefined,
): Pick<SuggestedTable, 'columns' | 'sample' | 'headerRow' | 'suggestion' | 'from'> {
  const sight = sightOf(session)
  const asked = askedPart(whole)
  const catalogue = { ...asked, categories: asked.categories.filter((category) => sight.sees(category.id)) }
  const cells = first.map((row) => row.cells)
  const columns = cells.reduce((most, row) => Math.max(most, row.length), 0)
  if (source.profile !== null) {
    return { columns, sample: cells, headerRow: 1, suggestion: source.profile, from: 'form' }
  }
  const at =
    wanted === undefined ? findHeader(cells, catalogue) : first.findIndex(({ row }) => row === wanted)
  const header = at === null || at < 0 ? null : (first[at] as TableRow)
  const body = header === null ? cells : cells.slice((at as number) + 1)
  const { encoding, delimiter, sheet } = source
  const { profile } = suggestProfile(body, catalogue, {
    header: header?.cells ?? null,
    encoding,
    delimiter,
    sheet,
    ...(header === null ? {} : { headerRow: header.row }),
  })
  const found = {
    columns,
    sample: header === null ? cells : [header.cells, ...body],
    headerRow: header?.row ?? null,
  }
  const before = header === null ? null : rememberedFor(session, header.cells)
  if (before === null) return { ...found, suggestion: profile, from: 'headings' }
  const { headerRow, sheet: named } = profile
  const { headerRow: _row, sheet: _sheet, ...mapping } = before
  const place = {
    ...(headerRow === undefined ? {} : { headerRow }),
    ...(named === undefined ? {} : { sheet: named }),
  }
  return {
    ...found,
    suggestion: { ...mapping, encoding, delimiter, header: true, ...place },
    from: 'remembered',
  }
}

function rememberedFor(session: Session, headings: readonly string[]): ImportProfile | null {
  const key = headingKey(headings)
  const archive = openCompartment(session.vault, 'archive')
  if (key === null || !archive.ok) return null
  const stored = profileOfHeadings(archive.value.database, key)
  return stored === null ? null : visibleProfile(session, stored.profile)
}

export const importPreview: UnlockedHandler<'import.preview'> = async (context, input, signal) => {
  const { session } = context
  const upload = session.uploads.take(input.upload, 'table')
  if (!upload.ok) return upload
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const profile = requireProfile(context, catalogue.value, input.profile as ImportProfile)
  if (!profile.ok) return profile
  const { job } = input
  const progress = (done: number) => context.emit({ type: 'progress', job, done, total: 0 })
  const mapped = await mapTable(context, upload.value, catalogue.value, profile.value, progress, signal)
  if (!mapped.ok) return mapped
  const id = newId(context.primitives)
  session.imports.put(id, mapped.value)
  return ok(previewOf(session, id, mapped.value))
}

function previewOf(session: Session, id: Id, table: ImportSession): ImportPreview {
  const { accepted, refused } = table.sorted
  const categories = new Map<string, number>()
  for (const { draft } of accepted) categories.set(draft.category, (categories.get(draft.category) ?? 0) + 1)
  const placed = (is: (placement: TablePerson['placement']) => boolean) =>
    table.people.filter((person) => is(person.placement))
  const known = placed((placement) => placement !== null && placement !== 'open')
  const archive = openCompartment(session.vault, 'archive')
  return {
    session: id,
    rows: table.rows,
    accepted: accepted.length,
    quarantined: refused.length,
    repeats: accepted.filter((row) => row.repeatOf !== null).length,
    declined: accepted.filter((row) => row.draft.declaration === 'declined').length,
    cadres: {
      known: new Set(known.map((person) => placementView(person.placement))).size,
      opened: placed((placement) => placement === 'open').length,
      ambiguous: placed((placement) => placement === null).length,
    },
    byCategory: [...categories].sort().map(([category, count]) => ({ category, rows: count })),
    notices: table.notices,
    importedBefore: archive.ok ? batchOfDigest(archive.value.database, table.digest) : null,
  }
}

export const importPeople: UnlockedHandler<'import.people'> = ({ session }, input) => {
  const table = session.imports.get(input.session)
  if (table === undefined) return err('import/unknown-session')
  const rows = table.people.map((person, index) => ({ person, index }))
  // Those that come to a decision stay in the list while one works through it.
  const wanted = input.undecided
    ? rows.filter(({ person }) => person.placement === null || person.byHand)
    : rows
  const { offset, limit } = input
  const people = wanted.slice(offset, offset + limit).map(({ person, index }) => ({
    person: index,
    name: person.name,
    birth: person.birth,
    unit: person.unit,
    rows: person.rows,
    candidates: person.candidates,
    placement: placementView(person.placement),
  }))
  return ok({ people, total: wanted.length })
}

export const importDecide: UnlockedHandler<'import.decide'> = ({ session }, input) => {
  const table = session.imports.get(input.session)
  if (table === undefined) return err('import/unknown-session')
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  for (const { person, cadre } of input.decisions) {
    const isDossier = cadre !== null && cadre !== 'open'
    if (table.people[person] === undefined) return err('call/not-found')
    if (isDossier && readCadre(archive.value.database, cadre) === null) return err('call/not-found')
  }
  for (const { person, cadre } of input.decisions) {
    table.decide(person, cadre === null || cadre === 'open' ? cadre : { known: cadre })
  }
  return ok(previewOf(session, input.session, table))
}

/** Every category named must be one of the archive that the member may see. Errors: `import/mapping-incomplete`. */
export function requireProfile(
  context: UnlockedContext,
  catalogue: Catalogue,
  profile: ImportProfile,
): Result<ImportProfile> {
  const sight = sightOf(context.session)
  const elsewhere = profileTargets(profile)
    .map((target) => target.category)
    .filter(
      (category) => categoryCompartment(context.session, category) === 'discipline' || !sight.sees(category),
    )
  if (elsewhere.length > 0) return err('import/mapping-incomplete', { missing: [], unknown: elsewhere })
  return checkProfile(profile, askedPart(catalogue))
}

export const importRows: UnlockedHandler<'import.rows'> = ({ session }, input) => {
  const preview = session.imports.get(input.session)
  if (preview === undefined) return err('import/unknown-session')
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const { offset, limit } = input
  if (input.kind === 'quarantined') {
    const rows = preview.sorted.refused.slice(offset, offset + limit).map(refusedRow)
    return ok({ rows, total: preview.sorted.refused.length })
  }
  const wanted =
    input.kind === 'repeats'
      ? preview.sorted.accepted.filter((row) => row.repeatOf !== null)
      : preview.sorted.accepted
  const rows = wanted.slice(offset, offset + limit).map((row) => acceptedRow(catalogue.value, row))
  return ok({ rows, total: wanted.length })
}

function acceptedRow(catalogue: Catalogue, { cells, draft, repeatOf }: MappedRow): ImportRow {
  const category = findCategory(catalogue, draft.category)
  return {
    row: draft.row,
    cells,
    cadreName: draft.cadreName,
    category: draft.category,
    declaration: draft.declaration,
    values: draft.values,
    summary: category === null ? '' : summarise(category, catalogue, draft.values),
    repeatOf,
    problems: draft.warnings.map(({ code, params = {}, field = null }) => {
      return { row: draft.row, column: null, field, code, params }
    }),
  }
}

function refusedRow({ row, cells, problems }: RefusedRow): ImportRow {
  return {
    row,
    cells,
    cadreName: '',
    category: null,
    declaration: null,
    values: null,
    summary: '',
    repeatOf: null,
    problems,
  }
}

export const importBatches: UnlockedHandler<'import.batches'> = ({ session }) => {
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const nameOf = (member: Id) => memberName(session, member)
  return ok(readBatches(archive.value.database, nameOf, importsOf(session)))
}
