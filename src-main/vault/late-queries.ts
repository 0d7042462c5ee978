import type { Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

export interface LateRow {
  readonly record: Id
  readonly cadre: Id
  readonly category: string
  readonly member: Id
  readonly at: string
}

/**
 * Late objections to revisions that stand, newest first, in which no error was registered since and no correction took
 * the place of what they are about.
 */
export function lateObjections(database: Database, limit: number): readonly LateRow[] {
  return statement<LateRow>(
    database,
    `SELECT late.record, revision.cadre, revision.category, step.step ->> '$.member' AS member,
       step.step ->> '$.at' AS at
     FROM void_step AS late
       JOIN step ON step.record = late.record AND step.leaf = late.leaf
         AND step.operation = late.operation AND step.row = late.row
       JOIN revision ON revision.record = late.record AND revision.digest = step.step ->> '$.act.revision'
     WHERE late.code = 'review/late-objection' AND revision.status IN ('archived', 'awaiting-above', 'conflict')
       AND NOT EXISTS (SELECT 1 FROM fault WHERE fault.record = late.record AND fault.digest = revision.digest)
     ORDER BY at DESC, late.leaf LIMIT ?`,
  ).all(limit)
}
