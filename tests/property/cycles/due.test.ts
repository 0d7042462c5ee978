import { describe, expect, test } from 'vitest'
import { shiftDay } from '../../../src-shared/calendar/working-days.ts'
import { dueItems, type CadreHistory } from '../../../src-shared/cycles/due.ts'
import { fc } from '../../helpers/properties.ts'
import { shippedCatalogue } from '../../unit/catalogue/helpers.ts'

const { categories } = shippedCatalogue()
const day = fc.integer({ min: 0, max: 2_000 }).map((count) => shiftDay('2024-01-01', count))
const ids = categories.map(({ id }) => id)

const fact = fc.oneof(
  fc.record({
    category: fc.constant('A2'),
    values: fc.record({ from: day, change: fc.constantFrom('01', '03', '09') }),
    archivedOn: day,
  }),
  fc.record({
    category: fc.constant('B1'),
    values: fc.record({ changedOn: day, change: fc.constantFrom('00', '01', '02') }),
    archivedOn: day,
  }),
  fc.record({
    category: fc.constant('B2'),
    values: fc.record({ validUntil: day, keeper: fc.constantFrom('01', '04') }),
    archivedOn: day,
  }),
  fc.record({
    category: fc.constant('E5'),
    values: fc.record({ until: day, liftedOn: day }, { requiredKeys: ['until'] }),
    archivedOn: day,
  }),
)

const histories: fc.Arbitrary<CadreHistory> = fc
  .record({
    openedOn: day,
    stage: fc.constantFrom(null, 'entry', 'serving', 'transfer', 'leaving'),
    riskClass: fc.constantFrom(null, '1', '2', '3'),
    since: day,
    reports: fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), day), { selector: ([id]) => id }),
    facts: fc.array(fact, { maxLength: 6 }),
  })
  .map(({ openedOn, stage, riskClass, since, reports, facts }) => ({
    openedOn,
    standing: { stage, riskClass },
    stageSince: stage === null ? null : since,
    reports: new Map(reports),
    facts,
  }))

describe('what is due of anybody', () => {
  test('is one thing of each category', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const names = dueItems(categories, history).map(({ category }) => category)
        expect(new Set(names).size).toBe(names.length)
      }),
    )
  })

  test('is asked of the categories of the catalogue alone, whatever the order of the facts', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const turned = { ...history, facts: history.facts.toReversed() }
        const items = dueItems(categories, history)
        expect(dueItems(categories, turned)).toEqual(items)
        for (const { category } of items) expect(ids).toContain(category)
      }),
    )
  })

  test('opens after everything that was handed in of it', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { category, opens, cause } of dueItems(categories, history)) {
          const reported = history.reports.get(category)
          // A record that was archived late may lie before a post it tells of, and a stage before what it opens.
          if (reported !== undefined && cause !== 'recorded') expect(opens > reported).toBe(true)
        }
      }),
    )
  })

  test('opens nothing before the dossier but a stage', () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { opens, basis, cause } of dueItems(categories, history)) {
          if (cause === 'before') expect(basis >= history.openedOn).toBe(true)
          else if (cause !== 'stage') expect(opens >= history.openedOn).toBe(true)
        }
      }),
    )
  })

  test('goes on handing it in, and only that category changes', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(...ids), (history, id) => {
        const latest = '2040-06-15'
        const reports = new Map([...history.reports, [id, latest]])
        const before = dueItems(categories, history)
        const after = dueItems(categories, { ...history, reports })
        const others = (items: typeof before) => items.filter(({ category }) => category !== id)
        expect(others(after)).toEqual(others(before))
        for (const { opens, category } of after) if (category === id) expect(opens > latest).toBe(true)
      }),
    )
  })

  test('ends with leaving, but for what a stage or a passed date opens', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const left = {
          ...history,
          standing: { ...history.standing, stage: 'leaving' },
          stageSince: '2025-05-05',
        }
        for (const { cause } of dueItems(categories, left)) expect(['stage', 'after']).toContain(cause)
      }),
    )
  })
})
