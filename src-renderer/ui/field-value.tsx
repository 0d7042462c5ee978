import { displayValue } from '../../src-shared/catalogue/fields.ts'
import type { Catalogue, Field } from '../../src-shared/catalogue/schema.ts'
import type { FieldValue as Value } from '../../src-shared/catalogue/values.ts'
import { MaskedIdentity } from './masked-identity.tsx'
import { Money } from './money.tsx'
import { useText } from './text.ts'

interface FieldValueProps {
  readonly field: Field
  readonly value: Value | null
  readonly catalogue: Catalogue
  /** In a table row: long texts on one line. */
  readonly isDense?: boolean
}

/** A value as people read it; blank is a word of its own, never an empty place. */
export function FieldValue({ field, value, catalogue, isDense = false }: FieldValueProps) {
  const text = useText()
  if (value === null) return <span className="blank">{isDense ? '—' : text('value.blank')}</span>
  if (typeof value !== 'string') return <Money value={value} catalogue={catalogue} />
  switch (field.kind) {
    case 'identityNumber':
      return <MaskedIdentity number={value} />
    case 'number':
      return (
        <span className="number">
          {displayValue(field, value, catalogue)}
          {field.unit === undefined ? null : <span className="unit">{field.unit}</span>}
        </span>
      )
    case 'date':
    case 'creditCode':
      return <span className="number">{value}</span>
    case 'longText':
      return (
        <span className={isDense ? 'one-line' : 'many-lines'} {...(isDense ? { title: value } : {})}>
          {value}
        </span>
      )
    default:
      return <span>{displayValue(field, value, catalogue)}</span>
  }
}

/** Amounts and quantities stand at the right of their column. */
export function isRightAligned(field: Field): boolean {
  return field.kind === 'money' || field.kind === 'number'
}
