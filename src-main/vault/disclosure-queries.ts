import type { DisclosureState } from '../../src-shared/disclosure/states.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { statement, type Database } from './database.ts'

interface StateRow {
  readonly state: string
}

function toState(row: StateRow): DisclosureState {
  return JSON.parse(row.state) as DisclosureState
}

/** One copy or correction request; null when it is not known here. */
export function readDisclosure(database: Database, id: Id): DisclosureState | null {
  const row = statement<StateRow>(database, 'SELECT state FROM disclosure WHERE id = ?').get(id)
  return row === undefined ? null : toState(row)
}

/** All of one kind that stand in a status. */
export function disclosuresIn(
  database: Database,
  kind: DisclosureState['kind'],
  status: DisclosureState['status'],
): readonly DisclosureState[] {
  return statement<StateRow>(
    database,
    'SELECT state FROM disclosure WHERE kind = ? AND status = ? ORDER BY at, id',
  )
    .all(kind, status)
    .map(toState)
}

export interface RegisterSearch {
  readonly kind: DisclosureState['kind'] | null
  readonly cadre: Id | null
  readonly after: { readonly at: string; readonly id: Id } | null
  readonly limit: number
}

/** The register, newest first, a page from a key on. */
export function readRegister(database: Database, search: RegisterSearch): readonly DisclosureState[] {
  const { kind, cadre, after, limit } = search
  return statement<StateRow>(
    database,
    `SELECT state FROM disclosure
     WHERE (:kind IS NULL OR kind = :kind) AND (:cadre IS NULL OR cadre = :cadre)
       AND (:at IS NULL OR at < :at OR (at = :at AND id > :id)) ORDER BY at DESC, id LIMIT :limit`,
  )
    .all({ kind, cadre, at: after?.at ?? null, id: after?.id ?? null, limit })
    .map(toState)
}
