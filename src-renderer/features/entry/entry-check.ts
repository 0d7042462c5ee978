import { parseFieldInput } from '../../../src-shared/catalogue/fields.ts'
import { carriedValues } from '../../../src-shared/catalogue/lifting.ts'
import { activeFields } from '../../../src-shared/catalogue/read.ts'
import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import type { Catalogue, Category, Field } from '../../../src-shared/catalogue/schema.ts'
import { validateRecord } from '../../../src-shared/catalogue/validate.ts'
import type { FieldValue, RecordValues } from '../../../src-shared/catalogue/values.ts'
import type { EntryDraft } from './entry-draft.ts'

export interface EntryCheck {
  /** The values that could be read, in their normal form. */
  readonly values: RecordValues
  /** Of single fields and of fields against each other; at most one fault a field comes from its text. */
  readonly findings: readonly Finding[]
  readonly hasErrors: boolean
}

/** The fields to be filled in: all, or only those that say whom or what a declaration of 无此情况 is about. */
export function askedFields(category: Category, draft: Pick<EntryDraft, 'declaration'>): readonly Field[] {
  const fields = activeFields(category)
  return draft.declaration === 'present' ? fields : fields.filter((field) => field.identifying === true)
}

/**
 * Reads what was typed and checks it with the same code as the core.
 *
 * @param asOf today, `YYYY-MM-DD`
 */
export function checkEntry(
  category: Category,
  catalogue: Catalogue,
  draft: EntryDraft,
  asOf: string,
): EntryCheck {
  const values: Record<string, FieldValue> = { ...carriedValues(category, draft.carried ?? {}) }
  const unread: Finding[] = []
  for (const field of askedFields(category, draft)) {
    const read = parseFieldInput(field, catalogue, draft.inputs[field.id] ?? '', {
      asOf,
      currency: draft.currencies[field.id] ?? 'CNY',
      unit: draft.units[field.id] ?? '元',
    })
    if (!read.ok) unread.push({ ...read.fault, severity: 'error', field: field.id })
    else if (read.value !== null) values[field.id] = read.value
  }
  const unreadable = new Set(unread.map((finding) => finding.field))
  const checked = validateRecord(category, catalogue, { declaration: draft.declaration, values }, asOf)
  // A text that cannot be read is not a missing one.
  const findings = [...unread, ...checked.filter((finding) => !unreadable.has(finding.field))]
  return { values, findings, hasErrors: findings.some((finding) => finding.severity === 'error') }
}
