import { z } from 'zod'
import { samplingPlanSchema, signers } from '../log/category-rule.ts'
import { maySample } from '../review/sampling.ts'
import { compareDecimals, parseDecimal } from './numbers.ts'
import { isRecordCheck, ownFields, recordCheckProblems, recordCheckSchemas } from './record-check-schema.ts'
import { documentFormats } from './document-number.ts'
import { askedContradictions, askedSchema, cycles, riskClassTable, stageTable } from './asked-schema.ts'
import { columnKinds, fieldKinds, kindContradictions, type FieldKind } from './kinds.ts'
import { mostOpenings, openingContradictions, openingSchema } from './openings.ts'
import {
  categoryDeclarations,
  fieldIdSchema as fieldId,
  longestText,
  mostColumns,
  mostRows,
} from './values.ts'

export type { Declaration, FieldValue, RecordContent, RecordValues } from './values.ts'

/**
 * The shape of a catalogue (采集清单): which categories of facts are kept, with which fields, codes and rules. It is
 * data, because the rules change and units differ; each version is signed into the log, so it holds nothing that
 * canonical JSON cannot: strings, safe integers and booleans.
 */

export type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T

export const catalogueType = 'liandang/catalogue/1'
export const maximumCatalogueBytes = 2 * 1024 * 1024
export const defaultTextLength = 200
export const defaultLongTextLength = 4000

/** The code table that money fields take their currencies from, and categories their owner department. */
export const currencyTable = 'currency'
export const ownerTable = 'owner'
export { cycles, riskClassTable, stageTable }
export { columnKinds, fieldKinds, type FieldKind }

export const severities = ['error', 'warning'] as const
export const verifications = ['single', 'dual', 'dual-rekey'] as const
export const compartments = ['archive', 'discipline'] as const

const label = z.string().min(1).max(60)
const prose = z.string().max(2000)
const tableId = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/)
const categoryId = z.string().regex(/^[A-E]\d{1,2}$/)
const code = z.string().min(1).max(20)
const decimal = z.string().refine((text) => {
  const value = parseDecimal(text)
  return value.ok && value.value === text
}, 'decimal')

const columnSchema = z.strictObject({
  id: fieldId,
  label,
  kind: z.enum(columnKinds),
  required: z.literal(true).exactOptional(),
  table: tableId.exactOptional(),
  unit: z.string().min(1).max(10).exactOptional(),
  maximumLength: z.int().min(1).max(longestText).exactOptional(),
  mayBeFuture: z.literal(true).exactOptional(),
})

const fieldSchema = z.strictObject({
  id: fieldId,
  label,
  kind: z.enum(fieldKinds),
  /** Says which person or thing a record is about, so it may be filled in also where nothing is declared. */
  identifying: z.literal(true).exactOptional(),
  required: z.literal(true).exactOptional(),
  /** No longer asked for; kept so that old records still read, and their values go on with a correction. */
  retired: z.literal(true).exactOptional(),
  /** Re-typed by each reviewer where the category asks for `dual-rekey`. */
  critical: z.literal(true).exactOptional(),
  /** The code table of a `code` field. */
  table: tableId.exactOptional(),
  /** Shown after the value of a `number`; never part of it. */
  unit: z.string().min(1).max(10).exactOptional(),
  guidance: prose.exactOptional(),
  /** Characters of a `text` or `longText`. */
  maximumLength: z.int().min(1).max(longestText).exactOptional(),
  /** Bounds of a `number`, or of `money` in units of its currency. */
  minimum: decimal.exactOptional(),
  maximum: decimal.exactOptional(),
  /** A `date` is refused when it lies after today, unless this says that it may. */
  mayBeFuture: z.literal(true).exactOptional(),
  /** The end of a `period` has to be given. */
  closed: z.literal(true).exactOptional(),
  /** The credit code of an `organisation` has to be given. */
  codeRequired: z.literal(true).exactOptional(),
  /** Blank fields of the category that an `identityNumber` fills in. */
  fills: z
    .strictObject({
      birth: fieldId.exactOptional(),
      sex: fieldId.exactOptional(),
      area: fieldId.exactOptional(),
    })
    .exactOptional(),
  /** What stands side by side in each row of `rows`. */
  columns: z.array(columnSchema).min(1).max(mostColumns).exactOptional(),
  maximumRows: z.int().min(1).max(mostRows).exactOptional(),
  /** Other headings that tables use for this field. */
  synonyms: z.array(label).max(30).exactOptional(),
})

const crossCheckSchema = z.discriminatedUnion('check', [
  /** `from` is not after `to`. */
  z.strictObject({ check: z.literal('order'), from: fieldId, to: fieldId, severity: z.enum(severities) }),
  /** The identity number agrees with the date of birth and the sex (GB 11643, GB/T 2261.1). */
  z.strictObject({
    check: z.literal('identity'),
    identity: fieldId,
    birth: fieldId.exactOptional(),
    sex: fieldId.exactOptional(),
    severity: z.enum(severities),
  }),
  /** quantity × unit value = total, within so many thousandths of the total. */
  z.strictObject({
    check: z.literal('product'),
    quantity: fieldId,
    unitValue: fieldId,
    total: fieldId,
    tolerancePermille: z.int().min(0).max(1000),
    severity: z.enum(severities),
  }),
  /** When `when` holds one of the codes `is`, `needs` is filled in. */
  z.strictObject({
    check: z.literal('requires'),
    when: fieldId,
    is: z.array(code).min(1).max(100),
    needs: fieldId,
    severity: z.enum(severities),
  }),
  ...recordCheckSchemas,
  /** The number of a paper has the form of its kind. A kind that is not listed may have any. */
  z.strictObject({
    check: z.literal('document'),
    number: fieldId,
    kind: fieldId,
    formats: z
      .array(z.strictObject({ is: z.array(code).min(1).max(100), format: z.enum(documentFormats) }))
      .min(1)
      .max(20),
    severity: z.enum(severities),
  }),
])

const categorySchema = z.strictObject({
  id: categoryId,
  name: label,
  /** Nothing new is entered; what was archived stays and can be corrected. */
  retired: z.literal(true).exactOptional(),
  group: z.enum(['A', 'B', 'C', 'D', 'E']),
  compartment: z.enum(compartments),
  /** 1 internal, 2 personal, 3 sensitive personal, 4 discipline secret (its own compartment). */
  level: z.literal([1, 2, 3, 4]),
  verification: z.enum(verifications),
  /** `approver-and-above`: after the approver the level above signs too; a unit without one cannot archive it. */
  signer: z.enum(signers),
  /** Rows of an import may be reviewed by a drawn sample. Only where nothing sensitive could slip through. */
  sampling: samplingPlanSchema.exactOptional(),
  /** A code of the table `owner`: the department that keeps this category up to date. */
  owner: code,
  cycle: z.enum(cycles),
  /** Whom it is asked of and how often, by stage and risk class of the post; without it, of everybody by `cycle`. */
  asked: askedSchema.exactOptional(),
  /** What opens it beside its cycle: a new dossier, a stage, another record, a date. */
  openedBy: z.array(openingSchema).min(1).max(mostOpenings).exactOptional(),
  /** Days within which a change has to be reported. */
  reportWithinDays: z.int().min(1).max(366).exactOptional(),
  evidence: z.enum(['none', 'optional', 'required']),
  /** Nobody in the reporting line of the cadre reviews, settles or signs it. */
  apartFromReportingLine: z.literal(true).exactOptional(),
  /** More than one record a cadre. */
  many: z.boolean(),
  declarations: z.array(z.enum(categoryDeclarations)).min(1).max(3),
  legalBasis: prose,
  guidance: prose,
  /** One line for lists: `{address} {area}㎡`. Words whose fields are all blank are left out. */
  summary: z.string().min(1).max(200),
  fields: z.array(fieldSchema).min(1).max(60),
  crossChecks: z.array(crossCheckSchema).max(60),
})

const codeTableSchema = z.strictObject({
  id: tableId,
  version: z.int().min(1),
  source: z.string().min(1).max(200),
  items: z
    .array(
      z.strictObject({
        code,
        label,
        /** No longer to be chosen; kept so that old records still read. */
        retired: z.literal(true).exactOptional(),
        /** Other words that tables use for this item. */
        synonyms: z.array(label).max(30).exactOptional(),
      }),
    )
    .min(1)
    .max(5000),
})

export const catalogueSchema = z
  .strictObject({
    type: z.literal(catalogueType),
    version: z.int().min(1),
    title: label,
    categories: z.array(categorySchema).min(1).max(100),
    codeTables: z.array(codeTableSchema).max(100),
  })
  .superRefine((catalogue, context) => {
    for (const message of contradictions(catalogue)) context.addIssue({ code: 'custom', message })
  })

export type Field = DeepReadonly<z.infer<typeof fieldSchema>>
export type Column = DeepReadonly<z.infer<typeof columnSchema>>
export type CategoryOpening = DeepReadonly<z.infer<typeof openingSchema>>
export type CrossCheck = DeepReadonly<z.infer<typeof crossCheckSchema>>
export type Category = DeepReadonly<z.infer<typeof categorySchema>>
export type CodeTable = DeepReadonly<z.infer<typeof codeTableSchema>>
export type Catalogue = DeepReadonly<z.infer<typeof catalogueSchema>>

/** The field ids that a summary template names. */
export function summaryFields(template: string): readonly string[] {
  return [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] as string)
}

type Draft = {
  readonly categories: readonly z.infer<typeof categorySchema>[]
  readonly codeTables: readonly z.infer<typeof codeTableSchema>[]
}

/** What is well formed in its parts and yet does not fit together; each entry is a place and a word. */
function contradictions(catalogue: Draft): readonly string[] {
  const tables = new Map(
    catalogue.codeTables.map((table) => [table.id, new Set(table.items.map((item) => item.code))]),
  )
  const found = [
    ...repeated(catalogue.categories.map((category) => category.id)).map((id) => `category ${id}: twice`),
    ...repeated(catalogue.codeTables.map((table) => table.id)).map((id) => `table ${id}: twice`),
  ]
  for (const table of catalogue.codeTables) {
    found.push(
      ...repeated(table.items.map((item) => item.code)).map(
        (item) => `table ${table.id}: code ${item} twice`,
      ),
    )
    // A word that could mean two items would be a guess on import.
    const words = table.items.flatMap((item) => [
      ...new Set([item.code, item.label, ...(item.synonyms ?? [])]),
    ])
    found.push(...repeated(words).map(() => `table ${table.id}: one word for two items`))
  }
  for (const category of catalogue.categories) {
    const unfit = openingContradictions(
      category,
      catalogue.categories,
      (table) => tables.get(table),
      stageTable,
    )
    for (const message of [...categoryContradictions(category, catalogue.categories, tables), ...unfit])
      found.push(`category ${category.id}: ${message}`)
  }
  return found
}

function categoryContradictions(
  category: z.infer<typeof categorySchema>,
  categories: Draft['categories'],
  tables: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const found = repeated(category.fields.map((field) => field.id)).map((id) => `field ${id} twice`)
  const kinds = new Map(category.fields.map((field) => [field.id, field.kind]))
  if (!category.id.startsWith(category.group)) found.push('group')
  if ((category.level === 4) !== (category.compartment === 'discipline')) found.push('level and compartment')
  if (category.sampling !== undefined && !maySample(category)) found.push('sampling')
  if (tables.get(ownerTable)?.has(category.owner) !== true) found.push('owner')
  if (repeated(category.declarations).length > 0) found.push('declarations')
  found.push(...askedContradictions(category.asked, tables))
  if (category.retired !== true && category.fields.every((field) => field.retired === true))
    found.push('no field left')
  for (const id of summaryFields(category.summary)) if (!kinds.has(id)) found.push(`summary names ${id}`)
  for (const field of category.fields) {
    found.push(
      ...kindContradictions(field, category.fields, tables).map((what) => `field ${field.id}: ${what}`),
    )
    const bounded = field.minimum !== undefined || field.maximum !== undefined
    if (bounded && field.kind !== 'number' && field.kind !== 'money') found.push(`field ${field.id}: bounds`)
    if (field.minimum !== undefined && field.maximum !== undefined) {
      if (compareDecimals(field.minimum, field.maximum) > 0) found.push(`field ${field.id}: bounds`)
    }
    if (field.retired === true && (field.required === true || field.critical === true))
      found.push(`field ${field.id}: retired`)
  }
  const retired = new Set(category.fields.filter((field) => field.retired).map((field) => field.id))
  for (const check of category.crossChecks) {
    if (isRecordCheck(check)) {
      for (const word of recordCheckProblems(check, category, categories, tables))
        found.push(`check ${check.check}: ${word}`)
      continue
    }
    for (const [id, kind] of crossCheckFields(check)) {
      if (retired.has(id)) found.push(`check ${check.check}: ${id} is retired`)
      if (!kinds.has(id) || (kind !== null && kinds.get(id) !== kind))
        found.push(`check ${check.check}: ${id}`)
    }
    if (check.check === 'requires') {
      const table = category.fields.find((field) => field.id === check.when)?.table
      const codes = table === undefined ? undefined : tables.get(table)
      for (const item of check.is) if (codes?.has(item) !== true) found.push(`check requires: code ${item}`)
    }
    if (check.check === 'document') {
      const table = category.fields.find((field) => field.id === check.kind)?.table
      const named = check.formats.flatMap(({ is }) => is)
      const isUnknown = named.some((item) => tables.get(table ?? '')?.has(item) !== true)
      if (isUnknown || repeated(named).length > 0) found.push('check document: codes')
    }
  }
  return found
}

/** The fields of its category that a check names, each with the kind it must be of. */
export function crossCheckFields(
  check: DeepReadonly<z.infer<typeof crossCheckSchema>>,
): readonly (readonly [string, FieldKind | null])[] {
  if (isRecordCheck(check)) return ownFields(check).map(([id, kinds]) => [id, onlyKind(kinds)])
  switch (check.check) {
    case 'order':
      return [
        [check.from, 'date'],
        [check.to, 'date'],
      ]
    case 'identity': {
      const fields: [string, FieldKind][] = [[check.identity, 'identityNumber']]
      if (check.birth !== undefined) fields.push([check.birth, 'date'])
      if (check.sex !== undefined) fields.push([check.sex, 'code'])
      return fields
    }
    case 'product':
      return [
        [check.quantity, 'number'],
        [check.unitValue, 'money'],
        [check.total, 'money'],
      ]
    case 'requires':
      return [
        [check.when, 'code'],
        [check.needs, null],
      ]
    case 'document':
      return [
        [check.number, 'documentNumber'],
        [check.kind, 'code'],
      ]
  }
}

function onlyKind(kinds: readonly FieldKind[] | null): FieldKind | null {
  const [first, ...more] = kinds ?? []
  return more.length > 0 ? null : (first ?? null)
}

function repeated(values: readonly string[]): string[] {
  const seen = new Set<string>()
  // Tables of areas have thousands of items.
  return [...new Set(values.filter((value) => seen.size === seen.add(value).size))]
}
