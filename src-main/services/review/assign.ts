import { grantsInForce, mayHandle, rolesInForce } from '../../../src-shared/access/grants.ts'
import type { AssignedRow, CandidateView, Unsuitability } from '../../../src-shared/contract/review-views.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { newId, type Digest, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import { drawReviewers, takeTurns } from '../../../src-shared/review/assignment.ts'
import { opinionsNeeded } from '../../../src-shared/review/road.ts'
import type { RecordState, RevisionState } from '../../../src-shared/review/states.ts'
import type { Database } from '../../vault/database.ts'
import { assignedLoad } from '../../vault/review-queries.ts'
import { memberName, moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { isKin } from '../audit/kin.ts'
import { stateOf } from '../dossier/roads.ts'
import { checkRows, noBody, signRows } from './act.ts'
import { openDatabases } from './filters.ts'
import { seenRecord } from './queries.ts'

/** What keeps somebody from being offered as the reviewer of an entry, or null. */
function unsuitabilityOf(
  session: Session,
  state: RecordState,
  revision: RevisionState,
  member: Id,
  at: string,
): Unsuitability | null {
  const head = session.vault.authority.head
  const known = head.members.get(member)
  const reach = grantsInForce(head, member, 'reviewer', at)
  if (known === undefined || !mayHandle(reach, revision.rule)) return 'no-role'
  if (revision.author.member === member) return 'author'
  if (known.cadre === state.cadre) return 'oneself'
  if (revision.opinions.some((opinion) => opinion.hand.member === member)) return 'gave-opinion'
  return known.cadre !== null && isKin(session.vault, known.cadre, state.cadre) ? 'kin' : null
}

function reviewersOf(session: Session, at: string): readonly Id[] {
  return [...session.vault.authority.head.members.values()]
    .filter((member) => rolesInForce(member, at).includes('reviewer'))
    .map((member) => member.id)
}

function loadOf(session: Session): ReadonlyMap<Id, number> {
  const load = new Map<Id, number>()
  for (const { database } of openDatabases(session))
    for (const [member, count] of assignedLoad(database)) load.set(member, (load.get(member) ?? 0) + count)
  return load
}

export const reviewCandidates: UnlockedHandler<'review.candidates'> = (context, input) => {
  const { session } = context
  const found = seenRecord(context, input.record)
  if (!found.ok) return found
  const { state } = found.value
  const revision = state.revisions.find((one) => one.revision === input.revision)
  if (revision === undefined) return err('review/no-such-revision')
  const at = moment(context)
  const load = loadOf(session)
  const candidates = reviewersOf(session, at).map((member): CandidateView => {
    const grants = session.vault.authority.head.members.get(member)?.grants ?? []
    const deputyFor = grants.find((grant) => grant.role === 'reviewer' && grant.deputyFor !== null)?.deputyFor
    return {
      member,
      name: memberName(session, member),
      load: load.get(member) ?? 0,
      unsuitable: unsuitabilityOf(session, state, revision, member, at),
      deputyFor: deputyFor == null ? null : memberName(session, deputyFor),
    }
  })
  return ok(candidates)
}

/**
 * Says who is to review: the people named, or for each row those whose turn it is, or who are drawn. The seed of a draw
 * is signed with it, so that anybody may draw again.
 */
export const reviewAssign: UnlockedHandler<'review.assign'> = (context, input) => {
  const { session, primitives } = context
  const at = moment(context)
  const seed = toHex(primitives.randomBytes(32))
  const store = session.vault.compartments.get(input.compartment)
  if (store === undefined) return err('vault/compartment-closed')
  const chosen = choose(context, store.database, input, at, seed)
  const checked = checkRows(
    context,
    input.compartment,
    ['approver', 'inspector'],
    input.rows,
    (row, state) => {
      const reviewers = chosen.get(row.revision) ?? []
      const revision = state.revisions.find((one) => one.revision === row.revision)
      if (reviewers.length === 0 && input.way !== 'hand') return 'review/no-reviewer'
      const suits = (member: Id) =>
        revision !== undefined && unsuitabilityOf(session, state, revision, member, at) === null
      if (!reviewers.every(suits)) return 'review/no-reviewer'
      return { act: 'assign', revision: row.revision, reviewers, way: input.way, body: noBody }
    },
  )
  if (!checked.ok) return checked
  const { allowed, refused } = checked.value
  if (allowed.length === 0) return ok({ done: 0, refused, assigned: [] })
  const rows = allowed.map(({ row }) => ({
    record: row.record,
    revision: row.revision,
    reviewers: [...(chosen.get(row.revision) ?? [])],
  }))
  const body = prepareBody(primitives, { words: input.words })
  const operation = {
    op: 'review.assign',
    entity: newId(primitives),
    digest: body.digest,
    way: input.way,
    ...(input.way === 'random' ? { seed } : {}),
    rows,
  } as const
  const done = signRows(context, input.compartment, checked.value, operation, body)
  if (!done.ok) return done
  const assigned = rows.map(
    ({ record, revision, reviewers }): AssignedRow => ({
      record,
      revision,
      reviewers: reviewers.map((member) => ({ member, name: memberName(session, member) })),
    }),
  )
  return ok({ ...done.value, assigned })
}

function choose(
  { session, primitives }: UnlockedContext,
  database: Database,
  input: {
    readonly way: 'hand' | 'turn' | 'random'
    readonly reviewers: readonly Id[]
    readonly rows: readonly { readonly record: Id; readonly revision: Digest }[]
  },
  at: string,
  seed: Digest,
): ReadonlyMap<Digest, readonly Id[]> {
  if (input.way === 'hand') return new Map(input.rows.map((row) => [row.revision, input.reviewers]))
  const reviewers = reviewersOf(session, at)
  const work = input.rows.flatMap(({ record, revision }) => {
    const state = stateOf(session, database, record)
    const found = state?.revisions.find((one) => one.revision === revision)
    if (state === null || found === undefined) return []
    const candidates = reviewers.filter(
      (member) => unsuitabilityOf(session, state, found, member, at) === null,
    )
    const count = Math.max(1, opinionsNeeded(found.rule) - found.opinions.length)
    return [{ revision, candidates, count }]
  })
  if (input.way === 'turn') return takeTurns(work, loadOf(session))
  return new Map(
    work.map(({ revision, candidates, count }) => [
      revision,
      drawReviewers(primitives, seed, revision, candidates, count),
    ]),
  )
}
