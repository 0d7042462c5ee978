import type { Compartment } from '../src-shared/access/roles.ts'
import type { MaybePromise } from '../src-shared/bundle/context.ts'
import type { Id } from '../src-shared/kernel/ids.ts'
import type { Header } from '../src-shared/log/header.ts'
import { widened, type NamedCommit, type Sight } from '../src-shared/log/sight.ts'
import type { PendingRows } from './pending-rows.ts'
import type { Database } from './store/database.ts'
import { placeOfLeaf, sightAt } from './store/sights.ts'

/** What the commits of a bundle had seen, in the order in which they stream by. */
export class BundleSights {
  readonly #database: Database
  readonly #compartment: Compartment
  readonly #rows: PendingRows
  /** Of each log that was read on: where something was learned, and what was known then. */
  readonly #learned = new Map<Id, { readonly seq: number; readonly sight: Sight }[]>()

  constructor(database: Database, compartment: Compartment, rows: PendingRows) {
    this.#database = database
    this.#compartment = compartment
    this.#rows = rows
  }

  /** What a commit had seen; noted among the rows where it learned something. */
  note(header: Header): MaybePromise<Sight> {
    const before = this.#learned.get(header.log)?.at(-1)?.sight
    return before !== undefined && header.deps.length === 0 ? before : this.#work(header)
  }

  async #work({ unit, log, seq, deps }: Header): Promise<Sight> {
    const before = await this.#at(unit, log, seq)
    const learned = this.#learned.get(log) ?? []
    this.#learned.set(log, learned)
    if (deps.length === 0) {
      learned.push({ seq, sight: before })
      return before
    }
    const named: NamedCommit[] = []
    for (const leaf of deps) {
      const place =
        this.#rows.placeOf(leaf) ?? (await placeOfLeaf(this.#database, unit, this.#compartment, leaf))
      if (place !== null) named.push({ ...place, sight: await this.#at(unit, place.log, place.seq) })
    }
    const sight = widened(before, log, named)
    learned.push({ seq, sight })
    this.#rows.addSight({ unit, log, seq, seen: JSON.stringify(sight) })
    return sight
  }

  async #at(unit: Id, log: Id, seq: number): Promise<Sight> {
    const here = this.#learned.get(log)?.findLast((one) => one.seq <= seq)
    return here?.sight ?? (await sightAt(this.#database, unit, log, seq))
  }
}
