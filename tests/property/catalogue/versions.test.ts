import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import { compareCatalogues } from '../../../src-shared/catalogue/differences.ts'
import { workingCopy, workingProblems, type CatalogueEdit } from '../../../src-shared/catalogue/editing.ts'
import { liftRecord } from '../../../src-shared/catalogue/lifting.ts'
import { findCategory, readCatalogue } from '../../../src-shared/catalogue/read.ts'
import { fieldKinds, type Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { checkSuccessor } from '../../../src-shared/catalogue/successor.ts'
import { hasErrors, validateRecord } from '../../../src-shared/catalogue/validate.ts'
import { shippedCatalogue, today } from '../../unit/catalogue/helpers.ts'

const shipped = shippedCatalogue()
const few = ['A1', 'C2', 'D8', 'E5']
// A few categories with their code tables, without what ties them to others.
const base: Catalogue = {
  ...shipped,
  categories: shipped.categories
    .filter(({ id }) => few.includes(id))
    .map(({ openedBy: _, crossChecks, ...head }) => ({
      ...head,
      crossChecks: crossChecks.filter((check) => !('category' in check) || few.includes(check.category)),
    })),
}
const categoryIds = base.categories.map(({ id }) => id)
const fieldIds = [...new Set(base.categories.flatMap(({ fields }) => fields.map(({ id }) => id)))]

const category = fc.constantFrom(...categoryIds)
const fieldId = fc.constantFrom(...fieldIds, 'item1', 'item2')
const word = fc.string({ maxLength: 8 })
const table = fc.constantFrom(...base.codeTables.map(({ id }) => id))

const edit: fc.Arbitrary<CatalogueEdit> = fc.oneof(
  fc.record({ edit: fc.constant('title' as const), title: word }),
  fc.record({ edit: fc.constant('category.retire' as const), category, retired: fc.boolean() }),
  fc.record({ edit: fc.constant('category.remove' as const), category }),
  fc.record({ edit: fc.constant('field.retire' as const), category, field: fieldId, retired: fc.boolean() }),
  fc.record({ edit: fc.constant('field.remove' as const), category, field: fieldId }),
  fc.record({
    edit: fc.constant('field.move' as const),
    category,
    field: fieldId,
    by: fc.constantFrom(-1 as const, 1 as const),
  }),
  fc.record({ edit: fc.constant('checks' as const), category, crossChecks: fc.constant([]) }),
  fc.record({
    edit: fc.constant('openings' as const),
    category,
    openedBy: fc.array(
      fc.record({ when: fc.constant('recorded' as const), category, withinWorkingDays: fc.nat(251) }),
      { maxLength: 2 },
    ),
  }),
  fc
    .record({
      category,
      id: fieldId,
      label: word,
      kind: fc.constantFrom(...fieldKinds),
      table,
      required: fc.boolean(),
    })
    .map(({ category: of, id, label, kind, table: codes, required }) => ({
      edit: 'field' as const,
      category: of,
      field: {
        id,
        label,
        kind,
        ...(kind === 'code' ? { table: codes } : {}),
        ...(required ? { required: true as const } : {}),
      },
    })),
  fc
    .record({
      id: category,
      level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
      name: word,
    })
    .map(({ id, level, name }) => {
      const { fields: _f, crossChecks: _c, retired: _r, ...head } = findCategory(base, id)!
      const compartment = level === 4 ? ('discipline' as const) : ('archive' as const)
      return { edit: 'category.head' as const, category: id, head: { ...head, level, name, compartment } }
    }),
  fc.record({ id: table, drop: fc.boolean(), label: word }).map(({ id, drop, label }) => {
    const { items, source } = base.codeTables.find((one) => one.id === id)!
    const next = drop ? items.slice(1) : [...items, { code: 'zz', label }]
    return { edit: 'table' as const, table: { id, source, items: next } }
  }),
)

/** What the editor does: a step that would not give a legal successor is not taken. */
function edited(steps: readonly CatalogueEdit[]): Catalogue {
  const taken: CatalogueEdit[] = []
  for (const step of steps) {
    if (workingProblems(base, workingCopy(base, [...taken, step])) === null) taken.push(step)
  }
  return workingCopy(base, taken)
}

describe('whatever somebody does in the editor', () => {
  test('gives a catalogue that reads and may follow the one in force', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (steps) => {
        const after = edited(steps)
        const read = readCatalogue(structuredClone(after))
        expect(read).toEqual({ ok: true, value: after })
        const problems = checkSuccessor(base, after).map(({ code }) => code)
        const isSame = compareCatalogues(base, after).length === 0
        // Only that there is nothing to propose may be said against it.
        expect(problems).toEqual(isSame && problems.length > 0 ? ['unchanged'] : [])
      }),
      { numRuns: 60 },
    )
  })

  test('lowers no level, moves nothing and loses no field, code or value', () => {
    const house = {
      relation: '01',
      address: '滨河路18号',
      price: { amount: 100, currency: 'CNY' },
      note: '无',
    }
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (steps) => {
        const after = edited(steps)
        for (const before of base.categories) {
          const now = findCategory(after, before.id)
          expect(now?.compartment).toBe(before.compartment)
          expect(now?.level).toBeGreaterThanOrEqual(before.level)
          for (const field of before.fields)
            expect(now?.fields.find(({ id }) => id === field.id)).toMatchObject({ kind: field.kind })
        }
        for (const { id, items } of base.codeTables) {
          const kept = new Set(after.codeTables.find((one) => one.id === id)?.items.map(({ code }) => code))
          expect(items.filter(({ code }) => !kept.has(code))).toEqual([])
        }
        const content = { declaration: 'present' as const, values: house }
        const lifted = liftRecord(after, 'C2', content, today)
        expect(lifted?.content.values).toEqual(house)
        // What the newest version finds wrong is said of the fields that have problems, or that it asks for anew.
        const named = new Set(lifted?.problems.map(({ field }) => field))
        const findings = validateRecord(lifted!.category, after, lifted!.content, today)
        const unnamed = findings.filter(
          ({ field, severity, code }) =>
            severity === 'error' && !named.has(field ?? '') && code !== 'required' && code !== 'requires',
        )
        expect(hasErrors(unnamed)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})
