import { followDisclosure } from '../../src-shared/disclosure/road.ts'
import type {
  DisclosureState,
  DisclosureStep,
  VoidDisclosureStep,
} from '../../src-shared/disclosure/states.ts'
import type { RequestStep } from '../../src-shared/disclosure/steps.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { homeOf } from './alias-queries.ts'
import { statement, type Database } from './database.ts'

/** `record` is the copy or correction request. */
interface VoidRequestStep extends VoidDisclosureStep {
  readonly record: Id
}

/**
 * Brings the register up to date with the steps of one commit that is not void. Returns the steps of this commit that
 * break a rule.
 */
export function projectDisclosures(
  database: Database,
  requests: readonly RequestStep[],
): readonly VoidRequestStep[] {
  for (const { id, step } of requests) {
    statement(
      database,
      'INSERT INTO disclosure_step (id, depth, leaf, operation, step) VALUES (?, ?, ?, ?, ?)',
    ).run(id, step.depth, step.commit, step.index, JSON.stringify(step))
  }
  const commits = new Set(requests.map(({ step }) => step.commit))
  const voided: VoidRequestStep[] = []
  for (const id of new Set(requests.map((request) => request.id))) {
    for (const step of fold(database, id)) if (commits.has(step.commit)) voided.push(step)
  }
  return voided
}

/** Brings the rows about some dossiers to where those are shown. `cadres` is a JSON array of ids. */
export function foldDisclosuresOf(database: Database, cadres: string): void {
  const rows = statement<{ id: Id }>(
    database,
    'SELECT id FROM disclosure WHERE cadre IN (SELECT value FROM json_each(?))',
  ).all(cadres)
  for (const { id } of rows) fold(database, id)
}

/** Follows a copy or request anew and writes its row. Returns every void step of it. */
function fold(database: Database, id: Id): readonly VoidRequestStep[] {
  const { state, voids } = followDisclosure(id, readDisclosureSteps(database, id))
  statement(database, 'UPDATE disclosure_step SET void = NULL WHERE id = ? AND void IS NOT NULL').run(id)
  for (const { commit, index, code } of voids) {
    statement(
      database,
      'UPDATE disclosure_step SET void = ? WHERE id = ? AND leaf = ? AND operation = ?',
    ).run(code, id, commit, index)
  }
  statement(database, 'DELETE FROM disclosure WHERE id = ?').run(id)
  if (state !== null) {
    statement(
      database,
      'INSERT INTO disclosure (id, kind, status, cadre, at, state) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(id, state.kind, state.status, homeOf(database, state.cadre), begunAt(state), JSON.stringify(state))
  }
  return voids.map((step) => ({ ...step, record: id }))
}

function readDisclosureSteps(database: Database, id: Id): readonly DisclosureStep[] {
  return statement<{ step: string }>(
    database,
    'SELECT step FROM disclosure_step WHERE id = ? ORDER BY depth, leaf, operation',
  )
    .all(id)
    .map((row) => JSON.parse(row.step) as DisclosureStep)
}

function begunAt(state: DisclosureState): string {
  if (state.requested !== null) return state.requested.hand.at
  return state.kind === 'copy' ? (state.made?.hand.at ?? '') : ''
}
