import { joinOrganisation } from '../catalogue/organisation.ts'
import { joinPeriod } from '../catalogue/period.ts'
import type { Category, Field } from '../catalogue/schema.ts'

/** What of a value may stand in a column of its own, where the tables of other departments part it. */
export const columnParts = ['from', 'to', 'name', 'code'] as const
export type ColumnPart = (typeof columnParts)[number]

const parts: Partial<Record<Field['kind'], readonly ColumnPart[]>> = {
  period: ['from', 'to'],
  organisation: ['name', 'code'],
}

/** The parts of a kind of field; none where a value is one cell. */
export function partsOf(kind: Field['kind']): readonly ColumnPart[] {
  return parts[kind] ?? []
}

/** Headings of columns that hold a part, where the whole has none of its own. */
export const partHeadings: Readonly<Record<ColumnPart, readonly string[]>> = {
  from: ['起始时间', '开始时间', '起始日期', '开始日期', '起始年月', '起'],
  to: ['截止时间', '终止时间', '结束时间', '截止日期', '终止日期', '结束日期', '终止年月', '止'],
  name: [],
  code: ['统一社会信用代码', '社会信用代码', '信用代码'],
}

/** A dossier or a piece of evidence is chosen on the spot: no table of another department can name it. */
const chosenHere: readonly Field['kind'][] = ['cadre', 'attachment']

/** The fields that a column of a table can fill. */
export function importableFields(category: Category): readonly Field[] {
  return category.fields.filter(({ kind }) => !chosenHere.includes(kind))
}

/** The text of a field out of its parts, as a form would hold it. */
export function joinedParts(field: Field, cells: Partial<Record<ColumnPart, string>>): string {
  return field.kind === 'period'
    ? joinPeriod({ from: cells.from ?? '', to: cells.to ?? '' })
    : joinOrganisation({ name: cells.name ?? '', code: cells.code ?? '' })
}
