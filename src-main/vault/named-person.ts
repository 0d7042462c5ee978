import type { Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

export interface NamingRow {
  readonly cadre: Id
  readonly name: string
}

/** Whom a dossier names in a register. */
export function namedBy(database: Database, cadre: Id, category: string): readonly NamingRow[] {
  return statement<NamingRow>(
    database,
    'SELECT cadre, name FROM named_person WHERE cadre = ? AND category = ?',
  ).all(cadre, category)
}

/** The dossiers that name somebody in a register, by the whole name. */
export function naming(database: Database, name: string, category: string): readonly NamingRow[] {
  return statement<NamingRow>(
    database,
    'SELECT cadre, name FROM named_person WHERE name = ? AND category = ?',
  ).all(name, category)
}

/** The dossiers that name somebody in a register, also among others. Walks the register. */
export function namingAmong(database: Database, name: string, category: string): readonly NamingRow[] {
  return statement<NamingRow>(
    database,
    'SELECT cadre, name FROM named_person WHERE category = ? AND instr(name, ?) > 0',
  ).all(category, name)
}
