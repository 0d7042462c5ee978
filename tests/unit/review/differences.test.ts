import { describe, expect, test } from 'vitest'
import type { RecordValues } from '../../../src-shared/catalogue/values.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { differencesOf, type Statement } from '../../../src-shared/review/differences.ts'
import { fc } from '../../helpers/properties.ts'
import { category, shippedCatalogue } from '../catalogue/helpers.ts'

const catalogue = shippedCatalogue()
const houses = category(catalogue, 'C2')
const house = { relation: '01', address: '清河路 1 号', area: '90' }
let count = 0

function said(from: string, values: RecordValues, changes: Partial<Statement> = {}): Statement {
  count += 1
  const id = String(count).padStart(64, '0')
  return {
    record: id.slice(32),
    revision: id,
    isArchived: false,
    source: { kind: 'import', from },
    at: `2026-11-22T00:00:${String(count % 60).padStart(2, '0')}.000Z`,
    declaration: 'present',
    values,
    ...changes,
  }
}

const isCheck = ({ from }: Statement['source']) => from === '不动产'
const found = (...statements: readonly Statement[]) =>
  differencesOf(nodePrimitives, houses, statements, isCheck)
const kinds = (...statements: readonly Statement[]) =>
  found(...statements).map(({ kind, field }) => (field === '' ? kind : `${kind}:${field}`))

describe('sources differ', () => {
  test('in a field of which both say something, where they speak of the same fact', () => {
    const own = said('本人', house, { isArchived: true })
    const other = said('组织', { ...house, area: '120' })
    const [difference] = found(other, own)
    expect(difference).toMatchObject({ kind: 'value', field: 'area', one: own, other })
    expect(kinds(own, said('组织', { ...house, area: '90', price: { amount: 1, currency: 'CNY' } }))).toEqual(
      [],
    )
    expect(kinds(own, said('组织', { ...house, address: '别处', area: '120' }))).toEqual([])
  })

  test('never with themselves: one source may speak of two times', () => {
    expect(kinds(said('本人', house), said('本人', { ...house, area: '120' }))).toEqual([])
  })

  test('where one says that there is nothing and the other names something', () => {
    expect(kinds(said('本人', {}, { declaration: 'none' }), said('组织', house))).toEqual(['declaration'])
    expect(kinds(said('本人', {}, { declaration: 'declined' }), said('组织', house))).toEqual([])
  })

  test('where a check of personal matters names what nobody else does', () => {
    const other = { ...house, address: '湖滨路 9 号', area: '200' }
    expect(kinds(said('本人', house), said('不动产', house), said('不动产', other))).toEqual(['unreported'])
    expect(kinds(said('本人', house), said('组织', other))).toEqual([])
    expect(kinds(said('本人', {}, { declaration: 'none' }), said('不动产', other))).toEqual(['declaration'])
  })

  test('under the same id in whatever order they are told, and under another when one says something else', () => {
    const own = said('本人', house)
    const other = said('组织', { ...house, area: '120' })
    const corrected = { ...own, revision: 'f'.repeat(64), values: { ...house, area: '91' } }
    const ids = (list: readonly Statement[]) => found(...list).map(({ id }) => id)
    expect(ids([own, other])).toEqual(ids([other, own]))
    expect(ids([corrected, other])).not.toEqual(ids([own, other]))
    fc.assert(
      fc.property(
        fc.shuffledSubarray([own, other, said('不动产', house), said('人事', { ...house, area: '60' })]),
        (list) => {
          expect(ids(list)).toEqual(ids([...list].reverse()))
          expect(new Set(ids(list)).size).toBe(ids(list).length)
        },
      ),
    )
  })
})
