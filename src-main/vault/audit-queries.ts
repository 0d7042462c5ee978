import type { AccessEntry, AccessFlag, AccessKind } from '../../src-shared/audit/access-entry.ts'
import type { UsedAccess } from '../../src-shared/audit/unusual.ts'
import type { AccessFilter, EntryState } from '../../src-shared/contract/audit.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { DamagedValue, statement, type Database } from './database.ts'

/** One entry as the index holds it. */
export interface IndexedAccess {
  readonly at: string
  readonly leaf: Digest
  readonly operation: number
  readonly state: EntryState
  readonly code: string | null
  readonly member: Id
  readonly role: string
  readonly device: Id
  readonly count: number
  /** Null where it could not be read. */
  readonly entry: AccessEntry | null
}

export interface AccessPlace {
  readonly at: string
  readonly leaf: Digest
  readonly operation: number
}

interface Condition {
  readonly sql: string
  readonly values: readonly unknown[]
}

const columns = 'at, leaf, operation, state, code, member, role, device, count, entry'
const most = 200

/** Entries newest first, a page from a place on. */
export function listAccess(
  index: Database,
  filter: AccessFilter,
  after: AccessPlace | null,
  limit: number,
): readonly IndexedAccess[] {
  const conditions = conditionsOf(index, filter)
  if (after !== null) {
    conditions.push({
      sql: '(at, leaf, operation) < (?, ?, ?)',
      values: [after.at, after.leaf, after.operation],
    })
  }
  const { sql, values } = where(conditions)
  return statement<Omit<IndexedAccess, 'entry'> & { entry: string | null }>(
    index,
    `SELECT ${columns} FROM access ${sql} ORDER BY at DESC, leaf DESC, operation DESC LIMIT ?`,
  )
    .all(...values, limit)
    .map((row) => ({ ...row, entry: row.entry === null ? null : entryOf(row.entry) }))
}

export function countAccess(index: Database, filter: AccessFilter): number {
  const { sql, values } = where(conditionsOf(index, filter))
  return statement<{ n: number }>(index, `SELECT count(*) AS n FROM access ${sql}`).get(...values)?.n ?? 0
}

function where(conditions: readonly Condition[]): Condition {
  const sql = conditions.length === 0 ? '' : `WHERE ${conditions.map((one) => one.sql).join(' AND ')}`
  return { sql, values: conditions.flatMap((one) => one.values) }
}

function among(column: string, values: readonly string[]): Condition {
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values }
}

function conditionsOf(index: Database, filter: AccessFilter): Condition[] {
  const conditions: Condition[] = []
  if (filter.members.length > 0) conditions.push(among('member', filter.members))
  if (filter.cadre !== '') conditions.push(among('cadre', cadresNamed(index, filter.cadre)))
  if (filter.from !== null) conditions.push({ sql: 'at >= ?', values: [filter.from] })
  if (filter.until !== null) conditions.push({ sql: 'at < ?', values: [filter.until] })
  if (filter.kinds.length > 0) conditions.push(among('kind', filter.kinds))
  if (filter.flags.length > 0) {
    // Written out, so that the partial index is used.
    const bits = (filter.flags.includes('self') ? 1 : 0) | (filter.flags.includes('kin') ? 2 : 0)
    conditions.push({ sql: '(flags > 0 AND flags & ? > 0)', values: [bits] })
  }
  if (filter.doubtful) conditions.push({ sql: `state <> 'good'`, values: [] })
  return conditions
}

/** Dossiers whose entries carry such a name, or the one of this id. */
function cadresNamed(index: Database, text: string): readonly Id[] {
  return statement<{ cadre: string }>(
    index,
    'SELECT DISTINCT cadre FROM subject WHERE cadre = ? OR instr(name, ?) > 0 LIMIT ?',
  )
    .all(text, text, most)
    .map((row) => row.cadre)
}

/** What the rules of unusual use look at: good entries of a time, oldest first. */
export function usedAccess(
  index: Database,
  from: string | null,
  until: string | null,
): readonly UsedAccess[] {
  const rows = statement<{
    at: string
    member: string
    kind: AccessKind
    cadre: string | null
    name: string | null
    flags: number
    count: number
  }>(
    index,
    `SELECT at, member, kind, cadre, flags, count,
       (SELECT name FROM subject WHERE subject.cadre = access.cadre LIMIT 1) AS name
     FROM access WHERE state = 'good' AND at >= ? AND at < ? ORDER BY at, leaf, operation`,
  ).all(from ?? '', until ?? '9999')
  return rows.map(({ name, flags, ...row }) => ({ ...row, cadreName: name, flags: flagsOf(flags) }))
}

function flagsOf(bits: number): readonly AccessFlag[] {
  return [...((bits & 1) > 0 ? (['self'] as const) : []), ...((bits & 2) > 0 ? (['kin'] as const) : [])]
}

/** The index is authenticated page by page under the auditors' key, and only the reader of entries writes it. */
function entryOf(text: string): AccessEntry {
  try {
    return JSON.parse(text) as AccessEntry
  } catch {
    throw new DamagedValue('access')
  }
}

export interface IndexedAct {
  readonly leaf: Digest
  readonly entity: Id
  readonly at: string
  readonly state: EntryState
  readonly member: Id
  /** JSON of what was sealed, or null where it could not be read. */
  readonly content: string | null
}

/** Acts of one operation in causal order. */
export function actsOf(index: Database, op: string): readonly IndexedAct[] {
  return statement<IndexedAct>(
    index,
    'SELECT leaf, entity, at, state, member, content FROM act WHERE op = ? ORDER BY depth, leaf, operation',
  ).all(op)
}
