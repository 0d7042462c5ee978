import type { Compartment } from '../../src-shared/access/roles.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Database } from './database.ts'
import { chunks } from './logs.ts'
import type { RecordTable, StepTable, VoidTable } from './tables.ts'

/** Adds steps and marks their records: what they say must be worked out anew. */
export async function insertSteps(database: Database, rows: readonly StepTable[]): Promise<void> {
  for (const some of chunks(rows)) await database.insertInto('step').values(some).execute()
  await markStale(database, rows)
}

async function markStale(
  database: Database,
  rows: readonly Pick<StepTable, 'unit' | 'compartment' | 'record'>[],
): Promise<void> {
  const records = new Map(rows.map((row) => [`${row.compartment}/${row.record}`, row]))
  const stale = [...records.values()].map(({ unit, compartment, record }) => ({
    unit,
    compartment,
    record,
    archived: 0,
    awaited: 0,
    stale: 1,
    state: null,
  }))
  for (const some of chunks(stale)) {
    await database
      .insertInto('record')
      .values(some)
      .onConflict((conflict) => conflict.columns(['unit', 'compartment', 'record']).doUpdateSet({ stale: 1 }))
      .execute()
  }
}

/** Takes the steps of a commit back out. */
export async function deleteSteps(database: Database, unit: Id, leaf: Digest): Promise<void> {
  const steps = database.selectFrom('step').where('unit', '=', unit).where('leaf', '=', leaf)
  await markStale(database, await steps.select(['unit', 'compartment', 'record']).execute())
  await database.deleteFrom('step').where('unit', '=', unit).where('leaf', '=', leaf).execute()
}

export async function staleRecords(
  database: Database,
  unit: Id,
  limit: number,
): Promise<readonly RecordTable[]> {
  return await database
    .selectFrom('record')
    .selectAll()
    .where('unit', '=', unit)
    .where('stale', '=', 1)
    .orderBy('compartment')
    .orderBy('record')
    .limit(limit)
    .execute()
}

export async function stepsOfRecords(
  database: Database,
  unit: Id,
  compartment: Compartment,
  records: readonly Id[],
): Promise<readonly Pick<StepTable, 'record' | 'step'>[]> {
  return await database
    .selectFrom('step')
    .select(['record', 'step'])
    .where('unit', '=', unit)
    .where('compartment', '=', compartment)
    .where('record', 'in', records)
    .execute()
}

export async function putRecords(database: Database, rows: readonly RecordTable[]): Promise<void> {
  for (const some of chunks(rows)) {
    await database
      .insertInto('record')
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(['unit', 'compartment', 'record']).doUpdateSet((expression) => ({
          archived: expression.ref('excluded.archived'),
          awaited: expression.ref('excluded.awaited'),
          stale: expression.ref('excluded.stale'),
          state: expression.ref('excluded.state'),
        })),
      )
      .execute()
  }
}

export async function voidsOfRecords(
  database: Database,
  unit: Id,
  compartment: Compartment,
  records: readonly Id[],
): Promise<readonly VoidTable[]> {
  return await database
    .selectFrom('void')
    .selectAll()
    .where('unit', '=', unit)
    .where('compartment', '=', compartment)
    .where('record', 'in', records)
    .execute()
}

export async function insertVoids(database: Database, rows: readonly VoidTable[]): Promise<void> {
  for (const some of chunks(rows)) await database.insertInto('void').values(some).execute()
}

export async function deleteVoid(
  database: Database,
  row: Pick<VoidTable, 'unit' | 'leaf' | 'op_index' | 'row_index'>,
): Promise<void> {
  await database
    .deleteFrom('void')
    .where('unit', '=', row.unit)
    .where('leaf', '=', row.leaf)
    .where('op_index', '=', row.op_index)
    .where('row_index', '=', row.row_index)
    .execute()
}

/** What became void with one bundle, commit by commit, and how much of it there is. */
export async function voidsOfBundle(database: Database, unit: Id, bundle: Id, limit: number) {
  const voids = database
    .selectFrom('void')
    .innerJoin('entry', (join) =>
      join.onRef('entry.unit', '=', 'void.unit').onRef('entry.leaf', '=', 'void.leaf'),
    )
    .where('void.unit', '=', unit)
    .where('void.bundle', '=', bundle)
  const { count } = await voids
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const named = await voids
    .select(['entry.log', 'entry.seq', 'void.leaf', 'void.op_index', 'void.row_index', 'void.code'])
    .orderBy('entry.log')
    .orderBy('entry.seq')
    .orderBy('void.op_index')
    .orderBy('void.row_index')
    .limit(limit)
    .execute()
  return { count: Number(count), named }
}

/** Records of which something waits for this node, with their states. */
export async function awaitedRecords(database: Database, unit: Id): Promise<readonly RecordTable[]> {
  return await database
    .selectFrom('record')
    .selectAll()
    .where('unit', '=', unit)
    .where('awaited', '=', 1)
    .orderBy('compartment')
    .orderBy('record')
    .execute()
}

/** Records of one compartment with their states, by id, behind one. */
export async function statesAfter(
  database: Database,
  unit: Id,
  compartment: Compartment,
  after: Id,
  limit: number,
): Promise<readonly Pick<RecordTable, 'record' | 'state'>[]> {
  return await database
    .selectFrom('record')
    .select(['record', 'state'])
    .where('unit', '=', unit)
    .where('compartment', '=', compartment)
    .where('record', '>', after)
    .orderBy('record')
    .limit(limit)
    .execute()
}
