import { codeItem } from '../../../src-shared/catalogue/fields.ts'
import { findCategory } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, Field } from '../../../src-shared/catalogue/schema.ts'
import type { ColumnPart } from '../../../src-shared/import/parts.ts'
import type { ColumnMapping, ImportProfile } from '../../../src-shared/import/profile.ts'

type CategoryMapping = ImportProfile['category']

/** The categories that the profile's rows go to, once each, in the order of the catalogue. */
export function targetCategories(profile: ImportProfile): readonly string[] {
  const named =
    profile.category.kind === 'fixed'
      ? [profile.category.category]
      : profile.category.table.map((entry) => entry.category)
  return [...new Set(named)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}

/**
 * Fills a field, or a part of it, from a column, or no field with `null`. A field or part takes one column: a former one
 * gives it up, and a field that comes whole gives up its parts.
 */
export function mapColumn(
  profile: ImportProfile,
  category: string,
  column: number,
  field: string | null,
  part?: ColumnPart,
): ImportProfile {
  const before = profile.fields[category] ?? []
  const isSame = (mapping: ColumnMapping) => mapping.field === field && mapping.part === part
  const known = before.find((mapping) => mapping.column === column && isSame(mapping))
  const rest = before.filter(
    (mapping) =>
      mapping.column !== column &&
      (mapping.field !== field ||
        (part !== undefined && mapping.part !== undefined && mapping.part !== part)),
  )
  const fresh = { column, field: field ?? '', ...(part === undefined ? {} : { part }) }
  const next: readonly ColumnMapping[] = field === null ? rest : [...rest, known ?? fresh]
  const sorted = [...next].sort((a, b) => a.column - b.column)
  return { ...profile, fields: { ...profile.fields, [category]: sorted } }
}

/** Says which code a word of the source means. */
export function mapWord(
  profile: ImportProfile,
  category: string,
  field: string,
  word: string,
  code: string | null,
): ImportProfile {
  const mappings = (profile.fields[category] ?? []).map((mapping): ColumnMapping => {
    if (mapping.field !== field) return mapping
    const codes = Object.entries(mapping.codes ?? {}).filter(([known]) => known !== word)
    if (code !== null) codes.push([word, code])
    return { ...mapping, codes: Object.fromEntries(codes) }
  })
  return { ...profile, fields: { ...profile.fields, [category]: mappings } }
}

/** Changes how rows find their category; mappings of categories no row goes to any more are left out. */
export function changeCategory(profile: ImportProfile, category: CategoryMapping): ImportProfile {
  const next = { ...profile, category }
  const kept = new Set(targetCategories(next))
  const fields = Object.fromEntries(Object.entries(profile.fields).filter(([id]) => kept.has(id)))
  return { ...next, fields }
}

/** The distinct texts of a column below the header, blank ones left out. */
export function columnWords(
  sample: readonly (readonly string[])[],
  hasHeader: boolean,
  column: number,
): readonly string[] {
  const words = sample.slice(hasHeader ? 1 : 0).map((cells) => (cells[column] ?? '').trim())
  return [...new Set(words.filter((word) => word !== ''))]
}

export interface UnknownWord {
  readonly field: Field
  readonly word: string
  /** The code it is said to mean, or null. */
  readonly code: string | null
}

/** Words of code columns that the code table does not know by itself, with what they are said to mean. */
export function wordsToMap(
  profile: ImportProfile,
  catalogue: Catalogue,
  categoryId: string,
  sample: readonly (readonly string[])[],
): readonly UnknownWord[] {
  const category = findCategory(catalogue, categoryId)
  const found: UnknownWord[] = []
  for (const mapping of profile.fields[categoryId] ?? []) {
    const field = category?.fields.find((candidate) => candidate.id === mapping.field)
    if (field?.kind !== 'code') continue
    const items = catalogue.codeTables.find((table) => table.id === field.table)?.items ?? []
    const known = new Set(items.flatMap((item) => [item.code, item.label, ...(item.synonyms ?? [])]))
    const rows = sample.slice(profile.header ? 1 : 0).filter((cells) => goesTo(profile, cells, categoryId))
    const words = new Set([...Object.keys(mapping.codes ?? {}), ...columnWords(rows, false, mapping.column)])
    for (const word of words) {
      if (known.has(word) || profile.blank.includes(word) || profile.declined.includes(word)) continue
      const code = mapping.codes?.[word] ?? null
      found.push({
        field,
        word,
        code: code !== null && codeItem(catalogue, field.table, code) === null ? null : code,
      })
    }
  }
  return found
}

function goesTo(profile: ImportProfile, cells: readonly string[], category: string): boolean {
  if (profile.category.kind === 'fixed') return profile.category.category === category
  const { column, table } = profile.category
  return table.some((entry) => entry.category === category && entry.match === (cells[column] ?? '').trim())
}

/** The heading of a column: its own text, or its letter as spreadsheets count. */
export function columnName(
  sample: readonly (readonly string[])[],
  hasHeader: boolean,
  column: number,
): string {
  let letters = ''
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) {
    letters = String.fromCharCode(65 + (rest % 26)) + letters
  }
  const heading = hasHeader ? (sample[0]?.[column] ?? '').trim() : ''
  return heading === '' ? letters : `${letters} ${heading}`
}
