import { describe, expect, test } from 'vitest'
import { compareCatalogues } from '../../../src-shared/catalogue/differences.ts'
import { workingCopy, workingProblems, type CatalogueEdit } from '../../../src-shared/catalogue/editing.ts'
import { liftRecord } from '../../../src-shared/catalogue/lifting.ts'
import { categoryRules, hasRules } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, Category, Field } from '../../../src-shared/catalogue/schema.ts'
import { checkSuccessor } from '../../../src-shared/catalogue/successor.ts'
import { hasErrors, validateRecord } from '../../../src-shared/catalogue/validate.ts'
import { category, field, shippedCatalogue, today } from './helpers.ts'

const base = shippedCatalogue()
const next = (...edits: readonly CatalogueEdit[]) => workingCopy(base, edits)
const withHouse = (change: (house: Category) => Category): Catalogue => ({
  ...base,
  version: base.version + 1,
  categories: base.categories.map((one) => (one.id === 'C2' ? change(one) : one)),
})
const withFields = (change: (fields: readonly Field[]) => readonly Field[]) =>
  withHouse((house) => ({ ...house, fields: change(house.fields) }))
const withTables = (change: (tables: Catalogue['codeTables']) => Catalogue['codeTables']): Catalogue => ({
  ...base,
  version: base.version + 1,
  codeTables: change(base.codeTables),
})
const codes = (after: Catalogue) => checkSuccessor(base, after).map(({ code }) => code)
const retiredAddress = next({ edit: 'field.retire', category: 'C2', field: 'note', retired: true })

describe('a version that follows another', () => {
  test.each<[string, Catalogue, string]>([
    ['leaves out a number', { ...retiredAddress, version: 3 }, 'version-not-next'],
    ['changes nothing', next(), 'unchanged'],
    [
      'removes a category',
      { ...base, version: 2, categories: base.categories.filter(({ id }) => id !== 'C2') },
      'category-removed',
    ],
    [
      'moves a category to discipline',
      withHouse((house) => ({ ...house, compartment: 'discipline', level: 4 })),
      'category-compartment',
    ],
    ['lowers a level', withHouse((house) => ({ ...house, level: 2 })), 'category-level-lowered'],
    ['makes one record of several', withHouse((house) => ({ ...house, many: false })), 'many-lost'],
    ['removes a field', withFields((fields) => fields.filter(({ id }) => id !== 'note')), 'field-removed'],
    [
      'changes the kind of a field',
      withFields((fields) => fields.map((one) => (one.id === 'note' ? { ...one, kind: 'number' } : one))),
      'field-kind',
    ],
    [
      'changes the code table of a field',
      withFields((fields) => fields.map((one) => (one.id === 'kind' ? { ...one, table: 'sex' } : one))),
      'field-table',
    ],
    [
      'removes a code table',
      withTables((tables) => tables.filter(({ id }) => id !== 'sex')),
      'table-removed',
    ],
    [
      'removes a code',
      withTables((tables) =>
        tables.map((one) => (one.id === 'sex' ? { ...one, items: one.items.slice(1) } : one)),
      ),
      'item-removed',
    ],
  ])('is refused when it %s', (_, after, code) => {
    expect(codes(after)).toEqual([code])
  })

  test('may retire categories, fields and codes, and add others', () => {
    const after = next(
      { edit: 'category.retire', category: 'D11', retired: true },
      { edit: 'field.retire', category: 'C2', field: 'price', retired: true },
      { edit: 'field', category: 'C2', field: { id: 'floor', label: '楼层', kind: 'number' } },
    )
    expect(workingProblems(base, after)).toBe(null)
    expect(codes(after)).toEqual([])
    expect(field(category(after, 'C2'), 'price')).toMatchObject({ retired: true })
    expect(field(category(after, 'C2'), 'price').critical).toBe(undefined)
    // The check that named it went with it.
    expect(JSON.stringify(category(after, 'C2').crossChecks)).not.toContain('price')
  })

  test('states its rules as they are signed, and no others', () => {
    const rules = categoryRules(retiredAddress)
    expect(hasRules(retiredAddress, rules.toReversed())).toBe(true)
    expect(hasRules(retiredAddress, rules.slice(1))).toBe(false)
    const lowered = rules.map((rule) =>
      rule.category === 'C2' ? { ...rule, verification: 'single' as const } : rule,
    )
    expect(hasRules(retiredAddress, lowered)).toBe(false)
  })
})

describe('what differs', () => {
  test('names every change, and what lowers the verification', () => {
    const { fields: _fields, crossChecks: _checks, ...head } = category(base, 'C2')
    const after = next(
      { edit: 'category.head', category: 'C2', head: { ...head, verification: 'single', cycle: 'yearly' } },
      { edit: 'field.retire', category: 'C2', field: 'price', retired: true },
      { edit: 'field.move', category: 'C2', field: 'note', by: -1 },
    )
    const changes = compareCatalogues(base, after)
    expect(changes.map(({ what, property, lowers }) => [what, property ?? '', lowers])).toEqual([
      ['category-changed', 'verification', true],
      ['category-changed', 'cycle', false],
      ['field-retired', '', true],
      ['fields-reordered', '', false],
      ['check-removed', '', true],
    ])
    expect(compareCatalogues(base, base)).toEqual([])
  })

  test('does not call a stricter rule a lowering', () => {
    const house = category(base, 'C2')
    const stricter = house.crossChecks.map((check) => ({ ...check, severity: 'error' as const }))
    const after = next({ edit: 'checks', category: 'C2', crossChecks: stricter })
    expect(compareCatalogues(base, after).some(({ lowers }) => lowers)).toBe(false)
  })

  test.each([
    ['takes away the signature of the level above', 'signer', { signer: 'approver-and-above' }, {}],
    [
      'lets rows be sampled',
      'sampling',
      {},
      { sampling: { tolerablePermille: 50, confidencePermille: 950 } },
    ],
    [
      'tolerates more',
      'sampling',
      { sampling: { tolerablePermille: 10, confidencePermille: 950 } },
      { sampling: { tolerablePermille: 50, confidencePermille: 950 } },
    ],
    [
      'is less sure',
      'sampling',
      { sampling: { tolerablePermille: 50, confidencePermille: 990 } },
      { sampling: { tolerablePermille: 50, confidencePermille: 950 } },
    ],
    ['lets the reporting line take part', 'apartFromReportingLine', { apartFromReportingLine: true }, {}],
  ] as const)(
    'lowers the verification when it %s, and not the other way round',
    (_, property, more, less) => {
      const strict = withHouse((house) => ({ ...house, ...more }))
      const mild = withHouse((house) => ({ ...house, ...less }))
      const lowering = (before: Catalogue, after: Catalogue) =>
        compareCatalogues(before, after).map((change) => [change.property, change.lowers])
      expect(lowering(strict, mild)).toEqual([[property, true]])
      expect(lowering(mild, strict)).toEqual([[property, false]])
    },
  )
})

describe('a record of an older version', () => {
  const content = {
    declaration: 'present',
    values: { relation: '01', address: '滨河路18号', price: { amount: 100, currency: 'CNY' } },
  } as const

  test('is lifted with every value, and says what is not asked for any more', () => {
    const after = next({ edit: 'field.retire', category: 'C2', field: 'price', retired: true })
    const lifted = liftRecord(after, 'C2', content, today)
    expect(lifted?.content.values).toEqual(content.values)
    expect(lifted?.problems).toEqual([{ field: 'price', value: content.values.price, reason: 'retired' }])
    const findings = validateRecord(category(after, 'C2'), after, content, today)
    expect(findings.map(({ code, field: at }) => [code, at])).toContainEqual(['field-retired', 'price'])
    expect(hasErrors(findings)).toBe(false)
  })

  test('names a code that was retired since', () => {
    const table = base.codeTables.find(({ id }) => id === 'relation')!
    const items = table.items.map((item) => (item.code === '01' ? { ...item, retired: true as const } : item))
    const after = next({ edit: 'table', table: { id: table.id, source: table.source, items } })
    expect(liftRecord(after, 'C2', content, today)?.problems).toMatchObject([
      { field: 'relation', reason: 'code-retired' },
    ])
    expect(after.codeTables.find(({ id }) => id === 'relation')?.version).toBe(table.version + 1)
  })
})
