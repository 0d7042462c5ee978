import { describe, expect, test } from 'vitest'
import { completenessOf } from '../../../src-shared/dossier/completeness.ts'
import { fc } from '../../helpers/properties.ts'
import { catalogue } from '../renderer/catalogue.ts'
import { archived, waiting } from './facts.ts'

const serving = { stage: 'serving', riskClass: '1' }
const archive = catalogue.categories.filter(({ compartment }) => compartment === 'archive')
const stateOf = (records: Parameters<typeof completenessOf>[2], id: string) =>
  completenessOf(archive, serving, records).expected.find(({ category }) => category.id === id)

describe('the completeness of a dossier', () => {
  test('of nothing is nothing of all that is expected', () => {
    const none = completenessOf(archive, serving, [])
    expect(none.percent).toBe(0)
    expect(none.counts.missing).toBe(none.expected.length)
    expect(none.notAsked).toEqual([])
  })

  test('tells a fact, 无此情况, 拒绝申报, what is under review and a gap apart', () => {
    expect(stateOf([archived('C2', 'r', {})], 'C2')?.state).toBe('archived')
    expect(stateOf([archived('C2', 'r', {}, 'none')], 'C2')?.state).toBe('none')
    expect(stateOf([archived('C2', 'r', {}, 'declined')], 'C2')?.state).toBe('declined')
    expect(stateOf([waiting('C2', 'r')], 'C2')?.state).toBe('in-review')
    expect(stateOf([], 'C2')?.state).toBe('missing')
  })

  test('takes what was sent back as missing, and says that it was', () => {
    expect(stateOf([waiting('C2', 'r', 'returned')], 'C2')).toMatchObject({ state: 'missing', returned: 1 })
  })

  test('takes a fact about one of the household for an answer, and counts what others declined', () => {
    const two = [archived('C2', 'a', {}), archived('C2', 'b', { relation: '22' }, 'declined')]
    expect(stateOf(two, 'C2')).toMatchObject({ state: 'archived', archived: 1, declined: 1 })
  })

  test('never asks for what happens to some, and shows it where it happened', () => {
    const { expected, onEvent } = completenessOf(archive, serving, [archived('E6', 'r', {})])
    expect(expected.map(({ category }) => category.id)).not.toContain('E6')
    expect(onEvent.find(({ category }) => category.id === 'E6')).toMatchObject({ archived: 1 })
  })

  test('asks by stage: the handing over of an office only of whoever leaves it', () => {
    const asked = (stage: string) =>
      completenessOf(archive, { stage, riskClass: null }, []).expected.map(({ category }) => category.id)
    expect(asked('leaving')).toContain('D8')
    expect(asked('serving')).not.toContain('D8')
    const kept = completenessOf(archive, serving, [archived('D8', 'r', {})])
    expect(kept.notAsked.map(({ category }) => category.id)).toEqual(['D8'])
  })

  test('says how often a category is asked on a post of this risk', () => {
    const one = completenessOf(archive, serving, []).expected.find(({ category }) => category.id === 'D4')
    expect(one?.cycle).toBe('event-and-yearly')
  })

  test('is 100 percent only when nothing is missing, and its parts add up', () => {
    const ids = archive.map(({ id }) => id)
    fc.assert(
      fc.property(fc.subarray(ids), fc.constantFrom('entry', 'serving', 'leaving', null), (kept, stage) => {
        const records = kept.map((id) => archived(id, id, {}))
        const found = completenessOf(archive, { stage, riskClass: null }, records)
        const { counts, expected, answered, percent } = found
        const sum = Object.values(counts).reduce((total, count) => total + count, 0)
        expect(sum).toBe(expected.length)
        expect(answered).toBe(expected.filter(({ category }) => kept.includes(category.id)).length)
        expect(percent === 100).toBe(answered === expected.length)
      }),
    )
  })
})
