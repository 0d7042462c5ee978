import { describe, expect, test } from 'vitest'
import type { ImportProfile } from '../../../src-shared/import/profile.ts'
import { mapRow, type RowOutcome } from '../../../src-shared/import/rows.ts'
import { shippedCatalogue, today } from '../catalogue/helpers.ts'
import { houses, problemsOf } from './helpers.ts'

const catalogue = shippedCatalogue()

function map(cells: readonly string[], profile: ImportProfile = houses): RowOutcome {
  return mapRow(profile, catalogue, cells, 7, today)
}

describe('a row', () => {
  test('becomes a record of its category, exactly', () => {
    expect(map(['张三', '配偶', '遵义市某路 1 号', '114.78', '36.6'])).toEqual({
      ok: true,
      draft: {
        row: 7,
        cadreName: '张三',
        identityNumber: null,
        category: 'C2',
        declaration: 'present',
        values: {
          relation: '10',
          address: '遵义市某路 1 号',
          area: '114.78',
          price: { amount: 36_600_000, currency: 'CNY' },
        },
        warnings: [],
      },
    })
  })

  test('may use words of its source for codes', () => {
    expect(map(['张三', '家主', '某路', '', ''])).toMatchObject({ draft: { values: { relation: '01' } } })
    expect(problemsOf(map(['张三', 'toString', '某路', '', '']))).toEqual(['1:relation:code-unknown'])
  })

  test('leaves blank what is empty or means blank, and never makes it zero', () => {
    const outcome = map(['张三', '本人', '某路', ' ', '-'])
    expect(outcome).toMatchObject({ ok: true, draft: { values: { relation: '01', address: '某路' } } })
    expect(outcome.ok && Object.keys(outcome.draft.values)).toEqual(['relation', 'address'])
    expect(map(['张三', '本人', '某路', '', '0'])).toMatchObject({
      draft: { values: { price: { amount: 0 } } },
    })
  })

  test('with an amount that cannot be read goes to quarantine, with its place', () => {
    expect(map(['张三', '本人', '某路', '', '25,000(25,000)'])).toEqual({
      ok: false,
      problems: [{ row: 7, column: 4, field: 'price', code: 'money-unreadable', params: {} }],
    })
  })

  test('names all its problems at once', () => {
    expect(problemsOf(map(['张3', '朋友', '', '大', '多']))).toEqual([
      '0::name-characters',
      '1:relation:code-unknown',
      '3:area:number-form',
      '4:price:money-unreadable',
      '2:address:required',
    ])
  })

  test('without the name of a cadre belongs to nobody', () => {
    expect(problemsOf(map(['', '本人', '某路', '', '']))).toEqual(['0::cadre-missing'])
    expect(problemsOf(map(['-', '本人', '某路', '', '']))).toEqual(['0::cadre-missing'])
  })

  test('that is too short lacks a column, which is not the same as blank', () => {
    expect(problemsOf(map(['张三', '本人', '某路']))).toEqual([
      '3:area:column-missing',
      '4:price:column-missing',
    ])
  })

  test('may be longer than the profile', () => {
    expect(map(['张三', '本人', '某路', '', '', '其他']).ok).toBe(true)
  })

  test('carries what is odd as warnings', () => {
    const outcome = map(['张三', '本人', '某路', '', ''], {
      ...houses,
      category: { kind: 'fixed', category: 'C2', defaults: { source: '01' } },
    })
    expect(outcome).toMatchObject({
      ok: true,
      draft: { warnings: [{ code: 'requires', severity: 'warning', field: 'price' }] },
    })
  })

  test('takes a unit of its own column before that of the file', () => {
    const profile: ImportProfile = {
      ...houses,
      fields: {
        C2: [
          { column: 1, field: 'relation' },
          { column: 2, field: 'address' },
          { column: 3, field: 'value', unit: '元' },
          { column: 4, field: 'price' },
        ],
      },
    }
    expect(map(['张三', '本人', '某路', '5', '5'], profile)).toMatchObject({
      draft: { values: { value: { amount: 500 }, price: { amount: 5_000_000 } } },
    })
  })
})

describe('the identity number of a cadre', () => {
  const profile: ImportProfile = { ...houses, cadre: { nameColumn: 0, identityColumn: 5 } }

  test('comes with the row, normalised', () => {
    expect(map(['张三', '本人', '某路', '', '', '11010519491231002x'], profile)).toMatchObject({
      draft: { identityNumber: '11010519491231002X' },
    })
    expect(map(['张三', '本人', '某路', '', '', ''], profile)).toMatchObject({
      draft: { identityNumber: null },
    })
  })

  test('that is wrong or missing sends the row to quarantine', () => {
    expect(problemsOf(map(['张三', '本人', '某路', '', '', '110105194912310021'], profile))).toEqual([
      '5::identity-check',
    ])
    expect(problemsOf(map(['张三', '本人', '某路', '', ''], profile))).toEqual(['5::column-missing'])
  })
})

describe('a declaration', () => {
  test('is made by a cell, and keeps whose it is', () => {
    expect(map(['张三', '长子', '拒绝申报', '', '-'])).toMatchObject({
      draft: { declaration: 'declined', values: { relation: '22' } },
    })
    expect(map(['张三', '本人', '无此情况', '', ''])).toMatchObject({
      draft: { declaration: 'none', values: { relation: '01' } },
    })
  })

  test('stands beside no facts', () => {
    expect(problemsOf(map(['张三', '长子', '拒绝申报', '80', '']))).toEqual(['3:area:value-with-declaration'])
  })

  test('contradicts another one', () => {
    expect(problemsOf(map(['张三', '长子', '拒绝申报', '无此情况', '']))).toEqual([
      '3::value-with-declaration',
    ])
  })

  test('in a column that says whose is no name', () => {
    const profile: ImportProfile = {
      ...houses,
      fields: {
        C2: [
          { column: 1, field: 'relation' },
          { column: 2, field: 'holder' },
          { column: 3, field: 'address' },
        ],
      },
    }
    expect(map(['张三', '长子', '拒绝申报', ''], profile)).toMatchObject({
      draft: { declaration: 'declined', values: { relation: '22' } },
    })
  })
})

describe('rows of several categories', () => {
  const profile: ImportProfile = {
    ...houses,
    category: {
      kind: 'table',
      column: 2,
      table: [
        { match: '贷款', category: 'C6', defaults: { direction: '02' } },
        { match: '存款', category: 'C7', defaults: { kind: '01' } },
      ],
    },
    fields: {
      C6: [
        { column: 1, field: 'relation' },
        { column: 3, field: 'description' },
        { column: 4, field: 'amount' },
      ],
      C7: [
        { column: 1, field: 'relation' },
        { column: 3, field: 'description' },
        { column: 4, field: 'value' },
      ],
    },
  }

  test('go where their class says, with the codes it implies', () => {
    expect(map(['张三', '本人', '贷款', '购房', '10'], profile)).toMatchObject({
      draft: {
        category: 'C6',
        values: { direction: '02', description: '购房', amount: { amount: 10_000_000 } },
      },
    })
    expect(map(['张三', '本人', ' 存款 ', '某银行', '1'], profile)).toMatchObject({
      draft: { category: 'C7', values: { kind: '01' } },
    })
  })

  test('of an unknown class go to quarantine', () => {
    expect(problemsOf(map(['张三', '本人', '股票', '某股份', '1'], profile))).toEqual(['2::category-unknown'])
    expect(problemsOf(map(['张三', '本人'], profile))).toEqual(['2::category-unknown'])
  })

  test('that decline have no implied codes', () => {
    const outcome = map(['张三', '本人', '存款', '拒绝申报', '-'], profile)
    expect(outcome.ok && outcome.draft.values).toEqual({ relation: '01' })
  })
})
