import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

/** The archived revisions of a cadre in one category. */
export function factsInCategory(database: Database, cadre: Id, category: string): readonly Digest[] {
  return statement<{ digest: string }>(
    database,
    `SELECT digest FROM revision WHERE cadre = ? AND category = ? AND status = 'archived'`,
  )
    .all(cadre, category)
    .map((row) => row.digest)
}
