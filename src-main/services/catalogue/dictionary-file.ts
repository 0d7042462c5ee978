import { dictionarySheets, type DictionarySheet } from '../../../src-shared/catalogue/dictionary-sheets.ts'
import { dictionaryWords } from '../../../src-shared/i18n/zh-CN/dictionary.ts'
import { toBase64 } from '../../../src-shared/kernel/bytes.ts'
import { ok } from '../../../src-shared/kernel/result.ts'
import type { UnlockedHandler } from '../context.ts'
import { findVersion } from './read.ts'

export const catalogueDictionary: UnlockedHandler<'catalogue.dictionary'> = async ({ session }, input) => {
  const catalogue = findVersion(session, input)
  if (!catalogue.ok) return catalogue
  const bytes = await dictionaryFile(dictionarySheets(catalogue.value, dictionaryWords))
  return ok({ bytes: toBase64(bytes) })
}

/** The dictionary as .xlsx: every cell is typed as text, none is a formula. */
export async function dictionaryFile(sheets: readonly DictionarySheet[]): Promise<Uint8Array> {
  // Loaded when it is needed: nobody else waits for it.
  const { default: excel } = await import('exceljs')
  const workbook = new excel.Workbook()
  for (const { title, columns, rows } of sheets) {
    const sheet = workbook.addWorksheet(title, { views: [{ state: 'frozen', ySplit: 1 }] })
    sheet.columns = columns.map(({ width }) => ({ width, style: { numFmt: '@' } }))
    const head = sheet.addRow(columns.map((column) => column.title))
    head.font = { bold: true }
    for (const row of rows) sheet.addRow([...row]).alignment = { wrapText: true, vertical: 'top' }
    if (columns.length > 1) {
      head.eachCell((cell) => {
        cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEF7' } }
      })
      sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } }
    }
    sheet.pageSetup = {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
    }
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}
