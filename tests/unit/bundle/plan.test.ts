import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import { planSegments, type PlannedCommit, type Segment } from '../../../src-shared/bundle/plan.ts'

const alone = { operations: 1, needs: [] }

describe('the files of one log', () => {
  test('hold ten thousand commits each', () => {
    expect(planSegments([{ log: 'a', from: 5, to: 25_004 }], () => alone)).toEqual([
      { log: 'a', from: 5, to: 10_004 },
      { log: 'a', from: 10_005, to: 20_004 },
      { log: 'a', from: 20_005, to: 25_004 },
    ])
  })

  test('hold ten thousand bodies each', () => {
    const commits = [{ operations: 9_999, needs: [] }, alone, alone, { operations: 10_000, needs: [] }, alone]
    expect(planSegments([{ log: 'a', from: 0, to: 4 }], (_log, seq) => commits[seq]!)).toEqual([
      { log: 'a', from: 0, to: 1 },
      { log: 'a', from: 2, to: 2 },
      { log: 'a', from: 3, to: 3 },
      { log: 'a', from: 4, to: 4 },
    ])
  })
})

describe('several logs', () => {
  test('that know nothing of each other come one after the other', () => {
    const ranges = ['a', 'b'].map((log) => ({ log, from: 0, to: 9 }))
    expect(planSegments(ranges, () => alone)).toEqual(ranges)
  })

  test('come in turns where they have seen each other', () => {
    const needs: Record<string, PlannedCommit> = {
      a2: { operations: 1, needs: [{ log: 'b', seq: 1 }] },
      b1: { operations: 1, needs: [{ log: 'a', seq: 0 }] },
    }
    const ranges = ['a', 'b'].map((log) => ({ log, from: 0, to: 3 }))
    expect(planSegments(ranges, (log, seq) => needs[`${log}${seq}`] ?? alone)).toEqual([
      { log: 'a', from: 0, to: 1 },
      { log: 'b', from: 0, to: 3 },
      { log: 'a', from: 2, to: 3 },
    ])
  })

  test('are not held up by what lies outside the bundle', () => {
    const needs = [
      { log: 'b', seq: 99 },
      { log: 'a', seq: 3 },
    ]
    const range = { log: 'a', from: 4, to: 4 }
    expect(planSegments([range], () => ({ operations: 1, needs }))).toEqual([range])
  })

  test('that need each other in a circle are an error of the program', () => {
    const other = { a: 'b', b: 'a' } as Record<string, string>
    const ranges = ['a', 'b'].map((log) => ({ log, from: 0, to: 0 }))
    const circle = (log: string) => ({ operations: 1, needs: [{ log: other[log]!, seq: 0 }] })
    expect(() => planSegments(ranges, circle)).toThrow(RangeError)
  })
})

test('whatever devices have seen of each other, every commit comes once and after all it has seen', () => {
  // A history: at each step one of three devices writes, having seen some number of the others' commits.
  const step = fc.record({
    log: fc.constantFrom('a', 'b', 'c'),
    sees: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null }),
    operations: fc.constantFrom(1, 1, 1, 4_000),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 120 }), fc.nat(3), (steps, skipped) => {
      const commits: Record<string, PlannedCommit[]> = { a: [], b: [], c: [] }
      for (const { log, sees, operations } of steps) {
        const seen = sees === null || sees === log ? 0 : commits[sees]!.length
        commits[log]!.push({ operations, needs: seen === 0 ? [] : [{ log: sees!, seq: seen - 1 }] })
      }
      const ranges: Segment[] = Object.entries(commits)
        .map(([log, all]) => ({ log, from: Math.min(skipped, all.length), to: all.length - 1 }))
        .filter(({ from, to }) => from <= to)
      fc.pre(ranges.length > 0)
      const next = new Map(ranges.map(({ log, from }) => [log, from]))
      for (const { log, from, to } of planSegments(ranges, (of, seq) => commits[of]![seq]!)) {
        expect(from).toBe(next.get(log))
        let bodies = 0
        for (let seq = from; seq <= to; seq++) {
          const commit = commits[log]![seq]!
          bodies += commit.operations
          for (const need of commit.needs) expect(need.seq).toBeLessThan(next.get(need.log) ?? Infinity)
        }
        expect(bodies).toBeLessThanOrEqual(10_000)
        next.set(log, to + 1)
      }
      for (const { log, to } of ranges) expect(next.get(log)).toBe(to + 1)
    }),
    { numRuns: 300 },
  )
})
