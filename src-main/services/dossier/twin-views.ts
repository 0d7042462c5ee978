import { twinRoles } from '../../../src-shared/access/permissions.ts'
import type { TwinActView, TwinDecisionView, TwinPerson } from '../../../src-shared/contract/twins.ts'
import { aliasesOf, type TwinDecision, type TwinHand } from '../../../src-shared/duplicates/decisions.ts'
import type { DossierPerson } from '../../../src-shared/duplicates/person.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import type { Database } from '../../vault/database.ts'
import { readAlias, readCadre } from '../../vault/dossier-queries.ts'
import { bodyOf } from '../../vault/names.ts'
import { heldRoles } from '../../vault/vault.ts'
import { memberName, type Session } from '../context.ts'
import { homeIn, ownDossier } from './homes.ts'
import { identityCategory } from './listing-sight.ts'
import { sightOf } from './sight.ts'

export function twinPerson({ cadre, name, identityNumber, birth, post, unit }: DossierPerson): TwinPerson {
  return { cadre, name, identityTail: identityNumber?.slice(-4) ?? null, birth, post, unit }
}

/** One of the two dossiers of a decision, as it speaks of itself. */
function decidedPerson(session: Session, database: Database, cadre: Id): TwinPerson {
  const row = readAlias(database, cadre) ?? readCadre(database, cadre)
  const number = sightOf(session).sees(identityCategory) ? (row?.identity_number ?? null) : null
  return {
    cadre,
    name: row?.name ?? '',
    identityTail: number?.slice(-4) ?? null,
    birth: null,
    post: row?.post ?? null,
    unit: null,
  }
}

function actView(session: Session, database: Database, hand: TwinHand | null): TwinActView | null {
  if (hand === null) return null
  const reason = bodyOf(database, hand.body)?.['reason']
  return {
    name: memberName(session, hand.member),
    at: hand.at,
    reason: typeof reason === 'string' ? reason : '',
  }
}

interface Twins {
  readonly database: Database
  readonly decisions: readonly TwinDecision[]
  readonly inForce: readonly TwinDecision[]
}

export function decisionView(session: Session, twins: Twins, decision: TwinDecision): TwinDecisionView {
  const { database } = twins
  const { kept, other, outcome, status } = decision
  return {
    decision: decision.decision,
    outcome,
    kept: decidedPerson(session, database, kept),
    other: decidedPerson(session, database, other),
    status,
    proposed: actView(session, database, decision.proposed) as TwinActView,
    settled: actView(session, database, decision.settled),
    undone: actView(session, database, decision.undone),
    conflict:
      status === 'confirmed' ? (aliasesOf(twins.inForce).conflicts.get(decision.decision) ?? null) : null,
    may: allowed(session, twins, decision),
  }
}

function allowed(session: Session, { decisions }: Twins, one: TwinDecision): TwinDecisionView['may'] {
  const { vault } = session
  const own = ownDossier(session)
  const held = heldRoles(vault).filter((role) => twinRoles.includes(role))
  const isOwn = own !== null && [one.kept, one.other].some((cadre) => homeIn(vault, cadre) === own)
  if (held.length === 0 || isOwn) return []
  if (one.status === 'proposed') {
    const answers = held.some((role) => role !== 'collector') || one.proposed.role !== 'collector'
    const isMine = one.proposed.member === vault.member.id
    return isMine || !answers ? ['refuse'] : ['confirm', 'refuse']
  }
  const isBeingUndone = decisions.some(
    ({ undoes, status }) => undoes === one.decision && status === 'proposed',
  )
  return one.status === 'confirmed' && one.outcome !== 'undo' && !isBeingUndone ? ['undo'] : []
}
