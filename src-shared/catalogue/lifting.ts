import { isRetiredCode, valueFault } from './fields.ts'
import type { Fault } from './findings.ts'
import { findCategory } from './read.ts'
import type { Catalogue, Category, Field } from './schema.ts'
import type { FieldValue, RecordContent, RecordValues } from './values.ts'

/** A value that the newer version does not take as it stands. */
export interface LiftProblem {
  readonly field: string
  readonly value: FieldValue
  /** `unknown`: the newer version has no such field. `retired`: it is kept and not asked for. Or why it is at fault. */
  readonly reason: 'unknown' | 'retired' | Fault['code']
}

export interface Lifted {
  readonly category: Category
  readonly content: RecordContent
  /** What a person has to look at; nothing of it is dropped. */
  readonly problems: readonly LiftProblem[]
}

/**
 * The content of a record of an older version for a form of the newest. Every value is carried by the id of its field
 * and none is lost: what does not fit is named and stays in `content.values`. Null when the category is unknown.
 *
 * @param asOf today, `YYYY-MM-DD`
 */
export function liftRecord(
  newest: Catalogue,
  categoryId: string,
  content: RecordContent,
  asOf: string,
): Lifted | null {
  const category = findCategory(newest, categoryId)
  if (category === null) return null
  const fields = new Map(category.fields.map((field) => [field.id, field]))
  const problems = Object.entries(content.values).flatMap(([id, value]): LiftProblem[] => {
    const reason = liftFault(newest, fields.get(id), value, asOf)
    return reason === null ? [] : [{ field: id, value, reason }]
  })
  return { category, content, problems }
}

function liftFault(
  newest: Catalogue,
  field: Field | undefined,
  value: FieldValue,
  asOf: string,
): LiftProblem['reason'] | null {
  if (field === undefined) return 'unknown'
  if (field.retired === true) return 'retired'
  const fault = valueFault(field, newest, value, asOf)
  if (fault !== null) return fault.code
  return isRetiredCode(field, newest, value) ? 'code-retired' : null
}

/** The values of fields that are not asked for any more, which a correction carries on unchanged. */
export function carriedValues(category: Category, values: RecordValues): RecordValues {
  const retired = new Set(category.fields.filter((field) => field.retired === true).map(({ id }) => id))
  return Object.fromEntries(Object.entries(values).filter(([id]) => retired.has(id)))
}
