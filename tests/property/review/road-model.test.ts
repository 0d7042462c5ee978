import { fc } from '../../helpers/properties.ts'
import { expect, test } from 'vitest'
import type { RoadStep } from '../../../src-shared/review/states.ts'
import { unit } from '../../unit/review/road-steps.ts'
import { runs } from '../../helpers/runs.ts'
import { follow, histories } from './histories.ts'
import { pictureOf } from './pictures.ts'
import { toldAnew } from './reference-of-steps.ts'

/** A rule is that of the category it stands under. */
function named(steps: readonly RoadStep[]): readonly RoadStep[] {
  return steps.map((step) => {
    const { act } = step
    return act.act === 'submit'
      ? { ...step, act: { ...act, rule: { ...act.rule, category: act.category } } }
      : step
  })
}

test('the road of one record is at every moment what the rules say, told anew and simply', () => {
  fc.assert(
    fc.property(histories, ({ steps, views }) => {
      for (const known of [...views, steps].map(named)) {
        const { state, voids } = follow(known)
        const nothing = voids.map(({ commit, row }) => `${commit}/${row}`).sort()
        expect(pictureOf(state, nothing)).toEqual(toldAnew(unit, known))
      }
    }),
    { numRuns: runs(1000) },
  )
})
