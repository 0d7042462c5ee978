import { familyCategory } from '../audit/kin.ts'
import type { Category, Field } from '../catalogue/schema.ts'
import type { RecordValues } from '../catalogue/values.ts'
import type { RecordFact } from '../contract/views.ts'
import type { Id } from '../kernel/ids.ts'

export const relationTable = 'relation'
/** GB/T 4761: the cadre. */
export const selfRelation = '01'
/** Somebody who is no kin. */
export const noKin = '99'
/** 配偶, 丈夫 and 妻子 are one person. */
const spouses: readonly string[] = ['10', '11', '12']

export interface KnownPerson {
  /** The same for one person in all views; says nothing outside of one answer. */
  readonly id: string
  /** Null where a record names the relation alone. */
  readonly name: string | null
  /** GB/T 4761; null where nobody has said. */
  readonly relation: string | null
  /** The record of the register of kin; null where no archived one names them. */
  readonly record: Id | null
}

/** Which fields of a category say whose it is. */
export function holderFields(category: Category): {
  readonly relation: Field | null
  readonly holder: Field | null
} {
  const identifying = category.fields.filter((field) => field.identifying === true)
  return {
    relation: identifying.find((field) => field.kind === 'code' && field.table === relationTable) ?? null,
    holder: identifying.find((field) => field.kind === 'person' || field.kind === 'personName') ?? null,
  }
}

export function textIn(values: RecordValues, field: string | undefined): string | null {
  const value = field === undefined ? undefined : values[field]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The people a dossier is about: the cadre, the registered kin, and whom else its records name. */
export class People {
  readonly cadre: KnownPerson
  readonly #kin: KnownPerson[] = []
  readonly #others = new Map<string, KnownPerson>()

  constructor(cadreName: string, records: readonly RecordFact[]) {
    this.cadre = { id: 'cadre', name: cadreName, relation: selfRelation, record: null }
    const ordered = records.filter(({ category }) => category === familyCategory)
    for (const { record, head } of ordered.toSorted((a, b) => (a.record < b.record ? -1 : 1))) {
      if (head === null || head.declaration !== 'present') continue
      const name = textIn(head.values, 'name')
      if (name === null || this.named(name) !== null) continue
      this.#kin.push({ id: `kin:${name}`, name, relation: textIn(head.values, 'relation'), record })
    }
    this.#kin.sort(byKinship)
  }

  /** The registered kin, in the order of kinship. */
  get kin(): readonly KnownPerson[] {
    return this.#kin
  }

  /** The cadre or a registered kin of this name. */
  named(name: string): KnownPerson | null {
    if (name === this.cadre.name) return this.cadre
    return this.#kin.find((one) => one.name === name) ?? null
  }

  /**
   * Whom a relation and a name mean. A relation without a name is the only registered kin of that relation; of several,
   * or of none, it is somebody whose name was not said.
   */
  meant(relation: string | null, name: string | null): KnownPerson {
    if (relation === selfRelation || (relation === null && name === null)) return this.cadre
    if (name !== null) {
      const known = this.named(name)
      if (known !== null) return known
      return this.#other(`named:${relation ?? ''}:${name}`, name, relation)
    }
    const alike = this.#kin.filter((one) => isSameRelation(one.relation, relation))
    const [only] = alike
    return alike.length === 1 && only !== undefined
      ? only
      : this.#other(`relation:${relation}`, null, relation)
  }

  /** Whose a record is. A category of which there is one record is about the cadre, whatever name stands in it. */
  holderOf(category: Category, values: RecordValues): KnownPerson {
    if (!category.many) return this.cadre
    const { relation, holder } = holderFields(category)
    return this.meant(textIn(values, relation?.id), textIn(values, holder?.id))
  }

  #other(id: string, name: string | null, relation: string | null): KnownPerson {
    const known = this.#others.get(id) ?? { id, name, relation, record: null }
    this.#others.set(id, known)
    return known
  }
}

function isSameRelation(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && spouses.includes(a) && spouses.includes(b))
}

/** GB/T 4761 numbers the cadre first, then spouse, children, parents; who has no stated relation comes last. */
export function byKinship(a: KnownPerson, b: KnownPerson): number {
  if (a.relation !== b.relation) return (a.relation ?? '~') < (b.relation ?? '~') ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
