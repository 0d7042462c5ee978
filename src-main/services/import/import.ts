import { readdirSync } from 'node:fs'
import { summarise } from '../../../src-shared/catalogue/validate.ts'
import { askedPart, findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { ImportRow } from '../../../src-shared/contract/import.ts'
import {
  checkProfile,
  importProfileSchema,
  profileTargets,
  type ImportProfile,
} from '../../../src-shared/import/profile.ts'
import { repeatFinder } from '../../../src-shared/import/repeats.ts'
import { mapRow, type TableRow } from '../../../src-shared/import/rows.ts'
import { suggestProfile } from '../../../src-shared/import/suggest.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { readResourceJson, resourcePath } from '../../../src-shared/node/resources.ts'
import { countCadres } from '../../vault/dossier-queries.ts'
import { countQuarantine, readBatches, readQuarantine, settleQuarantine } from '../../vault/desk-tables.ts'
import { openCompartment } from '../../vault/vault.ts'
import { catalogueOf } from '../catalogue/read.ts'
import {
  categoryCompartment,
  memberName,
  moment,
  today,
  type UnlockedContext,
  type UnlockedHandler,
} from '../context.ts'
import { importsOf, sightOf } from '../dossier/sight.ts'
import { CadreMatcher } from './cadre-matcher.ts'
import type { AcceptedRow, ImportSession, RefusedRow } from './sessions.ts'
import { defaultTableOptions, readTable } from './table-reader.ts'

const sampleRows = 20
const progressEvery = 500

export const importProfiles: UnlockedHandler<'import.profiles'> = () => {
  const names = readdirSync(resourcePath('import-profiles')).filter((name) => name.endsWith('.json'))
  const profiles = names.sort().map((name) => ({
    id: name.replace(/\.json$/, ''),
    profile: importProfileSchema.parse(readResourceJson(`import-profiles/${name}`)) as ImportProfile,
  }))
  return ok(profiles)
}

export const importSuggest: UnlockedHandler<'import.suggest'> = async ({ session }, input, signal) => {
  const upload = session.uploads.take(input.upload, 'table')
  if (!upload.ok) return upload
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const table = readTable(upload.value.bytes, defaultTableOptions)
  if (!table.ok) return table
  const sample: (readonly string[])[] = []
  for await (const row of table.value.rows(signal)) {
    if (!row.ok) return row
    sample.push(row.value.cells)
    if (sample.length === sampleRows) break
  }
  const { encoding, delimiter } = table.value
  const sight = sightOf(session)
  const asked = askedPart(catalogue.value)
  const categories = asked.categories.filter((category) => sight.sees(category.id))
  const { profile } = suggestProfile(sample, { ...asked, categories }, { encoding, delimiter })
  return ok({
    encoding,
    columns: sample.reduce((most, cells) => Math.max(most, cells.length), 0),
    sample,
    suggestion: profile,
  })
}

export const importPreview: UnlockedHandler<'import.preview'> = async (context, input, signal) => {
  const { session } = context
  const upload = session.uploads.take(input.upload, 'table')
  if (!upload.ok) return upload
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const profile = requireProfile(context, catalogue.value, input.profile as ImportProfile)
  if (!profile.ok) return profile
  const mapped = await mapTable(context, upload.value, catalogue.value, profile.value, input.job, signal)
  if (!mapped.ok) return mapped
  const { rows, known, ambiguous, session: preview } = mapped.value
  const id = newId(context.primitives)
  session.imports.put(id, preview)
  const categories = new Map<string, number>()
  for (const { draft } of preview.accepted) {
    categories.set(draft.category, (categories.get(draft.category) ?? 0) + 1)
  }
  return ok({
    session: id,
    rows,
    accepted: preview.accepted.length,
    quarantined: preview.refused.length,
    repeats: preview.accepted.filter((row) => row.repeatOf !== null).length,
    declined: preview.accepted.filter((row) => row.draft.declaration === 'declined').length,
    cadres: { known, opened: preview.opened.length, ambiguous },
    byCategory: [...categories].sort().map(([category, count]) => ({ category, rows: count })),
  })
}

/** Every category named must be one of the archive that the member may see. Errors: `import/mapping-incomplete`. */
function requireProfile(
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

interface MappedTable {
  readonly rows: number
  readonly known: number
  readonly ambiguous: number
  readonly session: ImportSession
}

async function mapTable(
  context: UnlockedContext,
  upload: { readonly name: string; readonly bytes: Uint8Array },
  catalogue: Catalogue,
  profile: ImportProfile,
  job: string,
  signal: AbortSignal,
): Promise<Result<MappedTable>> {
  const archive = openCompartment(context.session.vault, 'archive')
  if (!archive.ok) return archive
  const { encoding, delimiter } = profile
  const table = readTable(upload.bytes, { ...defaultTableOptions, encoding, delimiter })
  if (!table.ok) return table
  const matcher = new CadreMatcher(archive.value.database)
  const dossiers = countCadres(archive.value.database, '')
  const firstOf = repeatFinder()
  const accepted: AcceptedRow[] = []
  const refused: RefusedRow[] = []
  const asOf = today(context)
  let rows = 0
  let first = true
  for await (const read of table.value.rows(signal)) {
    if (!read.ok) return read
    const header = first && profile.header
    first = false
    if (header) continue
    rows++
    const repeatOf = firstOf(read.value)
    const outcome = mapOne(profile, catalogue, read.value, repeatOf, matcher, asOf)
    if ('draft' in outcome) accepted.push(outcome)
    else refused.push(outcome)
    if (rows % progressEvery === 0) context.emit({ type: 'progress', job, done: rows, total: 0 })
  }
  if (signal.aborted) return err('call/cancelled')
  const { opened, known, ambiguous } = matcher
  return ok({
    rows,
    known,
    ambiguous,
    session: { file: upload.name, profile, accepted, refused, dossiers, opened },
  })
}

function mapOne(
  profile: ImportProfile,
  catalogue: Catalogue,
  table: TableRow,
  repeatOf: number | null,
  matcher: CadreMatcher,
  asOf: string,
): AcceptedRow | RefusedRow {
  const { row, cells } = table
  const outcome = mapRow(profile, catalogue, cells, row, asOf)
  if (!outcome.ok) return { row, cells, problems: outcome.problems }
  const cadre = matcher.match(outcome.draft.cadreName, outcome.draft.identityNumber)
  if (cadre === null) {
    const column = profile.cadre.nameColumn
    return { row, cells, problems: [{ row, column, field: null, code: 'cadre-ambiguous', params: {} }] }
  }
  return { cells, draft: outcome.draft, cadre, repeatOf }
}

export const importRows: UnlockedHandler<'import.rows'> = ({ session }, input) => {
  const preview = session.imports.get(input.session)
  if (preview === undefined) return err('import/unknown-session')
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const { offset, limit } = input
  if (input.kind === 'quarantined') {
    const rows = preview.refused.slice(offset, offset + limit).map(refusedRow)
    return ok({ rows, total: preview.refused.length })
  }
  const wanted =
    input.kind === 'repeats' ? preview.accepted.filter((row) => row.repeatOf !== null) : preview.accepted
  const rows = wanted.slice(offset, offset + limit).map((row) => acceptedRow(catalogue.value, row))
  return ok({ rows, total: wanted.length })
}

function acceptedRow(catalogue: Catalogue, { cells, draft, repeatOf }: AcceptedRow): ImportRow {
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
    problems: [],
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
