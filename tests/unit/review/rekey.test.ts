import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Category, Field } from '../../../src-shared/catalogue/schema.ts'
import type { FieldValue, RecordValues } from '../../../src-shared/catalogue/values.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { alike, compareRekeyed, criticalFields, rekeyDigest } from '../../../src-shared/review/rekey.ts'
import { category, shippedCatalogue } from '../catalogue/helpers.ts'

const house = category(shippedCatalogue(), 'C2')
const kin = category(shippedCatalogue(), 'A3')
const sanction = category(shippedCatalogue(), 'E5')

function differing(of: Category, entered: RecordValues, typed: RecordValues): readonly string[] {
  return compareRekeyed(of, { declaration: 'present', values: entered }, typed)
    .filter(({ agrees }) => !agrees)
    .map(({ field }) => field)
}

describe('what a reviewer types again', () => {
  test('is the critical fields of the category', () => {
    const ids = criticalFields(sanction, { declaration: 'present' }).map(({ id }) => id)
    expect(ids).toEqual(['kind', 'document', 'on', 'until'])
  })

  test('is only whose it is when nothing is declared', () => {
    const ids = (declaration: 'none' | 'present') => criticalFields(kin, { declaration }).map(({ id }) => id)
    expect(ids('none')).toEqual(['relation'])
    expect(ids('present')).toEqual(['relation', 'identityNumber'])
  })

  test('agrees in dates, codes and numbers of documents only when equal', () => {
    const entered = { kind: '02', document: '监处〔2026〕3号', on: '2026-03-02', until: '2027-03-02' }
    expect(differing(sanction, entered, entered)).toEqual([])
    expect(differing(sanction, entered, { ...entered, on: '2026-03-20' })).toEqual(['on'])
    expect(differing(sanction, entered, { ...entered, kind: '03' })).toEqual(['kind'])
    expect(differing(sanction, entered, { ...entered, document: '监处〔2026〕8号' })).toEqual(['document'])
  })

  test('agrees in texts whatever the width of characters and the white space', () => {
    const entered = { kind: '02', document: '监处(2026)3号', on: '2026-03-02', until: '2027-03-02' }
    expect(differing(sanction, entered, { ...entered, document: '监处（２０２６） 3号' })).toEqual([])
  })

  test('differs where one of the two is blank', () => {
    const entered = { kind: '02', document: '甲', on: '2026-03-02' }
    expect(differing(sanction, entered, { ...entered, until: '2027-03-02' })).toEqual(['until'])
    expect(differing(sanction, { ...entered, until: '2027-03-02' }, entered)).toEqual(['until'])
  })

  test('agrees in money by amount and currency', () => {
    const money = (amount: number, currency = 'CNY') => ({ price: { amount, currency } })
    const only: Category = {
      ...house,
      fields: [{ id: 'price', label: '价格', kind: 'money', critical: true }],
    }
    expect(differing(only, money(36_600_000), money(36_600_000))).toEqual([])
    expect(differing(only, money(36_600_000), money(3_660_000))).toEqual(['price'])
    expect(differing(only, money(36_600_000), money(36_600_000, 'USD'))).toEqual(['price'])
    expect(differing(only, money(1), { price: '0.01' })).toEqual(['price'])
  })

  test('agrees in several names whatever their order, and in none when one is missing', () => {
    const only: Category = {
      ...house,
      fields: [{ id: 'holder', label: '产权人', kind: 'person', critical: true }],
    }
    expect(differing(only, { holder: '张三、李 四' }, { holder: '李四、张三' })).toEqual([])
    expect(differing(only, { holder: '张三、李四' }, { holder: '张三' })).toEqual(['holder'])
  })

  test.each(['text', 'longText', 'personName'] as const)(
    'agrees in a %s but for width, case and space',
    (kind) => {
      const only: Category = {
        ...house,
        fields: [{ id: 'said', label: '说', kind, critical: true }] as never,
      }
      expect(differing(only, { said: 'Ａb  Ｃ（甲）' }, { said: 'aB c(甲)' })).toEqual([])
      expect(differing(only, { said: '甲' }, { said: '乙' })).toEqual(['said'])
    },
  )

  test('agrees in nothing else that is written otherwise', () => {
    const only: Category = {
      ...house,
      fields: [{ id: 'number', label: '号', kind: 'identityNumber', critical: true }] as never,
    }
    expect(differing(only, { number: '1 2' }, { number: '12' })).toEqual(['number'])
    expect(differing(only, { number: '乙、甲' }, { number: '甲、乙' })).toEqual(['number'])
    expect(differing(only, { number: 'null' }, {})).toEqual(['number'])
    expect(differing(only, {}, {})).toEqual([])
  })

  test('never agrees where one is money and the other a text that looks like it', () => {
    const only: Category = { ...house, fields: [{ id: 'price', label: '价', kind: 'money', critical: true }] }
    const money = { amount: 1, currency: 'CNY' }
    expect(differing(only, { price: money }, { price: '{"amount":1,"currency":"CNY"}' })).toEqual(['price'])
    expect(differing(only, { price: '{"amount":1,"currency":"CNY"}' }, { price: money })).toEqual(['price'])
    expect(differing(only, {}, { price: money })).toEqual(['price'])
  })

  test('tells names apart that only look alike when they are run together', () => {
    const only: Category = {
      ...house,
      fields: [{ id: 'holder', label: '产权人', kind: 'person', critical: true }],
    }
    expect(differing(only, { holder: '张三李四' }, { holder: '张三、李四' })).toEqual(['holder'])
    expect(differing(only, { holder: 'ＺＨ San' }, { holder: 'zhsan' })).toEqual([])
  })

  const field = (kind: Field['kind']): Field => ({ id: 'said', label: '说', kind })

  test.each([
    ['organisation', '江城市　公安局#1', '江城市公安局#1', true],
    ['organisation', '江城市公安局', '江城县公安局', false],
    ['cadre', `王芳#${'0'.repeat(32)}`, `王 芬#${'0'.repeat(32)}`, true],
    ['cadre', `王芳#${'0'.repeat(32)}`, `王芳#${'1'.repeat(32)}`, false],
    ['attachment', `${'a'.repeat(64)} ${'b'.repeat(64)}`, `${'b'.repeat(64)}  ${'a'.repeat(64)}`, true],
    ['attachment', `${'a'.repeat(64)} ${'b'.repeat(64)}`, 'a'.repeat(64), false],
    ['attachment', 'a'.repeat(64), 'b'.repeat(64), false],
    ['documentNumber', '甲 1', '甲1', false],
    ['text', 'Straße', 'STRASSE', false],
  ] as const)('of the kind %s: %s and %s', (kind, entered, typed, expected) => {
    expect(alike(field(kind), entered, typed)).toBe(expected)
    expect(alike(field(kind), typed, entered)).toBe(expected)
  })

  test.each(['text', 'person', 'cadre', 'attachment'] as const)(
    'is no money where a %s is asked for',
    (kind) => {
      const money = { amount: 1, currency: 'CNY' }
      expect(alike(field(kind), money, '1')).toBe(false)
      expect(alike(field(kind), money, null)).toBe(false)
      expect(alike(field(kind), money, { ...money })).toBe(true)
    },
  )

  test('agrees in the rows of a sub-table cell by cell, in their order, but for width and space', () => {
    const row = (name: string, amount: number) => ({ name, paid: { amount, currency: 'CNY' } })
    const rows = [row('甲 公司（一）', 100), row('乙', 200)]
    const agrees = (typed: FieldValue | null) => alike(field('rows'), rows, typed)
    expect(agrees([row('甲公司(一)', 100), row('乙', 200)])).toBe(true)
    expect(agrees([row('甲公司(一)', 100), row('丙', 200)])).toBe(false)
    expect(agrees([row('甲公司(一)', 100), row('乙', 201)])).toBe(false)
    expect(agrees([row('乙', 200), row('甲公司(一)', 100)])).toBe(false)
    expect(agrees([row('甲公司(一)', 100)])).toBe(false)
    expect(agrees([{ title: '甲公司(一)', paid: { amount: 100, currency: 'CNY' } }, row('乙', 200)])).toBe(
      false,
    )
    expect(agrees('甲')).toBe(false)
    expect(agrees(null)).toBe(false)
  })

  test('is bound with the rows of a sub-table as the format says', () => {
    const text =
      '{"salt":"00","type":"liandang/rekey/1","values":{"kin":[{"name":"甲 一","paid":{"amount":1,"currency":"CNY"}},{"name":"乙"}]}}'
    const values = { kin: [{ paid: { amount: 1, currency: 'CNY' }, name: '甲 一' }, { name: '乙' }] }
    expect(rekeyDigest(nodePrimitives, { salt: '00', values })).toBe(
      createHash('sha256').update(text).digest('hex'),
    )
  })

  test('is bound as the format says: canonical JSON of salt, type and values', () => {
    const text =
      '{"salt":"00","type":"liandang/rekey/1","values":{"on":"2026-03-02","price":{"amount":1,"currency":"CNY"}}}'
    const values = { price: { amount: 1, currency: 'CNY' }, on: '2026-03-02' }
    expect(rekeyDigest(nodePrimitives, { salt: '00', values })).toBe(
      createHash('sha256').update(text).digest('hex'),
    )
  })

  test('is bound by a digest that changes with every value and with the salt', () => {
    const digest = (salt: string, values: RecordValues) => rekeyDigest(nodePrimitives, { salt, values })
    const all = [
      digest('00', { on: '2026-03-02' }),
      digest('01', { on: '2026-03-02' }),
      digest('00', { on: '2026-03-03' }),
      digest('00', { until: '2026-03-02' }),
      digest('00', { on: { amount: 1, currency: 'CNY' } }),
    ]
    expect(new Set(all).size).toBe(all.length)
    expect(digest('00', { a: '1', b: '2' })).toBe(digest('00', { b: '2', a: '1' }))
  })
})
