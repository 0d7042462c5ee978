import { moneyUnits, type MoneyUnit } from '../catalogue/money.ts'
import { parsePersonName } from '../catalogue/names.ts'
import type { Catalogue, Category, Field } from '../catalogue/schema.ts'
import { halfWidth } from '../catalogue/text.ts'
import { importableFields, partHeadings, type ColumnPart } from './parts.ts'
import {
  maximumImportColumns,
  profileTargets,
  type ColumnMapping,
  type Delimiter,
  type Encoding,
  type ImportProfile,
} from './profile.ts'

export interface Suggestion {
  /** Always complete in shape; a person looks at it before it is used. */
  readonly profile: ImportProfile
  /** Columns with a heading that nothing was found for, counted from 0. */
  readonly unmatched: readonly number[]
  /** Required fields that no column fills: `C2.address`. */
  readonly missing: readonly string[]
}

interface Heading {
  readonly label: string
  readonly unit: MoneyUnit | null
}

// Headings that say whose dossier a row belongs to, the surest first; 姓名 alone may be a relative's.
const cadreHeadings = [
  '干部姓名',
  '申报人',
  '申报人姓名',
  '报告人',
  '报告人姓名',
  '领导干部姓名',
  '干部',
  '人员姓名',
  '姓名',
]
const cadreIdentityHeadings = [
  '干部身份证号',
  '申报人身份证号',
  '报告人身份证号',
  '本人身份证号',
  '身份证号',
  '身份证号码',
  '公民身份号码',
]
const categoryHeadings = ['采集类别', '事项类别', '采集事项', '报告事项']
const declinedWords = ['拒绝申报', '不予申报', '拒报']
const noneWords = ['无此情况']
const blankWords = ['-', '—', '--', '/', '未填']

/**
 * A first mapping for a table, from headings that equal the labels and synonyms of fields, units in headings such as
 * `金额(万元)`, and category names in a column. `header` is the row of headings when the caller knows it, null when
 * there is none; without it, the first sample row is taken for headings when two of its cells are known ones.
 */
export function suggestProfile(
  sampleRows: readonly (readonly string[])[],
  catalogue: Catalogue,
  options: {
    readonly header?: readonly string[] | null
    readonly encoding?: Encoding
    readonly delimiter?: Delimiter
    /** The name of the sheet: one that begins with a category's id or is its name says where the rows go. */
    readonly sheet?: string | null
    /** The row of the headings, from 1. */
    readonly headerRow?: number
  } = {},
): Suggestion {
  const header = options.header === undefined ? guessHeader(sampleRows[0], catalogue) : options.header
  const body = options.header === undefined && header !== null ? sampleRows.slice(1) : sampleRows
  const headings = (header ?? []).slice(0, maximumImportColumns).map(heading)
  const labels = headings.map((item) => item.label)

  const nameColumn = firstColumn(labels, cadreHeadings) ?? columnOfNames(body) ?? 0
  const identityColumn = firstColumn(labels, cadreIdentityHeadings)
  const categoryColumn = firstColumn(labels, categoryHeadings)
  const categories = categoryColumn === null ? [] : categoriesIn(body, categoryColumn, catalogue)

  const money = headings.map((item) => item.unit).find((unit) => unit !== null) ?? '元'
  // 姓名 and 身份证号 may be both the cadre's and the field's only where the record is about the cadre.
  const taken = (category: Category): ReadonlySet<number> =>
    category.many ? new Set([nameColumn, ...(identityColumn === null ? [] : [identityColumn])]) : new Set()
  const fieldsOf = (category: Category): readonly ColumnMapping[] =>
    matchFields(category, headings, taken(category), money)

  const named = categoryOfSheet(options.sheet ?? '', catalogue)
  const chosen =
    categories.length > 0
      ? categories.map((entry) => entry.category)
      : [named ?? bestCategory(catalogue, fieldsOf)]
  const profile: ImportProfile = {
    name: chosen
      .map((category) => category.name)
      .join('、')
      .slice(0, 100),
    source: (chosen[0] as Category).owner,
    encoding: options.encoding ?? 'utf-8',
    header: header !== null,
    ...(header === null || options.headerRow === undefined ? {} : { headerRow: options.headerRow }),
    ...(options.sheet == null || options.sheet === '' ? {} : { sheet: options.sheet.slice(0, 100) }),
    delimiter: options.delimiter ?? ',',
    cadre: identityColumn === null ? { nameColumn } : { nameColumn, identityColumn },
    category:
      categoryColumn !== null && categories.length > 0
        ? {
            kind: 'table',
            column: categoryColumn,
            table: categories.map((entry) => ({ match: entry.match, category: entry.category.id })),
          }
        : { kind: 'fixed', category: (chosen[0] as Category).id },
    fields: Object.fromEntries(chosen.map((category) => [category.id, fieldsOf(category)])),
    money: { unit: money, currency: 'CNY' },
    declined: declinedWords,
    none: noneWords,
    blank: blankWords,
  }
  return { profile, unmatched: unmatchedColumns(profile, labels), missing: missingFields(profile, chosen) }
}

/** `金额（万元）` is the heading 金额 in 万元; other words in brackets, stars and colons are dressing. */
function heading(text: string): Heading {
  const plain = halfWidth(text.slice(0, 100).normalize('NFC')).replace(/[\s*:]+/g, '')
  const bracketed = /^(.+?)[([【/](?:单位)?([^()[\]【】/]+)[)\]】]?$/.exec(plain)
  const unit = moneyUnits.find((candidate) => candidate === bracketed?.[2]) ?? null
  if (
    bracketed !== null &&
    (unit !== null || /^(平方米|㎡|m2|%|岁|人|份|股)$/i.test(bracketed[2] as string))
  ) {
    return { label: bracketed[1] as string, unit }
  }
  return { label: plain, unit: null }
}

function labelsOf(field: Field): readonly string[] {
  return [field.label, ...(field.synonyms ?? [])].map((label) => heading(label).label)
}

function guessHeader(first: readonly string[] | undefined, catalogue: Catalogue): readonly string[] | null {
  if (first === undefined) return null
  const known = knownHeadings(catalogue)
  return first.filter((cell) => known.has(plainHeading(cell))).length >= 2 ? first : null
}

/** Headings that mean something: labels and synonyms of fields, and those of the person and the category. */
export function knownHeadings(catalogue: Catalogue): ReadonlySet<string> {
  const known = new Set([...cadreHeadings, ...cadreIdentityHeadings, ...categoryHeadings])
  for (const category of catalogue.categories) {
    for (const field of category.fields) for (const label of labelsOf(field)) known.add(label)
  }
  return known
}

/** A heading without unit and dressing. */
export function plainHeading(text: string): string {
  return heading(text).label
}

function firstColumn(labels: readonly string[], wanted: readonly string[]): number | null {
  for (const label of wanted) {
    const column = labels.indexOf(label)
    if (column >= 0) return column
  }
  return null
}

/** Without headings: the column in which most cells can be a person's name of two to four characters. */
function columnOfNames(rows: readonly (readonly string[])[]): number | null {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  let best: { column: number; names: number } | null = null
  for (let column = 0; column < Math.min(width, maximumImportColumns); column++) {
    const names = rows.filter((row) => {
      const text = row[column]?.replace(/\s+/g, '') ?? ''
      return text.length <= 4 && parsePersonName(text).ok
    }).length
    if (names > (best?.names ?? 0)) best = { column, names }
  }
  return best?.column ?? null
}

function categoryOfSheet(sheet: string, catalogue: Catalogue): Category | null {
  const [first = ''] = sheet.trim().split(/[\s_-]/)
  return (
    catalogue.categories.find((category) => category.id === first || category.name === sheet.trim()) ?? null
  )
}

function categoriesIn(
  rows: readonly (readonly string[])[],
  column: number,
  catalogue: Catalogue,
): readonly { readonly match: string; readonly category: Category }[] {
  const found: { match: string; category: Category }[] = []
  for (const match of new Set(rows.map((row) => row[column]?.trim() ?? ''))) {
    const category = catalogue.categories.find(
      (candidate) => candidate.id === match || candidate.name === match,
    )
    if (category !== undefined) found.push({ match, category })
  }
  return found
}

/** One column a field: exact labels first, then synonyms, so that 面积 does not take the place of 建筑面积. */
function matchFields(
  category: Category,
  headings: readonly Heading[],
  taken: ReadonlySet<number>,
  fileUnit: MoneyUnit,
): readonly ColumnMapping[] {
  const used = new Set(taken)
  const columns = new Map<string, number>()
  const take = (field: Field, labels: readonly string[]): void => {
    if (columns.has(field.id)) return
    const column = headings.findIndex((item, index) => !used.has(index) && labels.includes(item.label))
    if (column < 0) return
    used.add(column)
    columns.set(field.id, column)
  }
  const fields = importableFields(category)
  for (const field of fields) take(field, labelsOf(field).slice(0, 1))
  for (const field of fields) take(field, labelsOf(field).slice(1))
  return fields.flatMap((field): ColumnMapping[] => {
    const column = columns.get(field.id)
    const parts = partColumns(field, column, headings, used)
    if (parts.length > 0) return [...parts]
    if (column === undefined) return []
    // A column that states no unit beside others that do is in yuan, not in theirs.
    const unit = headings[column]?.unit ?? '元'
    return [
      field.kind === 'money' && unit !== fileUnit
        ? { column, field: field.id, unit }
        : { column, field: field.id },
    ]
  })
}

/** The columns of a value that a table parts: start and end of a period, name and code of an organisation. */
function partColumns(
  field: Field,
  whole: number | undefined,
  headings: readonly Heading[],
  used: Set<number>,
): readonly ColumnMapping[] {
  const find = (part: ColumnPart): readonly ColumnMapping[] => {
    const column = headings.findIndex(
      (item, index) => !used.has(index) && partHeadings[part].includes(item.label),
    )
    if (column < 0) return []
    used.add(column)
    return [{ column, field: field.id, part }]
  }
  if (field.kind === 'period') return whole === undefined ? [...find('from'), ...find('to')] : []
  if (field.kind !== 'organisation' || whole === undefined) return []
  const code = find('code')
  return code.length === 0 ? [] : [{ column: whole, field: field.id, part: 'name' }, ...code]
}

function bestCategory(
  catalogue: Catalogue,
  fieldsOf: (category: Category) => readonly ColumnMapping[],
): Category {
  let best = catalogue.categories[0] as Category
  let most = fieldsOf(best).length
  for (const category of catalogue.categories) {
    const count = fieldsOf(category).length
    if (count > most) {
      best = category
      most = count
    }
  }
  return best
}

function unmatchedColumns(profile: ImportProfile, labels: readonly string[]): readonly number[] {
  const used = new Set([profile.cadre.nameColumn, profile.cadre.identityColumn])
  if (profile.category.kind === 'table') used.add(profile.category.column)
  for (const mappings of Object.values(profile.fields))
    for (const mapping of mappings) used.add(mapping.column)
  return labels.flatMap((label, column) => (label !== '' && !used.has(column) ? [column] : []))
}

function missingFields(profile: ImportProfile, categories: readonly Category[]): readonly string[] {
  const targets = new Set(profileTargets(profile).map((target) => target.category))
  return categories
    .filter((category) => targets.has(category.id))
    .flatMap((category) =>
      category.fields
        .filter((field) => field.required === true)
        .filter(
          (field) => profile.fields[category.id]?.some((mapping) => mapping.field === field.id) !== true,
        )
        .map((field) => `${category.id}.${field.id}`),
    )
}
