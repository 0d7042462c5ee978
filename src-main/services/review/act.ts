import type { Compartment, Role } from '../../../src-shared/access/roles.ts'
import type { QueueKind, RefusedRow } from '../../../src-shared/contract/views.ts'
import type { Signed } from '../../../src-shared/contract/review.ts'
import type { Purpose } from '../../../src-shared/disclosure/purpose.ts'
import type { ErrorCode } from '../../../src-shared/kernel/errors.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import type { PreparedBody } from '../../../src-shared/log/header.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import type { RecordState, RoadAct } from '../../../src-shared/review/states.ts'
import type { Database } from '../../vault/database.ts'
import { commitAs, heldRoles, openCompartment } from '../../vault/vault.ts'
import { moment, type UnlockedContext } from '../context.ts'
import { refusalOf, stateOf } from '../dossier/roads.ts'
import { sightOf } from '../dossier/sight.ts'

export interface NamedRow {
  readonly record: Id
  readonly revision: Digest
}

export interface CheckedRow<Row extends NamedRow> {
  readonly row: Row
  readonly state: RecordState
}

export interface CheckedRows<Row extends NamedRow> {
  readonly database: Database
  readonly role: Role
  readonly allowed: readonly CheckedRow<Row>[]
  readonly refused: readonly RefusedRow[]
}

/**
 * Asks the rules of the road about each row before anything is signed, so that one row that is not open any more does
 * not spoil the rest of a batch. `actOf` gives the step a row would take, or a code when it cannot be taken.
 *
 * Errors: `vault/compartment-closed`, `call/not-permitted`, and the code itself when a single row was asked for.
 */
export function checkRows<Row extends NamedRow>(
  { session }: UnlockedContext,
  compartment: Compartment,
  roles: readonly Role[],
  rows: readonly Row[],
  actOf: (row: Row, state: RecordState) => RoadAct | ErrorCode | null,
): Result<CheckedRows<Row>> {
  const store = openCompartment(session.vault, compartment)
  if (!store.ok) return store
  const held = heldRoles(session.vault)
  const own = roles.filter((role) => held.includes(role))
  const [role] = own
  if (role === undefined) return err('call/not-permitted')
  const { database } = store.value
  const sight = sightOf(session)
  const allowed: CheckedRow<Row>[] = []
  const refused: RefusedRow[] = []
  const seen = new Set<Digest>()
  for (const row of rows) {
    const followed = stateOf(session, database, row.record)
    const state = followed !== null && sight.sees(followed.category) ? followed : null
    const act = state === null ? 'review/no-such-revision' : actOf(row, state)
    let code: ErrorCode | null = typeof act === 'string' ? act : null
    if (act !== null && typeof act !== 'string') code = refusalOf(session, row.record, state, role, act)
    if (seen.has(row.revision)) code = 'review/same-person-twice'
    seen.add(row.revision)
    if (code === null && state !== null) allowed.push({ row, state })
    else refused.push({ record: row.record, revision: row.revision, code: code ?? 'review/no-such-revision' })
  }
  const [only] = refused
  if (rows.length === 1 && only !== undefined) return err(only.code, { record: only.record })
  return ok({ database, role, allowed, refused })
}

/** Signs one operation over the allowed rows, and tells which were refused. */
export function signRows(
  context: UnlockedContext,
  compartment: Compartment,
  checked: CheckedRows<NamedRow>,
  operation: Operation,
  body: PreparedBody,
): Result<Signed> {
  return signOperations(context, compartment, checked, [operation], [body])
}

/** Signs several operations, at least one, that share out the allowed rows among them, in one commit. */
export function signOperations(
  context: UnlockedContext,
  compartment: Compartment,
  checked: CheckedRows<NamedRow>,
  operations: readonly Operation[],
  bodies: readonly PreparedBody[],
): Result<Signed> {
  const { vault } = context.session
  const done = commitAs(vault, compartment, checked.role, moment(context), operations, bodies)
  if (!done.ok) return done
  const operation = operations[0] as Operation
  const { purposes } = context.session
  // What was just worked on may be looked at once more.
  for (const { row } of checked.allowed) purposes.records.set(row.record, taskDone(operation))
  context.emit({ type: 'changed', compartment })
  return ok({ done: checked.allowed.length, refused: checked.refused })
}

/** The purpose that an act on the road was done for: the queue that its rows were in. */
function taskDone({ op }: Operation): Purpose {
  const kinds: Partial<Record<Operation['op'], QueueKind>> = {
    'review.open': 'to-open',
    'review.adjudicate': 'to-adjudicate',
    'review.sign': 'to-sign',
  }
  return { kind: kinds[op] ?? 'to-review', words: '' }
}

export const noBody = 'f'.repeat(64)
