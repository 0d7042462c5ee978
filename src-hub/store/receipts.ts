import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Database } from './database.ts'
import { chunks } from './logs.ts'
import type { BundleTable, EvidenceTable } from './tables.ts'

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

export async function insertEvidence(database: Database, rows: readonly EvidenceTable[]): Promise<void> {
  for (const some of chunks(rows)) {
    await database
      .insertInto('evidence')
      .values(some)
      .onConflict((conflict) => conflict.columns(['unit', 'hash']).doNothing())
      .execute()
  }
}
