import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { ObjectionOutcome } from '../../src-shared/log/objections.ts'
import { statement, type Database } from './database.ts'

export interface LateRow {
  readonly record: Id
  readonly cadre: Id
  readonly category: string
  readonly member: Id
  readonly at: string
}

/**
 * Late objections to revisions that stand, newest first, that nobody answered, in which nobody who had seen them has
 * registered an error and no correction took the place of what they are about. An error that was registered before they came here answers nothing.
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
         SELECT 1 FROM step AS said
         WHERE said.record = late.record AND said.step ->> '$.act.act' = 'settle-objection'
           AND said.step ->> '$.act.objection' = late.leaf
           AND said.step ->> '$.act.revision' = revision.digest
           AND NOT EXISTS (SELECT 1 FROM void_step AS void WHERE void.record = said.record
             AND void.leaf = said.leaf AND void.operation = said.operation AND void.row = said.row))
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

export interface AnsweredRow {
  readonly record: Id
  readonly revision: Digest
  /** Leaf of the commit that objected. */
  readonly objection: Digest
  readonly outcome: ObjectionOutcome
  readonly fault: Id | null
  readonly member: Id
  readonly at: string
}

/** Answers to late objections that count, in the order of commits. */
export function objectionAnswers(database: Database): readonly AnsweredRow[] {
  return statement<AnsweredRow>(
    database,
    `SELECT late.record, said.step ->> '$.act.revision' AS revision, said.step ->> '$.act.objection' AS objection,
       said.step ->> '$.act.outcome' AS outcome, said.step ->> '$.act.fault' AS fault,
       said.step ->> '$.member' AS member, said.step ->> '$.at' AS at
     FROM (SELECT DISTINCT record FROM void_step WHERE code = 'review/late-objection') AS late
       JOIN step AS said ON said.record = late.record AND said.step ->> '$.act.act' = 'settle-objection'
     WHERE NOT EXISTS (SELECT 1 FROM void_step AS void WHERE void.record = said.record
       AND void.leaf = said.leaf AND void.operation = said.operation AND void.row = said.row)
     ORDER BY said.depth, said.leaf, said.operation`,
  ).all()
}

/** Revisions that stand although an objection to them was found right, and that nobody has handed in a correction of. */
export function correctionsDue(database: Database, limit: number): readonly LateRow[] {
  return objectionAnswers(database)
    .filter(({ outcome, fault }) => outcome === 'founded' && fault === null)
    .flatMap(({ record, revision, member, at }) => {
      const standing = statement<{ readonly cadre: Id; readonly category: string }>(
        database,
        `SELECT cadre, category FROM revision WHERE record = ? AND digest = ? AND status IN ('archived', 'conflict')
           AND NOT EXISTS (SELECT 1 FROM step AS next
             JOIN revision AS child ON child.record = next.record AND child.digest = next.step ->> '$.act.revision'
             WHERE next.record = revision.record AND next.step ->> '$.act.parent' = revision.digest
               AND child.status NOT IN ('returned', 'withdrawn'))`,
      ).get(record, revision)
      return standing === undefined ? [] : [{ record, ...standing, member, at }]
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, limit)
}
