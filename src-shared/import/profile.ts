import { z } from 'zod'
import { codeItem } from '../catalogue/fields.ts'
import { moneyUnits } from '../catalogue/money.ts'
import { findCategory } from '../catalogue/read.ts'
import { currencyTable, type Catalogue, type Category, type DeepReadonly } from '../catalogue/schema.ts'
import { fieldIdSchema } from '../catalogue/values.ts'
import { columnParts, partsOf } from './parts.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/**
 * How the columns of one source's table become records. A profile is remembered, so it is plain canonical JSON.
 * Columns are counted from 0, rows (in problems and drafts) from 1 with a header row included, as spreadsheets do.
 */

export const encodings = ['utf-8', 'gb18030'] as const
export type Encoding = (typeof encodings)[number]

export const delimiters = [',', '\t', ';', '|'] as const
export type Delimiter = (typeof delimiters)[number]

export const maximumImportColumns = 200

const column = z
  .int()
  .min(0)
  .max(maximumImportColumns - 1)
const categoryId = z.string().regex(/^[A-E]\d{1,2}$/)
const code = z.string().min(1).max(20)
const cellText = z.string().min(1).max(200)
const cellTexts = z.array(cellText).max(50)
/** Codes that a category of the source implies: 채무 are debts, so the direction of the loan is 借入. */
const defaults = z.record(fieldIdSchema, code)

const columnMappingSchema = z.strictObject({
  column,
  field: fieldIdSchema,
  /** For code fields: words of the source that are not in the code table. */
  codes: z.record(cellText, code).exactOptional(),
  /** For money fields whose column has another unit than the file. */
  unit: z.enum(moneyUnits).exactOptional(),
  /** For a period or an organisation: which part of it the column holds. */
  part: z.enum(columnParts).exactOptional(),
})

export const importProfileSchema = z.strictObject({
  name: z.string().min(1).max(100),
  /** The department that the table comes from. */
  source: z.string().min(1).max(100),
  encoding: z.enum(encodings),
  /** The first row names the columns. */
  header: z.boolean(),
  /** The row of the headings, from 1; what stands above it is not read. Without it, the first row that is not blank. */
  headerRow: z.int().min(1).max(1000).exactOptional(),
  /** The sheet of a workbook; without it, the first that is not hidden. */
  sheet: z.string().min(1).max(100).exactOptional(),
  delimiter: z.enum(delimiters),
  /** Birth and unit help a person to tell namesakes apart; they decide nothing. */
  cadre: z.strictObject({
    nameColumn: column,
    identityColumn: column.exactOptional(),
    birthColumn: column.exactOptional(),
    unitColumn: column.exactOptional(),
  }),
  category: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), category: categoryId, defaults: defaults.exactOptional() }),
    z.strictObject({
      kind: z.literal('table'),
      column,
      table: z
        .array(z.strictObject({ match: cellText, category: categoryId, defaults: defaults.exactOptional() }))
        .min(1)
        .max(500),
    }),
  ]),
  /** Which column fills which field, per category, because one file's rows go to several. */
  fields: z.record(categoryId, z.array(columnMappingSchema).max(60)),
  money: z.strictObject({ unit: z.enum(moneyUnits), currency: z.string().regex(/^[A-Z]{3}$/) }),
  /** Cells that mean 拒绝申报. */
  declined: cellTexts,
  /** Cells that mean 无此情况. */
  none: cellTexts.exactOptional(),
  /** Cells that mean 未填; an empty cell always does. */
  blank: cellTexts,
})

export type ImportProfile = DeepReadonly<z.infer<typeof importProfileSchema>>
export type ColumnMapping = ImportProfile['fields'][string][number]

/** The categories that rows of this profile can go to, each with the codes it implies. */
export function profileTargets(
  profile: ImportProfile,
): readonly { readonly category: string; readonly defaults: Readonly<Record<string, string>> }[] {
  const targets = profile.category.kind === 'fixed' ? [profile.category] : profile.category.table
  return targets.map((target) => ({ category: target.category, defaults: target.defaults ?? {} }))
}

/**
 * Whether a profile fits a catalogue: every category, field and code it names exists, no field is filled from two
 * columns, and each required field of a category can be filled from a column or from one of its defaults. (Whether
 * it is filled in a row, the row's own check says.)
 *
 * Error: `import/mapping-incomplete` {missing, unknown}, lists of `C2.address`, `C9`, `C6.direction=07`, `KRW`.
 */
export function checkProfile(profile: ImportProfile, catalogue: Catalogue): Result<ImportProfile> {
  const unknown: string[] = []
  const missing: string[] = []
  if (codeItem(catalogue, currencyTable, profile.money.currency) === null)
    unknown.push(profile.money.currency)
  const targets = profileTargets(profile)
  for (const id of new Set([...targets.map((target) => target.category), ...Object.keys(profile.fields)])) {
    const category = findCategory(catalogue, id)
    if (category === null) {
      unknown.push(id)
      continue
    }
    const mappings = profile.fields[id] ?? []
    unknown.push(...unknownMappings(category, catalogue, mappings))
    const implied = targets.filter((target) => target.category === id).map((target) => target.defaults)
    for (const codes of implied) unknown.push(...unknownDefaults(category, catalogue, codes))
    for (const field of category.fields) {
      const filled =
        mappings.some((mapping) => mapping.field === field.id) ||
        implied.some((codes) => Object.hasOwn(codes, field.id))
      if (field.required === true && !filled) missing.push(`${id}.${field.id}`)
    }
  }
  if (unknown.length === 0 && missing.length === 0) return ok(profile)
  return err('import/mapping-incomplete', { missing, unknown: [...new Set(unknown)] })
}

function unknownMappings(
  category: Category,
  catalogue: Catalogue,
  mappings: readonly ColumnMapping[],
): readonly string[] {
  const unknown: string[] = []
  const seen = new Set<string>()
  for (const mapping of mappings) {
    const place = `${category.id}.${mapping.field}`
    const field = category.fields.find((candidate) => candidate.id === mapping.field)
    // The parts of one value come from columns of their own, and the whole from one.
    const slot = `${mapping.field}/${mapping.part ?? ''}`
    const isTwice =
      seen.has(slot) || (mapping.part === undefined ? seen.has(mapping.field) : seen.has(`${mapping.field}/`))
    if (field === undefined || isTwice) unknown.push(place)
    seen.add(slot).add(mapping.field)
    if (field !== undefined && mapping.part !== undefined && !partsOf(field.kind).includes(mapping.part))
      unknown.push(place)
    for (const item of Object.values(mapping.codes ?? {})) {
      if (field?.kind !== 'code' || codeItem(catalogue, field.table, item) === null)
        unknown.push(`${place}=${item}`)
    }
    if (mapping.unit !== undefined && field?.kind !== 'money') unknown.push(place)
  }
  return unknown
}

function unknownDefaults(
  category: Category,
  catalogue: Catalogue,
  codes: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(codes)
    .filter(([id, item]) => {
      const field = category.fields.find((candidate) => candidate.id === id)
      return field?.kind !== 'code' || codeItem(catalogue, field.table, item) === null
    })
    .map(([id, item]) => `${category.id}.${id}=${item}`)
}

/** One more than the last column that the profile reads. */
export function profileWidth(profile: ImportProfile): number {
  const { nameColumn, identityColumn = 0, birthColumn = 0, unitColumn = 0 } = profile.cadre
  const used = [nameColumn, identityColumn, birthColumn, unitColumn]
  if (profile.category.kind === 'table') used.push(profile.category.column)
  for (const mappings of Object.values(profile.fields))
    used.push(...mappings.map((mapping) => mapping.column))
  return Math.max(...used) + 1
}
