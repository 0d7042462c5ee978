import { displayValue } from '../../src-shared/catalogue/fields.ts'
import type { Catalogue, Field } from '../../src-shared/catalogue/schema.ts'
import { organisationParts } from '../../src-shared/catalogue/organisation.ts'
import { periodDates } from '../../src-shared/catalogue/period.ts'
import { attachmentPieces } from '../../src-shared/catalogue/references.ts'
import { isRows, type FieldValue as Value, type Rows } from '../../src-shared/catalogue/values.ts'
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
  if (isRows(value)) {
    if (!isDense) return <RowsValue field={field} rows={value} catalogue={catalogue} />
    const line = displayValue(field, value, catalogue)
    return (
      <span className="one-line" title={line}>
        {text('value.rows', { count: value.length })} {line}
      </span>
    )
  }
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
    case 'period': {
      const { from, to } = periodDates(value)
      return (
        <span className="number nowrap">
          {to === null ? text('value.since', { from }) : text('value.period', { from, to })}
        </span>
      )
    }
    case 'organisation': {
      const { name, code } = organisationParts(value)
      return (
        <span>
          {name}
          {code === '' ? null : <span className="number organisation-mark"> {code}</span>}
        </span>
      )
    }
    case 'attachment':
      return <span>{text('value.pieces', { count: attachmentPieces(value).length })}</span>
    case 'documentNumber':
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

interface RowsValueProps {
  readonly field: Field
  readonly rows: Rows
  readonly catalogue: Catalogue
}

/** Rows as the small table that they are. */
function RowsValue({ field, rows, catalogue }: RowsValueProps) {
  const columns = field.columns ?? []
  return (
    <table className="rows-value">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col">
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, place) => (
          // Rows have no names; the same row may stand there twice.
          // eslint-disable-next-line react/no-array-index-key
          <tr key={place}>
            {columns.map((column) => (
              <td key={column.id} className={isRightAligned(column) ? 'is-end' : ''}>
                <FieldValue isDense field={column} value={row[column.id] ?? null} catalogue={catalogue} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Amounts and quantities stand at the right of their column. */
export function isRightAligned(field: Field): boolean {
  return field.kind === 'money' || field.kind === 'number'
}
