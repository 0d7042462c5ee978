import { describe, expect, test } from 'vitest'
import { csvText, quarantineTable } from '../../../src-shared/import/quarantine.ts'
import { markRepeats } from '../../../src-shared/import/repeats.ts'
import { mapRow, type TableRow } from '../../../src-shared/import/rows.ts'
import { shippedCatalogue, today } from '../catalogue/helpers.ts'
import { houses, readAll } from './helpers.ts'

function table(...rows: readonly (readonly string[])[]): readonly TableRow[] {
  return rows.map((cells, index) => ({ row: index + 1, cells }))
}

describe('repeats', () => {
  test('point at the first row that is exactly the same', () => {
    const rows = table(['张三', '1'], ['李四', '1'], ['张三', '1'], ['张三', '1'], ['李四', '2'])
    expect([...markRepeats(rows)]).toEqual([
      [3, 1],
      [4, 1],
    ])
  })

  test('are exact: white space, order and the ends of cells count', () => {
    expect(
      markRepeats(table(['a', 'b'], ['a', 'b '], ['b', 'a'], ['ab', ''], ['', 'ab'], ['ab'], ['a', 'b', ''])),
    ).toEqual(new Map())
  })

  test('are told apart even where their fingerprints are the same', () => {
    const [first, second] = collidingCells()
    expect(markRepeats(table([first], [second], [first], [second]))).toEqual(
      new Map([
        [3, 1],
        [4, 2],
      ]),
    )
  })
})

/** Two different texts with one 32-bit fingerprint, found by trying texts until two meet (some 80,000). */
function collidingCells(): readonly [string, string] {
  const seen = new Map<number, string>()
  for (let index = 0; ; index++) {
    const text = `行${index}`
    let hash = 0x811c9dc5
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
    const other = seen.get(hash)
    if (other !== undefined) return [other, text]
    seen.set(hash, text)
  }
}

describe('the quarantine as a table', () => {
  const rows = [
    {
      row: 3,
      cells: ['张三', '25,000(25,000)'],
      problems: [
        { row: 3, column: 1, field: 'price', code: 'money-unreadable', params: {} },
        { row: 3, column: null, field: 'address', code: 'required', params: {} },
      ],
    },
  ] as const

  const titles = { row: '行', reasons: '原因' }
  const code = (problem: { readonly code: string }) => problem.code

  test('keeps the cells in their columns and adds the row and every reason after them', () => {
    expect(quarantineTable(rows, ['姓名', '价格', '备注'], titles, code)).toEqual([
      ['姓名', '价格', '备注', '行', '原因'],
      ['张三', '25,000(25,000)', '', '3', 'money-unreadable; required'],
    ])
  })

  test('has headings only if the file had', () => {
    expect(quarantineTable(rows, null, titles, code)).toEqual([
      ['张三', '25,000(25,000)', '3', 'money-unreadable; required'],
    ])
  })

  test('once corrected is imported with the profile of the file', async () => {
    const cells = ['张三', '本人', '某路', '', '25,000(25,000)']
    const catalogue = shippedCatalogue()
    const first = mapRow(houses, catalogue, cells, 3, today)
    const table = quarantineTable(
      [{ row: 3, cells, problems: first.ok ? [] : first.problems }],
      ['干部', '关系', '地址', '面积', '价格'],
      titles,
      code,
    )
    const corrected = csvText(table).replace('"25,000(25,000)"', '"25,000"')
    const { rows: read } = await readAll(new TextEncoder().encode(corrected))
    expect(mapRow(houses, catalogue, read[1]?.cells ?? [], 2, today)).toMatchObject({
      ok: true,
      draft: { cadreName: '张三', values: { price: { amount: 25_000_000_000, currency: 'CNY' } } },
    })
  })

  test('reads back from its CSV text to the same cells', async () => {
    const cells = [
      ['a', 'b,c', 'd"e', 'f\r\ng', ' h '],
      ['-', '-5', '+1,234.5', '"', '张三'],
    ]
    const { rows: read } = await readAll(new TextEncoder().encode(csvText(cells)))
    expect(read.map((row) => row.cells)).toEqual(cells)
  })

  test('makes no cell a formula of a spreadsheet', () => {
    const evil = ['=1+1', '+SUM(A1)', '-2+3', '@cmd', '\tx']
    for (const cell of evil) expect(csvText([[cell]])).toBe(`\uFEFF'${cell}\r\n`)
  })
})
