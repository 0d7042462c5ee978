import type { ErrorCode } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import type { RecordState, RevisionState, RoadStep } from './states.ts'
import { handOf, tookPart, type Act } from './taking-part.ts'

/** A reviewer asks the author, before they say what they think of it. */
export function ask(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'ask'>,
): RecordState | ErrorCode {
  if (step.member === revision.author.member) return 'review/author-is-reviewer'
  if (revision.status !== 'submitted' && revision.status !== 'in-review') return 'review/not-open-for-opinion'
  if (state.queries.some((other) => other.query === act.query)) return 'review/query-unknown'
  const query = {
    query: act.query,
    revision: act.revision,
    field: act.field,
    asked: handOf(step),
    body: act.body,
    answers: [],
    resolved: null,
  }
  return { ...state, queries: [...state.queries, query] }
}

/** An error is classed and traced; those it is traced to took part in the revision, and not whoever says so. */
export function findFault(
  state: RecordState,
  revision: RevisionState,
  step: RoadStep,
  act: Act<'find-fault'>,
): RecordState | ErrorCode {
  if (state.faults.some((other) => other.fault === act.fault)) return 'review/fault-unknown'
  const foreign = act.traced.some((member) => member === step.member || !answersFor(revision, member))
  if (foreign || new Set(act.traced).size !== act.traced.length) return 'review/fault-traced'
  const fault = {
    fault: act.fault,
    revision: act.revision,
    kind: act.kind,
    found: act.found,
    finder: handOf(step),
    body: act.body,
    traced: act.traced,
    answers: [],
  }
  return { ...state, faults: [...state.faults, fault] }
}

function answersFor(revision: RevisionState, member: Id): boolean {
  return tookPart(revision, member) || revision.signed?.hand.member === member
}

/** What is said in answer to something that was asked or found in the record before. */
export function answerTo(
  state: RecordState,
  step: RoadStep,
  act: Act<'answer' | 'resolve' | 'answer-fault'>,
): RecordState | ErrorCode {
  if (step.memberCadre === state.cadre) return 'review/about-oneself'
  const said = { hand: handOf(step), body: act.body }
  if (act.act === 'answer-fault') {
    const fault = state.faults.find((other) => other.fault === act.fault)
    if (fault === undefined) return 'review/fault-unknown'
    if (!fault.traced.includes(step.member)) return 'review/fault-traced'
    const answered = { ...fault, answers: [...fault.answers, said] }
    return { ...state, faults: state.faults.map((other) => (other === fault ? answered : other)) }
  }
  const query = state.queries.find((other) => other.query === act.query)
  if (query === undefined || query.resolved !== null) return 'review/query-unknown'
  const author = state.revisions.find((revision) => revision.revision === query.revision)?.author.member
  if (act.act === 'answer' ? step.member !== author : step.member !== query.asked.member)
    return 'review/query-not-yours'
  const next =
    act.act === 'answer' ? { ...query, answers: [...query.answers, said] } : { ...query, resolved: said }
  return { ...state, queries: state.queries.map((other) => (other === query ? next : other)) }
}
