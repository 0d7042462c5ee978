import type { Compartment } from '../../src-shared/access/roles.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { nothingSeen, type Sight } from '../../src-shared/log/sight.ts'
import type { Database } from './database.ts'
import { chunks } from './logs.ts'
import type { SightTable } from './tables.ts'

export async function insertSights(database: Database, rows: readonly SightTable[]): Promise<void> {
  for (const some of chunks(rows)) await database.insertInto('sight').values(some).execute()
}

/** What a commit that is stored had seen. */
export async function sightAt(database: Database, unit: Id, log: Id, seq: number): Promise<Sight> {
  const row = await database
    .selectFrom('sight')
    .select('seen')
    .where('unit', '=', unit)
    .where('log', '=', log)
    .where('seq', '<=', seq)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? nothingSeen : (JSON.parse(row.seen) as Sight)
}

/** Where a device's commit stands; null for others. */
export async function placeOfLeaf(
  database: Database,
  unit: Id,
  compartment: Compartment,
  leaf: Digest,
): Promise<{ readonly log: Id; readonly seq: number } | null> {
  const row = await database
    .selectFrom('entry')
    .select(['log', 'seq'])
    .where('unit', '=', unit)
    .where('leaf', '=', leaf)
    .where('compartment', '=', compartment)
    .executeTakeFirst()
  return row ?? null
}
