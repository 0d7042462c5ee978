import { describe, expect, test } from 'vitest'
import {
  changeCategory,
  columnName,
  columnWords,
  mapColumn,
  mapWord,
  targetCategories,
  wordsToMap,
} from '../../../src-renderer/features/import/profile-edit.ts'
import type { ImportProfile } from '../../../src-shared/import/profile.ts'
import { catalogue } from './catalogue.ts'

const sample = [
  ['姓名', '关系', '类别', '地址', '价格'],
  ['刘建国', '本人', '房', '滨河路', '86'],
  ['刘建国', '内人', '车', '', '12'],
  ['王秀兰', '内人', '房', '文化路', '-'],
]

const profile: ImportProfile = {
  name: '房产台账',
  source: '房管局',
  encoding: 'utf-8',
  header: true,
  delimiter: ',',
  cadre: { nameColumn: 0 },
  category: {
    kind: 'table',
    column: 2,
    table: [
      { match: '房', category: 'C2' },
      { match: '车', category: 'C7', defaults: { kind: '03' } },
    ],
  },
  fields: {
    C2: [
      { column: 1, field: 'relation', codes: { 内人: '10' } },
      { column: 3, field: 'address' },
    ],
    C7: [{ column: 1, field: 'relation' }],
  },
  money: { unit: '万元', currency: 'CNY' },
  declined: [],
  blank: ['-'],
}

describe('mapping a column', () => {
  test('fills one field from it, in the order of the columns', () => {
    expect(mapColumn(profile, 'C2', 4, 'price').fields['C2']).toEqual([
      { column: 1, field: 'relation', codes: { 内人: '10' } },
      { column: 3, field: 'address' },
      { column: 4, field: 'price' },
    ])
  })

  test('takes the field from the column that had it', () => {
    expect(mapColumn(profile, 'C2', 4, 'address').fields['C2']?.map((one) => one.column)).toEqual([1, 4])
  })

  test('gives it up', () => {
    expect(mapColumn(profile, 'C2', 3, null).fields['C2']?.map((one) => one.field)).toEqual(['relation'])
  })

  test('that was mapped so already keeps what its words mean', () => {
    expect(mapColumn(profile, 'C2', 1, 'relation').fields['C2']?.[0]?.codes).toEqual({ 内人: '10' })
  })
})

describe('words of the source', () => {
  test('are listed when the code table does not know them, for the rows of the category', () => {
    expect(wordsToMap(profile, catalogue, 'C7', sample).map((one) => [one.word, one.code])).toEqual([
      ['内人', null],
    ])
    expect(wordsToMap(profile, catalogue, 'C2', sample).map((one) => [one.word, one.code])).toEqual([
      ['内人', '10'],
    ])
  })

  test('are given a meaning, and lose it', () => {
    const meant = mapWord(profile, 'C7', 'relation', '内人', '10')
    expect(meant.fields['C7']?.[0]?.codes).toEqual({ 内人: '10' })
    expect(mapWord(meant, 'C7', 'relation', '内人', null).fields['C7']?.[0]?.codes).toEqual({})
  })
})

describe('the category of rows', () => {
  test('is any that the words in the column lead to', () => {
    expect(targetCategories(profile)).toEqual(['C2', 'C7'])
  })

  test('leaves no mapping behind of a category that no row goes to', () => {
    const fixed = changeCategory(profile, { kind: 'fixed', category: 'C2' })
    expect(Object.keys(fixed.fields)).toEqual(['C2'])
    expect(targetCategories(fixed)).toEqual(['C2'])
  })
})

describe('columns', () => {
  test('are named by their heading after the letter of spreadsheets', () => {
    expect(columnName(sample, true, 3)).toBe('D 地址')
    expect(columnName(sample, false, 3)).toBe('D')
    expect(columnName(sample, false, 25)).toBe('Z')
    expect(columnName(sample, false, 26)).toBe('AA')
    expect(columnName(sample, false, 701)).toBe('ZZ')
    expect(columnName(sample, false, 702)).toBe('AAA')
  })

  test('show their distinct words below the heading', () => {
    expect(columnWords(sample, true, 1)).toEqual(['本人', '内人'])
    expect(columnWords(sample, false, 2)).toEqual(['类别', '房', '车'])
  })
})
