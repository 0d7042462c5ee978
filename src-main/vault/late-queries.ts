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
 * Late objections to revisions that stand, newest first, in which nobody who had seen them has registered an error and no
 * correction took the place of what they are about. An error that was registered before they came here answers nothing.
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
       AND NOT EXISTS (
         SELECT 1 FROM step AS found
         WHERE found.record = late.record AND found.step ->> '$.act.act' = 'find-fault'
           AND found.step ->> '$.act.revision' = revision.digest
           AND NOT EXISTS (SELECT 1 FROM void_step AS void WHERE void.record = found.record
             AND void.leaf = found.leaf AND void.operation = found.operation AND void.row = found.row)
           AND step.step ->> '$.seq' < CASE found.step ->> '$.log' WHEN step.step ->> '$.log'
             THEN found.step ->> '$.seq'
             ELSE (SELECT seen.value FROM json_each((
               SELECT sight.seen FROM sight WHERE sight.log = found.step ->> '$.log'
                 AND sight.seq <= found.step ->> '$.seq' ORDER BY sight.seq DESC LIMIT 1)) AS seen
               WHERE seen.key = step.step ->> '$.log') END)
     ORDER BY at DESC, late.leaf LIMIT ?`,
  ).all(limit)
}
