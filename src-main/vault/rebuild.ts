import type { AuthorityHistory } from '../../src-shared/access/authority.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { readCommit } from '../../src-shared/log/chain.ts'
import { stepsOf } from '../../src-shared/review/steps.ts'
import { compareTables, countRows } from './compare-tables.ts'
import { openMemoryDatabase, statement, type Database } from './database.ts'
import { iterateByDepth } from './entry-table.ts'
import { readBodyBytes } from './body-table.ts'
import { projectionTables } from './migrations/index.ts'
import { clearProjection, projectCommit } from './projection.ts'

/**
 * Derives the tables of one compartment from its log and puts them in place of the present ones, in one transaction.
 * `changed` counts live rows that were not as the log says, at most 100.
 */
export function rebuildProjection(
  primitives: Primitives,
  unit: Id,
  database: Database,
  history: AuthorityHistory,
): { readonly rows: number; readonly changed: number } {
  const derived = openMemoryDatabase('business')
  try {
    derived.transaction(() => deriveInto(primitives, unit, database, derived, history))()
    const changed = compareTables(database, derived).length
    database
      .transaction(() => {
        clearProjection(database, projectionTables.business)
        for (const table of projectionTables.business) copyTable(derived, database, table)
      })
      .immediate()
    return { rows: countRows(database), changed }
  } finally {
    derived.close()
  }
}

/** Takes every step of every commit that is not void, in the causal order, into empty tables. */
function deriveInto(
  primitives: Primitives,
  unit: Id,
  from: Database,
  into: Database,
  history: AuthorityHistory,
): void {
  const readBody = (digest: string) => readBodyBytes(from, digest)
  for (const entry of iterateByDepth(from)) {
    if (entry.void !== null || !history.head.logs.has(entry.log)) continue
    const commit = readCommit(primitives, entry.envelope)
    const state = commit.ok ? history.at(commit.value.header.authority ?? '') : undefined
    if (!commit.ok || state === undefined) continue
    const { header, leaf } = commit.value
    const steps = stepsOf(header, leaf, entry.depth, state)
    projectCommit({ primitives, unit, database: into, readBody }, header, leaf, entry.depth, steps)
  }
}

function copyTable(from: Database, to: Database, table: string): void {
  const rows = from.prepare(`SELECT * FROM ${table}`).raw().iterate() as IterableIterator<unknown[]>
  for (const row of rows) {
    statement(to, `INSERT INTO ${table} VALUES (${row.map(() => '?').join(', ')})`).run(...row)
  }
}
