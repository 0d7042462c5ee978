import { describe, expect, test } from 'vitest'
import { canonicalFault } from '../../../src-shared/kernel/canonical.ts'
import {
  checkProfile,
  importProfileSchema,
  profileTargets,
  type ImportProfile,
} from '../../../src-shared/import/profile.ts'
import { shippedCatalogue } from '../catalogue/helpers.ts'
import { houses } from './helpers.ts'

const catalogue = shippedCatalogue()

function complaint(profile: ImportProfile): unknown {
  const checked = checkProfile(profile, catalogue)
  return checked.ok ? 'fits' : [checked.error.code, checked.error.detail]
}

describe('an import profile', () => {
  test('is remembered as it is', () => {
    expect(importProfileSchema.parse(JSON.parse(JSON.stringify(houses)))).toEqual(houses)
    expect(canonicalFault(houses)).toBe(null)
  })

  test.each([
    ['an unknown member', { ...houses, colour: 'red' }],
    ['an encoding nobody asked for', { ...houses, encoding: 'big5' }],
    ['a column before the first', { ...houses, cadre: { nameColumn: -1 } }],
    ['a column beyond the last', { ...houses, cadre: { nameColumn: 200 } }],
    ['an empty word for blank', { ...houses, blank: [''] }],
    ['a currency in words', { ...houses, money: { unit: '元', currency: '人民币' } }],
    ['a unit that is none', { ...houses, money: { unit: '亿元', currency: 'CNY' } }],
    ['a table of no categories', { ...houses, category: { kind: 'table', column: 1, table: [] } }],
  ])('has not %s', (_, value) => {
    expect(importProfileSchema.safeParse(value).success).toBe(false)
  })

  test('names the categories its rows can go to', () => {
    expect(profileTargets(houses)).toEqual([{ category: 'C2', defaults: {} }])
  })
})

describe('a profile beside a catalogue', () => {
  test('fits when every required field is filled and everything it names exists', () => {
    expect(complaint(houses)).toBe('fits')
  })

  test('lacks required fields that nothing fills', () => {
    expect(complaint({ ...houses, fields: {} })).toEqual([
      'import/mapping-incomplete',
      { missing: ['C2.relation', 'C2.address'], unknown: [] },
    ])
  })

  test('may fill a required code by a default', () => {
    const profile: ImportProfile = {
      ...houses,
      category: { kind: 'fixed', category: 'C2', defaults: { relation: '01' } },
      fields: { C2: [{ column: 2, field: 'address' }] },
    }
    expect(complaint(profile)).toBe('fits')
  })

  test.each<[string, Partial<ImportProfile>, readonly string[]]>([
    ['category', { category: { kind: 'fixed', category: 'C9' }, fields: {} }, ['C9']],
    [
      'field',
      { fields: { C2: [...(houses.fields['C2'] ?? []), { column: 5, field: 'colour' }] } },
      ['C2.colour'],
    ],
    [
      'second column for a field',
      { fields: { C2: [...(houses.fields['C2'] ?? []), { column: 5, field: 'area' }] } },
      ['C2.area'],
    ],
    ['currency', { money: { unit: '元', currency: 'XXX' } }, ['XXX']],
    ['default', { category: { kind: 'fixed', category: 'C2', defaults: { kind: '77' } } }, ['C2.kind=77']],
    [
      'default for a text',
      { category: { kind: 'fixed', category: 'C2', defaults: { address: '1' } } },
      ['C2.address=1'],
    ],
    [
      'code',
      {
        fields: {
          C2: [
            { column: 1, field: 'relation', codes: { 家主: '00' } },
            { column: 2, field: 'address' },
          ],
        },
      },
      ['C2.relation=00'],
    ],
    [
      'codes for a text',
      {
        fields: {
          C2: [
            { column: 1, field: 'relation' },
            { column: 2, field: 'address', codes: { 某: '01' } },
          ],
        },
      },
      ['C2.address=01'],
    ],
    [
      'unit for a text',
      {
        fields: {
          C2: [
            { column: 1, field: 'relation' },
            { column: 2, field: 'address', unit: '元' },
          ],
        },
      },
      ['C2.address'],
    ],
  ])('names a %s the catalogue does not have', (_, change, unknown) => {
    expect(complaint({ ...houses, ...change })).toEqual([
      'import/mapping-incomplete',
      { missing: [], unknown },
    ])
  })
})
