import type { Catalogue, Category, Field } from '../catalogue/schema.ts'
import { importableFields } from './parts.ts'

/** A column of the table that departments fill in for one category. */
export interface TemplateColumn {
  readonly heading: string
  readonly required: boolean
  readonly guidance: string
  /** What may be chosen, or null where anything may be written. */
  readonly choices: readonly string[] | null
  readonly isDate: boolean
}

export interface Template {
  /** The sheet's name, by which the category is known again. */
  readonly sheet: string
  readonly title: string
  readonly guidance: readonly string[]
  readonly columns: readonly TemplateColumn[]
}

/** Headings are the catalogue's labels, so a filled table maps itself. */
export function templateOf(category: Category, catalogue: Catalogue, words: TemplateWords): Template {
  const own = importableFields(category).map((field) => columnOf(field, catalogue, words))
  const about = category.many ? aboutColumns(words) : []
  return {
    sheet: `${category.id} ${category.name}`.replace(/[\\/?*[\]:]/g, '').slice(0, 31),
    title: `${category.id} ${category.name}`,
    guidance: [category.guidance, words.general].filter((line) => line !== ''),
    columns: [...about, ...own],
  }
}

/** Sentences of the template, in the language of the office. */
export interface TemplateWords {
  readonly general: string
  readonly cadre: string
  readonly identity: string
  readonly date: string
  readonly money: string
  readonly period: string
  readonly organisation: string
  readonly area: string
  /** Before the labels of the columns. */
  readonly rows: string
  readonly required: string
}

function aboutColumns(words: TemplateWords): readonly TemplateColumn[] {
  const plain = { choices: null, isDate: false }
  return [
    { heading: '干部姓名', required: true, guidance: words.cadre, ...plain },
    { heading: '干部身份证号', required: false, guidance: words.identity, ...plain },
  ]
}

function columnOf(field: Field, catalogue: Catalogue, words: TemplateWords): TemplateColumn {
  const items =
    field.kind === 'code' ? catalogue.codeTables.find((table) => table.id === field.table)?.items : undefined
  const guidance = [field.guidance ?? '']
  if (field.required === true) guidance.unshift(words.required)
  if (field.kind === 'date') guidance.push(words.date)
  if (field.kind === 'money') guidance.push(words.money)
  if (field.kind === 'period') guidance.push(words.period)
  if (field.kind === 'organisation') guidance.push(words.organisation)
  if (field.kind === 'area') guidance.push(words.area)
  if (field.columns !== undefined)
    guidance.push(`${words.rows}${field.columns.map(({ label }) => label).join(' | ')}`)
  return {
    heading: field.kind === 'money' ? `${field.label}(元)` : field.label,
    required: field.required === true,
    guidance: guidance.filter((line) => line !== '').join('\n'),
    choices:
      items === undefined ? null : items.filter((item) => item.retired !== true).map((item) => item.label),
    isDate: field.kind === 'date',
  }
}
