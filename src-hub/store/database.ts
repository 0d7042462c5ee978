import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import Driver from 'sqlcipher'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { migrationsFor } from './migrations.ts'
import type { Tables } from './tables.ts'

export type Database = Kysely<Tables>

/** One write transaction; nothing of it is seen outside before `commit`. */
export interface Changes {
  readonly database: Database
  commit(): Promise<void>
  rollback(): Promise<void>
}

export interface Store {
  /** For reading what is committed. */
  readonly reader: Database
  /** Begins a transaction once the one before has ended. */
  begin(): Promise<Changes>
  close(): Promise<void>
}

const busyMilliseconds = 60_000

/**
 * Opens, or creates, the embedded store: one file. Reading has its own connection, so that a long ingest does not
 * keep a question waiting.
 *
 * Errors: `vault/damaged`, `vault/from-the-future` (a migration this version does not know).
 */
export async function openStore(path: string): Promise<Result<Store>> {
  const writer = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(path) }) })
  const migrations = migrationsFor('blob')
  const migrator = new Migrator({ db: writer, provider: { getMigrations: async () => ({ ...migrations }) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) {
    await writer.destroy()
    const isNewer = error instanceof Error && /missing/.test(error.message)
    return err(isNewer ? 'vault/from-the-future' : 'vault/damaged', { reason: 'migration' })
  }
  const reader = new Kysely<Tables>({ dialect: new SqliteDialect({ database: openSqlite(path) }) })
  return ok({
    reader,
    begin: async () => {
      const transaction = await writer.startTransaction().execute()
      return {
        database: transaction,
        commit: async () => {
          await transaction.commit().execute()
        },
        rollback: async () => {
          await transaction.rollback().execute()
        },
      }
    },
    close: async () => {
      await reader.destroy()
      await writer.destroy()
    },
  })
}

function openSqlite(path: string): Driver.Database {
  const database = new Driver(path, { timeout: busyMilliseconds })
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    'foreign_keys = ON',
    'temp_store = MEMORY',
    'trusted_schema = OFF',
    'cell_size_check = ON',
    'mmap_size = 0',
  ]) {
    database.pragma(pragma)
  }
  return database
}
