import type { Compartment } from '../../src-shared/access/roles.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Database } from './database.ts'
import type { HubEntryTable, HubLogTable } from './tables.ts'

/** What the node writes itself: that it took bundles in, and what it decided. */
export type OwnLogKind = 'receipt' | 'directive'

/** Tables of one shape, whose names alone tell them apart. */
function tablesOf(kind: OwnLogKind) {
  const names = {
    receipt: ['hub_log', 'hub_entry'],
    directive: ['directive_log', 'directive_entry'],
  } as const
  const [log, entry] = names[kind]
  return { log: log as 'hub_log', entry: entry as 'hub_entry' }
}

export async function findOwnLog(
  database: Database,
  kind: OwnLogKind,
  unit: Id,
  compartment: Compartment,
): Promise<HubLogTable | undefined> {
  return await database
    .selectFrom(tablesOf(kind).log)
    .selectAll()
    .where('unit', '=', unit)
    .where('compartment', '=', compartment)
    .executeTakeFirst()
}

export async function appendToOwnLog(
  database: Database,
  kind: OwnLogKind,
  log: HubLogTable,
  entry: HubEntryTable,
): Promise<void> {
  const { size, leaf, frontier } = log
  await database
    .insertInto(tablesOf(kind).log)
    .values(log)
    .onConflict((conflict) => conflict.columns(['unit', 'compartment']).doUpdateSet({ size, leaf, frontier }))
    .execute()
  await database.insertInto(tablesOf(kind).entry).values(entry).execute()
}

/** The node's own commits `from` … `to`, inclusive. */
export async function ownEntries(
  database: Database,
  kind: OwnLogKind,
  unit: Id,
  compartment: Compartment,
  from: number,
  to: number,
): Promise<readonly HubEntryTable[]> {
  return await database
    .selectFrom(tablesOf(kind).entry)
    .selectAll()
    .where('unit', '=', unit)
    .where('compartment', '=', compartment)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .orderBy('seq')
    .execute()
}

export async function ownLeavesBefore(
  database: Database,
  kind: OwnLogKind,
  unit: Id,
  compartment: Compartment,
  seq: number,
): Promise<readonly Digest[]> {
  const rows = await database
    .selectFrom(tablesOf(kind).entry)
    .select('leaf')
    .where('unit', '=', unit)
    .where('compartment', '=', compartment)
    .where('seq', '<', seq)
    .orderBy('seq')
    .execute()
  return rows.map((row) => row.leaf)
}
