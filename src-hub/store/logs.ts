import type { Compartment } from '../../src-shared/access/roles.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Database } from './database.ts'
import type { AuthorityTable, BodyTable, DeviceLogTable, EntryTable } from './tables.ts'

/** SQLite takes 32,766 variables in a statement. */
const maximumVariables = 30_000

/** Rows in statements of a size a database takes. */
export function* chunks<Row extends object>(rows: readonly Row[]): Generator<Row[]> {
  const columns = Math.max(1, Object.keys(rows[0] ?? {}).length)
  const step = Math.min(500, Math.floor(maximumVariables / columns))
  for (let start = 0; start < rows.length; start += step) yield rows.slice(start, start + step)
}

export async function findLog(database: Database, unit: Id, log: Id): Promise<DeviceLogTable | undefined> {
  return await database
    .selectFrom('device_log')
    .selectAll()
    .where('unit', '=', unit)
    .where('log', '=', log)
    .executeTakeFirst()
}

export async function putLog(database: Database, row: DeviceLogTable): Promise<void> {
  const { unit: _unit, log: _log, ...changed } = row
  await database
    .insertInto('device_log')
    .values(row)
    .onConflict((conflict) => conflict.columns(['unit', 'log']).doUpdateSet(changed))
    .execute()
}

export async function insertEntries(database: Database, rows: readonly EntryTable[]): Promise<void> {
  for (const some of chunks(rows)) await database.insertInto('entry').values(some).execute()
}

export async function insertAuthority(database: Database, rows: readonly AuthorityTable[]): Promise<void> {
  for (const some of chunks(rows)) await database.insertInto('authority').values(some).execute()
}

export async function insertBodies(database: Database, rows: readonly BodyTable[]): Promise<void> {
  for (const some of chunks(rows)) {
    await database
      .insertInto('body')
      .values(some)
      .onConflict((conflict) => conflict.columns(['unit', 'compartment', 'digest']).doNothing())
      .execute()
  }
}

/** The leaves of a log from `seq` on, in order. */
export async function leavesFrom(
  database: Database,
  unit: Id,
  log: Id,
  seq: number,
  limit: number,
): Promise<readonly Digest[]> {
  const rows = await database
    .selectFrom('entry')
    .select('leaf')
    .where('unit', '=', unit)
    .where('log', '=', log)
    .where('seq', '>=', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map((row) => row.leaf)
}

/** Depth of a commit of a compartment, be it a device's or the node's own; null when it is not held. */
export async function depthOfLeaf(
  database: Database,
  unit: Id,
  compartment: Compartment,
  leaf: Digest,
): Promise<number | null> {
  const entry = await database
    .selectFrom('entry')
    .select('depth')
    .where('unit', '=', unit)
    .where('leaf', '=', leaf)
    .where('compartment', '=', compartment)
    .executeTakeFirst()
  if (entry !== undefined) return entry.depth
  // The node's own commits have seen nothing but each other.
  const own = await database
    .selectFrom('hub_entry')
    .select('seq')
    .where('unit', '=', unit)
    .where('compartment', '=', compartment)
    .where('leaf', '=', leaf)
    .executeTakeFirst()
  return own?.seq ?? null
}

export async function authorityEnvelopes(database: Database, unit: Id): Promise<readonly string[]> {
  const rows = await database
    .selectFrom('authority')
    .innerJoin('entry', (join) =>
      join.onRef('entry.unit', '=', 'authority.unit').onRef('entry.leaf', '=', 'authority.leaf'),
    )
    .select('entry.envelope')
    .where('authority.unit', '=', unit)
    .execute()
  return rows.map((row) => row.envelope)
}

export async function countAuthority(database: Database, unit: Id): Promise<number> {
  const row = await database
    .selectFrom('authority')
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .where('unit', '=', unit)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

/** Which commits to judge anew. */
export interface EntrySelection {
  readonly unit: Id
  /** Only commits of this log from this one on. */
  readonly log?: Id
  readonly from?: number
  /** Only commits signed with this key. */
  readonly key?: Digest
}

/** A page of commits in the order of logs and positions, after the last one of the page before. */
export async function entriesAfter(
  database: Database,
  selection: EntrySelection,
  after: { readonly log: Id; readonly seq: number } | null,
  limit: number,
): Promise<readonly EntryTable[]> {
  let query = database.selectFrom('entry').selectAll().where('unit', '=', selection.unit)
  if (selection.log !== undefined) query = query.where('log', '=', selection.log)
  if (selection.from !== undefined) query = query.where('seq', '>=', selection.from)
  if (selection.key !== undefined) query = query.where('key', '=', selection.key)
  if (after !== null) {
    query = query.where((expression) =>
      expression.or([
        expression('log', '>', after.log),
        expression.and([expression('log', '=', after.log), expression('seq', '>', after.seq)]),
      ]),
    )
  }
  return await query.orderBy('log').orderBy('seq').limit(limit).execute()
}

export async function setEntryVoid(
  database: Database,
  unit: Id,
  leaf: Digest,
  code: ErrorCode | null,
): Promise<void> {
  await database
    .updateTable('entry')
    .set({ void: code })
    .where('unit', '=', unit)
    .where('leaf', '=', leaf)
    .execute()
}

export async function readBodyText(
  database: Database,
  unit: Id,
  compartment: Compartment,
  digest: Digest,
): Promise<string | null> {
  const row = await database
    .selectFrom('body')
    .select('content')
    .where('unit', '=', unit)
    .where('compartment', '=', compartment)
    .where('digest', '=', digest)
    .executeTakeFirst()
  return row?.content ?? null
}

/** A commit of the unit; undefined when it is not held. */
export async function findEntry(database: Database, unit: Id, leaf: Digest): Promise<EntryTable | undefined> {
  return await database
    .selectFrom('entry')
    .selectAll()
    .where('unit', '=', unit)
    .where('leaf', '=', leaf)
    .executeTakeFirst()
}
