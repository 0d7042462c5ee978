import { halfWidth } from '../catalogue/text.ts'
import type { Category, Field } from '../catalogue/schema.ts'
import type { FieldValue, RecordContent, RecordValues } from '../catalogue/values.ts'
import { toHex } from '../kernel/bytes.ts'
import { canonicalBytes } from '../kernel/canonical.ts'
import type { Digest } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'

/** What a reviewer typed from the evidence before they saw the entry (双录比对). */
export interface Rekeyed {
  /** 16 random bytes, hex. */
  readonly salt: string
  readonly values: RecordValues
}

export interface RekeyLine {
  readonly field: string
  readonly agrees: boolean
  readonly entered: FieldValue | null
  readonly typed: FieldValue | null
}

/** The fields a reviewer types again: those the catalogue calls critical, of an entry that declares something. */
export function criticalFields(
  category: Category,
  content: Pick<RecordContent, 'declaration'>,
): readonly Field[] {
  const critical = category.fields.filter((field) => field.critical === true)
  return content.declaration === 'present' ? critical : critical.filter((field) => field.identifying === true)
}

/** What the header of a decision says of the typed values. Salted, so that it cannot be guessed before the opening. */
export function rekeyDigest(primitives: Pick<Primitives, 'sha256'>, { salt, values }: Rekeyed): Digest {
  const plain = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, plainValue(value)]))
  return toHex(primitives.sha256(canonicalBytes({ salt, type: 'liandang/rekey/1', values: plain })))
}

function plainValue(value: FieldValue) {
  return typeof value === 'string' ? value : { amount: value.amount, currency: value.currency }
}

/**
 * Field by field, whether what was typed is what was entered. Both are in normal form already, so dates, money and
 * numbers agree when they are equal; in texts and names the width of characters and white space do not count, as
 * nobody sees them on paper.
 */
export function compareRekeyed(
  category: Category,
  content: RecordContent,
  typed: RecordValues,
): readonly RekeyLine[] {
  return criticalFields(category, content).map((field) => {
    const entered = content.values[field.id] ?? null
    const again = typed[field.id] ?? null
    return { field: field.id, agrees: alike(field, entered, again), entered, typed: again }
  })
}

/** Whether two values of a field say the same: the width of characters and white space do not count in texts. */
export function alike(field: Field, entered: FieldValue | null, typed: FieldValue | null): boolean {
  if (entered === null || typed === null) return entered === typed
  if (typeof entered !== 'string' || typeof typed !== 'string')
    return (
      typeof entered !== 'string' &&
      typeof typed !== 'string' &&
      entered.amount === typed.amount &&
      entered.currency === typed.currency
    )
  if (field.kind === 'text' || field.kind === 'longText') return folded(entered) === folded(typed)
  if (field.kind === 'personName') return folded(entered) === folded(typed)
  // The order of the joint owners of a house is nobody's mistake.
  if (field.kind === 'person') return names(entered) === names(typed)
  return entered === typed
}

function folded(text: string): string {
  return halfWidth(text.normalize('NFKC')).replace(/\s+/g, '').toLowerCase()
}

function names(text: string): string {
  return text.split('、').map(folded).sort().join('、')
}
