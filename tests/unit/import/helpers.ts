import {
  readTable,
  defaultTableOptions,
  type TableOptions,
} from '../../../src-main/services/import/table-reader.ts'
import type { ImportProfile } from '../../../src-shared/import/profile.ts'
import type { RowOutcome, TableRow } from '../../../src-shared/import/rows.ts'
import type { Failure } from '../../../src-shared/kernel/errors.ts'

/** A table of houses: 干部, 与干部关系, 地址, 面积, 价格(万元). */
export const houses: ImportProfile = {
  name: '房产登记表',
  source: '组织人事',
  encoding: 'utf-8',
  header: true,
  delimiter: ',',
  cadre: { nameColumn: 0 },
  category: { kind: 'fixed', category: 'C2' },
  fields: {
    C2: [
      { column: 1, field: 'relation', codes: { 家主: '01' } },
      { column: 2, field: 'address' },
      { column: 3, field: 'area' },
      { column: 4, field: 'price' },
    ],
  },
  money: { unit: '万元', currency: 'CNY' },
  declined: ['拒绝申报'],
  none: ['无此情况'],
  blank: ['-'],
}

/** The codes of the problems with their columns and fields, or the draft. */
export function problemsOf(outcome: RowOutcome): readonly string[] {
  if (outcome.ok) return []
  return outcome.problems.map((problem) => `${problem.column ?? ''}:${problem.field ?? ''}:${problem.code}`)
}

export interface ReadTable {
  readonly rows: readonly TableRow[]
  readonly failure: Failure | null
  readonly encoding: string | null
  readonly delimiter: string | null
}

/** Reads a whole table, as far as it goes. */
export async function readAll(
  bytes: Uint8Array,
  options: Partial<TableOptions> = {},
  signal?: AbortSignal,
): Promise<ReadTable> {
  const table = readTable(bytes, { ...defaultTableOptions, ...options })
  if (!table.ok) return { rows: [], failure: table.error, encoding: null, delimiter: null }
  const rows: TableRow[] = []
  let failure: Failure | null = null
  for await (const row of table.value.rows(signal)) {
    if (failure !== null) throw new Error('an item after the error')
    if (row.ok) rows.push(row.value)
    else failure = row.error
  }
  return { rows, failure, encoding: table.value.encoding, delimiter: table.value.delimiter }
}
