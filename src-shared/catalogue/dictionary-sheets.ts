import { importableFields } from '../import/parts.ts'
import { cellExample } from './examples.ts'
import { activeCategories, activeFields } from './read.ts'
import { defaultRows } from './rows.ts'
import {
  defaultLongTextLength,
  defaultTextLength,
  ownerTable,
  type Catalogue,
  type Category,
  type Field,
  type FieldKind,
} from './schema.ts'

/** One sheet of the dictionary: texts alone. */
export interface DictionarySheet {
  readonly title: string
  readonly columns: readonly { readonly title: string; readonly width: number }[]
  readonly rows: readonly (readonly string[])[]
}

/** Words of the dictionary, which goes to other departments. */
export interface DictionaryWords {
  readonly about: string
  readonly aboutLines: readonly string[]
  readonly categories: string
  readonly fields: string
  readonly codes: string
  readonly heads: {
    readonly categories: readonly string[]
    readonly fields: readonly string[]
    readonly codes: readonly string[]
  }
  readonly kinds: Readonly<Record<FieldKind, string>>
  readonly cycles: Readonly<Record<Category['cycle'], string>>
  readonly evidence: Readonly<Record<Category['evidence'], string>>
  readonly declarations: Readonly<Record<Category['declarations'][number], string>>
  readonly yes: string
  readonly no: string
  length(characters: number): string
  bounds(minimum: string | undefined, maximum: string | undefined): string
  rows(most: number, columns: string): string
  version(number: number): string
}

const widths = {
  categories: [8, 26, 14, 18, 10, 24, 12, 12, 60],
  fields: [8, 22, 18, 20, 18, 8, 46, 8, 18, 30, 60],
  codes: [18, 26, 12, 34, 40],
} as const

/** The dictionary as sheets: what it is, the categories, all fields, all codes. Retired ones are left out. */
export function dictionarySheets(catalogue: Catalogue, words: DictionaryWords): readonly DictionarySheet[] {
  const categories = activeCategories(catalogue)
  const owners = catalogue.codeTables.find(({ id }) => id === ownerTable)?.items ?? []
  const used = new Set(categories.flatMap((category) => activeFields(category).flatMap(tablesOf)))
  const sheet = (
    kind: 'categories' | 'fields' | 'codes',
    rows: DictionarySheet['rows'],
  ): DictionarySheet => ({
    title: words[kind],
    columns: words.heads[kind].map((title, index) => ({ title, width: widths[kind][index] ?? 20 })),
    rows,
  })
  return [
    {
      title: words.about,
      columns: [{ title: `${catalogue.title} ${words.version(catalogue.version)}`, width: 100 }],
      rows: words.aboutLines.map((line) => [line]),
    },
    sheet(
      'categories',
      categories.map((category) => [
        category.id,
        category.name,
        owners.find(({ code }) => code === category.owner)?.label ?? category.owner,
        words.cycles[category.cycle],
        category.many ? words.yes : words.no,
        category.declarations.map((one) => words.declarations[one]).join('、'),
        words.evidence[category.evidence],
        category.compartment === 'archive' ? words.yes : words.no,
        category.guidance,
      ]),
    ),
    sheet(
      'fields',
      categories.flatMap((category) =>
        activeFields(category).map((field) => fieldRow(category, field, catalogue, words)),
      ),
    ),
    sheet(
      'codes',
      catalogue.codeTables
        .filter(({ id }) => used.has(id))
        .flatMap((table) =>
          table.items
            .filter(({ retired }) => retired !== true)
            .map(({ code, label, synonyms = [] }) => [
              table.id,
              table.source,
              code,
              label,
              synonyms.join('、'),
            ]),
        ),
    ),
  ]
}

function tablesOf({ table, columns = [] }: Field): readonly string[] {
  return [table, ...columns.map((column) => column.table)].filter((one) => one !== undefined)
}

function fieldRow(
  category: Category,
  field: Field,
  catalogue: Catalogue,
  words: DictionaryWords,
): readonly string[] {
  const isDelivered = importableFields(category).includes(field)
  return [
    category.id,
    category.name,
    field.id,
    field.label,
    words.kinds[field.kind],
    field.required === true ? words.yes : '',
    formatOf(field, words),
    field.unit ?? '',
    tablesOf(field).join('、'),
    isDelivered ? cellExample(field, catalogue) : '',
    field.guidance ?? '',
  ]
}

function formatOf(field: Field, words: DictionaryWords): string {
  const { kind, minimum, maximum, maximumLength, maximumRows, columns = [] } = field
  const found: string[] = []
  if (kind === 'text') found.push(words.length(maximumLength ?? defaultTextLength))
  if (kind === 'longText') found.push(words.length(maximumLength ?? defaultLongTextLength))
  if (minimum !== undefined || maximum !== undefined) found.push(words.bounds(minimum, maximum))
  if (kind === 'rows')
    found.push(words.rows(maximumRows ?? defaultRows, columns.map(({ label }) => label).join(' | ')))
  return found.join('；')
}
