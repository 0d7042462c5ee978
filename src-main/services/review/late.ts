import type { LateObjectionView, LateTask } from '../../../src-shared/contract/late-views.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import type { LateObjection, RecordState, RevisionState, RoadAct } from '../../../src-shared/review/states.ts'
import type { Database } from '../../vault/database.ts'
import { correctionsDue, lateObjections, type LateRow } from '../../vault/late-queries.ts'
import { bodyOf, textOf } from '../../vault/names.ts'
import { grantedFor, handView, memberName, type Session, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { ownDossier } from '../dossier/homes.ts'
import { roleFor } from '../dossier/roads.ts'
import { sightOf } from '../dossier/sight.ts'
import { openDatabases } from './filters.ts'
import { commitStep, seenRecord } from './queries.ts'

/** Read of one compartment; more wait longer. */
const readObjections = 200
const shownObjections = 20
const settlingRoles = ['approver', 'inspector'] as const
const enteringRoles = ['collector', 'inspector'] as const

/**
 * Late objections for a member who answers for entries of that category, and what is to be corrected after one for a
 * member who enters them; never those about themself.
 */
export function lateTasks(session: Session): readonly LateTask[] {
  const own = ownDossier(session)
  const sight = sightOf(session)
  const tasks = (
    wants: LateTask['wants'],
    roles: readonly (typeof settlingRoles | typeof enteringRoles)[number][],
    read: (database: Database, limit: number) => readonly LateRow[],
  ) => {
    const granted = (category: string) => roles.some((role) => grantedFor(session, role, category))
    return openDatabases(session)
      .flatMap(({ database }) => read(database, readObjections))
      .filter(({ cadre, category }) => cadre !== own && sight.sees(category) && granted(category))
      .map(({ record, cadre, category, member, at }) => ({
        wants,
        record,
        cadre,
        cadreName: findCadre(session, cadre)?.name ?? '',
        category,
        by: memberName(session, member),
        at,
      }))
  }
  const open = tasks('settle', settlingRoles, lateObjections)
  return [...open, ...tasks('correct', enteringRoles, correctionsDue)].slice(0, shownObjections)
}

/** A late objection as the record shows it, with what became of it. */
export function lateView(
  session: Session,
  database: Database,
  state: RecordState,
  { revision }: RevisionState,
  { hand, act, body, answers }: LateObjection,
): LateObjectionView {
  const wordsOf = (digest: string | null) =>
    (digest === null ? null : textOf(bodyOf(database, digest), 'words')) ?? ''
  const settling: RoadAct = {
    act: 'settle-objection',
    revision,
    objection: hand.commit,
    outcome: 'unfounded',
    fault: null,
    body: '',
  }
  return {
    hand: handView(session, hand),
    act,
    words: wordsOf(body),
    answers: answers.map((answer) => ({
      hand: handView(session, answer.hand),
      outcome: answer.outcome,
      fault: answer.fault,
      words: wordsOf(answer.body),
    })),
    maySettle: roleFor(session, state.record, state, settlingRoles, settling) !== null,
  }
}

/** Says what looking into a late objection came to, signed. */
export const objectionSettle: UnlockedHandler<'objection.settle'> = (context, input) => {
  const found = seenRecord(context, input.record)
  if (!found.ok) return found
  const { record, revision, objection, outcome, fault } = input
  const body = prepareBody(context.primitives, { words: input.words })
  const said = { revision, objection, outcome, fault } as const
  return commitStep(
    context,
    found.value,
    settlingRoles,
    { act: 'settle-objection', ...said, body: body.digest },
    { op: 'objection.settle', entity: newId(context.primitives), digest: body.digest, record, ...said },
    body,
  )
}
