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
  /** When it was found: UTC, from the first moment on, before the second; null for no limit. */
  readonly from: string | null
  readonly until: string | null
  /** Whether anybody it is traced to has not answered yet; null for both. */
  readonly isOpen: 0 | 1 | null
  /** JSON array of the categories that may be seen, or null for all. */
  readonly categories: string | null
}

const unanswered = `EXISTS (SELECT 1 FROM fault_member
  WHERE fault_member.record = fault.record AND fault_member.fault = fault.id AND answered = 0)`

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
       AND (:from IS NULL OR found_at >= :from) AND (:until IS NULL OR found_at < :until)
       AND (:isOpen IS NULL OR ${unanswered} = :isOpen)
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

/** Records of one category in a dossier. */
export function recordsOfCategory(
  database: Database,
  cadre: Id,
  category: string,
  limit: number,
): readonly Id[] {
  return statement<{ record: Id }>(
    database,
    'SELECT DISTINCT record FROM revision WHERE cadre = ? AND category = ? ORDER BY record LIMIT ?',
  )
    .all(cadre, category, limit)
    .map(({ record }) => record)
}

/** Revisions of some categories whose opinions may have been opened, the newest first. */
export function openedRevisions(
  database: Database,
  categories: readonly string[],
  until: string | null,
  limit: number,
): readonly { readonly record: Id; readonly digest: Digest; readonly category: string }[] {
  if (categories.length === 0) return []
  return statement<{ record: Id; digest: Digest; category: string }>(
    database,
    `SELECT record, digest, category FROM revision
     WHERE category IN (SELECT value FROM json_each(:categories)) AND opinions > 0
       AND status NOT IN ('submitted', 'in-review', 'unopened') AND (:until IS NULL OR submitted_at < :until)
     ORDER BY submitted_at DESC, digest LIMIT :limit`,
  ).all({ categories: JSON.stringify(categories), until, limit })
}
