import { describe, expect, test } from 'vitest'
import {
  csvText,
  dictionaryColumns,
  dictionaryRows,
  dictionarySchema,
} from '../../../src-shared/catalogue/dictionary.ts'
import { workingCopy } from '../../../src-shared/catalogue/editing.ts'
import { shippedCatalogue } from './helpers.ts'

const base = shippedCatalogue()
const words = { kind: (kind: string) => kind, yes: '是' }
// oxlint-disable-next-line typescript/no-explicit-any -- any place of the document is looked at
const schemaOf = (catalogue: typeof base): any => dictionarySchema(catalogue)

describe('the data dictionary', () => {
  test('has every category with its required fields, codes and amounts', () => {
    const { $defs } = schemaOf(base)
    expect(Object.keys($defs)).toEqual(base.categories.map(({ id }) => id))
    expect($defs.C2.required).toEqual(['relation', 'address'])
    expect($defs.C2.properties.price.properties.currency.enum).toContain('CNY')
    expect($defs.A1.properties.sex.oneOf).toContainEqual({
      const: '1',
      title: expect.stringContaining('男') as string,
    })
    const { pattern } = $defs.A1.properties.birth
    for (const [text, fits] of [
      ['1991', true],
      ['1991-02', true],
      ['1991-02-28', true],
      ['1991-2', false],
    ] as const)
      expect(new RegExp(pattern, 'u').test(text)).toBe(fits)
  })

  test('leaves out what is not asked for any more', () => {
    const after = workingCopy(base, [
      { edit: 'field.retire', category: 'C2', field: 'price', retired: true },
      { edit: 'category.retire', category: 'D11', retired: true },
    ])
    const { $defs } = schemaOf(after)
    expect($defs.D11).toBe(undefined)
    expect($defs.C2.properties.price).toBe(undefined)
    expect(dictionaryRows(after, words).some(([category]) => category === 'D11')).toBe(false)
  })

  test('is a table with a row for each field', () => {
    const rows = dictionaryRows(base, words)
    expect(rows).toHaveLength(base.categories.reduce((sum, { fields }) => sum + fields.length, 0))
    for (const row of rows) expect(row).toHaveLength(dictionaryColumns.length)
  })

  test('is read by spreadsheets as texts, never as formulas', () => {
    expect(csvText([['=1+1', 'a"b', '甲,乙', '-3']])).toBe(`\uFEFF'=1+1,"a""b","甲,乙",'-3\r\n`)
  })
})
