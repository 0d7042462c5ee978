import { describe, expect, test } from 'vitest'
import { relationsOf } from '../../../src-shared/dossier/relations.ts'
import { nodeHeight, ringsOf } from '../../../src-shared/dossier/rings.ts'
import { fc } from '../../helpers/properties.ts'
import { catalogue } from '../renderer/catalogue.ts'
import { archived, waiting } from './facts.ts'

const relations = (records: Parameters<typeof relationsOf>[2]) =>
  relationsOf('刘建国', catalogue.categories, records)
const wife = archived('A3', 'kin', { relation: '12', name: '赵明霞', workplace: '中心小学' })
const shop = archived('B6', 'shop', { relation: '10', name: '赵明霞', organization: '明霞商行' })

/** Edges as names: `刘建国–赵明霞`. */
function drawn(records: Parameters<typeof relationsOf>[2]) {
  const { nodes, edges } = relations(records)
  const name = (id: string) => nodes.find((node) => node.id === id)?.name ?? '?'
  return edges.map(({ from, to }) => `${name(from)}–${name(to)}`)
}

describe('the relations of a cadre', () => {
  test('lead from the cadre to kin, and from kin to where they work and invest', () => {
    expect(drawn([shop, wife])).toEqual(['刘建国–赵明霞', '赵明霞–中心小学', '赵明霞–明霞商行'])
  })

  test('keep every record that says so, on one edge', () => {
    const { edges } = relations([wife, shop])
    expect(edges[0]?.ties.map(({ record }) => record)).toEqual(['kin', 'shop'])
  })

  test('lead to the own posts of the cadre, former ones marked', () => {
    const { edges, nodes } = relations([
      archived('A2', 'a', { organization: '财政所', from: '2010', to: '2015' }),
      archived('C4', 'b', { relation: '01', name: '某公司' }),
    ])
    expect(nodes.map(({ name, kind }) => [name, kind])).toEqual([
      ['刘建国', 'cadre'],
      ['财政所', 'organization'],
      ['某公司', 'organization'],
    ])
    expect(edges.map(({ ties }) => ties[0]?.isFormer)).toEqual([true, false])
  })

  test('name outsiders, and know kin where they are named again', () => {
    const { nodes } = relations([
      wife,
      archived('D2', 'gift', { giver: '钱老板' }),
      archived('C6', 'loan', { relation: '01', creditor: '赵明霞', debtor: '刘建国' }),
      archived('D4', 'avoid', { person: '孙侄', relation: '93', matter: '招标' }),
    ])
    const others = nodes.filter(({ kind }) => kind !== 'organization')
    expect(others.map(({ name, kind }) => [name, kind])).toEqual([
      ['刘建国', 'cadre'],
      ['赵明霞', 'kin'],
      ['钱老板', 'outsider'],
      ['孙侄', 'kin'],
    ])
  })

  test('say nothing of what is not archived, declared not to exist or not seen', () => {
    expect(drawn([waiting('A3', 'a'), archived('C4', 'b', { relation: '10' }, 'none')])).toEqual([])
    const seen = catalogue.categories.filter(({ compartment }) => compartment === 'archive')
    expect(relationsOf('刘', seen, [archived('E3', 'r', { talkers: '孙书记' })]).nodes).toHaveLength(1)
  })

  test('take no organisation from whoever works nowhere', () => {
    expect(drawn([archived('A3', 'father', { relation: '51', name: '刘老', workplace: '退休' })])).toEqual([
      '刘建国–刘老',
    ])
  })

  test('do not hang on the order in which records are read', () => {
    const records = [
      wife,
      shop,
      archived('D2', 'gift', { giver: '钱老板、孙老板' }),
      archived('C2', 'house', { relation: '20', holder: '刘小' }),
      archived('A2', 'post', { organization: '财政所' }),
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
        expect(relations(shuffled)).toEqual(relations(records))
      }),
    )
  })
})

describe('the rings', () => {
  const kin = fc.array(
    fc.record({ workplaces: fc.integer({ min: 0, max: 4 }), width: fc.integer({ min: 30, max: 160 }) }),
    {
      maxLength: 25,
    },
  )

  test('hold every node that a record ties to the cadre, no two over each other, always alike', () => {
    fc.assert(
      fc.property(kin, (people) => {
        const nodes: Parameters<typeof ringsOf>[0][number][] = [
          { id: 'cadre', kind: 'cadre', name: '刘', relation: null },
        ]
        const edges: Parameters<typeof ringsOf>[1][number][] = []
        people.forEach(({ workplaces }, index) => {
          nodes.push({ id: `k${index}`, kind: 'kin', name: `亲${index}`, relation: '97' })
          edges.push({ from: 'cadre', to: `k${index}`, ties: [] })
          for (let place = 0; place < workplaces; place++) {
            const id = `o${index}/${place}`
            nodes.push({ id, kind: 'organization', name: id, relation: null })
            edges.push({ from: `k${index}`, to: id, ties: [] })
          }
        })
        const width = (node: (typeof nodes)[number]) =>
          people[Number.parseInt(node.id.slice(1), 10)]?.width ?? 60
        const { placed, radii } = ringsOf(nodes, edges, width)
        expect(placed).toHaveLength(nodes.length)
        expect(radii).toEqual(radii.toSorted((a, b) => a - b))
        expect(ringsOf(nodes, edges, width)).toEqual({ placed, radii, reach: expect.anything() })
        placed.forEach((one, index) => {
          for (const two of placed.slice(index + 1)) {
            const isApart =
              Math.abs(one.x - two.x) >= (one.width + two.width) / 2 || Math.abs(one.y - two.y) >= nodeHeight
            expect(isApart).toBe(true)
          }
        })
      }),
    )
  })
})
