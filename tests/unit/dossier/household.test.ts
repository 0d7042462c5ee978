import { describe, expect, test } from 'vitest'
import { householdView, sumOf } from '../../../src-shared/dossier/household.ts'
import { fc } from '../../helpers/properties.ts'
import { catalogue } from '../renderer/catalogue.ts'
import { archived, waiting, yuan } from './facts.ts'

const view = (records: Parameters<typeof householdView>[2]) =>
  householdView('刘建国', catalogue.categories, records)
const wife = archived('A3', 'kin', { relation: '12', name: '赵明霞' })

describe('the household', () => {
  test('is the cadre and whoever holds something, the registered kin first', () => {
    const { holders, without } = view([
      wife,
      archived('A3', 'child', { relation: '20', name: '刘小' }),
      archived('C2', 'a', { relation: '10', holder: '赵明霞', value: yuan(100) }),
      archived('C7', 'b', { relation: '50', holder: '刘老', kind: '01', value: yuan(7) }),
    ])
    expect(holders.map(({ name }) => name)).toEqual(['刘建国', '赵明霞', '刘老'])
    expect(without.map(({ name }) => name)).toEqual(['刘小'])
  })

  test('takes a relation without a name for the only kin it can mean', () => {
    const { entries } = view([wife, archived('C2', 'a', { relation: '10', value: yuan(1) })])
    expect(entries[0]?.person).toBe('kin:赵明霞')
    const twoSons = ['甲', '乙'].map((name) => archived('A3', name, { relation: '20', name: `刘${name}` }))
    const unsure = view([...twoSons, archived('C2', 'a', { relation: '20', value: yuan(1) })])
    expect(unsure.holders.map(({ name }) => name)).toEqual(['刘建国', null])
  })

  test('puts each record on one line', () => {
    const lineOf = (category: string, values: Parameters<typeof archived>[2]) =>
      view([archived(category, 'r', { relation: '01', ...values })]).entries[0]?.line
    expect(lineOf('C7', { kind: '01' })).toBe('deposits')
    expect(lineOf('C7', { kind: '03' })).toBe('vehicles')
    expect(lineOf('C7', { kind: '06' })).toBe('belongings')
    expect(lineOf('C6', { direction: '01' })).toBe('lent')
    expect(lineOf('C6', { direction: '02' })).toBe('borrowed')
    expect(lineOf('C6', { direction: '03' })).toBeNull()
  })

  test.each([
    ['no-amount', archived('C2', 'r', { relation: '01', address: '街' })],
    ['ended', archived('C2', 'r', { relation: '01', value: yuan(1), disposedOn: '2020' })],
    ['declined', archived('C2', 'r', { relation: '01' }, 'declined')],
    ['none', archived('C2', 'r', { relation: '01' }, 'none')],
    ['waiting', waiting('C2', 'r')],
    ['no-line', archived('C6', 'r', { relation: '01', direction: '04', amount: yuan(1) })],
  ])('names what is not summed: %s', (why, record) => {
    const [entry] = view([record]).entries
    expect(entry).toMatchObject({ why, amount: null })
  })

  test('takes the price of a house of which no value was declared, and says so', () => {
    const [entry] = view([archived('C2', 'r', { relation: '01', price: yuan(5) })]).entries
    expect(entry).toMatchObject({ field: 'price', amount: yuan(5), why: null })
  })

  test('takes what a later catalogue adds, and no spending', () => {
    const added = {
      ...(catalogue.categories.find(({ id }) => id === 'C3') as object),
      id: 'C9',
      name: '版权',
    }
    const categories = [...catalogue.categories, added as (typeof catalogue.categories)[number]]
    const records = [
      archived('C9', 'a', { relation: '01', value: yuan(3) }),
      archived('C8', 'b', { relation: '01', amount: yuan(9) }),
    ]
    expect(householdView('刘', categories, records).entries).toMatchObject([
      { line: 'other', amount: yuan(3) },
    ])
  })

  test('adds the income of a year up, and never over years', () => {
    const { income } = view([
      archived('C1', 'a', { year: '2025', quarter: '1', total: yuan(10) }),
      archived('C1', 'b', { year: '2025', quarter: '2', total: yuan(20) }),
      archived('C1', 'c', { year: '2024', quarter: '4', total: yuan(7) }),
    ])
    expect(income.map(({ year, sums }) => [year, sums])).toEqual([
      ['2025', [yuan(30)]],
      ['2024', [yuan(7)]],
    ])
  })

  test('sums to the fen what is archived, each currency by itself, whoever holds it', () => {
    const amount = fc.record({
      amount: fc.integer({ min: 0, max: 10 ** 12 }),
      currency: fc.constantFrom('CNY', 'KRW', 'USD'),
    })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('01', '10', '20'), amount)), (owned) => {
        const records = owned.map(([relation, value], index) =>
          archived('C3', String(index), { relation, value }),
        )
        const { entries, holders } = view(records)
        const all = sumOf(entries)
        for (const { amount: sum, currency } of all) {
          const own = owned.filter(([, value]) => value.currency === currency)
          expect(sum).toBe(own.reduce((total, [, value]) => total + value.amount, 0))
          const ofEach = holders.flatMap(({ id }) => sumOf(entries.filter(({ person }) => person === id)))
          const together = ofEach.filter((one) => one.currency === currency)
          expect(together.reduce((total, one) => total + one.amount, 0)).toBe(sum)
        }
        expect(all.map(({ currency }) => currency).toSorted()).toEqual(
          [...new Set(owned.map(([, value]) => value.currency))].toSorted(),
        )
      }),
    )
  })
})
