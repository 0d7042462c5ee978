import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { FaultKind, FaultPlace } from '../../src-shared/log/operations.ts'
import { statement, type Database } from './database.ts'

export interface OpenQueryRow {
  readonly id: Id
  readonly record: Id
  readonly digest: Digest
  readonly asker: Id
  readonly author: Id
  readonly asked_at: string
  readonly answers: number
}

/** Questions that wait for a member: without an answer for the author, answered for whoever asked. Oldest first. */
export function openQueries(database: Database, me: Id): readonly OpenQueryRow[] {
  return statement<OpenQueryRow>(
    database,
    `SELECT id, record, digest, asker, author, asked_at, answers FROM query
     WHERE resolved = 0 AND ((author = :me AND answers = 0) OR (asker = :me AND answers > 0))
     ORDER BY asked_at, id LIMIT 500`,
  ).all({ me })
}

export interface FaultRow {
  readonly id: Id
  readonly record: Id
  readonly digest: Digest
  readonly cadre: Id
  readonly category: string
  readonly kind: FaultKind
  readonly found: FaultPlace
  readonly finder: Id
  readonly found_at: string
  readonly body: Digest
}

export interface FaultFilter {
  readonly kind: FaultKind | null
  /** Traced to this member. */
  readonly member: Id | null
  readonly cadre: Id | null
  /** JSON array of the categories that may be seen, or null for all. */
  readonly categories: string | null
}

export function listFaults(
  database: Database,
  filter: FaultFilter,
  offset: number,
  limit: number,
): readonly FaultRow[] {
  return statement<FaultRow>(
    database,
    `SELECT id, record, digest, cadre, category, kind, found, finder, found_at, body FROM fault
     WHERE (:kind IS NULL OR kind = :kind) AND (:cadre IS NULL OR cadre = :cadre)
       AND (:member IS NULL OR EXISTS (SELECT 1 FROM fault_member
         WHERE fault_member.record = fault.record AND fault_member.fault = fault.id AND member = :member))
       AND (:categories IS NULL OR category IN (SELECT value FROM json_each(:categories)))
     ORDER BY found_at DESC, id LIMIT :limit OFFSET :offset`,
  ).all({ ...filter, offset, limit })
}

/** Errors traced to a member to which they have not said anything yet. */
export function countUnanswered(database: Database, me: Id): number {
  const row = statement<{ n: number }>(
    database,
    'SELECT count(*) AS n FROM fault_member WHERE member = ? AND answered = 0',
  ).get(me)
  return row?.n ?? 0
}
