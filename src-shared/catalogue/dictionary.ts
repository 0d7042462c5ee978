import { longestOrganisation } from './organisation.ts'
import { valueExample } from './examples.ts'
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
 * category; as a workbook in dictionary-sheets.ts.
 */

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

const dialect = 'https://json-schema.org/draft/2020-12/schema'
const partialDate = '^\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?$'
const decimal = '^-?(0|[1-9]\\d*)(\\.\\d+)?$'

const partOfDate = partialDate.slice(1, -1)
const bracketedCode = '（[0-9A-HJ-NPQRTUWXY]{18}）'

function periodPattern(isClosed: boolean): string {
  return `^${partOfDate}/${isClosed ? partOfDate : `(${partOfDate}|\\.\\.)`}$`
}

/** By what the schema of one category is named and found, in whatever document it stands. */
export function categorySchemaId(catalogue: Catalogue, category: string): string {
  return `urn:liandang:catalogue:${catalogue.version}:${category}`
}

/**
 * JSON Schema of the values of every category in force, under `$defs` by the id of the category; each is a schema of its
 * own with an `$id`. What only arithmetic can tell (check characters, bounds, dates that exist) it does not say.
 */
export function dictionarySchema(catalogue: Catalogue): Json {
  const definitions = activeCategories(catalogue).map((category) => [
    category.id,
    categorySchema(category, catalogue),
  ])
  return {
    $schema: dialect,
    title: catalogue.title,
    $comment: `${catalogue.type} ${catalogue.version}`,
    $defs: Object.fromEntries(definitions) as Json,
  }
}

function categorySchema(category: Category, catalogue: Catalogue): Json {
  return {
    $id: categorySchemaId(catalogue, category.id),
    $schema: dialect,
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
      ...exampleOf(field, catalogue),
    },
  ])
  return {
    type: 'object',
    additionalProperties: false,
    required: fields.filter((field) => field.required === true).map(({ id }) => id),
    properties: Object.fromEntries(properties) as Json,
  }
}

function exampleOf(field: Field, catalogue: Catalogue): { readonly [name: string]: Json } {
  const value = valueExample(field, catalogue)
  return value === null ? {} : { examples: [value as Json] }
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

function itemsOf(catalogue: Catalogue, table: string | undefined) {
  const items = catalogue.codeTables.find(({ id }) => id === table)?.items ?? []
  return items.filter((item) => item.retired !== true)
}
