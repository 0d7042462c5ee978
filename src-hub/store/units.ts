import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Database } from './database.ts'
import type { UnitTable } from './tables.ts'

export async function findUnit(database: Database, unit: Id): Promise<UnitTable | undefined> {
  return await database.selectFrom('unit').selectAll().where('unit', '=', unit).executeTakeFirst()
}

/** Says whom to trust for a unit. False when the unit is known under another root: that is never changed silently. */
export async function registerUnit(database: Database, unit: Omit<UnitTable, 'revision'>): Promise<boolean> {
  await database
    .insertInto('unit')
    .values({ ...unit, revision: 0 })
    .onConflict((conflict) => conflict.column('unit').doNothing())
    .execute()
  const known = await findUnit(database, unit.unit)
  return known?.root_public_key === unit.root_public_key
}

/** The first write of an ingest: from here on nobody else changes this unit. False when it is not registered. */
export async function claimUnit(database: Database, unit: Id): Promise<boolean> {
  const changed = await database
    .updateTable('unit')
    .set((expression) => ({ revision: expression('revision', '+', 1) }))
    .where('unit', '=', unit)
    .executeTakeFirst()
  return changed.numUpdatedRows === 1n
}

export async function allUnits(database: Database): Promise<readonly UnitTable[]> {
  return await database.selectFrom('unit').selectAll().orderBy('unit').execute()
}
