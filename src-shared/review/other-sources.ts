import type { Category, Field } from '../catalogue/schema.ts'
import type { RecordContent, RecordValues } from '../catalogue/values.ts'
import { alike } from './rekey.ts'

/**
 * Whether two entries of one dossier and category speak of the same fact. What says whom or what an entry is about must
 * not differ, and of the critical fields that both fill in at least half must agree; that two loans are both lent out
 * says nothing, so a code that agrees is not counted unless it says whom the entry is about. Of a category that holds
 * one entry a cadre, every entry speaks of the same.
 */
export function speaksOfTheSame(category: Category, one: RecordContent, other: RecordContent): boolean {
  if (!category.many) return true
  const both = category.fields.filter(({ id }) => isFilled(one.values, id) && isFilled(other.values, id))
  const agrees = (field: Field) => alike(field, one.values[field.id] ?? null, other.values[field.id] ?? null)
  const about = both.filter((field) => field.identifying === true)
  if (!about.every(agrees)) return false
  const telling = both.filter(
    (field) =>
      field.critical === true && (field.kind !== 'code' || field.identifying === true || !agrees(field)),
  )
  if (telling.length === 0) return about.length > 0
  return telling.filter(agrees).length * 2 >= telling.length
}

/** Fields in which two entries contradict each other: both say something, and not the same. */
export function contradictions(
  category: Category,
  one: RecordContent,
  other: RecordContent,
): readonly string[] {
  return category.fields
    .filter(({ id }) => isFilled(one.values, id) && isFilled(other.values, id))
    .filter((field) => !alike(field, one.values[field.id] ?? null, other.values[field.id] ?? null))
    .map(({ id }) => id)
}

/** Whether another entry says nothing that this one does not: entered twice rather than said by two. */
export function isDuplicate(category: Category, one: RecordContent, other: RecordContent): boolean {
  if (one.declaration !== other.declaration) return false
  return category.fields.every((field) =>
    alike(field, one.values[field.id] ?? null, other.values[field.id] ?? null),
  )
}

function isFilled(values: RecordValues, field: string): boolean {
  return values[field] !== undefined
}
