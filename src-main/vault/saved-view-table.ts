import type { Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

export interface SavedViewRow {
  readonly id: Id
  readonly sealed: Uint8Array
}

/** A member's views, the oldest first. */
export function readSavedViews(database: Database, member: Id): readonly SavedViewRow[] {
  return statement<SavedViewRow>(
    database,
    'SELECT id, sealed FROM saved_view WHERE member = ? ORDER BY at, id',
  )
    .all(member)
    .map(({ id, sealed }) => ({ id, sealed: new Uint8Array(sealed) }))
}

export function countSavedViews(database: Database, member: Id): number {
  const row = statement<{ n: number }>(database, 'SELECT count(*) AS n FROM saved_view WHERE member = ?')
  return row.get(member)?.n ?? 0
}

export function insertSavedView(
  database: Database,
  view: { readonly id: Id; readonly member: Id; readonly sealed: Uint8Array; readonly at: string },
): void {
  statement(
    database,
    'INSERT INTO saved_view (id, member, sealed, at) VALUES (:id, :member, :sealed, :at)',
  ).run(view)
}

/** Whether there was such a view of this member. */
export function replaceSavedView(database: Database, id: Id, member: Id, sealed: Uint8Array): boolean {
  const done = statement(database, 'UPDATE saved_view SET sealed = ? WHERE id = ? AND member = ?')
  return done.run(sealed, id, member).changes > 0
}

/** Whether there was such a view of this member. */
export function deleteSavedView(database: Database, id: Id, member: Id): boolean {
  const done = statement(database, 'DELETE FROM saved_view WHERE id = ? AND member = ?')
  return done.run(id, member).changes > 0
}
