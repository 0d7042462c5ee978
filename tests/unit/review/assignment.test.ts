import { createHash } from 'node:crypto'
import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { drawReviewers, takeTurns } from '../../../src-shared/review/assignment.ts'
import { digestOf, idOf } from './road-steps.ts'

const reviewers = ['a', 'b', 'c', 'd', 'e'].map((name) => idOf(name))
const seed = digestOf('seed')

describe('reviewers drawn at random', () => {
  const draw = (revision: string, candidates = reviewers, from = seed) =>
    drawReviewers(nodePrimitives, from, digestOf(revision), candidates, 2)

  test('can be drawn again by anybody who has the seed, whatever the order of the candidates', () => {
    expect(draw('one', [...reviewers].reverse())).toEqual(draw('one'))
    expect(draw('one')).toHaveLength(2)
  })

  test('are others with another seed or for another revision', () => {
    const pairs = Array.from({ length: 40 }, (_, at) => draw(`revision ${at}`).join())
    expect(new Set(pairs).size).toBeGreaterThan(8)
    const seeds = Array.from({ length: 40 }, (_, at) => draw('one', reviewers, digestOf(`seed ${at}`)).join())
    expect(new Set(seeds).size).toBeGreaterThan(8)
  })

  test('come to everybody about as often', () => {
    const times = new Map<string, number>()
    for (let at = 0; at < 1000; at++)
      for (const id of draw(`revision ${at}`)) times.set(id, (times.get(id) ?? 0) + 1)
    // 1,000 draws of two out of five: 400 each, with a standard deviation of about 15.
    for (const id of reviewers) expect(Math.abs((times.get(id) ?? 0) - 400)).toBeLessThan(80)
  })

  test('are candidates, each once, and all of them when there are too few', () => {
    expect(draw('one', [reviewers[0]!, reviewers[0]!])).toEqual([reviewers[0]])
    expect(draw('one', [])).toEqual([])
  })
})

test('lots are drawn as the format says: by SHA-256 over candidate, revision, seed and type', () => {
  const revision = digestOf('one')
  const lot = (candidate: string) => {
    const text = `{"candidate":"${candidate}","revision":"${revision}","seed":"${seed}","type":"liandang/lot/1"}`
    return createHash('sha256').update(text).digest('hex')
  }
  const byLot = [...reviewers].sort((a, b) => (lot(a) < lot(b) ? -1 : 1))
  expect(drawReviewers(nodePrimitives, seed, revision, reviewers, 5)).toEqual(byLot)
})

describe('reviewers in turn', () => {
  test('share the work so that nobody has two more than another who could have taken it', () => {
    fc.assert(
      fc.property(fc.nat({ max: 60 }), fc.integer({ min: 1, max: 2 }), (many, count) => {
        const work = Array.from({ length: many }, (_, at) => ({
          revision: digestOf(`revision ${at}`),
          candidates: reviewers,
          count,
        }))
        const chosen = takeTurns(work, new Map())
        const desks = reviewers.map((id) => [...chosen.values()].filter((ids) => ids.includes(id)).length)
        expect(Math.max(...desks) - Math.min(...desks)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('begin with whoever has the least on the desk', () => {
    const load = new Map(reviewers.map((id, at) => [id, at === 3 ? 0 : 5]))
    const chosen = takeTurns([{ revision: digestOf('one'), candidates: reviewers, count: 1 }], load)
    expect(chosen.get(digestOf('one'))).toEqual([reviewers[3]])
  })

  test('with the same on the desk are the first by id, whoever assigns', () => {
    const byId = [...reviewers].sort()
    for (const candidates of [reviewers, [...reviewers].reverse(), byId]) {
      const chosen = takeTurns([{ revision: digestOf('one'), candidates, count: 3 }], new Map())
      expect(chosen.get(digestOf('one'))).toEqual(byId.slice(0, 3))
    }
  })

  test('leave out who is no candidate', () => {
    const candidates = [reviewers[1]!, reviewers[2]!]
    const chosen = takeTurns([{ revision: digestOf('one'), candidates, count: 2 }], new Map())
    expect([...(chosen.get(digestOf('one')) ?? [])].sort()).toEqual([...candidates].sort())
  })
})
