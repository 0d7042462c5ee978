import { describe, expect, test } from 'vitest'
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js'
import excel from 'exceljs'
import { dictionaryFile } from '../../../src-main/services/catalogue/dictionary-file.ts'
import { categorySchemaId, dictionarySchema } from '../../../src-shared/catalogue/dictionary.ts'
import { dictionarySheets } from '../../../src-shared/catalogue/dictionary-sheets.ts'
import { cellExample, valueExample } from '../../../src-shared/catalogue/examples.ts'
import { formatFieldInput, parseFieldInput } from '../../../src-shared/catalogue/fields.ts'
import type { Field } from '../../../src-shared/catalogue/schema.ts'
import { dictionaryWords } from '../../../src-shared/i18n/zh-CN/dictionary.ts'
import { templateWords } from '../../../src-shared/i18n/zh-CN/template.ts'
import { importableFields } from '../../../src-shared/import/parts.ts'
import { profileTargets } from '../../../src-shared/import/profile.ts'
import { mapRow } from '../../../src-shared/import/rows.ts'
import { suggestProfile } from '../../../src-shared/import/suggest.ts'
import { templateOf } from '../../../src-shared/import/template.ts'
import { workingCopy } from '../../../src-shared/catalogue/editing.ts'
import { shippedCatalogue, today } from './helpers.ts'

const base = shippedCatalogue()
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
    const sheets = dictionarySheets(after, dictionaryWords)
    expect(sheets.some(({ rows }) => rows.some(([category]) => category === 'D11'))).toBe(false)
  })

  test('has a row for each field and for each code that a field uses, and says how each is written', () => {
    const [about, categories, fields, codes] = dictionarySheets(base, dictionaryWords)
    expect(about?.columns[0]?.title).toContain(String(base.version))
    expect(categories?.rows).toHaveLength(base.categories.length)
    expect(fields?.rows).toHaveLength(base.categories.reduce((sum, one) => sum + one.fields.length, 0))
    for (const sheet of [categories, fields, codes])
      for (const row of sheet?.rows ?? []) expect(row).toHaveLength(sheet?.columns.length ?? 0)
    const area = fields?.rows.find(([id, , field]) => id === 'C2' && field === 'area')
    expect(area).toEqual(expect.arrayContaining(['数字', '不小于 0，不大于 10000000', '㎡']))
    expect(codes?.rows).toContainEqual([
      'sex',
      expect.any(String),
      '1',
      expect.stringContaining('男'),
      expect.any(String),
    ])
  })

  test('names in .xlsx every cell as a text', async () => {
    const evil = { title: '栏目', columns: [{ title: '甲', width: 10 }], rows: [['=1+1'], ['-3']] }
    const book = new excel.Workbook()
    await book.xlsx.load((await dictionaryFile([evil])).buffer as ArrayBuffer)
    const cells = [2, 3].map((row) => book.getWorksheet('栏目')?.getCell(row, 1))
    expect(cells.map((cell) => [cell?.type, cell?.value])).toEqual([
      [excel.ValueType.String, '=1+1'],
      [excel.ValueType.String, '-3'],
    ])
  })
})

describe('the schema of each category', () => {
  const ajv = new Ajv({ strict: true, allErrors: true })
  ajv.addSchema(schemaOf(base), 'dictionary')
  const validatorOf = (id: string) => {
    const validate = ajv.getSchema(categorySchemaId(base, id))
    if (validate === undefined) throw new Error(id)
    return validate
  }

  test.each(base.categories)('is JSON Schema 2020-12 and fits its own examples: $id', (category) => {
    const validate = validatorOf(category.id)
    const values = Object.fromEntries(
      category.fields.flatMap((field) => {
        const value = valueExample(field, base)
        return value === null ? [] : [[field.id, value] as const]
      }),
    )
    expect(Object.keys(values).sort()).toEqual(
      importableFields(category)
        .map(({ id }) => id)
        .sort(),
    )
    expect(validate(values), JSON.stringify(validate.errors)).toBe(true)
    expect(validate({ ...values, nobody: '1' })).toBe(false)
    for (const { id } of category.fields.filter(({ required }) => required === true))
      expect(validate({ ...values, [id]: undefined }), id).toBe(false)
  })

  test.each(base.categories.filter(({ compartment }) => compartment === 'archive'))(
    'takes a row of the template that imports, and what it takes imports again from a cell: $id',
    (category) => {
      const template = templateOf(category, base, templateWords)
      const headings = template.columns.map(({ heading, required }) => `${heading}${required ? '*' : ''}`)
      const fields = importableFields(category)
      const named = template.columns.length - fields.length
      const about = named === 0 ? [] : ['钟离甲', '']
      // The number of GB 11643's example says this day of birth.
      const births = category.crossChecks.flatMap((one) => (one.check === 'identity' ? [one.birth] : []))
      const cellOf = (field: Field) => (births.includes(field.id) ? '1949-12-31' : cellExample(field, base))
      const cells = [...about, ...fields.map(cellOf)]
      const { profile } = suggestProfile([cells], base, {
        header: headings,
        encoding: 'utf-8',
        delimiter: ',',
        sheet: template.sheet,
      })
      expect(profileTargets(profile).map((target) => target.category)).toEqual([category.id])
      const outcome = mapRow(profile, base, cells, 2, today)
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
      const { values } = outcome.draft
      expect(Object.keys(values).sort()).toEqual(fields.map(({ id }) => id).sort())
      expect(validatorOf(category.id)(values)).toBe(true)
      for (const field of fields) {
        const again = parseFieldInput(field, base, formatFieldInput(values[field.id] ?? ''), { asOf: today })
        expect(again.ok && again.value, field.id).toEqual(values[field.id])
      }
    },
  )

  test('refuses what import refuses by its form', () => {
    const validate = validatorOf('C2')
    const house = { relation: '01', address: '清河路' }
    for (const wrong of [
      { ...house, relation: '没有的' },
      { ...house, area: 90 },
      { ...house, area: '90㎡' },
      { ...house, acquiredOn: '2020-13' },
      { ...house, price: '12' },
      { ...house, price: { amount: 1.5, currency: 'CNY' } },
      { ...house, price: { amount: 1, currency: '???' } },
      { ...house, address: '' },
      { relation: '01' },
    ])
      expect(validate(wrong), JSON.stringify(wrong)).toBe(false)
    expect(validate(house)).toBe(true)
  })
})
