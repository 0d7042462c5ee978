import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { RoadAct } from '../../src-shared/review/states.ts'
import { statement, type Database } from './database.ts'
import { readSteps } from './projection.ts'

/** Acts that say nothing of what is a fact: who was asked, what was asked, whose error it was. They stay. */
const keptBack: ReadonlySet<RoadAct['act']> = new Set([
  'assign',
  'ask',
  'answer',
  'resolve',
  'find-fault',
  'answer-fault',
])

/** The commits that the roads of these records went by, with those that opened the dossiers and said their stages. */
export function leavesOfDossiers(
  database: Database,
  cadres: ReadonlySet<Id>,
  records: readonly Id[],
): readonly Digest[] {
  const leaves = new Set<Digest>()
  for (const table of ['opening', 'stage_step']) {
    const rows = statement<{ leaf: Digest }>(
      database,
      `SELECT leaf FROM ${table} WHERE cadre IN (SELECT value FROM json_each(?))`,
    ).all(JSON.stringify([...cadres]))
    for (const { leaf } of rows) leaves.add(leaf)
  }
  for (const record of records)
    for (const { act, commit } of readSteps(database, record)) if (!keptBack.has(act.act)) leaves.add(commit)
  return [...leaves]
}
