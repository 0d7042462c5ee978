import type { Category, Field } from '../../../src-shared/catalogue/schema.ts'
import { sameRows } from '../../../src-shared/catalogue/rows.ts'
import { isRows, type FieldValue, type RecordContent } from '../../../src-shared/catalogue/values.ts'

export type Change = 'same' | 'added' | 'removed' | 'changed'

/** One field of two revisions side by side. */
export interface FieldComparison {
  readonly field: Field
  readonly now: FieldValue | null
  readonly before: FieldValue | null
  readonly change: Change
}

function isSame(a: FieldValue | null, b: FieldValue | null): boolean {
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return a === b
  if (isRows(a) || isRows(b)) return isRows(a) && isRows(b) && sameRows(a, b)
  return a.amount === b.amount && a.currency === b.currency
}

function changeOf(now: FieldValue | null, before: FieldValue | null): Change {
  if (isSame(now, before)) return 'same'
  if (before === null) return 'added'
  return now === null ? 'removed' : 'changed'
}

/**
 * The fields of a category in its order, with what each revision says; fields that a later catalogue has dropped come
 * last under their ids, so that nothing a record says is left out.
 *
 * @param before null for a record's first revision: nothing is a change then
 */
export function compareRevisions(
  category: Category,
  now: RecordContent,
  before: RecordContent | null,
): readonly FieldComparison[] {
  const known = new Set(category.fields.map((field) => field.id))
  const others = [...Object.keys(now.values), ...Object.keys(before?.values ?? {})].filter(
    (id) => !known.has(id),
  )
  const fields: readonly Field[] = [
    ...category.fields,
    ...[...new Set(others)].map((id): Field => ({ id, label: id, kind: 'text' })),
  ]
  return fields.map((field) => {
    const value = now.values[field.id] ?? null
    const old = before?.values[field.id] ?? null
    return { field, now: value, before: old, change: before === null ? 'same' : changeOf(value, old) }
  })
}
