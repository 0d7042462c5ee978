import type { AuthorityState } from '../src-shared/access/authority.ts'
import type { Compartment } from '../src-shared/access/roles.ts'
import { readCatalogue } from '../src-shared/catalogue/read.ts'
import { utf8 } from '../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../src-shared/kernel/ids.ts'
import { readBody } from '../src-shared/log/header.ts'
import { handsOf, lineOf, type HandAs } from '../src-shared/review/apart.ts'
import type { RecordState } from '../src-shared/review/states.ts'
import type { Database } from './store/database.ts'
import { readBodyText } from './store/logs.ts'
import { statesAfter } from './store/records.ts'

/** Somebody above or below a cadre took part in a record of a category that keeps the reporting line apart. */
export interface LineFinding {
  readonly compartment: Compartment
  readonly record: Id
  readonly revision: Digest
  readonly cadre: Id
  readonly category: string
  readonly member: Id
  readonly as: HandAs
}

export interface LineFindings {
  readonly count: number
  /** The first of them. */
  readonly named: readonly LineFinding[]
}

/** So many are named; the others are counted. */
const maximumNamed = 1000
const pageSize = 500

export const nothingTied: LineFindings = { count: 0, named: [] }

/**
 * Finds who took part although the unit itself said, in signed commits, that they are in the reporting line of the cadre.
 * Kinship stands in entries that this node keeps no register of: that is for the unit's own devices.
 */
export class LineWatch {
  readonly #state: AuthorityState
  readonly #apart: ReadonlySet<string>
  readonly #lines = new Map<Id, ReadonlySet<Id>>()
  readonly #named: LineFinding[] = []
  readonly #looked = new Set<string>()
  #count = 0

  constructor(state: AuthorityState, apart: ReadonlySet<string>) {
    this.#state = state
    this.#apart = apart
  }

  get findings(): LineFindings {
    return { count: this.#count, named: this.#named }
  }

  get isIdle(): boolean {
    return this.#apart.size === 0
  }

  look(compartment: Compartment, { record, cadre, category, revisions }: RecordState): void {
    const place = `${compartment}/${record}`
    if (!this.#apart.has(category) || this.#looked.has(place)) return
    this.#looked.add(place)
    for (const revision of revisions)
      for (const [as, member] of handsOf(revision)) {
        if (!this.#lineOf(member).has(cadre)) continue
        this.#count += 1
        const found = { compartment, record, revision: revision.revision, cadre, category, member, as }
        if (this.#named.length < maximumNamed) this.#named.push(found)
      }
  }

  #lineOf(member: Id): ReadonlySet<Id> {
    const known = this.#lines.get(member) ?? lineOf(this.#state, member)
    this.#lines.set(member, known)
    return known
  }
}

/** Watches by the chain as it stands and the catalogue in force. */
export async function lineWatch(database: Database, unit: Id, state: AuthorityState): Promise<LineWatch> {
  const { catalogue } = state
  const text = catalogue === null ? null : await readBodyText(database, unit, 'control', catalogue.body)
  const body = text === null ? null : readBody(utf8(text))
  const read = body?.ok === true ? readCatalogue(body.value['catalogue']) : null
  const categories = read?.ok === true ? read.value.categories : []
  const apart = categories.filter((one) => one.apartFromReportingLine === true).map(({ id }) => id)
  return new LineWatch(state, new Set(apart))
}

/** Whether another chain says otherwise who is above or below whom, or where they keep out. */
export function isLineChanged(before: AuthorityState, after: AuthorityState): boolean {
  const linesOf = ({ members, catalogue }: AuthorityState) =>
    JSON.stringify([catalogue?.body, [...members].map(([id, { cadre, line }]) => [id, cadre, line])])
  return linesOf(before) !== linesOf(after)
}

/** Looks at every record of a unit, for what is new is not the record but who is in its line. */
export async function lookAtAll(database: Database, unit: Id, watch: LineWatch): Promise<void> {
  if (watch.isIdle) return
  for (const compartment of ['archive', 'discipline'] as const)
    for (let after: Id = ''; ; ) {
      const page = await statesAfter(database, unit, compartment, after, pageSize)
      for (const { state } of page)
        if (state !== null) watch.look(compartment, JSON.parse(state) as RecordState)
      const last = page.at(-1)
      if (last === undefined || page.length < pageSize) break
      after = last.record
    }
}
