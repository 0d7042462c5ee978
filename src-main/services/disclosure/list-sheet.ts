import { PassThrough } from 'node:stream'
import ExcelJS from 'exceljs'

/** A cell: words, or a number. */
export type ListCell = string | number | null

export interface ListSheet {
  readonly title: string
  /** Who took it along, when, and what for: stands above the table and at the foot of each printed page. */
  readonly watermark: string
  readonly columns: readonly { readonly title: string; readonly width: number }[]
  readonly rows: Iterable<readonly ListCell[]>
}

/**
 * Text that a spreadsheet would read as a formula once it is saved as CSV stays text. In the .xlsx itself every text is
 * typed as one.
 */
export function plainText(text: string): string {
  return /^[=+\-@\t\r\n|%]/.test(text) ? `'${text}` : text
}

/** The bytes of an .xlsx of one sheet, written row by row. */
export async function listSheetBytes(sheet: ListSheet): Promise<Uint8Array> {
  const stream = new PassThrough()
  const pieces: Buffer[] = []
  stream.on('data', (piece: Buffer) => pieces.push(piece))
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  const page = book.addWorksheet(sheet.title, {
    views: [{ state: 'frozen', ySplit: 2 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    // In a header or footer `&` begins a code.
    headerFooter: { oddFooter: `&C${sheet.watermark.replaceAll('&', '&&').slice(0, 200)}` },
  })
  page.columns = sheet.columns.map(({ width }) => ({ width, style: { numFmt: '@' } }))
  page.addRow([plainText(sheet.watermark)]).commit()
  const head = page.addRow(sheet.columns.map(({ title }) => title))
  head.font = { bold: true }
  head.commit()
  for (const cells of sheet.rows)
    page.addRow(cells.map((cell) => (typeof cell === 'string' ? plainText(cell) : cell))).commit()
  page.commit()
  await book.commit()
  return new Uint8Array(Buffer.concat(pieces))
}
