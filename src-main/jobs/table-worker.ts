import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import type { TableNotice } from '../../src-shared/import/source.ts'
import type { TableRow } from '../../src-shared/import/rows.ts'
import { err } from '../../src-shared/kernel/result.ts'
import { workbookLimits as limits } from '../tables/limits.ts'
import { findMerges } from '../tables/merges.ts'
import { Refusal } from '../tables/refusal.ts'
import { sheetRows, type SheetSeen } from '../tables/sheet-rows.ts'
import { openWorkbook, readShapes, readStrings } from '../tables/workbook.ts'
import type { FromTableThread, TableOrder } from './table-messages.ts'

const rowsAtOnce = 1000
const batchesAhead = 4

function tell(message: FromTableThread): void {
  parentPort?.postMessage(message)
}

let ahead = 0
parentPort?.on('message', () => {
  ahead -= 1
})

async function send(rows: readonly TableRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    while (ahead >= batchesAhead) await once(parentPort as NonNullable<typeof parentPort>, 'message')
    ahead += 1
    tell({ kind: 'rows', rows: rows.slice(from, from + rowsAtOnce) })
  }
}

async function read(order: TableOrder): Promise<void> {
  const { buffer, byteOffset, byteLength } = order.bytes
  const workbook = await openWorkbook(Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength), limits)
  const { sheets, parts, uses1904 } = workbook
  const chosen =
    order.sheet === null
      ? (sheets.find((sheet) => !sheet.hidden) ?? sheets[0])
      : sheets.find((sheet) => sheet.name === order.sheet)
  if (chosen === undefined) throw new Refusal(err('import/sheet-missing'))
  const merges = await findMerges(parts.read(chosen.part), limits)
  const notices: TableNotice[] = []
  const note = (code: TableNotice['code'], params: TableNotice['params'] = {}) =>
    void notices.push({ code, params })
  if (workbook.hasMacros) note('macros')
  if (workbook.hasExternalLinks) note('external-links')
  const hidden = sheets.filter((sheet) => sheet.hidden).map((sheet) => sheet.name)
  if (hidden.length > 0) note('hidden-sheets', { sheets: hidden.slice(0, 20).join('、') })
  if (merges.length > 0) note('merged', { count: merges.length })
  tell({
    kind: 'opened',
    sheets: sheets.map((sheet) => ({ name: sheet.name, hidden: sheet.hidden })),
    sheet: chosen.name,
    notices,
  })
  const strings = await readStrings(workbook, limits)
  const shapes = await readShapes(workbook, limits)
  const seen: SheetSeen = { hiddenRows: 0, hiddenColumns: [] }
  const context = { strings, shapes, uses1904, merges, limits }
  for await (const rows of sheetRows(parts.read(chosen.part), context, seen)) await send(rows)
  const later: TableNotice[] = []
  if (seen.hiddenRows > 0) later.push({ code: 'hidden-rows', params: { count: seen.hiddenRows } })
  if (seen.hiddenColumns.length > 0) {
    later.push({ code: 'hidden-columns', params: { columns: seen.hiddenColumns.slice(0, 30).join('、') } })
  }
  tell({ kind: 'done', notices: later })
}

try {
  await read(workerData as TableOrder)
} catch (thrown) {
  if (!(thrown instanceof Refusal)) throw thrown
  tell({ kind: 'refused', error: thrown.result.error })
}
