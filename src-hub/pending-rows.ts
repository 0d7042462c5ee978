import type { Digest } from '../src-shared/kernel/ids.ts'
import type { Database } from './store/database.ts'
import { insertAuthority, insertBodies, insertEntries } from './store/logs.ts'
import { insertSteps, insertVoids } from './store/records.ts'
import { insertSights } from './store/sights.ts'
import type {
  AuthorityTable,
  BodyTable,
  EntryTable,
  SightTable,
  StepTable,
  VoidTable,
} from './store/tables.ts'

const maximumRows = 2000
const maximumCharacters = 16 * 1024 * 1024

/** Rows on their way into the store, written many at a time. */
export class PendingRows {
  readonly #database: Database
  readonly #places = new Map<Digest, Pick<EntryTable, 'log' | 'seq' | 'depth'>>()
  #entries: EntryTable[] = []
  #authority: AuthorityTable[] = []
  #bodies: BodyTable[] = []
  #steps: StepTable[] = []
  #voids: VoidTable[] = []
  #sights: SightTable[] = []
  #characters = 0

  constructor(database: Database) {
    this.#database = database
  }

  /** Where a commit stands that is not written yet. */
  placeOf(leaf: Digest): Pick<EntryTable, 'log' | 'seq' | 'depth'> | undefined {
    return this.#places.get(leaf)
  }

  addEntry(row: EntryTable): void {
    this.#entries.push(row)
    const { log, seq, depth } = row
    this.#places.set(row.leaf, { log, seq, depth })
    this.#characters += row.envelope.length
  }

  addAuthority(row: AuthorityTable): void {
    this.#authority.push(row)
  }

  addBody(row: BodyTable): void {
    this.#bodies.push(row)
    this.#characters += row.content.length
  }

  addSteps(rows: readonly StepTable[]): void {
    for (const row of rows) {
      this.#steps.push(row)
      this.#characters += row.step.length
    }
  }

  addSight(row: SightTable): void {
    this.#sights.push(row)
  }

  addVoid(row: VoidTable): void {
    this.#voids.push(row)
  }

  /** Whether it is time to {@link flush}. */
  get isFull(): boolean {
    const rows = this.#entries.length + this.#bodies.length + this.#steps.length
    return rows >= maximumRows || this.#characters >= maximumCharacters
  }

  async flush(): Promise<void> {
    await insertEntries(this.#database, this.#entries)
    await insertAuthority(this.#database, this.#authority)
    await insertBodies(this.#database, this.#bodies)
    await insertSteps(this.#database, this.#steps)
    await insertVoids(this.#database, this.#voids)
    await insertSights(this.#database, this.#sights)
    this.#entries = []
    this.#authority = []
    this.#bodies = []
    this.#steps = []
    this.#voids = []
    this.#sights = []
    this.#characters = 0
    this.#places.clear()
  }
}
