import type { Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

export interface PartRow {
  readonly cadre: Id
  readonly record: Id
  readonly category: string
}

/** The records of some dossiers in which a member entered, reviewed, settled or signed. `cadres` is a JSON array of ids. */
export function recordsWithHand(database: Database, member: Id, cadres: string): readonly PartRow[] {
  return statement<PartRow>(
    database,
    `SELECT DISTINCT cadre, record, category FROM revision
     WHERE cadre IN (SELECT value FROM json_each(:cadres))
       AND (:member IN (author, reviewer_first, reviewer_second, adjudicator, signer)
         OR EXISTS (SELECT 1 FROM part WHERE part.record = revision.record AND part.digest = revision.digest
           AND part.member = :member AND part.part = 'voted'))
     ORDER BY cadre, record`,
  ).all({ member, cadres })
}
