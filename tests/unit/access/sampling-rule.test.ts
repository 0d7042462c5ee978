import { expect, test } from 'vitest'
import type { CategoryRule } from '../../../src-shared/log/category-rule.ts'
import { fixtureRules, UnitFixture } from '../../helpers/unit-fixture.ts'

const sampling = { tolerablePermille: 50, confidencePermille: 950 }
const [internal, , secret] = fixtureRules as readonly [CategoryRule, CategoryRule, CategoryRule]

/** The rule with sampling, or nothing when the unit it was founded with is none. */
async function adopted(rule: CategoryRule) {
  const unit = await UnitFixture.found({ rules: [{ ...rule, sampling }] }).catch(() => null)
  try {
    return unit?.history().head.catalogue?.rules.get(rule.category)?.sampling
  } catch {
    return undefined
  }
}

test('a catalogue may allow sampling of what is not sensitive', async () => {
  expect(await adopted(internal)).toEqual(sampling)
})

test.each<readonly [string, CategoryRule]>([
  ['sensitive personal data', { ...internal, level: 3 }],
  ['discipline', secret],
  ['what each reviewer types again', { ...internal, verification: 'dual-rekey' }],
])('no chain adopts a catalogue, from whoever, that allows sampling of %s', async (_what, rule) => {
  expect(await adopted(rule)).toBe(undefined)
})
