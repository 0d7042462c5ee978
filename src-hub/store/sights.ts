import type { Kysely } from 'kysely'
import type { Compartment } from '../../src-shared/access/roles.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { nothingSeen, type Sight } from '../../src-shared/log/sight.ts'
import type { SightTable, Tables } from './tables.ts'

/** Named here anew: the schema itself is made with these. */
type Database = Kysely<Tables>

/** A statement takes them all: they are no more than the commits that are written with them. */
export async function insertSights(database: Database, rows: readonly SightTable[]): Promise<void> {
  if (rows.length > 0) await database.insertInto('sight').values(rows).execute()
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
