import { describe, expect, test } from 'vitest'
import { readCatalogue } from '../../../src-shared/catalogue/read.ts'
import {
  recordFindings,
  type Beside,
  type BesideRecord,
} from '../../../src-shared/catalogue/record-checks.ts'
import type { Catalogue, CrossCheck } from '../../../src-shared/catalogue/schema.ts'
import type { RecordValues } from '../../../src-shared/catalogue/values.ts'
import { category, shippedCatalogue, today } from './helpers.ts'

const shipped = shippedCatalogue()

function besideOf(records: readonly (readonly [string, RecordValues])[], more: Partial<Beside> = {}): Beside {
  return {
    records: records.map(([id, values], place): BesideRecord => {
      return { record: String(place), category: id, values }
    }),
    yearAgo: [],
    seesAll: () => true,
    ...more,
  }
}

/** The codes and severities of what the shipped checks of a category remark. */
function remarks(id: string, values: RecordValues, beside: Beside): readonly string[] {
  const content = { declaration: 'present', values } as const
  return recordFindings(category(shipped, id), shipped, content, beside, today).map(
    ({ code, severity, field }) => `${severity} ${code} ${field ?? ''}`,
  )
}

const yuan = (amount: number) => ({ amount: amount * 100, currency: 'CNY' })

describe('posts', () => {
  const post = (from: string, to?: string): RecordValues => ({ from, ...(to === undefined ? {} : { to }) })
  const beside = besideOf([['A2', post('2018-03-10', '2020-06-30')]])
  test('that share days overlap', () => {
    expect(remarks('A2', post('2020-06-01', '2021-01-01'), beside)).toEqual(['warning overlap from'])
    expect(remarks('A2', post('2019'), beside)).toEqual(['warning overlap from'])
  })
  test('that follow on the day, or within what is not known of the dates, do not', () => {
    expect(remarks('A2', post('2020-06-30'), beside)).toEqual([])
    expect(remarks('A2', post('2020-06'), beside)).toEqual([])
    expect(remarks('A2', post('2017', '2018-03'), beside)).toEqual([])
  })
  test('that both go on overlap', () => {
    expect(remarks('A2', post('2021-01-01'), besideOf([['A2', post('2020-01-01')]]))).toEqual([
      'warning overlap from',
    ])
  })
  test('do not begin after the death of the cadre, and hardly after they left', () => {
    const dead = besideOf([['A2', { from: '2020-05-01', to: '2020-05-01', change: '12' }]])
    expect(remarks('A2', post('2020-05-02', '2020-06-01'), dead)).toEqual(['error after-event from'])
    const retired = besideOf([['A2', { from: '2020-05-01', to: '2020-05-01', change: '09' }]])
    expect(remarks('A2', post('2020-05-02', '2020-06-01'), retired)).toEqual(['warning after-event from'])
  })
})

describe('the shares of a house', () => {
  const house = (share: string, more: RecordValues = {}): RecordValues => ({
    certificate: '川（2020）清水不动产权第0001号',
    share,
    ...more,
  })
  test('are together at most all of it', () => {
    const beside = besideOf([['C2', house('60')]])
    expect(remarks('C2', house('40'), beside)).toEqual([])
    expect(remarks('C2', house('40.5'), beside)).toEqual(['error sum-over share'])
  })
  test('count no more once it is disposed of', () => {
    const beside = besideOf([['C2', house('100', { disposedOn: '2021-05-01' })]])
    expect(remarks('C2', house('100'), beside)).toEqual([])
    expect(remarks('C2', house('100', { disposedOn: '2022' }), besideOf([['C2', house('100')]]))).toEqual([])
  })
  test('of another house are not added, however its number is written', () => {
    expect(remarks('C2', house('60'), besideOf([['C2', { certificate: '别的', share: '60' }]]))).toEqual([])
    const wide = { certificate: '川（２０２０）清水 不动产权第0001号', share: '60' }
    expect(remarks('C2', house('60'), besideOf([['C2', wide]]))).toEqual(['error sum-over share'])
  })
})

describe('deposits', () => {
  const deposit = (amount: number, currency = 'CNY'): RecordValues => ({
    value: { ...yuan(amount), currency },
  })
  test('that changed by more than half a million within a year are remarked', () => {
    const before = { yearAgo: [deposit(100_000)] }
    expect(remarks('C7', deposit(600_000), besideOf([], before))).toEqual([])
    expect(remarks('C7', deposit(600_001), besideOf([], before))).toEqual(['warning change-over value'])
    expect(remarks('C7', deposit(600_000), besideOf([['C7', deposit(1)]], before))).toEqual([
      'warning change-over value',
    ])
    expect(remarks('C7', deposit(1), besideOf([], { yearAgo: [deposit(500_002)] }))).toEqual([
      'warning change-over value',
    ])
  })
  test('with nothing to compare to are no change, and no other currency is added', () => {
    expect(remarks('C7', deposit(9_000_000), besideOf([]))).toEqual([])
    const other = besideOf([['C7', deposit(9_000_000, 'USD')]], { yearAgo: [deposit(1)] })
    expect(remarks('C7', deposit(1), other)).toEqual([])
  })
})

describe('a trip', () => {
  const trip: RecordValues = { from: '2026-05-01', to: '2026-05-10', travelDocument: 'E12345678' }
  const passport = (validUntil?: string): readonly [string, RecordValues] => [
    'B2',
    { number: 'E12345678', ...(validUntil === undefined ? {} : { validUntil }) },
  ]
  test('needs a document that is registered and still valid at its end', () => {
    expect(remarks('B3', trip, besideOf([]))).toEqual(['warning record-missing travelDocument'])
    expect(remarks('B3', trip, besideOf([passport('2026-05-09')]))).toEqual([
      'warning record-expired travelDocument',
    ])
    expect(remarks('B3', trip, besideOf([passport('2026-05-10')]))).toEqual([])
    expect(remarks('B3', trip, besideOf([passport('2026-05')]))).toEqual([])
    expect(remarks('B3', trip, besideOf([passport()]))).toEqual([])
    expect(remarks('B3', trip, besideOf([passport('2020'), passport('2030')]))).toEqual([])
  })
  test('is silent of documents that whoever looks does not see', () => {
    expect(remarks('B3', trip, besideOf([], { seesAll: (id) => id !== 'B2' }))).toEqual([])
  })
})

describe('kin', () => {
  const cadre = besideOf([['A1', { birth: '1980-05-06' }]])
  test('are children and parents by age', () => {
    const born = (relation: string, birth: string) => remarks('A3', { relation, birth }, cadre)
    expect(born('20', '1991-05-06')).toEqual(['warning before-event birth'])
    expect(born('20', '1992-05-06')).toEqual([])
    expect(born('51', '1968-05-07')).toEqual(['warning after-event birth'])
    expect(born('51', '1968-05')).toEqual([])
    expect(born('73', '1991-05-06')).toEqual([])
  })
})

test('one document number stands in one record', () => {
  const beside = besideOf([['B2', { number: 'E10000001' }]])
  expect(remarks('B2', { number: 'E10000001' }, beside)).toEqual(['error same-value number'])
  expect(remarks('B2', { number: 'E20000001' }, beside)).toEqual([])
})

test('a value that is at fault itself, and 无此情况, are held against nothing', () => {
  const beside = besideOf([['B2', { number: 'E10000001' }]])
  expect(remarks('B2', { number: 'E1\u0000' }, beside)).toEqual([])
  const none = { declaration: 'none', values: {} } as const
  expect(recordFindings(category(shipped, 'B2'), shipped, none, beside, today)).toEqual([])
})

test('a remark says the category it was held against, and the record', () => {
  const content = { declaration: 'present', values: { number: 'E10000001' } } as const
  const [finding] = recordFindings(
    category(shipped, 'B2'),
    shipped,
    content,
    besideOf([['B2', { number: 'E10000001' }]]),
    today,
  )
  expect(finding?.beside).toEqual({ category: 'B2', record: '0' })
  expect(finding?.params).toEqual({ category: '护照和港澳台证件' })
})

describe('a catalogue is refused', () => {
  const withCheck = (id: string, check: CrossCheck): Catalogue => ({
    ...shipped,
    categories: shipped.categories.map((one) =>
      one.id === id ? { ...one, crossChecks: [...one.crossChecks, check] } : one,
    ),
  })
  const event = { check: 'event-order', order: 'not-after', severity: 'warning' } as const
  const cases: readonly (readonly [string, string, CrossCheck])[] = [
    [
      'where a check of the archive looks into discipline',
      'A2',
      { ...event, date: 'from', category: 'E5', other: 'on' },
    ],
    ['for a category there is not', 'A2', { ...event, date: 'from', category: 'A99', other: 'on' }],
    ['for a field there is not', 'A2', { ...event, date: 'from', category: 'A1', other: 'nothing' }],
    ['for a field of another kind', 'A2', { ...event, date: 'position', category: 'A1', other: 'birth' }],
    [
      'for a code there is not',
      'A2',
      { ...event, date: 'from', category: 'A1', other: 'birth', when: { field: 'change', is: ['77'] } },
    ],
    [
      'for a text that is summed',
      'C2',
      { check: 'sum-at-most', value: 'address', same: ['certificate'], maximum: '1', severity: 'error' },
    ],
    [
      'for a day without the end it is compared to',
      'B3',
      {
        check: 'needs-record',
        own: 'travelDocument',
        category: 'B2',
        other: 'number',
        on: 'to',
        severity: 'error',
      },
    ],
  ]
  test.each(cases)('%s', (_, id, check) => {
    expect(readCatalogue(withCheck(id, check)).ok).toBe(false)
  })
  test('but discipline may look into the archive', () => {
    const check = { ...event, date: 'on', category: 'A1', other: 'birth' } as const
    expect(readCatalogue(withCheck('E5', check)).ok).toBe(true)
  })
})
