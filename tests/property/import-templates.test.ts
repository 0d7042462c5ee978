import excel from 'exceljs'
import { fc } from '../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import { openSource } from '../../src-main/services/import/source.ts'
import { templateFile } from '../../src-main/services/import/template.ts'
import { importableFields } from '../../src-shared/import/parts.ts'
import { mapRow, type TableRow } from '../../src-shared/import/rows.ts'
import { suggestProfile } from '../../src-shared/import/suggest.ts'
import { findHeader } from '../../src-shared/import/headings.ts'
import { templateOf } from '../../src-shared/import/template.ts'
import { templateWords } from '../../src-shared/i18n/zh-CN/template.ts'
import { shippedCatalogue } from '../unit/catalogue/helpers.ts'

const catalogue = shippedCatalogue()
const categories = catalogue.categories.filter(({ compartment }) => compartment === 'archive')

/** The template of a category, filled with rows of texts by column. */
async function filled(id: string, rows: readonly (readonly string[])[]) {
  const category = categories.find((one) => one.id === id)!
  const template = templateOf(category, catalogue, templateWords)
  const workbook = new excel.Workbook()
  await workbook.xlsx.load((await templateFile(template)) as never)
  const sheet = workbook.worksheets[0]!
  const first = template.guidance.length + 3
  for (const [index, cells] of rows.entries()) {
    for (const [column, cell] of cells.entries())
      if (cell !== '') sheet.getCell(first + index, column + 1).value = cell
  }
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer())
  const options = { encoding: 'auto', delimiter: 'auto', sheet: null } as const
  const source = await openSource(bytes, catalogue, options, new AbortController().signal)
  if (!source.ok) throw new Error(source.error.code)
  const read: TableRow[] = []
  for await (const row of source.value.rows()) {
    if (!row.ok) throw new Error(row.error.code)
    read.push(row.value)
  }
  const at =
    findHeader(
      read.map(({ cells }) => cells),
      catalogue,
    ) ?? -1
  const header = read[at]?.cells ?? []
  const body = read.slice(at + 1)
  const { profile } = suggestProfile(
    body.map(({ cells }) => cells),
    catalogue,
    { header, sheet: source.value.sheet },
  )
  return { template, profile, body }
}

describe.each(categories.map(({ id, name }) => [id, name] as const))('the template of %s %s', (id) => {
  test('maps every field that a table can fill to the column that it stands in', async () => {
    const { template, profile } = await filled(id, [['钟离甲']])
    const category = categories.find((one) => one.id === id)!
    expect(profile.category).toEqual({ kind: 'fixed', category: id })
    const fields = importableFields(category)
    const about = template.columns.length - fields.length
    const mapped = new Map(profile.fields[id]!.map(({ field, column }) => [field, column]))
    expect(Object.fromEntries(mapped)).toEqual(
      Object.fromEntries(fields.map((field, index) => [field.id, about + index])),
    )
    expect(template.columns[profile.cadre.nameColumn]?.heading).toMatch(/^(干部)?姓名$/)
  })
})

test('what is filled into a template is what is imported, to the letter and the fen', async () => {
  // Text that a field keeps as it is: no white space at its ends, none of the words that mean something.
  const words = fc.stringMatching(/^[甲乙丙丁A-Z0-9=+<>&"']{2,20}$/).filter((text) => !/^[-/]/.test(text))
  const row = fc.record({ what: words, fen: fc.integer({ min: 1, max: 9_007_199_254_740 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
      const category = categories.find(({ id }) => id === 'C6')!
      const place = (field: string) => 2 + category.fields.findIndex(({ id }) => id === field)
      const cells = rows.map(({ what, fen }) => {
        const written = Array.from({ length: 2 + category.fields.length }, () => '')
        written[0] = '钟离甲'
        written[place('relation')] = '本人'
        written[place('direction')] = '借出'
        written[place('description')] = what
        written[place('amount')] = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
        return written
      })
      const { profile, body } = await filled('C6', cells)
      const read = body.map(({ cells: found, row: number }) => {
        const padded = [...found, ...Array.from({ length: 60 }, () => '')]
        const outcome = mapRow(profile, catalogue, padded, number, '2026-11-22')
        return outcome.ok ? outcome.draft.values : outcome.problems
      })
      expect(read).toMatchObject(
        rows.map(({ what, fen }) => ({ description: what, amount: { amount: fen, currency: 'CNY' } })),
      )
    }),
    { numRuns: 8 },
  )
})
