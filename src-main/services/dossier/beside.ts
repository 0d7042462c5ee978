import type { Finding } from '../../../src-shared/catalogue/findings.ts'
import {
  categoriesBeside,
  looksBack,
  recordFindings,
  type Beside,
  type BesideRecord,
} from '../../../src-shared/catalogue/record-checks.ts'
import type { Catalogue, Category } from '../../../src-shared/catalogue/schema.ts'
import type { RecordContent, RecordValues } from '../../../src-shared/catalogue/values.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { headAt } from '../../../src-shared/review/road.ts'
import { openStatuses, type RecordState, type RevisionState } from '../../../src-shared/review/states.ts'
import { recordsOfCategory } from '../../vault/review-queries.ts'
import { categoryCompartment, type Session } from '../context.ts'
import { withheldFields } from '../review/rekey.ts'
import { readRevisionBody } from './bodies.ts'
import { stateOf } from './roads.ts'
import { sightOf, type Sight } from './sight.ts'

/** Records of one dossier and category that are looked through; of more, a check says nothing. */
const mostRecords = 500

interface KnownRecord {
  readonly record: Id
  /** Null where it says 无此情况, 拒绝申报 or nothing that stands. */
  readonly now: RecordValues | null
  readonly yearAgo: RecordValues | null
}

interface KnownCategory {
  readonly records: readonly KnownRecord[]
  readonly isWhole: boolean
}

/** Who a record is about, which category it is in, and which of the records it is; null for a new one. */
export interface BesidePlace {
  /** Null where the dossier is still to be opened. */
  readonly cadre: Id | null
  readonly category: Category
  readonly record: Id | null
}

/**
 * What the checks between records are held against: the other records of the dossier as they stand, of what the member at
 * work may see. A check that would need more is silent, so that its outcome tells nobody what is not for them. Each
 * category of a dossier is read once; a reader lives for one call.
 */
export class BesideReader {
  readonly #session: Session
  readonly #catalogue: Catalogue
  readonly #asOf: string
  readonly #sight: Sight
  readonly #known = new Map<string, KnownCategory>()

  /** @param asOf today, `YYYY-MM-DD` */
  constructor(session: Session, catalogue: Catalogue, asOf: string) {
    this.#session = session
    this.#catalogue = catalogue
    this.#asOf = asOf
    this.#sight = sightOf(session)
  }

  /** What the checks between records remark of a record. `rows`: others that are about to be written with it. */
  findings(
    { cadre, category, record }: BesidePlace,
    content: RecordContent,
    catalogue: Catalogue,
    rows: readonly BesideRecord[] = [],
  ): readonly Finding[] {
    if (categoriesBeside(category).length === 0) return []
    const beside = this.#beside(cadre, category, record, rows)
    return recordFindings(category, catalogue, content, beside, this.#asOf)
  }

  /** How many other records a check of the category looks at. */
  count(cadre: Id, category: Category): number {
    return categoriesBeside(category).reduce(
      (sum, other) => sum + this.#categoryOf(cadre, other).records.length,
      0,
    )
  }

  #beside(cadre: Id | null, category: Category, own: Id | null, rows: readonly BesideRecord[]): Beside {
    const looked = categoriesBeside(category)
    const known = new Map(looked.map((id) => [id, this.#categoryOf(cadre, id)]))
    const records = [...known].flatMap(([id, { records: found }]) =>
      found.flatMap(({ record, now }): BesideRecord[] =>
        now === null || record === own ? [] : [{ record, category: id, values: now }],
      ),
    )
    const before = looksBack(category) ? (known.get(category.id)?.records ?? []) : []
    return {
      records: [...records, ...rows.filter((row) => looked.includes(row.category))],
      yearAgo: before.flatMap(({ yearAgo }) => (yearAgo === null ? [] : [yearAgo])),
      seesAll: (id) => known.get(id)?.isWhole === true,
    }
  }

  #categoryOf(cadre: Id | null, category: string): KnownCategory {
    const compartment = categoryCompartment(this.#session, category)
    const database =
      compartment === null ? undefined : this.#session.vault.compartments.get(compartment)?.database
    if (database === undefined || !this.#sight.sees(category)) return { records: [], isWhole: false }
    if (cadre === null) return { records: [], isWhole: true }
    const key = `${cadre} ${category}`
    const before = this.#known.get(key)
    if (before !== undefined) return before
    const ids = recordsOfCategory(database, cadre, category, mostRecords)
    let isWhole = ids.length < mostRecords
    const records: KnownRecord[] = []
    for (const record of ids) {
      const state = stateOf(this.#session, database, record)
      if (state === null) continue
      // Who is still to type the critical fields of a record is told nothing of it, by a check either.
      const isWithheld = withheldFields(this.#session, this.#catalogue, database, state).size > 0
      const said = (revision: RevisionState | null) => {
        if (revision === null) return null
        const body = readRevisionBody(database, record, revision.revision)
        if (body === null) isWhole = false
        return body?.declaration === 'present' ? body.values : null
      }
      if (isWithheld) isWhole = false
      else records.push({ record, now: said(standing(state)), yearAgo: said(headAt(state, this.#yearAgo)) })
    }
    const found = { records, isWhole }
    this.#known.set(key, found)
    return found
  }

  get #yearAgo(): string {
    return `${Number(this.#asOf.slice(0, 4)) - 1}${this.#asOf.slice(4)}T23:59:59.999Z`
  }
}

/** What a record says now: a revision on its way before the archived one that it corrects. */
function standing(state: RecordState): RevisionState | null {
  const open = state.revisions.findLast(({ status }) => openStatuses.includes(status))
  return open ?? state.revisions.find(({ revision }) => revision === state.head) ?? null
}
