import type { Compartment } from '../../src-shared/access/roles.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Database } from './database.ts'
import { chunks } from './logs.ts'
import type { BundleTable, EvidenceTable, HubEntryTable, HubLogTable } from './tables.ts'

export async function findBundleByFile(database: Database, sha256: Digest): Promise<BundleTable | undefined> {
  return await database.selectFrom('bundle').selectAll().where('sha256', '=', sha256).executeTakeFirst()
}

export async function findBundle(database: Database, unit: Id, id: Id): Promise<BundleTable | undefined> {
  return await database
    .selectFrom('bundle')
    .selectAll()
    .where('unit', '=', unit)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function insertBundle(database: Database, row: BundleTable): Promise<void> {
  await database.insertInto('bundle').values(row).execute()
}

export async function findHubLog(
  database: Database,
  unit: Id,
  compartment: Compartment,
): Promise<HubLogTable | undefined> {
  return await database
    .selectFrom('hub_log')
    .selectAll()
    .where('unit', '=', unit)
    .where('compartment', '=', compartment)
    .executeTakeFirst()
}

export async function appendToHubLog(
  database: Database,
  log: HubLogTable,
  entry: HubEntryTable,
): Promise<void> {
  const { size, leaf, frontier } = log
  await database
    .insertInto('hub_log')
    .values(log)
    .onConflict((conflict) => conflict.columns(['unit', 'compartment']).doUpdateSet({ size, leaf, frontier }))
    .execute()
  await database.insertInto('hub_entry').values(entry).execute()
}

/** The node's own commits `from` … `to`, inclusive. */
export async function hubEntries(
  database: Database,
  unit: Id,
  compartment: Compartment,
  from: number,
  to: number,
): Promise<readonly HubEntryTable[]> {
  return await database
    .selectFrom('hub_entry')
    .selectAll()
    .where('unit', '=', unit)
    .where('compartment', '=', compartment)
    .where('seq', '>=', from)
    .where('seq', '<=', to)
    .orderBy('seq')
    .execute()
}

export async function hubLeavesBefore(
  database: Database,
  unit: Id,
  compartment: Compartment,
  seq: number,
): Promise<readonly Digest[]> {
  const rows = await database
    .selectFrom('hub_entry')
    .select('leaf')
    .where('unit', '=', unit)
    .where('compartment', '=', compartment)
    .where('seq', '<', seq)
    .orderBy('seq')
    .execute()
  return rows.map((row) => row.leaf)
}

export async function insertEvidence(database: Database, rows: readonly EvidenceTable[]): Promise<void> {
  for (const some of chunks(rows)) {
    await database
      .insertInto('evidence')
      .values(some)
      .onConflict((conflict) => conflict.columns(['unit', 'hash']).doNothing())
      .execute()
  }
}
