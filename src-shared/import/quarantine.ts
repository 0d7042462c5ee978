import type { RowProblem, TableRow } from './rows.ts'

/** A row that could not become a record, whole, with every reason. */
export interface QuarantinedRow extends TableRow {
  readonly problems: readonly RowProblem[]
}

/**
 * The quarantine as a table that can be corrected in a spreadsheet and imported again: the row's number and the
 * reasons in words first, then the cells as they came.
 *
 * @param titles headings of the two added columns, and those of the file if it had any
 * @param explain a problem in the reader's language
 */
export function quarantineTable(
  rows: readonly QuarantinedRow[],
  titles: { readonly row: string; readonly reasons: string; readonly header: readonly string[] | null },
  explain: (problem: RowProblem) => string,
): readonly (readonly string[])[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.cells.length), titles.header?.length ?? 0)
  const header = Array.from({ length: columns }, (_, index) => titles.header?.[index] ?? '')
  return [
    [titles.row, titles.reasons, ...header],
    ...rows.map((row) => [String(row.row), row.problems.map(explain).join('; '), ...row.cells]),
  ]
}

/**
 * RFC 4180 text with CRLF. A cell that a spreadsheet would run as a formula is made text with a leading apostrophe,
 * for the cells come from a file that anyone may have written.
 */
export function csvText(table: readonly (readonly string[])[]): string {
  return table.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

function csvCell(cell: string): string {
  const text = /^[=@\t\r]|^[+-](?!$|[\d,.]+$)/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
