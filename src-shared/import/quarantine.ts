import type { RowProblem, TableRow } from './rows.ts'

const byteOrderMark = '\uFEFF'

/** A row that could not become a record, whole, with every reason. */
export interface QuarantinedRow extends TableRow {
  readonly problems: readonly RowProblem[]
}

/**
 * The quarantine as a table that can be corrected in a spreadsheet and imported again with the same profile: the
 * cells as they came, in their columns, and after the last of them the row's number and the reasons in words.
 *
 * @param header the file's first row if that names the columns; a file without headings gets none
 * @param titles headings of the two added columns
 * @param explain a problem in the reader's language
 */
export function quarantineTable(
  rows: readonly QuarantinedRow[],
  header: readonly string[] | null,
  titles: { readonly row: string; readonly reasons: string },
  explain: (problem: RowProblem) => string,
): readonly (readonly string[])[] {
  const columns = rows.reduce((most, row) => Math.max(most, row.cells.length), header?.length ?? 0)
  const padded = (cells: readonly string[]): readonly string[] =>
    Array.from({ length: columns }, (_, index) => cells[index] ?? '')
  const body = rows.map((row) => [
    ...padded(row.cells),
    String(row.row),
    row.problems.map(explain).join('; '),
  ])
  return header === null ? body : [[...padded(header), titles.row, titles.reasons], ...body]
}

/**
 * RFC 4180 text with CRLF, and a byte order mark, without which spreadsheets take UTF-8 for the system's code page. A
 * cell that a spreadsheet would run as a formula is made text with a leading apostrophe,
 * for the cells come from a file that anyone may have written.
 */
export function csvText(table: readonly (readonly string[])[]): string {
  return byteOrderMark + table.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

function csvCell(cell: string): string {
  const text = /^[=@\t\r]|^[+-](?!$|[\d,.]+$)/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
