import { expect, test } from 'vitest'
import { revisionStatuses } from '../../../src-shared/review/states.ts'
import { opinionFigures, outcomeOf, type GivenOpinion } from '../../../src-shared/review/workload.ts'

const given = (days: number, change: Partial<GivenOpinion> = {}): GivenOpinion => ({
  category: 'C6',
  days,
  decision: null,
  outcome: null,
  ...change,
})

test('who gave no opinion has no time, and nothing to agree with', () => {
  expect(opinionFigures([])).toEqual({
    decided: 0,
    median: null,
    ninth: null,
    agreement: { same: 0, settled: 0, categories: 0 },
  })
})

test('half of the opinions took no longer than the median, nine in ten no longer than the second figure', () => {
  const figures = opinionFigures([9, 1, 2, 3, 4, 5, 6, 7, 8, 30].map((days) => given(days)))
  expect([figures.median, figures.ninth]).toEqual([5, 9])
})

test('an opinion counts for agreement once it is opened and the entry is settled', () => {
  const figures = opinionFigures([
    given(1, { decision: 'agree', outcome: 'agree' }),
    given(1, { decision: 'disagree', outcome: 'agree', category: 'C2' }),
    given(1, { decision: 'agree', outcome: null, category: 'D1' }),
    given(1),
  ])
  expect(figures.agreement).toEqual({ same: 1, settled: 2, categories: 2 })
})

test('an opinion that is not opened yet agrees with nothing, also where the entry is settled', () => {
  const figures = opinionFigures([
    given(1, { outcome: 'agree' }),
    given(1, { decision: 'disagree', outcome: 'disagree' }),
    given(1, { decision: 'disagree', outcome: 'disagree' }),
    given(1, { decision: 'agree', outcome: 'disagree' }),
  ])
  expect(figures.agreement).toEqual({ same: 2, settled: 3, categories: 1 })
})

test('what was agreed on or upheld agreed, what was sent back did not, and of the rest nobody knows yet', () => {
  const came = (outcome: 'agree' | 'disagree' | null) =>
    revisionStatuses.filter((status) => outcomeOf(status) === outcome)
  expect(came('agree')).toEqual(['agreed', 'adjudicated', 'archived', 'conflict', 'superseded'])
  expect(came('disagree')).toEqual(['returned'])
})
