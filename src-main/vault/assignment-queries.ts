import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

export interface AssignedRow {
  readonly record: Id
  readonly digest: Digest
  readonly category: string
  readonly waiting_since: string
  readonly assigned_first: Id | null
  readonly assigned_second: Id | null
}

const withoutOpinion = (assigned: string) =>
  `${assigned} IS NOT NULL AND ${assigned} IS NOT reviewer_first AND ${assigned} IS NOT reviewer_second`

/** What waits for the opinion of a member to whom it is assigned, longest waiting first. */
export function assignedTo(database: Database, member: Id): readonly AssignedRow[] {
  return statement<AssignedRow>(
    database,
    `SELECT record, digest, category, waiting_since, assigned_first, assigned_second
     FROM revision INDEXED BY revision_waiting
     WHERE waits_for = 'review' AND :member IS NOT reviewer_first AND :member IS NOT reviewer_second
       AND (assigned_first = :member OR assigned_second = :member)
     ORDER BY waiting_since, digest`,
  ).all({ member })
}

export interface LoadRow {
  readonly member: Id
  readonly n: number
  /** Of these, waiting since before the moment asked about. */
  readonly overdue: number
}

/**
 * How many revisions wait for an opinion of each member they are assigned to.
 *
 * @param categories a JSON array of ids, or null for all
 * @param overdueBefore ISO 8601 UTC
 */
export function assignedLoad(
  database: Database,
  categories: string | null,
  overdueBefore: string,
): readonly LoadRow[] {
  const within = categories === null ? '' : 'AND category IN (SELECT value FROM json_each(:categories))'
  const side = (assigned: string) =>
    `SELECT ${assigned} AS member, waiting_since FROM revision INDEXED BY revision_waiting
     WHERE waits_for = 'review' AND ${withoutOpinion(assigned)} ${within}`
  return statement<LoadRow>(
    database,
    `SELECT member, count(*) AS n, sum(waiting_since < :overdueBefore) AS overdue
     FROM (${side('assigned_first')} UNION ALL ${side('assigned_second')}) GROUP BY member`,
  ).all({ overdueBefore, ...(categories === null ? {} : { categories }) })
}

export interface GivenRow {
  readonly member: Id
  readonly category: string
  readonly given_at: string
  readonly round_at: string
  readonly status: string
  readonly decision: 'agree' | 'disagree' | null
}

/** Opinions given from one moment to before another (ISO 8601 UTC), of one member or of all. */
export function opinionsGiven(
  database: Database,
  period: { readonly from: string; readonly to: string },
  member: Id | null,
  categories: string | null,
): IterableIterator<GivenRow> {
  const whose = member === null ? '' : 'AND member = :member'
  const within = categories === null ? '' : 'AND category IN (SELECT value FROM json_each(:categories))'
  const side = (name: 'first' | 'second') =>
    `SELECT reviewer_${name} AS member, category, ${name}_at AS given_at, round_at, status,
       ${name}_decision AS decision FROM revision INDEXED BY revision_${name}_opinion
     WHERE ${name}_at >= :from AND ${name}_at < :to`
  return statement<GivenRow>(
    database,
    `SELECT * FROM (${side('first')} UNION ALL ${side('second')}) WHERE 1 ${whose} ${within}`,
  ).iterate({
    ...period,
    ...(member === null ? {} : { member }),
    ...(categories === null ? {} : { categories }),
  })
}
