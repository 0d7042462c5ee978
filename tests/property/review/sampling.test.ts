import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import type { SamplingPlan } from '../../../src-shared/log/category-rule.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import {
  drawSample,
  drawSeed,
  intolerableRows,
  lotDigest,
  sampleSize,
} from '../../../src-shared/review/sampling.ts'
import { digestOf, idOf } from '../../unit/review/road-steps.ts'

const plans: fc.Arbitrary<SamplingPlan> = fc.record({
  tolerablePermille: fc.integer({ min: 1, max: 500 }),
  confidencePermille: fc.integer({ min: 500, max: 999 }),
})
const lotSizes = fc.integer({ min: 1, max: 600 })

/** Every sample of so many rows out of a lot whose first `wrong` rows are wrong: how many there are, and see none. */
function countSamples(lot: number, wrong: number, size: number) {
  let all = 0
  let blind = 0
  for (let chosen = 0; chosen < 2 ** lot; chosen++) {
    let rows = 0
    for (let bits = chosen; bits > 0; bits &= bits - 1) rows += 1
    if (rows !== size) continue
    all += 1
    if ((chosen & (2 ** wrong - 1)) === 0) blind += 1
  }
  return { all, blind }
}

describe('the size of a sample', () => {
  test('keeps the promise of the plan, and one row less would not: counted out over every sample of small lots', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), plans, (lot, plan) => {
        const wrong = intolerableRows(lot, plan)
        const size = sampleSize(lot, plan)
        const isEnough = (rows: number) => {
          const { all, blind } = countSamples(lot, wrong, rows)
          return blind * 1000 <= all * (1000 - plan.confidencePermille)
        }
        expect(isEnough(size)).toBe(true)
        if (size > 0) expect(isEnough(size - 1)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  test('never falls when one wants to be surer, or tolerates less', () => {
    fc.assert(
      fc.property(lotSizes, plans, plans, (lot, one, other) => {
        const surer = Math.max(one.confidencePermille, other.confidencePermille)
        const stricter = Math.min(one.tolerablePermille, other.tolerablePermille)
        const most = sampleSize(lot, { tolerablePermille: stricter, confidencePermille: surer })
        expect(most).toBeGreaterThanOrEqual(sampleSize(lot, { ...one, confidencePermille: surer }))
        expect(most).toBeGreaterThanOrEqual(sampleSize(lot, { ...one, tolerablePermille: stricter }))
        expect(most).toBeGreaterThanOrEqual(sampleSize(lot, one))
      }),
    )
  })

  test('never falls in a larger lot that must not hold more wrong rows', () => {
    fc.assert(
      fc.property(lotSizes, plans, (lot, plan) => {
        if (intolerableRows(lot, plan) !== intolerableRows(lot + 1, plan)) return
        expect(sampleSize(lot + 1, plan)).toBeGreaterThanOrEqual(sampleSize(lot, plan))
      }),
    )
  })

  test('is between one row and the lot', () => {
    fc.assert(
      fc.property(lotSizes, plans, (lot, plan) => {
        expect(sampleSize(lot, plan)).toBeGreaterThanOrEqual(1)
        expect(sampleSize(lot, plan)).toBeLessThanOrEqual(lot)
      }),
    )
  })
})

describe('a sample', () => {
  const rowsOf = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ record: idOf(`${at}`), revision: digestOf(`${at}`) }))

  test('is the same for everybody, in whatever order they have the rows and the submissions', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat({ max: 40 }), fc.string(), (count, size, name) => {
        const rows = rowsOf(count)
        const submissions = [digestOf('one'), digestOf('two')]
        const unit = idOf('unit')
        const seed = drawSeed(nodePrimitives, unit, digestOf(name), submissions)
        expect(
          drawSeed(nodePrimitives, unit, digestOf(name), [...submissions, ...submissions].reverse()),
        ).toBe(seed)
        const sample = drawSample(nodePrimitives, seed, rows, size)
        expect(drawSample(nodePrimitives, seed, [...rows].reverse(), size)).toEqual(sample)
        expect(sample.size).toBe(Math.min(size, count))
        expect(lotDigest(nodePrimitives, [...rows].reverse())).toBe(lotDigest(nodePrimitives, rows))
        expect(lotDigest(nodePrimitives, rows.slice(1))).not.toBe(lotDigest(nodePrimitives, rows))
      }),
    )
  })

  test('comes to every row alike: over many draws none is spared', () => {
    const rows = rowsOf(10)
    const counts = new Map(rows.map(({ revision }) => [revision, 0]))
    for (let draw = 0; draw < 2000; draw++) {
      const seed = drawSeed(nodePrimitives, idOf('unit'), digestOf(`draw ${draw}`), [])
      for (const revision of drawSample(nodePrimitives, seed, rows, 3))
        counts.set(revision, (counts.get(revision) ?? 0) + 1)
    }
    // 600 each are expected, with a standard deviation of 20.
    for (const count of counts.values()) expect(Math.abs(count - 600)).toBeLessThan(120)
  })
})
