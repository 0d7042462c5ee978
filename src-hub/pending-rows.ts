import type { Digest } from '../src-shared/kernel/ids.ts'
import type { Database } from './store/database.ts'
import { insertAuthority, insertBodies, insertEntries } from './store/logs.ts'
import { insertSteps, insertVoids } from './store/records.ts'
import type { AuthorityTable, BodyTable, EntryTable, StepTable, VoidTable } from './store/tables.ts'

const maximumRows = 2000
const maximumCharacters = 16 * 1024 * 1024

/** Rows on their way into the store, written many at a time. */
export class PendingRows {
  readonly #database: Database
  readonly #depths = new Map<Digest, number>()
  #entries: EntryTable[] = []
  #authority: AuthorityTable[] = []
  #bodies: BodyTable[] = []
  #steps: StepTable[] = []
  #voids: VoidTable[] = []
  #characters = 0

  constructor(database: Database) {
    this.#database = database
  }

  /** Depth of a commit that is not written yet. */
  depthOf(leaf: Digest): number | undefined {
    return this.#depths.get(leaf)
  }

  addEntry(row: EntryTable): void {
    this.#entries.push(row)
    this.#depths.set(row.leaf, row.depth)
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
    this.#entries = []
    this.#authority = []
    this.#bodies = []
    this.#steps = []
    this.#voids = []
    this.#characters = 0
    this.#depths.clear()
  }
}
