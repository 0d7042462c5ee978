import { createHash } from 'node:crypto'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { parsePartialDate } from '../../../src-shared/catalogue/dates.ts'
import { headingKey } from '../../../src-shared/import/headings.ts'
import { withMarks } from '../../../src-shared/import/marks.ts'
import { profileWidth, type ImportProfile } from '../../../src-shared/import/profile.ts'
import type { NamedPerson } from '../../../src-shared/import/people.ts'
import { repeatFinder } from '../../../src-shared/import/repeats.ts'
import { mapRow, type RowDraft, type TableRow } from '../../../src-shared/import/rows.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { countCadres } from '../../vault/dossier-queries.ts'
import { openCompartment } from '../../vault/vault.ts'
import { today, type UnlockedContext } from '../context.ts'
import { RowChecker } from './beside-rows.ts'
import { CadreMatcher } from './cadre-matcher.ts'
import { wantsEvidence } from './file-evidence.ts'
import { ImportSession, type MappedRow, type RefusedRow } from './sessions.ts'
import { openSource, type Source } from './source.ts'
import type { TableFile } from './table-file.ts'

const progressEvery = 500

/**
 * Maps and checks every row of a file; nothing is written.
 *
 * Errors: those of the reader, `call/cancelled`.
 */
export async function mapTable(
  context: UnlockedContext,
  file: TableFile,
  catalogue: Catalogue,
  profile: ImportProfile,
  progress: (rows: number) => void,
  signal: AbortSignal,
): Promise<Result<ImportSession>> {
  const archive = openCompartment(context.session.vault, 'archive')
  if (!archive.ok) return archive
  const { encoding, delimiter, sheet = null } = profile
  const source = await openSource(file.bytes, catalogue, { encoding, delimiter, sheet }, signal)
  if (!source.ok) return source
  const { database } = archive.value
  const mapping = new TableMapping(profile, catalogue, new CadreMatcher(database), today(context))
  const dossiers = countCadres(database, '')
  const read = await readRows(source.value, mapping, progress)
  if (!read.ok) return read
  if (signal.aborted) return err('call/cancelled')
  return ok(
    new ImportSession({
      file: file.name,
      digest: createHash('sha256').update(file.bytes).digest('hex'),
      // A form needs no mapping that could be remembered.
      headings: source.value.kind === 'form' ? null : mapping.headings,
      profile,
      rows: mapping.rows,
      people: mapping.matcher.people,
      notices: source.value.notices(),
      dossiers,
      checker: () => new RowChecker(context.session, catalogue, today(context)),
      ...withEvidence(mapping, catalogue, source.value.tellsOfSanctions ? null : file),
    }),
  )
}

/** Records that want evidence have the file itself, if it may be kept and is about one person; else a person enters them. */
function withEvidence(mapping: TableMapping, catalogue: Catalogue, file: TableFile | null) {
  const { mapped, refused, matcher } = mapping
  const wants = (row: MappedRow): boolean => wantsEvidence(catalogue, row.draft.category)
  if (!mapped.some(wants)) return { mapped, refused, kept: null }
  if (file !== null && matcher.people.length === 1) return { mapped, refused, kept: file }
  const without = mapped.filter(wants).map(({ draft: { row }, cells }): RefusedRow => {
    return {
      row,
      cells,
      problems: [{ row, column: null, field: null, code: 'evidence-required', params: {} }],
    }
  })
  const all = [...refused, ...without].sort((a, b) => a.row - b.row)
  return { mapped: mapped.filter((row) => !wants(row)), refused: all, kept: null }
}

async function readRows(
  source: Source,
  mapping: TableMapping,
  progress: (rows: number) => void,
): Promise<Result<null>> {
  try {
    for await (const read of source.rows()) {
      if (!read.ok) return read
      if (mapping.take(read.value, source.kind === 'workbook') && mapping.rows % progressEvery === 0) {
        progress(mapping.rows)
      }
    }
    return ok(null)
  } finally {
    await source.close()
  }
}

class TableMapping {
  readonly matcher: CadreMatcher
  readonly mapped: MappedRow[] = []
  readonly refused: RefusedRow[] = []
  headings: string | null = null
  rows = 0
  readonly #profile: ImportProfile
  readonly #catalogue: Catalogue
  readonly #asOf: string
  readonly #width: number
  readonly #firstOf = repeatFinder()
  #isFirst = true

  constructor(profile: ImportProfile, catalogue: Catalogue, matcher: CadreMatcher, asOf: string) {
    this.#profile = profile
    this.#catalogue = catalogue
    this.matcher = matcher
    this.#asOf = asOf
    this.#width = profileWidth(profile)
  }

  /** Whether the row was one of content. */
  take(table: TableRow, isRagged: boolean): boolean {
    const { header, headerRow } = this.#profile
    const first = this.#isFirst
    this.#isFirst = false
    if (header && (headerRow === undefined ? first : table.row <= headerRow)) {
      if (headerRow === undefined || table.row === headerRow) this.headings = headingKey(table.cells)
      return false
    }
    this.rows += 1
    // A workbook leaves out blank cells at the end of a row; in a text table they are missing.
    const cells = isRagged ? padded(table.cells, this.#width) : table.cells
    this.#map({ ...table, cells })
    return true
  }

  #map(table: TableRow): void {
    const { row, cells, marks = [] } = table
    const repeatOf = this.#firstOf(table)
    const read = readRow(this.#profile, this.#catalogue, table, this.#asOf)
    if (!read.ok) {
      this.refused.push({ row, cells, problems: read.problems, ...(marks.length === 0 ? {} : { marks }) })
      return
    }
    const person = this.matcher.personOf(personOf(this.#profile, cells, read.draft))
    this.mapped.push({ cells, draft: read.draft, person, repeatOf })
  }
}

/** One row to a record, with what the workbook says of its cells. */
export function readRow(profile: ImportProfile, catalogue: Catalogue, table: TableRow, asOf: string) {
  const { row, cells, marks = [] } = table
  return withMarks(profile, row, mapRow(profile, catalogue, cells, row, asOf), marks)
}

export function padded(cells: readonly string[], width: number): readonly string[] {
  return cells.length >= width ? cells : [...cells, ...Array.from({ length: width - cells.length }, () => '')]
}

/** Who a row is about, with what helps to tell namesakes apart: from columns of their own, or from 基本信息. */
export function personOf(profile: ImportProfile, cells: readonly string[], draft: RowDraft): NamedPerson {
  const { birthColumn, unitColumn } = profile.cadre
  const own = draft.category === 'A1' ? draft.values : {}
  const date = parsePartialDate(birthColumn === undefined ? '' : (cells[birthColumn] ?? ''))
  const birth = date.ok ? date.value : (own['birth'] ?? null)
  const unit = (unitColumn === undefined ? '' : (cells[unitColumn] ?? '').trim()) || (own['position'] ?? null)
  return {
    name: draft.cadreName,
    identityNumber: draft.identityNumber,
    birth: typeof birth === 'string' ? birth : null,
    unit: typeof unit === 'string' ? unit : null,
  }
}
