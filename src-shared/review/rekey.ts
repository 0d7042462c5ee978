import { attachmentPieces, cadreParts } from '../catalogue/references.ts'
import { halfWidth } from '../catalogue/text.ts'
import type { Category, Field } from '../catalogue/schema.ts'
import {
  isRows,
  type CellValue,
  type FieldValue,
  type RecordContent,
  type RecordValues,
  type Rows,
} from '../catalogue/values.ts'
import { toHex } from '../kernel/bytes.ts'
import { canonicalBytes, canonicalText, type CanonicalValue } from '../kernel/canonical.ts'
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

function plainValue(value: FieldValue): CanonicalValue {
  if (isRows(value)) return value.map((row) => mapValues(row, plainCell))
  return plainCell(value)
}

function plainCell(value: CellValue): CanonicalValue {
  return typeof value === 'string' ? value : { ...value }
}

function mapValues(row: Rows[number], map: (value: CellValue) => CanonicalValue): CanonicalValue {
  return Object.fromEntries(Object.entries(row).map(([id, value]) => [id, map(value)]))
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
  return comparable(field, entered) === comparable(field, typed)
}

function comparable(field: Field, value: FieldValue | null): string {
  if (value === null) return canonicalText(null)
  // Cells are read off one by one; who types them again may leave out a space.
  if (isRows(value))
    return canonicalText(
      value.map((row) =>
        mapValues(row, (cell) => (typeof cell === 'string' ? folded(cell) : plainCell(cell))),
      ),
    )
  if (typeof value !== 'string') return canonicalText(plainValue(value))
  // The dossier is what was chosen; the name beside it may be an older one.
  if (field.kind === 'cadre') return canonicalText(cadreParts(value).cadre)
  // The order in which pieces were ticked is nobody's mistake.
  if (field.kind === 'attachment') return canonicalText([...attachmentPieces(value)].sort())
  // The order of the joint owners of a house is nobody's mistake.
  if (field.kind === 'person') return canonicalText(value.split('、').map(folded).sort())
  return canonicalText(readAsWords.includes(field.kind) ? folded(value) : value)
}

const readAsWords: readonly Field['kind'][] = ['text', 'longText', 'personName', 'organisation']

function folded(text: string): string {
  return halfWidth(text.normalize('NFKC')).replace(/\s/g, '').toLowerCase()
}
