import { longestOrganisation } from './organisation.ts'
import { activeCategories, activeFields } from './read.ts'
import { defaultRows } from './rows.ts'
import {
  currencyTable,
  defaultLongTextLength,
  defaultTextLength,
  type Catalogue,
  type Category,
  type Field,
} from './schema.ts'

/**
 * The data dictionary: what other departments deliver in. As JSON Schema (2020-12) with one definition for each
 * category, and as a table with one row for each field.
 */

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

const partialDate = '^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$'
const decimal = '^-?(0|[1-9]\\d*)(\\.\\d+)?$'

const partOfDate = partialDate.slice(1, -1)
const bracketedCode = '（[0-9A-HJ-NPQRTUWXY]{18}）'

function periodPattern(isClosed: boolean): string {
  return `^${partOfDate}/${isClosed ? partOfDate : `(${partOfDate}|\\.\\.)`}$`
}

/** JSON Schema of the values of every category in force, under `$defs` by the id of the category. */
export function dictionarySchema(catalogue: Catalogue): Json {
  const definitions = activeCategories(catalogue).map((category) => [
    category.id,
    categorySchema(category, catalogue),
  ])
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: catalogue.title,
    $comment: `${catalogue.type} ${catalogue.version}`,
    $defs: Object.fromEntries(definitions) as Json,
  }
}

function categorySchema(category: Category, catalogue: Catalogue): Json {
  return {
    title: category.name,
    description: category.guidance,
    ...objectSchema(activeFields(category), catalogue),
  }
}

function objectSchema(fields: readonly Field[], catalogue: Catalogue): { readonly [name: string]: Json } {
  const properties = fields.map((field) => [
    field.id,
    {
      title: field.label,
      ...(field.guidance === undefined ? {} : { description: field.guidance }),
      ...fieldSchema(field, catalogue),
    },
  ])
  return {
    type: 'object',
    additionalProperties: false,
    required: fields.filter((field) => field.required === true).map(({ id }) => id),
    properties: Object.fromEntries(properties) as Json,
  }
}

function fieldSchema(field: Field, catalogue: Catalogue): { readonly [name: string]: Json } {
  switch (field.kind) {
    case 'text':
      return { type: 'string', minLength: 1, maxLength: field.maximumLength ?? defaultTextLength }
    case 'longText':
      return { type: 'string', minLength: 1, maxLength: field.maximumLength ?? defaultLongTextLength }
    case 'date':
      return { type: 'string', pattern: partialDate }
    case 'number':
      return { type: 'string', pattern: decimal }
    case 'code':
      return {
        oneOf: itemsOf(catalogue, field.table).map(({ code, label }) => ({ const: code, title: label })),
      }
    case 'money':
      return {
        type: 'object',
        additionalProperties: false,
        required: ['amount', 'currency'],
        properties: {
          // In the smallest unit of the currency, such as fen.
          amount: { type: 'integer' },
          currency: { enum: itemsOf(catalogue, currencyTable).map(({ code }) => code) },
        },
      }
    case 'identityNumber':
      return { type: 'string', pattern: '^\\d{17}[\\dX]$' }
    case 'creditCode':
      return { type: 'string', pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' }
    case 'period':
      return { type: 'string', pattern: periodPattern(field.closed === true) }
    case 'area':
      return { type: 'string', pattern: '^\\d{6}$' }
    case 'organisation':
      return {
        type: 'string',
        pattern: `^.{1,${longestOrganisation}}${field.codeRequired === true ? bracketedCode : `(${bracketedCode})?`}$`,
      }
    case 'documentNumber':
      return { type: 'string', pattern: '^[A-Z0-9][A-Z0-9/-]{2,28}[A-Z0-9]$' }
    case 'cadre':
      return { type: 'string', pattern: '^.{2,20}#[0-9a-f]{32}$' }
    case 'attachment':
      return { type: 'string', pattern: '^[0-9a-f]{64}( [0-9a-f]{64}){0,19}$' }
    case 'rows':
      return {
        type: 'array',
        minItems: 1,
        maxItems: field.maximumRows ?? defaultRows,
        items: objectSchema(field.columns ?? [], catalogue),
      }
    case 'personName':
    case 'person':
      return { type: 'string', minLength: 1 }
  }
}

/** One row of the table: the texts of {@link dictionaryColumns}. */
export type DictionaryRow = readonly string[]

/** What the columns hold, for the words of their heads. */
export const dictionaryColumns = [
  'category',
  'name',
  'field',
  'label',
  'kind',
  'required',
  'length',
  'unit',
  'codes',
  'guidance',
] as const

/** One row for each field in force; `words` gives the word for a kind of field and for yes. */
export function dictionaryRows(
  catalogue: Catalogue,
  words: { kind(kind: Field['kind']): string; readonly yes: string },
): readonly DictionaryRow[] {
  return activeCategories(catalogue).flatMap((category) =>
    activeFields(category).map((field) => [
      category.id,
      category.name,
      field.id,
      field.label,
      words.kind(field.kind),
      field.required === true ? words.yes : '',
      field.maximumLength === undefined ? '' : String(field.maximumLength),
      field.unit ?? '',
      partsOf(field, catalogue),
      field.guidance ?? '',
    ]),
  )
}

/** What may stand in a field: the items of its table, or the columns of its rows. A table of areas is named only. */
function partsOf(field: Field, catalogue: Catalogue): string {
  if (field.kind === 'area') return catalogue.codeTables.find(({ id }) => id === field.table)?.source ?? ''
  if (field.columns !== undefined)
    return field.columns
      .map((column) => {
        const items = itemsOf(catalogue, column.table).map(({ code, label }) => `${code} ${label}`)
        return items.length === 0 ? column.label : `${column.label}（${items.join('、')}）`
      })
      .join(' | ')
  return itemsOf(catalogue, field.table)
    .map(({ code, label }) => `${code} ${label}`)
    .join('；')
}

/** CSV (RFC 4180) that spreadsheets open as UTF-8. A cell that would be read as a formula is kept a text. */
export function csvText(rows: readonly DictionaryRow[]): string {
  const cell = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

function itemsOf(catalogue: Catalogue, table: string | undefined) {
  const items = catalogue.codeTables.find(({ id }) => id === table)?.items ?? []
  return items.filter((item) => item.retired !== true)
}
