import { statement, type Database } from './database.ts'

/** Values that belong to this device and live only inside the encrypted control database. */
export type SecretName = 'device-seed' | 'unit-root-public-key'

export function writeSecret(database: Database, name: SecretName, value: Uint8Array): void {
  statement(database, 'INSERT INTO secret (name, value) VALUES (?, ?)').run(name, value)
}

export function readSecret(database: Database, name: SecretName): Uint8Array | null {
  const row = statement<{ value: Uint8Array }>(database, 'SELECT value FROM secret WHERE name = ?').get(name)
  return row === undefined ? null : new Uint8Array(row.value)
}
