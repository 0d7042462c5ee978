import { statSync } from 'node:fs'
import Driver from 'sqlcipher'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import { migrations, type DatabaseKind } from './migrations/index.ts'

/** An open, keyed database of the newest schema. Only this folder holds one. */
export type Database = Driver.Database

export const databaseKeyBytes = 32
const pageBytes = 4096

/**
 * Opens a SQLCipher 4 database under its raw key and brings it to the newest schema, one migration a transaction,
 * forward only. Only a `new` one may be empty: otherwise a lost file would come back as an archive without records.
 *
 * Errors: `vault/damaged` (missing, empty, wrong key or damaged pages), `vault/from-the-future` (schema of a newer
 * version).
 */
export function openDatabase(
  path: string,
  key: Uint8Array,
  kind: DatabaseKind,
  age: 'new' | 'existing',
): Result<Database> {
  const database = openFile(path, age === 'existing', false)
  if (database === null) return err('vault/damaged', { kind })
  const steps = migrations[kind]
  let version: number
  try {
    unlockPages(database, key)
    version = database.pragma('user_version', { simple: true }) as number
    if (age === 'existing' && version === 0) throw new DamagedValue('empty')
  } catch {
    database.close()
    return err('vault/damaged', { kind })
  }
  if (version > steps.length) {
    database.close()
    return err('vault/from-the-future', { version, known: steps.length })
  }
  for (let next = version; next < steps.length; next++) {
    database.transaction(() => {
      for (const sql of steps[next] as readonly string[]) database.exec(sql)
      database.pragma(`user_version = ${next + 1}`)
    })()
  }
  return ok(database)
}

function openFile(path: string, existing: boolean, readonly: boolean): Database | null {
  try {
    // A file without a whole page would be taken for a new database, and written to.
    if (existing && statSync(path).size < pageBytes) return null
    return new Driver(path, { readonly, fileMustExist: existing })
  } catch {
    return null
  }
}

/** Opens an existing database for reading only, in a worker. Errors: `vault/damaged`. */
export function openDatabaseReadOnly(path: string, key: Uint8Array): Result<Database> {
  const database = openFile(path, true, true)
  if (database === null) return err('vault/damaged')
  try {
    unlockPages(database, key)
    database.prepare('SELECT count(*) FROM sqlite_schema').get()
    return ok(database)
  } catch {
    database.close()
    return err('vault/damaged')
  }
}

/** A stored value that this program would never have written. */
export class DamagedValue extends Error {}

/** Whether an error says that the pages, or what stands in them, are damaged. */
export function isDamage(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  return (
    error instanceof DamagedValue || code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')
  )
}

/** What a full disk, a second process or damaged pages are called; null for anything else, which is a defect. */
export function diskFault(error: unknown): ErrorCode | null {
  const code = (error as { code?: string }).code ?? ''
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code.startsWith('SQLITE_IOERR')) return 'vault/disk-full'
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_CONSTRAINT')) return 'vault/in-use'
  return isDamage(error) ? 'vault/damaged' : null
}

/** A plain database in memory with the projection tables: the verifier derives the rows anew in it. */
export function openMemoryDatabase(kind: DatabaseKind): Database {
  const database = new Driver(':memory:')
  for (const step of migrations[kind]) for (const sql of step) database.exec(sql)
  return database
}

/**
 * Puts every page of a database under another raw key, in one transaction: killed at any moment, one of the two keys
 * opens it, and when this returns the old one opens nothing of it. Nobody else may have it open. Blocks for as long as
 * it takes, so it belongs on a thread of its own.
 *
 * Errors: `vault/in-use`, `vault/disk-full`, `vault/damaged` (also when `from` is not its key).
 */
export function rekeyDatabase(path: string, from: Uint8Array, to: Uint8Array): Result<true> {
  if (to.length !== databaseKeyBytes) throw new RangeError('a database key has 32 bytes')
  const database = openFile(path, true, false)
  if (database === null) return err('vault/damaged')
  try {
    unlockPages(database, from, 'alone')
    // KiB. Each page is seen once; a cache would only hold back what the length of the WAL tells of the progress.
    database.pragma('cache_size=-2000')
    // Whoever reads an older state would keep the pages under the old key from being overwritten.
    database.exec('BEGIN EXCLUSIVE; COMMIT')
    database.pragma(`rekey="x'${toHex(to)}'"`)
    const [checkpoint] = database.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    return checkpoint?.busy === 0 ? ok(true) : err('vault/in-use')
  } catch (error) {
    const code = diskFault(error)
    if (code === null) throw error
    return err(code)
  } finally {
    database.close()
  }
}

function unlockPages(database: Database, key: Uint8Array, among: 'others' | 'alone' = 'others'): void {
  if (key.length !== databaseKeyBytes) throw new RangeError('a database key has 32 bytes')
  database.pragma(`cipher='sqlcipher'`)
  database.pragma('legacy=4')
  database.pragma(`key="x'${toHex(key)}'"`)
  database.pragma('temp_store=MEMORY')
  database.pragma('mmap_size=0')
  // KiB. Every page that falls out of the cache is deciphered and authenticated again.
  database.pragma('cache_size=-32000')
  database.pragma('trusted_schema=OFF')
  database.pragma('cell_size_check=ON')
  database.pragma('foreign_keys=ON')
  if (!database.readonly) {
    if (among === 'alone') database.pragma('locking_mode=EXCLUSIVE')
    database.pragma('journal_mode=WAL')
    database.pragma('synchronous=FULL')
    // 16 MB of WAL between checkpoints: each commit is durable in the WAL, and moving pages home is the dear part.
    database.pragma('wal_autocheckpoint=4000')
  }
}

type Statement = Driver.Statement<unknown[], unknown>

const prepared = new WeakMap<Database, Map<string, Statement>>()

/** A prepared statement, kept for the life of the database. */
export function statement<Row = unknown>(database: Database, sql: string): Driver.Statement<unknown[], Row> {
  let known = prepared.get(database)
  if (known === undefined) {
    known = new Map()
    prepared.set(database, known)
  }
  let found = known.get(sql)
  if (found === undefined) {
    found = database.prepare(sql) as Statement
    known.set(sql, found)
  }
  return found as Driver.Statement<unknown[], Row>
}
