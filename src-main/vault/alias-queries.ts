import type { Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

/** Where what is said of a dossier is shown: the dossier it was merged into, or itself. */
export function homeOf(database: Database, cadre: Id): Id {
  const found = statement<{ home: Id }>(database, 'SELECT home FROM cadre_alias WHERE cadre = ?').get(cadre)
  return found?.home ?? cadre
}

/** A dossier and those that are shown as part of it. */
export function membersOf(database: Database, home: Id): readonly Id[] {
  const found = statement<{ cadre: Id }>(
    database,
    'SELECT cadre FROM cadre_alias WHERE home = ? ORDER BY cadre',
  ).all(home)
  return [home, ...found.map(({ cadre }) => cadre)]
}

/** Every merged dossier with the one that it is shown in. */
export function readHomes(database: Database): ReadonlyMap<Id, Id> {
  const rows = statement<{ cadre: Id; home: Id }>(database, 'SELECT cadre, home FROM cadre_alias').all()
  return new Map(rows.map(({ cadre, home }) => [cadre, home]))
}

/** Of a record: the dossier it was entered in. Null where nothing of it counts. */
export function originOfRecord(database: Database, cadre: Id, record: Id): Id | null {
  const row = statement<{ origin: Id | null }>(
    database,
    'SELECT origin FROM revision WHERE cadre = ? AND record = ? LIMIT 1',
  ).get(homeOf(database, cadre), record)
  return row === undefined ? null : (row.origin ?? homeOf(database, cadre))
}
