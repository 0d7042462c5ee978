import type { Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

export interface NamingRow {
  readonly cadre: Id
  readonly name: string
  readonly identity_number: string | null
}

/** Whom a dossier names in a register. */
export function namedBy(database: Database, cadre: Id, category: string): readonly NamingRow[] {
  return statement<NamingRow>(
    database,
    'SELECT cadre, name, identity_number FROM named_person WHERE cadre = ? AND category = ?',
  ).all(cadre, category)
}

/** The dossiers that name somebody in a register, by the whole name. */
export function naming(database: Database, name: string, category: string): readonly NamingRow[] {
  return statement<NamingRow>(
    database,
    'SELECT cadre, name, identity_number FROM named_person WHERE name = ? AND category = ?',
  ).all(name, category)
}

/** The dossiers that name somebody in a register, by ID number. */
export function namingNumber(database: Database, identityNumber: string): readonly NamingRow[] {
  return statement<NamingRow>(
    database,
    'SELECT cadre, name, identity_number FROM named_person WHERE identity_number = ?',
  ).all(identityNumber)
}

/** A whole register. */
export function register(database: Database, category: string): readonly NamingRow[] {
  return statement<NamingRow>(
    database,
    'SELECT cadre, name, identity_number FROM named_person WHERE category = ? ORDER BY name, cadre',
  ).all(category)
}

/** The dossiers that name somebody in a register, also among others. Walks the register. */
export function namingAmong(database: Database, name: string, category: string): readonly NamingRow[] {
  return statement<NamingRow>(
    database,
    'SELECT cadre, name, identity_number FROM named_person WHERE category = ? AND instr(name, ?) > 0',
  ).all(category, name)
}
