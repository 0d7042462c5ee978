import type { CompartmentReport } from '../../src-shared/contract/log-views.ts'
import { statement, type Database } from './database.ts'
import { projectionTables } from './migrations/index.ts'

type Difference = CompartmentReport['differences'][number]

const namedDifferences = 100

interface Column {
  readonly name: string
  readonly pk: number
}

/** Names the rows of the live projections that are not what was derived anew, at most 100. */
export function compareTables(live: Database, derived: Database): readonly Difference[] {
  const differences: Difference[] = []
  for (const table of projectionTables.business) {
    for (const difference of compareTable(live, derived, table)) {
      differences.push(difference)
      if (differences.length === namedDifferences) return differences
    }
  }
  return differences
}

export function countRows(database: Database): number {
  return projectionTables.business.reduce((sum, table) => {
    const row = statement<{ n: number }>(database, `SELECT count(*) AS n FROM ${table}`).get()
    return sum + (row?.n ?? 0)
  }, 0)
}

/** Walks both tables in the order of their keys. */
function* compareTable(live: Database, derived: Database, table: string): IterableIterator<Difference> {
  const columns = derived.pragma(`table_info(${table})`) as readonly Column[]
  const keys = columns
    .filter((column) => column.pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map((column) => column.name)
  const names = columns.map((column) => column.name)
  const sql = `SELECT ${names.join(', ')} FROM ${table} ORDER BY ${keys.join(', ')}`
  const positions = keys.map((key) => names.indexOf(key))
  const liveRows = live.prepare(sql).raw().iterate() as IterableIterator<unknown[]>
  const derivedRows = derived.prepare(sql).raw().iterate() as IterableIterator<unknown[]>
  try {
    let here = liveRows.next()
    let there = derivedRows.next()
    while (!here.done || !there.done) {
      const order = here.done ? 1 : there.done ? -1 : compareKeys(here.value, there.value, positions)
      const key = (order <= 0 ? here.value : there.value) as unknown[]
      const named = positions.map((position) => String(key[position])).join('/')
      if (order < 0) yield { table, key: named, how: 'extra' }
      else if (order > 0) yield { table, key: named, how: 'missing' }
      else if (!sameRow(here.value as unknown[], there.value as unknown[]))
        yield { table, key: named, how: 'changed' }
      if (order <= 0) here = liveRows.next()
      if (order >= 0) there = derivedRows.next()
    }
  } finally {
    liveRows.return?.()
    derivedRows.return?.()
  }
}

function compareKeys(a: unknown[], b: unknown[], positions: readonly number[]): number {
  for (const position of positions) {
    const [left, right] = [a[position], b[position]]
    if (left === right) continue
    return (left as string | number) < (right as string | number) ? -1 : 1
  }
  return 0
}

function sameRow(a: unknown[], b: unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
