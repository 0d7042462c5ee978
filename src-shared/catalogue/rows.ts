import { fault, parsed, type Parsed } from './findings.ts'
import type { Column, Field } from './schema.ts'
import { isRows, type CellValue, type Rows } from './values.ts'

/** Rows of a sub-table where the field does not say how many. */
export const defaultRows = 20

/** What one row of a form holds, as it was typed. */
export type TypedRow = Readonly<Record<string, string>>

/**
 * The rows that stand in a form or a cell: JSON as a form keeps it, or one line for each row with `|` or a tab between
 * its parts, as tables of other departments write it. Null when it is neither.
 */
export function typedRows(columns: readonly Column[], input: string): readonly TypedRow[] | null {
  const text = input.trim()
  if (text === '') return []
  if (!text.startsWith('[')) return linesOf(columns, text)
  try {
    const read: unknown = JSON.parse(text)
    return Array.isArray(read) && read.every(isTypedRow) ? read : null
  } catch {
    return null
  }
}

function isTypedRow(row: unknown): row is TypedRow {
  return (
    typeof row === 'object' &&
    row !== null &&
    !Array.isArray(row) &&
    Object.values(row).every((cell) => typeof cell === 'string')
  )
}

function linesOf(columns: readonly Column[], text: string): readonly TypedRow[] | null {
  const rows: TypedRow[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (line.trim() === '') continue
    const cells = line.split(/[|｜\t]/)
    if (cells.length > columns.length || (cells.length < 2 && columns.length > 1)) return null
    rows.push(Object.fromEntries(cells.map((cell, place) => [columns[place]?.id ?? '', cell])))
  }
  return rows
}

/** Whether nothing was typed in a row: such a row is not there. */
export function isBlankRow(row: TypedRow): boolean {
  return Object.values(row).every((cell) => cell.trim() === '')
}

type ReadCell = (column: Column, input: string) => Parsed<CellValue | null>

/**
 * Rows of a sub-table, read cell by cell; blank rows are left out, and no row is null (未填).
 *
 * Faults: `rows-form`, `rows-too-many` {limit}, `rows-cell` {row, column}, `rows-cell-blank` {row, column}: the row from
 * 1 as people count, the column by its label.
 */
export function parseRows(field: Field, input: string, read: ReadCell): Parsed<Rows | null> {
  const columns = field.columns ?? []
  const typed = typedRows(columns, input)
  if (typed === null) return fault('rows-form')
  const limit = field.maximumRows ?? defaultRows
  const rows: Record<string, CellValue>[] = []
  for (const [index, row] of typed.entries()) {
    if (isBlankRow(row)) continue
    if (Object.keys(row).some((id) => columns.every((column) => column.id !== id))) return fault('rows-form')
    if (rows.length === limit) return fault('rows-too-many', { limit })
    const values: Record<string, CellValue> = {}
    for (const column of columns) {
      const value = read(column, row[column.id] ?? '')
      const place = { row: index + 1, column: column.label }
      if (!value.ok) return fault('rows-cell', place)
      if (value.value !== null) values[column.id] = value.value
      else if (column.required === true) return fault('rows-cell-blank', place)
    }
    rows.push(values)
  }
  return parsed(rows.length === 0 ? null : rows)
}

/** The text of rows that a form keeps; `inputOf` gives that of one cell. */
export function formatRows(rows: Rows, inputOf: (value: CellValue) => string): string {
  const typed = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([id, value]) => [id, inputOf(value)])),
  )
  return JSON.stringify(typed)
}

/** Rows on one line: the cells of a row with spaces, the rows with `；` between them. */
export function rowsLine(
  field: Field,
  rows: Rows,
  show: (column: Column, value: CellValue) => string,
): string {
  return rows
    .map((row) =>
      (field.columns ?? [])
        .flatMap((column) => {
          const value = row[column.id]
          return value === undefined ? [] : [show(column, value)]
        })
        .join(' '),
    )
    .join('；')
}

/** Two rows are alike when their cells are; the order of the cells of one row is nobody's. */
export function sameRows(a: Rows, b: Rows): boolean {
  const text = (rows: Rows) => JSON.stringify(rows.map((row) => Object.entries(row).sort(byName)))
  return isRows(a) && isRows(b) && text(a) === text(b)
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
