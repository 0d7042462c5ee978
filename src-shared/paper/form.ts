import { displayValue } from '../catalogue/fields.ts'
import { organisationParts } from '../catalogue/organisation.ts'
import { defaultRows } from '../catalogue/rows.ts'
import type { Catalogue, Category, Field } from '../catalogue/schema.ts'
import { isRows, type FieldValue, type RecordContent } from '../catalogue/values.ts'

/** A choice in front of which a tick is put. */
export interface Box {
  readonly label: string
  readonly isTicked: boolean
}

interface LineHead {
  readonly id: string
  readonly label: string
  readonly isRequired: boolean
  /** How to fill it in, small; empty on a sheet that is filled in. */
  readonly guidance: string
}

/** One line of a sheet (采集表), in the order of the catalogue. */
export type FormLine = LineHead &
  (
    | { readonly kind: 'boxes'; readonly boxes: readonly Box[] }
    /** Room to write in, with words that stand there already, such as 年 月 日; `height` in lines of handwriting. */
    | { readonly kind: 'room'; readonly words: BlankWords; readonly unit: string; readonly height: number }
    /** A square for each character. */
    | { readonly kind: 'squares'; readonly count: number }
    | { readonly kind: 'value'; readonly text: string }
    | {
        readonly kind: 'table'
        readonly columns: readonly string[]
        /** Cells that are null are to be written in. */
        readonly rows: readonly (readonly (string | null)[])[]
      }
  )

/** Which words stand in the room for writing. */
export type BlankWords = 'none' | 'date' | 'period' | 'money' | 'pieces'

/** As many choices are ticked; more are written in. */
const mostBoxes = 12
const longestBoxes = 90
/** Rows of a table that is filled in by hand, unless the catalogue asks for fewer. */
const handRows = 5
const longText = 60
const identityCharacters = 18
const creditCharacters = 18

/**
 * The lines of a sheet of one category. Without `content` it is blank, to be filled in by hand: then fields that are no
 * longer asked for are not on it. With it every field stands there, blank ones as empty values.
 */
export function formLines(
  category: Category,
  catalogue: Catalogue,
  content: RecordContent | null,
): readonly FormLine[] {
  return category.fields.flatMap((field) => {
    const value = content?.values[field.id]
    if (field.retired === true && value === undefined) return []
    const head: LineHead = {
      id: field.id,
      label: field.label,
      isRequired: field.required === true,
      guidance: content === null ? (field.guidance ?? '') : '',
    }
    return [content === null ? blankLine(head, field, catalogue) : filledLine(head, field, value, catalogue)]
  })
}

function blankLine(head: LineHead, field: Field, catalogue: Catalogue): FormLine {
  const room = (height: number, words: BlankWords = 'none', unit = ''): FormLine => ({
    ...head,
    kind: 'room',
    words,
    unit,
    height,
  })
  switch (field.kind) {
    case 'code': {
      const boxes = boxesOf(field, catalogue, null)
      return boxes === null ? room(1) : { ...head, kind: 'boxes', boxes }
    }
    case 'date':
      return room(1, 'date')
    case 'period':
      return room(1, 'period')
    case 'money':
      return room(1, 'money')
    case 'number':
      return room(1, 'none', field.unit ?? '')
    case 'attachment':
      return room(1, 'pieces')
    case 'longText':
      return room(4)
    case 'text':
      return room((field.maximumLength ?? 0) > longText ? 2 : 1)
    case 'identityNumber':
      return { ...head, kind: 'squares', count: identityCharacters }
    case 'creditCode':
      return { ...head, kind: 'squares', count: creditCharacters }
    case 'rows': {
      const columns = field.columns ?? []
      const count = Math.min(handRows, field.maximumRows ?? defaultRows)
      const rows = Array.from({ length: count }, () => columns.map(() => null))
      return { ...head, kind: 'table', columns: columns.map(columnTitle), rows }
    }
    default:
      return room(1)
  }
}

function filledLine(
  head: LineHead,
  field: Field,
  value: FieldValue | undefined,
  catalogue: Catalogue,
): FormLine {
  if (field.kind === 'rows' && (value === undefined || isRows(value))) {
    const columns = field.columns ?? []
    const rows = (value ?? []).map((row) =>
      columns.map((column) => {
        const cell = row[column.id]
        return cell === undefined ? '' : displayValue(column, cell, catalogue)
      }),
    )
    return { ...head, kind: 'table', columns: columns.map(columnTitle), rows }
  }
  if (field.kind === 'code' && (value === undefined || typeof value === 'string')) {
    const boxes = boxesOf(field, catalogue, value ?? '')
    if (boxes !== null) return { ...head, kind: 'boxes', boxes }
  }
  return { ...head, kind: 'value', text: value === undefined ? '' : textOf(field, value, catalogue) }
}

function textOf(field: Field, value: FieldValue, catalogue: Catalogue): string {
  if (field.kind === 'organisation' && typeof value === 'string') {
    const { name, code } = organisationParts(value)
    return code === '' ? name : `${name} ${code}`
  }
  const text = displayValue(field, value, catalogue)
  return field.unit === undefined ? text : `${text} ${field.unit}`
}

function columnTitle({ label, unit }: { readonly label: string; readonly unit?: string }): string {
  return unit === undefined ? label : `${label}（${unit}）`
}

/** Null where there are too many choices for a line, or the value is none that is still offered. */
function boxesOf(field: Field, catalogue: Catalogue, value: string | null): readonly Box[] | null {
  const table = catalogue.codeTables.find(({ id }) => id === field.table)
  const items = (table?.items ?? []).filter(({ retired }) => retired !== true)
  const length = items.reduce((sum, { label }) => sum + label.length + 2, 0)
  if (items.length === 0 || items.length > mostBoxes || length > longestBoxes) return null
  if (value !== null && value !== '' && items.every(({ code }) => code !== value)) return null
  return items.map(({ code, label }) => ({ label, isTicked: code === value }))
}
