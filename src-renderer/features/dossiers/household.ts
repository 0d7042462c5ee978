import type { Money } from '../../../src-shared/catalogue/money.ts'
import type { Category, Field } from '../../../src-shared/catalogue/schema.ts'
import { isMoney } from '../../../src-shared/catalogue/values.ts'
import type { RevisionFact } from '../../../src-shared/contract/views.ts'
import { holderFields } from '../../../src-shared/dossier/people.ts'

/** The sums of one holder, by money field and currency. */
export interface HolderSums {
  /** The relation code (GB/T 4761), or null where the category has no such field. */
  readonly relation: string | null
  readonly holder: string | null
  /** Records that count. */
  readonly records: number
  /** By field id, one sum a currency. */
  readonly sums: ReadonlyMap<string, readonly Money[]>
}

export interface Household {
  readonly moneyFields: readonly Field[]
  readonly holders: readonly HolderSums[]
  readonly total: HolderSums
}

/**
 * The values of a household per holder. Only what was declared present counts: 无此情况, 拒绝申报 and blank are not
 * zero. Currencies are never added to each other. Null where a category has no money or no holder.
 */
export function householdOf(category: Category, facts: readonly RevisionFact[]): Household | null {
  const { relation, holder } = holderFields(category)
  const moneyFields = category.fields.filter((field) => field.kind === 'money')
  if (moneyFields.length === 0 || (relation === null && holder === null)) return null
  const present = facts.filter((fact) => fact.declaration === 'present')
  const used = moneyFields.filter((field) => present.some((fact) => fact.values[field.id] !== undefined))
  if (used.length === 0) return null
  const groups = new Map<string, RevisionFact[]>()
  for (const fact of present) {
    const key = JSON.stringify([textOf(fact, relation), textOf(fact, holder)])
    groups.set(key, [...(groups.get(key) ?? []), fact])
  }
  return {
    moneyFields: used,
    holders: [...groups.values()]
      .map((group) => {
        const first = group[0] as RevisionFact
        return sumsOf(used, group, textOf(first, relation), textOf(first, holder))
      })
      .sort(inOrderOfKinship),
    total: sumsOf(used, present, null, null),
  }
}

/** GB/T 4761 numbers the cadre first, then spouse, children, parents; a holder of no stated relation comes last. */
function inOrderOfKinship(a: HolderSums, b: HolderSums): number {
  if (a.relation !== b.relation) return (a.relation ?? '~') < (b.relation ?? '~') ? -1 : 1
  return (a.holder ?? '').localeCompare(b.holder ?? '', 'zh-CN')
}

function textOf(fact: RevisionFact, field: Field | null): string | null {
  const value = field === null ? undefined : fact.values[field.id]
  return typeof value === 'string' ? value : null
}

function sumsOf(
  fields: readonly Field[],
  facts: readonly RevisionFact[],
  relation: string | null,
  holder: string | null,
): HolderSums {
  const sums = new Map<string, readonly Money[]>()
  for (const field of fields) {
    // Whole fen: exact as long as a household owns less than ninety trillion yuan.
    const byCurrency = new Map<string, number>()
    for (const fact of facts) {
      const value = fact.values[field.id]
      if (!isMoney(value)) continue
      byCurrency.set(value.currency, (byCurrency.get(value.currency) ?? 0) + value.amount)
    }
    sums.set(
      field.id,
      [...byCurrency].map(([currency, amount]) => ({ amount, currency })),
    )
  }
  return { relation, holder, records: facts.length, sums }
}
