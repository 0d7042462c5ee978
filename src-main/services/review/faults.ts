import type { InputOf } from '../../../src-shared/contract/index.ts'
import type { FaultView } from '../../../src-shared/contract/review-views.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import type { FaultState, RecordState } from '../../../src-shared/review/states.ts'
import type { Database } from '../../vault/database.ts'
import { bodyOf, textOf } from '../../vault/names.ts'
import { listFaults } from '../../vault/review-queries.ts'
import { roleAmong } from '../../vault/vault.ts'
import { recordAccess } from '../access-log.ts'
import { handView, memberName, type Session, type UnlockedHandler } from '../context.ts'
import { findCadre } from '../dossier/dossier.ts'
import { findRecord } from '../dossier/roads.ts'
import { sightOf } from '../dossier/sight.ts'
import { openDatabases } from './filters.ts'
import { commitStep, seenRecord } from './queries.ts'

/** An error found in a revision is classed, and traced to those who handled it. */
export const faultFind: UnlockedHandler<'fault.find'> = (context, input) => {
  const found = seenRecord(context, input.record)
  if (!found.ok) return found
  const fault = newId(context.primitives)
  const { record, revision, kind, found: place } = input
  const traced = [...input.traced]
  const body = prepareBody(context.primitives, { words: input.words, fields: [...input.fields] })
  const act = { act: 'find-fault', revision, fault, kind, found: place, traced, body: body.digest } as const
  const operation = {
    op: 'fault.find',
    entity: fault,
    digest: body.digest,
    record,
    revision,
    kind,
    found: place,
    traced,
  } as const
  const done = commitStep(context, found.value, ['approver', 'inspector'], act, operation, body)
  return done.ok ? ok({ fault }) : done
}

export const faultAnswer: UnlockedHandler<'fault.answer'> = (context, input) => {
  const found = seenRecord(context, input.record)
  if (!found.ok) return found
  const body = prepareBody(context.primitives, { words: input.words })
  const { record, fault } = input
  const act = { act: 'answer-fault', fault, body: body.digest } as const
  const operation = { op: 'fault.answer', entity: fault, digest: body.digest, record } as const
  return commitStep(
    context,
    found.value,
    ['collector', 'reviewer', 'approver', 'inspector'],
    act,
    operation,
    body,
  )
}

export const faultList: UnlockedHandler<'fault.list'> = async (context, input) => {
  // Others see what is traced to them; the register is the heads'.
  const isHead = roleAmong(context.session.vault, ['approver', 'inspector']) !== null
  const me = context.session.vault.member.id
  const asked = { ...input, member: input.mine || !isHead ? me : input.member }
  const page = register(context.session, asked, input.offset + input.limit).slice(input.offset)
  if (page.length > 0) {
    const entered = await recordAccess(context, 'record', { what: 'fault-register' })
    if (!entered.ok) return entered
  }
  return ok(page)
}

/** Errors that one form holds. */
const longestForm = 1000

/** The register for paper: that it is printed is entered before it is handed out. */
export const faultPrint: UnlockedHandler<'fault.print'> = async (context, input) => {
  const items = register(context.session, input, longestForm)
  const subject = { what: 'fault-register', results: items.length }
  const entered = await recordAccess(context, 'print', subject)
  return entered.ok ? ok(items) : entered
}

/** Errors that the member at work may read, newest first. */
function register(session: Session, asked: InputOf<'fault.print'>, limit: number): readonly FaultView[] {
  const { kind, cadre, member, from = null, until = null, state = null } = asked
  const { categories } = sightOf(session)
  const isOpen = state === null ? null : state === 'open' ? 1 : 0
  const filter = { kind, cadre, member, from, until, isOpen, categories } as const
  const items: FaultView[] = []
  for (const { database, name } of openDatabases(session)) {
    for (const row of listFaults(database, filter, 0, limit)) {
      const found = findRecord(session, row.record)
      const fault = found?.state.faults.find((one) => one.fault === row.id)
      if (found === null || fault === undefined) continue
      if (!mayRead(found.state, fault, session.vault.member.id)) continue
      items.push(faultView(session, database, name, found.state, fault))
    }
  }
  items.sort((a, b) => (a.finder.at < b.finder.at ? 1 : -1))
  return items.slice(0, limit)
}

/** What is found in an entry under review would tell its reviewers where to look. */
function mayRead(state: RecordState, fault: FaultState, me: Id): boolean {
  const revision = state.revisions.find((one) => one.revision === fault.revision)
  const isOpen = revision?.status === 'submitted' || revision?.status === 'in-review'
  return !isOpen || fault.finder.member === me || fault.traced.includes(me)
}

function faultView(
  session: Session,
  database: Database,
  compartment: FaultView['compartment'],
  state: RecordState,
  fault: FaultState,
): FaultView {
  const body = bodyOf(database, fault.body)
  const fields = Array.isArray(body?.['fields']) ? body['fields'] : []
  return {
    fault: fault.fault,
    record: state.record,
    revision: fault.revision,
    compartment,
    cadre: state.cadre,
    cadreName: findCadre(session, state.cadre)?.name ?? '',
    category: state.category,
    kind: fault.kind,
    found: fault.found,
    finder: handView(session, fault.finder),
    words: textOf(body, 'words') ?? '',
    fields: fields.filter((field): field is string => typeof field === 'string'),
    traced: fault.traced.map((member) => ({
      member,
      name: memberName(session, member),
      as: partOf(state, fault, member),
      answers: fault.answers
        .filter(({ hand }) => hand.member === member)
        .map((answer) => ({
          at: answer.hand.at,
          words: textOf(bodyOf(database, answer.body), 'words') ?? '',
        })),
    })),
    mayAnswer: fault.traced.includes(session.vault.member.id),
  }
}

function partOf(state: RecordState, fault: FaultState, member: Id): FaultView['traced'][number]['as'] {
  const revision = state.revisions.find((one) => one.revision === fault.revision)
  if (revision?.author.member === member) return 'author'
  if (revision?.signed?.hand.member === member) return 'signer'
  return revision?.opinions.some((opinion) => opinion.hand.member === member) === true
    ? 'reviewer'
    : 'adjudicator'
}

/** Who handled a revision: those an error of it may be traced to. */
export const faultHands: UnlockedHandler<'fault.hands'> = (context, input) => {
  const { session } = context
  const found = seenRecord(context, input.record)
  if (!found.ok) return found
  const revision = found.value.state.revisions.find((one) => one.revision === input.revision)
  if (revision === undefined) return err('review/no-such-revision')
  const hands = new Map<Id, 'author' | 'reviewer' | 'adjudicator' | 'signer'>()
  if (revision.signed !== null) hands.set(revision.signed.hand.member, 'signer')
  if (revision.adjudication !== null) hands.set(revision.adjudication.hand.member, 'adjudicator')
  for (const vote of revision.group?.votes ?? []) hands.set(vote.hand.member, 'adjudicator')
  for (const opinion of revision.opinions) hands.set(opinion.hand.member, 'reviewer')
  hands.set(revision.author.member, 'author')
  return ok([...hands].map(([member, as]) => ({ member, name: memberName(session, member), as })))
}
