import type { Kysely, SchemaModule } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createSights } from './sight-migration.ts'
import type { Tables } from './tables.ts'

/** What a database calls a column of bytes. */
export type BinaryType = 'blob' | 'bytea'

/** Forward only; a migration that has shipped is never changed. */
export function migrationsFor(binary: BinaryType): Readonly<Record<string, Migration>> {
  return {
    '0001-bundles': { up: (database: Kysely<Tables>) => createTables(database, binary) },
    '0002-directives': { up: createDirectives },
    '0003-sights': { up: createSights },
  }
}

/** Nothing that was taken in before waits for the node: no rule asked for it. */
async function createDirectives({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .alterTable('record')
    .addColumn('awaited', 'integer', (column) => column.notNull().defaultTo(0))
    .execute()
  await schema.createIndex('record_awaited').on('record').columns(['unit', 'awaited']).execute()
  await createOwnLog(schema, 'directive_log', 'directive_entry')
}

async function createOwnLog(schema: SchemaModule, log: string, entry: string): Promise<void> {
  await schema
    .createTable(log)
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('compartment', 'text', (column) => column.notNull())
    .addColumn('log', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('leaf', 'text', (column) => column.notNull())
    .addColumn('frontier', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint(`${log}_key`, ['unit', 'compartment'])
    .execute()
  await schema
    .createTable(entry)
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('compartment', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('leaf', 'text', (column) => column.notNull())
    .addColumn('envelope', 'text', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint(`${entry}_key`, ['unit', 'compartment', 'seq'])
    .execute()
}

async function createTables(database: Kysely<Tables>, binary: BinaryType): Promise<void> {
  const { schema } = database
  await schema
    .createTable('unit')
    .addColumn('unit', 'text', (column) => column.primaryKey())
    .addColumn('root_public_key', 'text', (column) => column.notNull())
    .addColumn('registered_at', 'text', (column) => column.notNull())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .execute()
  await schema
    .createTable('device_log')
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('log', 'text', (column) => column.notNull())
    .addColumn('compartment', 'text', (column) => column.notNull())
    .addColumn('size', 'bigint', (column) => column.notNull())
    .addColumn('leaf', 'text', (column) => column.notNull())
    .addColumn('frontier', 'text', (column) => column.notNull())
    .addColumn('checkpoint', 'text', (column) => column.notNull())
    .addColumn('authority', 'text')
    .addColumn('depth', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('device_log_key', ['unit', 'log'])
    .execute()
  await schema
    .createTable('entry')
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('log', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('compartment', 'text', (column) => column.notNull())
    .addColumn('leaf', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('depth', 'bigint', (column) => column.notNull())
    .addColumn('void', 'text')
    .addColumn('bundle', 'text', (column) => column.notNull())
    .addColumn('envelope', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('entry_key', ['unit', 'log', 'seq'])
    .execute()
  await schema.createIndex('entry_leaf').unique().on('entry').columns(['unit', 'leaf']).execute()
  await schema.createIndex('entry_signer').on('entry').columns(['unit', 'key', 'log', 'seq']).execute()
  await schema
    .createTable('authority')
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('leaf', 'text', (column) => column.notNull())
    .addColumn('log', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('authority_key', ['unit', 'leaf'])
    .execute()
  await schema
    .createTable('body')
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('compartment', 'text', (column) => column.notNull())
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('body_key', ['unit', 'compartment', 'digest'])
    .execute()
  await createProjections(database)
  await createReceipts(database, binary)
}

async function createProjections({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('step')
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('compartment', 'text', (column) => column.notNull())
    .addColumn('record', 'text', (column) => column.notNull())
    .addColumn('leaf', 'text', (column) => column.notNull())
    .addColumn('op_index', 'integer', (column) => column.notNull())
    .addColumn('row_index', 'integer', (column) => column.notNull())
    .addColumn('step', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('step_key', ['unit', 'compartment', 'record', 'leaf', 'op_index', 'row_index'])
    .execute()
  await schema.createIndex('step_leaf').on('step').columns(['unit', 'leaf']).execute()
  await schema
    .createTable('record')
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('compartment', 'text', (column) => column.notNull())
    .addColumn('record', 'text', (column) => column.notNull())
    .addColumn('archived', 'integer', (column) => column.notNull())
    .addColumn('stale', 'integer', (column) => column.notNull())
    .addColumn('state', 'text')
    .addPrimaryKeyConstraint('record_key', ['unit', 'compartment', 'record'])
    .execute()
  await schema
    .createIndex('record_stale')
    .on('record')
    .columns(['unit', 'stale', 'compartment', 'record'])
    .execute()
  await schema
    .createTable('void')
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('compartment', 'text', (column) => column.notNull())
    .addColumn('leaf', 'text', (column) => column.notNull())
    .addColumn('op_index', 'integer', (column) => column.notNull())
    .addColumn('row_index', 'integer', (column) => column.notNull())
    .addColumn('record', 'text')
    .addColumn('code', 'text', (column) => column.notNull())
    .addColumn('bundle', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('void_key', ['unit', 'leaf', 'op_index', 'row_index'])
    .execute()
  await schema.createIndex('void_record').on('void').columns(['unit', 'compartment', 'record']).execute()
  await schema.createIndex('void_bundle').on('void').columns(['unit', 'bundle']).execute()
  await schema
    .createTable('evidence')
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('bundle', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('evidence_key', ['unit', 'hash'])
    .execute()
}

async function createReceipts({ schema }: Kysely<Tables>, binary: BinaryType): Promise<void> {
  await schema
    .createTable('bundle')
    .addColumn('unit', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('compartment', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('device', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addColumn('bytes', 'bigint', (column) => column.notNull())
    .addColumn('commits', 'bigint', (column) => column.notNull())
    .addColumn('voids', 'bigint', (column) => column.notNull())
    .addColumn('receipt_seq', 'bigint', (column) => column.notNull())
    .addColumn('receipt', binary, (column) => column.notNull())
    .addPrimaryKeyConstraint('bundle_key', ['unit', 'id'])
    .execute()
  await schema.createIndex('bundle_file').unique().on('bundle').columns(['unit', 'sha256']).execute()
  await schema.createIndex('bundle_sha256').on('bundle').columns(['sha256']).execute()
  await createOwnLog(schema, 'hub_log', 'hub_entry')
}
