import type { SamplingPlan } from '../log/category-rule.ts'
import type { Catalogue, Category, CodeTable, CrossCheck, Field } from './schema.ts'

/** What can differ between two versions, as a closed list; the sentences are in `i18n` under `change.<what>`. */
export const changeCodes = [
  'title',
  'category-added',
  'category-removed',
  'category-retired',
  'category-restored',
  'category-changed',
  'categories-reordered',
  'field-added',
  'field-removed',
  'field-retired',
  'field-restored',
  'field-changed',
  'fields-reordered',
  'check-added',
  'check-removed',
  'table-added',
  'table-removed',
  'table-changed',
  'item-added',
  'item-removed',
  'item-retired',
  'item-restored',
  'item-changed',
] as const
export type ChangeCode = (typeof changeCodes)[number]

type PropertyValue = string | number | boolean | object | null

/** One difference, by ids; `from` and `to` are the values of `property`, null where it was or is not set. */
export interface Change {
  readonly what: ChangeCode
  /** Whether less is verified after it than before. */
  readonly lowers: boolean
  readonly category?: string
  readonly field?: string
  readonly table?: string
  readonly item?: string
  readonly property?: string
  readonly from?: PropertyValue
  readonly to?: PropertyValue
  readonly check?: CrossCheck
}

/** All that differs, in the order of the newer version. Equal catalogues differ in nothing. */
export function compareCatalogues(before: Catalogue, after: Catalogue): readonly Change[] {
  const changes: Change[] = []
  if (before.title !== after.title)
    changes.push({ what: 'title', lowers: false, from: before.title, to: after.title })
  changes.push(
    ...compareLists(before.categories, after.categories, (category) => category.id, {
      added: ({ id }) => [{ what: 'category-added', lowers: false, category: id }],
      removed: ({ id }) => [{ what: 'category-removed', lowers: true, category: id }],
      both: compareCategories,
      reordered: { what: 'categories-reordered', lowers: false },
    }),
    ...compareLists(before.codeTables, after.codeTables, (table) => table.id, {
      added: ({ id }) => [{ what: 'table-added', lowers: false, table: id }],
      removed: ({ id }) => [{ what: 'table-removed', lowers: true, table: id }],
      both: compareTables,
      reordered: null,
    }),
  )
  return changes
}

interface ListChanges<Item> {
  added(item: Item): readonly Change[]
  removed(item: Item): readonly Change[]
  both(before: Item, after: Item): readonly Change[]
  readonly reordered: Change | null
}

function compareLists<Item>(
  before: readonly Item[],
  after: readonly Item[],
  idOf: (item: Item) => string,
  { added, removed, both, reordered }: ListChanges<Item>,
): readonly Change[] {
  const old = new Map(before.map((item) => [idOf(item), item]))
  const ids = after.map(idOf)
  const now = new Set(ids)
  const changes = before.filter((item) => !now.has(idOf(item))).flatMap(removed)
  for (const item of after) {
    const earlier = old.get(idOf(item))
    changes.push(...(earlier === undefined ? added(item) : both(earlier, item)))
  }
  const stayed = before.map(idOf).filter((id) => now.has(id))
  const inNewOrder = ids.filter((id) => old.has(id))
  if (reordered !== null && stayed.some((id, place) => inNewOrder[place] !== id)) changes.push(reordered)
  return changes
}

const verificationRank = { single: 0, dual: 1, 'dual-rekey': 2 } as const
const evidenceRank = { none: 0, optional: 1, required: 2 } as const

function compareCategories(before: Category, after: Category): readonly Change[] {
  const category = after.id
  const changes: Change[] = []
  if (before.retired !== after.retired) {
    const what = after.retired === true ? 'category-retired' : 'category-restored'
    changes.push({ what, lowers: false, category })
  }
  const lowered = new Set([
    ...(verificationRank[after.verification] < verificationRank[before.verification] ? ['verification'] : []),
    ...(evidenceRank[after.evidence] < evidenceRank[before.evidence] ? ['evidence'] : []),
    ...(before.signer === 'approver-and-above' && after.signer === 'approver' ? ['signer'] : []),
    ...(samplesMore(before.sampling, after.sampling) ? ['sampling'] : []),
    ...(before.apartFromReportingLine === true && after.apartFromReportingLine !== true
      ? ['apartFromReportingLine']
      : []),
  ])
  const apart = ['id', 'retired', 'fields', 'crossChecks']
  for (const change of compareProperties(before, after, apart))
    changes.push({ what: 'category-changed', lowers: lowered.has(change.property), category, ...change })
  changes.push(
    ...compareLists(before.fields, after.fields, (field) => field.id, {
      added: ({ id }) => [{ what: 'field-added', lowers: false, category, field: id }],
      removed: ({ id }) => [{ what: 'field-removed', lowers: true, category, field: id }],
      both: (old, now) => compareFields(category, old, now),
      reordered: { what: 'fields-reordered', lowers: false, category },
    }),
  )
  return [...changes, ...compareChecks(category, before.crossChecks, after.crossChecks)]
}

/** Whether fewer rows are looked at than before, or with less certainty. */
function samplesMore(before: SamplingPlan | undefined, after: SamplingPlan | undefined): boolean {
  if (after === undefined) return false
  if (before === undefined) return true
  return (
    after.tolerablePermille > before.tolerablePermille || after.confidencePermille < before.confidencePermille
  )
}

function compareFields(category: string, before: Field, after: Field): readonly Change[] {
  const place = { category, field: after.id }
  const changes: Change[] = []
  const wasVerified = before.required === true || before.critical === true
  if (before.retired !== after.retired) {
    changes.push(
      after.retired === true
        ? { what: 'field-retired', lowers: wasVerified, ...place }
        : { what: 'field-restored', lowers: false, ...place },
    )
    if (after.retired === true) return changes
  }
  for (const change of compareProperties(before, after, ['id', 'retired'])) {
    const isVerification = change.property === 'required' || change.property === 'critical'
    changes.push({
      what: 'field-changed',
      lowers: isVerification && change.to === null,
      ...place,
      ...change,
    })
  }
  return changes
}

function compareChecks(
  category: string,
  before: readonly CrossCheck[],
  after: readonly CrossCheck[],
): readonly Change[] {
  const old = new Set(before.map(checkText))
  const now = new Set(after.map(checkText))
  const stricter = new Set(after.map((check) => checkText({ ...check, severity: 'error' })))
  return [
    ...before
      .filter((check) => !now.has(checkText(check)))
      .map((check): Change => {
        // A warning that became an error is not lost.
        const lowers = check.severity === 'error' || !stricter.has(checkText({ ...check, severity: 'error' }))
        return { what: 'check-removed', lowers, category, check }
      }),
    ...after
      .filter((check) => !old.has(checkText(check)))
      .map((check): Change => ({ what: 'check-added', lowers: false, category, check })),
  ]
}

function checkText(check: CrossCheck): string {
  return JSON.stringify(Object.entries(check).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function compareTables(before: CodeTable, after: CodeTable): readonly Change[] {
  const table = after.id
  const own = compareProperties(before, after, ['id', 'version', 'items']).map(
    (change): Change => ({ what: 'table-changed', lowers: false, table, ...change }),
  )
  return [
    ...own,
    ...compareLists(before.items, after.items, (item) => item.code, {
      added: ({ code }) => [{ what: 'item-added', lowers: false, table, item: code }],
      removed: ({ code }) => [{ what: 'item-removed', lowers: true, table, item: code }],
      both: (old, now) => {
        const changes: Change[] = []
        if (old.retired !== now.retired) {
          const what = now.retired === true ? 'item-retired' : 'item-restored'
          changes.push({ what, lowers: false, table, item: now.code })
        }
        for (const change of compareProperties(old, now, ['code', 'retired']))
          changes.push({ what: 'item-changed', lowers: false, table, item: now.code, ...change })
        return changes
      },
      reordered: null,
    }),
  ]
}

interface PropertyChange {
  readonly property: string
  readonly from: PropertyValue
  readonly to: PropertyValue
}

function compareProperties(
  before: object,
  after: object,
  apart: readonly string[],
): readonly PropertyChange[] {
  const [old, now] = [before, after] as Readonly<Record<string, PropertyValue | undefined>>[]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names
    .filter((name) => !apart.includes(name))
    .map((property) => ({ property, from: old?.[property] ?? null, to: now?.[property] ?? null }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to))
}
