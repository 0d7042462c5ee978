import { describe, expect, test } from 'vitest'
import { tableColumns } from '../../../src-renderer/features/dossiers/columns.ts'
import { householdOf } from '../../../src-renderer/features/dossiers/household.ts'
import { compareRevisions } from '../../../src-renderer/features/record/compare.ts'
import {
  decodeText,
  largestPreviewBytes,
  previewKind,
} from '../../../src-renderer/features/record/read-evidence.ts'
import type { RecordContent, RecordValues } from '../../../src-shared/catalogue/values.ts'
import type { RevisionFact } from '../../../src-shared/contract/views.ts'
import { holderFields } from '../../../src-shared/dossier/people.ts'
import { category } from './catalogue.ts'

const house = category('C2')
const yuan = (amount: number) => ({ amount: amount * 100, currency: 'CNY' })

function fact(values: RecordValues, declaration: RevisionFact['declaration'] = 'present'): RevisionFact {
  const hand = { member: 'm', name: '王', device: 'd', at: '', commit: '' }
  return {
    revision: '',
    catalogueVersion: 1,
    declaration,
    values,
    summary: '',
    source: { kind: 'form', from: '', reference: null },
    evidence: [],
    author: hand,
    signed: hand,
    sampled: null,
    flags: [],
  }
}

describe('the sums of a household', () => {
  test('are by holder, the cadre first, and all together', () => {
    const household = householdOf(house, [
      fact({ relation: '10', holder: '赵明霞', price: yuan(235) }),
      fact({ relation: '01', holder: '刘建国', price: yuan(86) }),
      fact({ relation: '10', holder: '赵明霞', price: yuan(18) }),
    ])
    expect(household?.holders.map((one) => [one.relation, one.holder, one.records])).toEqual([
      ['01', '刘建国', 1],
      ['10', '赵明霞', 2],
    ])
    expect(household?.holders[1]?.sums.get('price')).toEqual([yuan(253)])
    expect(household?.total.sums.get('price')).toEqual([yuan(339)])
  })

  test('never add one currency to another', () => {
    const household = householdOf(house, [
      fact({ relation: '01', price: yuan(1) }),
      fact({ relation: '01', price: { amount: 700, currency: 'KRW' } }),
    ])
    expect(household?.total.sums.get('price')).toEqual([yuan(1), { amount: 700, currency: 'KRW' }])
  })

  test('leave out what was declined or declared not to exist', () => {
    const household = householdOf(house, [
      fact({ relation: '01', price: yuan(5) }),
      fact({ relation: '22' }, 'declined'),
      fact({ relation: '10' }, 'none'),
    ])
    expect(household?.holders).toHaveLength(1)
    expect(household?.total.records).toBe(1)
  })

  test('show only amounts that somebody filled in', () => {
    const household = householdOf(house, [fact({ relation: '01', value: yuan(7) })])
    expect(household?.moneyFields.map((field) => field.id)).toEqual(['value'])
  })

  test('do not exist for a category without money or without holders', () => {
    expect(householdOf(category('A3'), [fact({ relation: '10', name: '赵' })])).toBeNull()
    expect(householdOf(house, [fact({ relation: '01', address: '路' })])).toBeNull()
  })

  test('know who a category says it is about', () => {
    expect(holderFields(house).relation?.id).toBe('relation')
    expect(holderFields(house).holder?.id).toBe('holder')
  })
})

describe('the columns of a table of records', () => {
  const values = [
    { relation: '01', address: '甲', price: yuan(1), note: '附注' },
    { relation: '10', area: '88', certificate: '云001' },
  ]

  test('are the filled fields in the order of the catalogue', () => {
    const { columns, more } = tableColumns(house, values, 99)
    expect(columns.map((field) => field.id)).toEqual([
      'relation',
      'address',
      'area',
      'certificate',
      'price',
      'note',
    ])
    expect(more).toBe(0)
  })

  test('keep what tells records apart when there is little room', () => {
    const { columns, more } = tableColumns(house, values, 4)
    expect(columns.map((field) => field.id)).toEqual(['relation', 'address', 'area', 'price'])
    expect(more).toBe(2)
  })

  test('are none when nothing is filled in', () => {
    expect(tableColumns(house, [{}], 7).columns).toEqual([])
  })
})

describe('two revisions side by side', () => {
  const content = (values: RecordValues): RecordContent => ({ declaration: 'present', values })
  const changes = (now: RecordValues, before: RecordValues | null) =>
    Object.fromEntries(
      compareRevisions(house, content(now), before === null ? null : content(before))
        .filter((row) => row.now !== null || row.before !== null)
        .map((row) => [row.field.id, row.change]),
    )

  test('say of each field whether it is the same, changed, added or gone', () => {
    const now = { relation: '01', address: '乙', price: yuan(2), share: '50' }
    const before = { relation: '01', address: '甲', price: yuan(2), note: '旧' }
    expect(changes(now, before)).toEqual({
      relation: 'same',
      address: 'changed',
      price: 'same',
      share: 'added',
      note: 'removed',
    })
  })

  test('tell amounts of different currencies apart', () => {
    const won = { amount: 200, currency: 'KRW' }
    expect(changes({ price: { amount: 200, currency: 'CNY' } }, { price: won })).toEqual({ price: 'changed' })
  })

  test('of a first revision show no change', () => {
    expect(changes({ address: '甲' }, null)).toEqual({ address: 'same' })
  })

  test('leave out no field that the catalogue has dropped', () => {
    expect(changes({ formerField: '旧值' }, { formerField: '更旧' })).toEqual({ formerField: 'changed' })
  })
})

describe('evidence', () => {
  test.each([
    ['image/png', 'image'],
    ['IMAGE/JPEG', 'image'],
    ['application/pdf', 'pdf'],
    ['text/plain; charset=utf-8', 'text'],
    ['image/svg+xml', 'none'],
    ['text/html', 'none'],
    ['application/zip', 'none'],
    ['', 'none'],
  ])('of type %s is shown as %s', (mediaType, kind) => {
    expect(previewKind(mediaType, 1000)).toBe(kind)
  })

  test('too large to hold is not shown', () => {
    expect(previewKind('image/png', largestPreviewBytes + 1)).toBe('none')
  })

  test('in text is read as UTF-8, or else in the national code', () => {
    expect(decodeText(new TextEncoder().encode('廉洁'))).toBe('廉洁')
    expect(decodeText(Uint8Array.from([0xc1, 0xae, 0xbd, 0xe0]))).toBe('廉洁')
  })
})
