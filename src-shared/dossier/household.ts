import type { Money } from '../catalogue/money.ts'
import type { Category, Field } from '../catalogue/schema.ts'
import { isMoney, type RecordValues } from '../catalogue/values.ts'
import type { RecordFact } from '../contract/views.ts'
import type { Id } from '../kernel/ids.ts'
import { openStatuses } from '../review/states.ts'
import { holderFields, People, textIn, type KnownPerson } from './people.ts'

/** What a household owns and owes, as rows of the view. `other` takes what a later catalogue adds. */
export const householdLines = [
  'property',
  'deposits',
  'vehicles',
  'securities',
  'enterprises',
  'abroad',
  'belongings',
  'lent',
  'other',
  'borrowed',
] as const
export type HouseholdLine = (typeof householdLines)[number]

/** What is owed is never taken off what is owned: the view shows both. */
export const debtLines: readonly HouseholdLine[] = ['borrowed']

interface LineRule {
  readonly line: HouseholdLine
  readonly category: string
  /** The first of these that is filled in is the amount. */
  readonly amounts: readonly string[]
  readonly where?: { readonly field: string; readonly is: readonly string[] }
  /** Filled in once it is no longer theirs. */
  readonly ended?: string
}

// 担保 is neither owned nor owed until it is called in, so no line takes it.
const rules: readonly LineRule[] = [
  { line: 'property', category: 'C2', amounts: ['value', 'price'], ended: 'disposedOn' },
  { line: 'deposits', category: 'C7', amounts: ['value'], where: { field: 'kind', is: ['01', '02'] } },
  { line: 'vehicles', category: 'C7', amounts: ['value'], where: { field: 'kind', is: ['03'] } },
  { line: 'belongings', category: 'C7', amounts: ['value'] },
  { line: 'securities', category: 'C3', amounts: ['value'] },
  { line: 'enterprises', category: 'C4', amounts: ['capital'], ended: 'endedOn' },
  { line: 'abroad', category: 'C5', amounts: ['amount'], ended: 'endedOn' },
  {
    line: 'lent',
    category: 'C6',
    amounts: ['amount'],
    where: { field: 'direction', is: ['01'] },
    ended: 'settledOn',
  },
  {
    line: 'borrowed',
    category: 'C6',
    amounts: ['amount'],
    where: { field: 'direction', is: ['02'] },
    ended: 'settledOn',
  },
]

/** 收入, by year; 大额支出 is what was spent and no property. */
const incomeCategory = 'C1'
const incomeYear = 'year'
const incomeTotal = 'total'
const spentCategory = 'C8'

/**
 * Why a record is in no sum: `no-amount` says nothing in figures, `ended` is no longer theirs, `declined` is 拒绝申报,
 * `none` 无此情况, `waiting` not archived yet, `no-line` neither owned nor owed (a guarantee).
 */
export type NotSummed = 'no-amount' | 'ended' | 'declined' | 'none' | 'waiting' | 'no-line'

export interface HouseholdEntry {
  readonly record: Id
  readonly category: string
  readonly line: HouseholdLine | null
  /** {@link KnownPerson.id}; null where the record is not archived, so that nobody knows yet whose it is. */
  readonly person: string | null
  readonly summary: string
  /** Null where it is not summed. */
  readonly amount: Money | null
  /** The field that the amount stands in. */
  readonly field: string | null
  readonly why: NotSummed | null
  /** Several names stand in it; it counts once, with the first relation that was stated. */
  readonly isJoint: boolean
}

export interface IncomeYear {
  readonly year: string
  readonly sums: readonly Money[]
  readonly entries: readonly HouseholdEntry[]
}

export interface HouseholdView {
  /** The cadre first, then whoever holds something, in the order of kinship. */
  readonly holders: readonly KnownPerson[]
  /** Registered kin of whom nothing is archived or declared. */
  readonly without: readonly KnownPerson[]
  readonly entries: readonly HouseholdEntry[]
  /** Of the cadre alone: the catalogue asks for no other income. The newest year first. */
  readonly income: readonly IncomeYear[]
  /** Lines that hold anything, in their order. */
  readonly lines: readonly HouseholdLine[]
}

/**
 * What the archived records say a household owns, owes and earns.
 *
 * @param categories those the member sees
 */
export function householdView(
  cadreName: string,
  categories: readonly Category[],
  records: readonly RecordFact[],
): HouseholdView {
  const people = new People(cadreName, records)
  const known = new Map(categories.map((category) => [category.id, category]))
  const entries: HouseholdEntry[] = []
  const holders = new Map<string, KnownPerson>([[people.cadre.id, people.cadre]])
  const income: HouseholdEntry[] = []
  const years = new Map<Id, string>()
  for (const record of records) {
    const category = known.get(record.category)
    if (category === undefined) continue
    if (category.id === incomeCategory) {
      const year = record.head === null ? null : textIn(record.head.values, incomeYear)
      if (year !== null) years.set(record.record, year)
      income.push(...entryOf(record, people.cadre, { line: null, amounts: [incomeTotal] }))
      continue
    }
    if (!isHeld(category)) continue
    const person = record.head === null ? null : people.holderOf(category, record.head.values)
    const found = entryOf(record, person, ruleFor(category, record.head?.values ?? null), category)
    if (found.length > 0 && person !== null) holders.set(person.id, person)
    entries.push(...found)
  }
  entries.sort((a, b) =>
    a.category < b.category ? -1 : a.category > b.category ? 1 : a.record < b.record ? -1 : 1,
  )
  const inOrder = [people.cadre, ...people.kin.filter(({ id }) => holders.has(id))]
  const others = [...holders.values()].filter((one) => !inOrder.includes(one))
  const used = new Set(entries.map(({ line }) => line))
  return {
    holders: [...inOrder, ...others.toSorted((a, b) => (a.id < b.id ? -1 : 1))],
    without: people.kin.filter(({ id }) => !holders.has(id)),
    entries,
    income: incomeByYear(income, years),
    lines: householdLines.filter((line) => used.has(line)),
  }
}

/** Sums of a list of entries, one a currency; whole fen, and never one currency added to another. */
export function sumOf(entries: readonly HouseholdEntry[]): readonly Money[] {
  const byCurrency = new Map<string, number>()
  for (const { amount } of entries) {
    if (amount === null) continue
    byCurrency.set(amount.currency, (byCurrency.get(amount.currency) ?? 0) + amount.amount)
  }
  return [...byCurrency]
    .map(([currency, amount]) => ({ amount, currency }))
    .sort((a, b) => (a.currency === 'CNY' ? -1 : b.currency === 'CNY' ? 1 : a.currency < b.currency ? -1 : 1))
}

/** Property says whose it is and what it is worth. */
function isHeld(category: Category): boolean {
  if (category.id === spentCategory || category.group !== 'C') return false
  return holderFields(category).relation !== null && moneyFields(category).length > 0
}

function moneyFields(category: Category): readonly Field[] {
  return category.fields.filter((field) => field.kind === 'money' && field.retired !== true)
}

type Rule = Pick<LineRule, 'amounts' | 'ended'> & { readonly line: HouseholdLine | null }

function ruleFor(category: Category, values: RecordValues | null): Rule {
  const own = rules.filter((rule) => rule.category === category.id)
  if (own.length === 0) return { line: 'other', amounts: moneyFields(category).map(({ id }) => id) }
  const fits = ({ where }: LineRule) =>
    where === undefined || (values !== null && where.is.includes(textIn(values, where.field) ?? ''))
  return own.find(fits) ?? { line: null, amounts: [] }
}

function entryOf(
  { record, category, head, open }: RecordFact,
  person: KnownPerson | null,
  { line, amounts, ended }: Rule,
  held?: Category,
): readonly HouseholdEntry[] {
  const common = { record, category, line, field: null, amount: null, isJoint: false }
  // A statement that nothing changed owns nothing: what it speaks of stands beside it.
  if ((head ?? open)?.declaration === 'unchanged') return []
  if (head === null) {
    if (open === null || !openStatuses.includes(open.status)) return []
    return [{ ...common, person: null, summary: open.summary, why: 'waiting' }]
  }
  const { values, summary, declaration } = head
  const whose = held === undefined ? null : textIn(values, holderFields(held).holder?.id)
  const own = { ...common, person: person?.id ?? null, summary, isJoint: whose?.includes('、') === true }
  if (declaration === 'none' || declaration === 'declined') return [{ ...own, why: declaration }]
  if (line === null && held !== undefined) return [{ ...own, why: 'no-line' }]
  if (ended !== undefined && values[ended] !== undefined) return [{ ...own, why: 'ended' }]
  const field = amounts.find((id) => isMoney(values[id]))
  const amount = field === undefined ? undefined : values[field]
  if (field === undefined || !isMoney(amount)) return [{ ...own, why: 'no-amount' }]
  return [{ ...own, amount, field, why: null }]
}

function incomeByYear(
  entries: readonly HouseholdEntry[],
  years: ReadonlyMap<Id, string>,
): readonly IncomeYear[] {
  const groups = Map.groupBy(entries, ({ record }) => years.get(record) ?? '')
  return [...groups]
    .sort(([a], [b]) => (a > b ? -1 : 1))
    .map(([year, ofYear]) => ({ year, sums: sumOf(ofYear), entries: ofYear }))
}
