import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { defaultTableOptions, readTable } from '../../src-main/services/import/table-reader.ts'
import { readCatalogue } from '../../src-shared/catalogue/validate.ts'
import { checkProfile, importProfileSchema, type ImportProfile } from '../../src-shared/import/profile.ts'
import type { QuarantinedRow } from '../../src-shared/import/quarantine.ts'
import { markRepeats } from '../../src-shared/import/repeats.ts'
import { mapRow, type RowDraft, type TableRow } from '../../src-shared/import/rows.ts'
import { isMoney } from '../../src-shared/catalogue/values.ts'
import type { Catalogue } from '../../src-shared/catalogue/schema.ts'

const asOf = '2026-11-22'
const resource = (path: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../resources/${path}`, import.meta.url)))

function shipped(): { readonly catalogue: Catalogue; readonly profile: ImportProfile } {
  const catalogue = readCatalogue(resource('catalogue/default.json'))
  if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.error))
  const text = new TextDecoder().decode(resource('import-profiles/korea-assembly.json'))
  return { catalogue: catalogue.value, profile: importProfileSchema.parse(JSON.parse(text)) }
}

test('the profile for the asset reports of the Korean assembly fits the catalogue', () => {
  const { catalogue, profile } = shipped()
  expect(checkProfile(profile, catalogue)).toEqual({ ok: true, value: profile })
})

// Public data, not part of the project: 3,028 rows of 183 officials, 2012.
const file = fileURLToPath(new URL('../../../shared/data/korea-assembly-property.csv', import.meta.url))
const present = existsSync(file)
if (!present) console.warn('skipped: ../shared/data/korea-assembly-property.csv is not there')

describe.skipIf(!present)('the asset reports of the Korean assembly (../shared/data)', () => {
  const rows: TableRow[] = []
  const accepted: RowDraft[] = []
  const quarantined: QuarantinedRow[] = []
  let found: Partial<ImportProfile> = {}

  beforeAll(async () => {
    const { catalogue, profile } = shipped()
    const table = readTable(new Uint8Array(readFileSync(file)), defaultTableOptions)
    if (!table.ok) throw new Error(table.error.code)
    found = { encoding: table.value.encoding, delimiter: table.value.delimiter }
    for await (const item of table.value.rows()) {
      if (!item.ok) throw new Error(item.error.code)
      rows.push(item.value)
      const outcome = mapRow(profile, catalogue, item.value.cells, item.value.row, asOf)
      if (outcome.ok) accepted.push(outcome.draft)
      else quarantined.push({ ...item.value, problems: outcome.problems })
    }
  })

  const at = (row: number): RowDraft | undefined => accepted.find((draft) => draft.row === row)

  test('are found to be what the profile says they are', () => {
    expect(found).toEqual({ encoding: 'utf-8', delimiter: ',' })
    expect(shipped().profile).toMatchObject(found)
  })

  test('lose no row: each is accepted or in quarantine', () => {
    expect(rows).toHaveLength(3028)
    expect(accepted.length + quarantined.length).toBe(3028)
    expect(new Set(rows.map((row) => row.cells[0])).size).toBe(183)
    expect(new Set(accepted.map((draft) => draft.cadreName)).size).toBe(183)
  })

  test('go to quarantine exactly where the amount cannot be read', () => {
    expect(quarantined.map((row) => row.cells[5])).toEqual([
      '25,000(25,000)',
      '304,004 (728,620)',
      '143,078 (342,880)',
      '1,100 (1,100)',
      '120,000(120,000)',
      '330,000(330,000)',
      '182,160 (435,386)',
      '신축건물 공사비 미지급금(구례군 토지면내서리)',
      '7,800(7,800)',
    ])
    for (const row of quarantined) {
      expect(row.problems).toEqual([
        expect.objectContaining({ row: row.row, column: 5, code: 'money-unreadable' }),
      ])
    }
  })

  test('go to the categories of their classes', () => {
    const counts = new Map<string, number>()
    for (const draft of accepted) counts.set(draft.category, (counts.get(draft.category) ?? 0) + 1)
    expect(Object.fromEntries([...counts].sort())).toEqual({ C2: 1384, C3: 152, C4: 13, C6: 453, C7: 1017 })
  })

  test('repeat an earlier row 25 times', () => {
    const repeats = markRepeats(rows)
    expect(repeats.size).toBe(25)
    for (const [row, first] of repeats) {
      expect(first).toBeLessThan(row)
      expect(rows[row - 1]?.cells).toEqual(rows[first - 1]?.cells)
    }
  })

  test('decline 107 times, saying whose and nothing else', () => {
    const declined = accepted.filter((draft) => draft.declaration === 'declined')
    expect(declined).toHaveLength(107)
    expect(new Set(declined.map((draft) => draft.category))).toEqual(new Set(['C7']))
    for (const draft of declined) expect(Object.keys(draft.values)).toEqual(['relation'])
  })

  test('leave an amount of “-” blank: 23 beside those that decline, and none becomes 0', () => {
    const dashes = rows.filter((row) => row.cells[5] === '-').map((row) => row.row)
    expect(dashes).toHaveLength(130)
    const blank = dashes.map(at).filter((draft) => draft?.declaration === 'present')
    expect(blank).toHaveLength(23)
    for (const draft of blank) expect(draft?.values['value']).toBe(undefined)
    expect(rows.filter((row) => row.cells[5] === '0')).toHaveLength(6)
    const zeros = accepted.filter(({ values: { value } }) => isMoney(value) && value.amount === 0)
    expect(zeros).toHaveLength(6)
  })

  test('are worth exactly what the file says, in hundredths of a won', () => {
    const written = rows
      .filter((row) => /^[\d,]+$/.test(row.cells[5] ?? ''))
      .reduce((sum, row) => sum + BigInt((row.cells[5] ?? '').replaceAll(',', '')) * 100_000n, 0n)
    let read = 0n
    for (const { values } of accepted) {
      for (const value of Object.values(values)) {
        if (!isMoney(value)) continue
        expect(value.currency).toBe('KRW')
        read += BigInt(value.amount)
      }
    }
    expect(read).toBe(written)
    expect(at(1)?.values['value']).toEqual({ amount: 36_600_000_000, currency: 'KRW' })
  })

  test('say who in the household owns what', () => {
    const relations = new Map<string, number>()
    for (const draft of accepted) {
      const relation = String(draft.values['relation'])
      relations.set(relation, (relations.get(relation) ?? 0) + 1)
    }
    for (const row of quarantined) {
      const code = { 본인: '01', 배우자: '10', 장남: '22' }[row.cells[1] ?? '']
      if (code !== undefined) relations.set(code, (relations.get(code) ?? 0) + 1)
    }
    expect(Object.fromEntries([...relations].sort())).toEqual({
      '01': 1593,
      '10': 852,
      '22': 148,
      '23': 22,
      '24': 7,
      '32': 61,
      '33': 24,
      '34': 3,
      '35': 2,
      '41': 10,
      '42': 7,
      '51': 142,
      '52': 157,
    })
  })

  test('have nothing odd that would be hidden from a reviewer', () => {
    expect(accepted.filter((draft) => draft.warnings.length > 0)).toEqual([])
  })
})
