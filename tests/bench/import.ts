import { Readable } from 'node:stream'
import excel from 'exceljs'
import { mapTable } from '../../src-main/services/import/map-table.ts'
import { catalogueOf } from '../../src-main/services/catalogue/read.ts'
import type { UnlockedContext } from '../../src-main/services/context.ts'
import type { ImportProfile } from '../../src-shared/import/profile.ts'
import { fewPeople, VaultFixture } from '../helpers/vault-fixture.ts'
import { rateOf, type Measurement } from './measure.ts'

const headings = [
  '干部姓名',
  '与干部关系',
  '借贷方向',
  '类别',
  '说明',
  '金额',
  '债权人',
  '债务人',
  '起始日期',
  '备注',
]

const profile: ImportProfile = {
  name: '借贷',
  source: '财务',
  encoding: 'utf-8',
  header: true,
  delimiter: ',',
  cadre: { nameColumn: 0 },
  category: { kind: 'fixed', category: 'C6' },
  fields: {
    C6: [
      { column: 1, field: 'relation' },
      { column: 2, field: 'direction' },
      { column: 4, field: 'description' },
      { column: 5, field: 'amount' },
    ],
  },
  money: { unit: '元', currency: 'CNY' },
  declined: ['拒绝申报'],
  blank: ['-'],
}

async function bigWorkbook(rows: number): Promise<Buffer> {
  const workbook = new excel.Workbook()
  const sheet = workbook.addWorksheet('表')
  sheet.addRow(headings)
  for (let row = 0; row < rows; row++) {
    const person = `干部${String.fromCodePoint(0x4e00 + (row % 900))}`
    const words = [`第 ${row} 笔`, row + 0.1, '甲', '乙', new Date(Date.UTC(2020, row % 12, 1)), '备注']
    sheet.addRow([person, '本人', '借出', '民间借贷', ...words])
  }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

async function readAlone(bytes: Buffer): Promise<void> {
  const options = { worksheets: 'emit', sharedStrings: 'cache', styles: 'cache' } as const
  const reader = new excel.stream.xlsx.WorkbookReader(Readable.from([bytes]) as never, options as never)
  let rows = 0
  for await (const sheet of reader) for await (const _ of sheet) rows += 1
  if (rows === 0) throw new Error('exceljs read nothing')
}

/** A workbook of ten columns mapped, checked and matched to dossiers, against exceljs that only reads it. */
export async function importWorkbook(rows: number): Promise<Measurement> {
  const bytes = await bigWorkbook(rows)
  const vault = await VaultFixture.found({ people: fewPeople })
  try {
    const context = (await vault.enter('collector')) as UnlockedContext
    const catalogue = catalogueOf(context.session)
    if (!catalogue.ok) throw new Error(catalogue.error.code)
    const never = new AbortController().signal
    const rate = await rateOf(rows, async () => {
      const file = { name: '借贷.xlsx', bytes: new Uint8Array(bytes) }
      const mapped = await mapTable(context, file, catalogue.value, profile, () => undefined, never)
      if (!mapped.ok) throw new Error(mapped.error.code)
      if (mapped.value.sorted.accepted.length !== rows) throw new Error('rows were refused')
    })
    const alone = await rateOf(rows, () => readAlone(bytes))
    return {
      name: `import ${rows.toLocaleString('en')} × 10 .xlsx with all checks`,
      rate,
      unit: 'rows/s',
      against: [{ name: 'exceljs, read alone', rate: alone, aim: 0.5 }],
    }
  } finally {
    await vault.close()
  }
}
