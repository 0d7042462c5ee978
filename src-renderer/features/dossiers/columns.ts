import { summaryFields, type Category, type Field } from '../../../src-shared/catalogue/schema.ts'
import type { RecordValues } from '../../../src-shared/catalogue/values.ts'

/**
 * The columns of a dense table of records: only fields that are filled in somewhere, at most so many, in the order of
 * the catalogue. What tells records apart goes first: who, the summary, amounts, required fields; then the rest.
 */
export function tableColumns(
  category: Category,
  values: readonly RecordValues[],
  most: number,
): { readonly columns: readonly Field[]; readonly more: number } {
  const filled = category.fields.filter((field) => values.some((one) => one[field.id] !== undefined))
  const named = new Set(summaryFields(category.summary.replaceAll(' ', '')))
  const weight = (field: Field) => {
    if (field.identifying === true) return 0
    if (named.has(field.id)) return 1
    if (field.kind === 'money') return 2
    if (field.required === true) return 3
    return field.kind === 'longText' ? 5 : 4
  }
  const chosen = new Set(
    filled
      .map((field, index) => ({ field, order: weight(field) * 1000 + index }))
      .sort((a, b) => a.order - b.order)
      .slice(0, most)
      .map(({ field }) => field),
  )
  return {
    columns: filled.filter((field) => chosen.has(field)),
    more: filled.length - chosen.size,
  }
}
