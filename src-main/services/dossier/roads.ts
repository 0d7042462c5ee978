import type { Compartment, Role } from '../../../src-shared/access/roles.ts'
import { grantsInForce } from '../../../src-shared/access/grants.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { followRoad, takeStep } from '../../../src-shared/review/road.ts'
import { claimOf } from '../../../src-shared/review/lots.ts'
import type { RecordState, RoadAct, RoadStep } from '../../../src-shared/review/states.ts'
import type { ErrorCode } from '../../../src-shared/kernel/errors.ts'
import type { Database } from '../../vault/database.ts'
import { readSteps } from '../../vault/projection.ts'
import { heldRoles, momentOf } from '../../vault/vault.ts'
import { businessCompartments, type Session } from '../context.ts'
import { homeOf } from '../../vault/alias-queries.ts'
import { ownDossier } from './homes.ts'
import { sightOf } from './sight.ts'

export interface FoundRecord {
  readonly compartment: Exclude<Compartment, 'control'>
  readonly database: Database
  readonly state: RecordState
}

/** The record and the compartment it is in, of those the member can open and of their level. */
export function findRecord(session: Session, record: Id): FoundRecord | null {
  const sight = sightOf(session)
  for (const name of businessCompartments(session)) {
    const database = session.vault.compartments.get(name)?.database
    if (database === undefined) continue
    const state = stateOf(session, database, record)
    if (state !== null && sight.sees(state.category)) return { compartment: name, database, state }
  }
  return null
}

/** A record as it is shown: under the dossier that its own was merged into. */
export function stateOf(session: Session, database: Database, record: Id): RecordState | null {
  const { primitives, unit } = session.vault
  const { state } = followRoad(primitives, unit, record, readSteps(database, record))
  if (state === null) return null
  const home = homeOf(database, state.cadre)
  return home === state.cadre ? state : { ...state, cadre: home }
}

const neverYet = 'f'.repeat(64)

/**
 * What would become of a step that the member at work takes now: null when the rules allow it, else the code. The same
 * function decides in the verifier, so a button that is shown works and one that is not would have been refused.
 */
export function refusalOf(
  session: Session,
  record: Id,
  state: RecordState | null,
  role: Role,
  act: RoadAct,
): ErrorCode | null {
  const { vault } = session
  const head = vault.authority.head
  const at = momentOf(vault)
  const step: RoadStep = {
    commit: neverYet,
    depth: Number.MAX_SAFE_INTEGER,
    log: neverYet,
    seq: 0,
    index: 0,
    row: 0,
    at,
    device: vault.device.id,
    member: vault.member.id,
    memberCadre: ownDossier(session),
    role,
    grants: grantsInForce(head, vault.member.id, role, at),
    act,
  }
  const outcome = takeStep(vault.primitives, vault.unit, record, state, step)
  return typeof outcome === 'string' ? outcome : null
}

/** The first of `roles` under which the member may take the step, or null. */
export function roleFor(
  session: Session,
  record: Id,
  state: RecordState,
  roles: readonly Role[],
  act: RoadAct,
): Role | null {
  const held = heldRoles(session.vault)
  return (
    roles.find((role) => held.includes(role) && refusalOf(session, record, state, role, act) === null) ?? null
  )
}

/**
 * Whether the member at work may open the opinions of a revision: null, or the code. An opening without opinions passes
 * every rule but the last one, that each commitment must match.
 */
export function mayOpen(
  session: Session,
  record: Id,
  state: RecordState,
  revision: Digest,
): ErrorCode | null {
  const found = state.revisions.find((one) => one.revision === revision)
  const claim = found === undefined ? {} : claimOf(found)
  const act: RoadAct = { act: 'open', revision, opinions: [], body: neverYet, ...claim }
  const code = refusalOf(session, record, state, 'approver', act)
  return code === 'review/commitment-mismatch' ? null : code
}
