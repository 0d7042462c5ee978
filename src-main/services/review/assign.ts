import { standIns } from '../../../src-shared/access/deputies.ts'
import { grantsInForce, keyInForce, mayHandle, rolesInForce } from '../../../src-shared/access/grants.ts'
import type { AssignedRow, CandidateView, Unsuitability } from '../../../src-shared/contract/review-views.ts'
import type { RefusedRow } from '../../../src-shared/contract/views.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { newId, type Digest, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { prepareBody } from '../../../src-shared/log/header.ts'
import type { AssignmentWay } from '../../../src-shared/log/operations.ts'
import { drawReviewers, takeTurns } from '../../../src-shared/review/assignment.ts'
import { opinionsNeeded } from '../../../src-shared/review/road.ts'
import type { RecordState, RevisionState } from '../../../src-shared/review/states.ts'
import { assignedLoad } from '../../vault/assignment-queries.ts'
import type { Database } from '../../vault/database.ts'
import { memberName, moment, type Session, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { stateOf } from '../dossier/roads.ts'
import { ownDossier } from '../dossier/homes.ts'
import { sightOf, type SeenCategories } from '../dossier/sight.ts'
import { checkRows, noBody, signRows, type NamedRow } from './act.ts'
import { openDatabases } from './filters.ts'
import { seenRecord } from './queries.ts'
import { tieOf } from './ties.ts'

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
  // A role without a key is one that waits for its member to come back.
  if (known === undefined || keyInForce(known) === null || !mayHandle(reach, revision.rule)) return 'no-role'
  if (revision.author.member === member) return 'author'
  if (ownDossier(session, member) === state.cadre) return 'oneself'
  if (revision.opinions.some((opinion) => opinion.hand.member === member)) return 'gave-opinion'
  const tie = tieOf(session, member, state.cadre, state.category)
  if (tie !== null) return tie
  return standIns(head, 'reviewer', at).has(member) ? 'away' : null
}

function reviewersOf(session: Session, at: string): readonly Id[] {
  return [...session.vault.authority.head.members.values()]
    .filter((member) => rolesInForce(member, at).includes('reviewer'))
    .map((member) => member.id)
}

/** @param categories those that count, as a JSON array of ids; null for all */
function loadOf(session: Session, categories: SeenCategories): ReadonlyMap<Id, number> {
  const load = new Map<Id, number>()
  for (const { database } of openDatabases(session))
    for (const { member, n } of assignedLoad(database, categories, ''))
      load.set(member, (load.get(member) ?? 0) + n)
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
  const load = loadOf(session, sightOf(session).categories)
  const away = [...standIns(session.vault.authority.head, 'reviewer', at)]
  const candidates = reviewersOf(session, at).map((member): CandidateView => {
    const principal = away.find(([, deputies]) => deputies.includes(member))?.[0]
    return {
      member,
      name: memberName(session, member),
      load: load.get(member) ?? 0,
      unsuitable: unsuitabilityOf(session, state, revision, member, at),
      deputyFor: principal === undefined ? null : memberName(session, principal),
    }
  })
  return ok(candidates)
}

/** Work to deal out among those it suits. */
export interface Deal {
  readonly way: AssignmentWay
  /** By hand: who is to have it. Whoever is away is stood in for by their deputy. */
  readonly reviewers: readonly Id[]
  readonly rows: readonly NamedRow[]
  readonly words: string
  /** Of a hand-over: whose work it is. The others to whom it is assigned keep theirs. */
  readonly from: Id | null
}

export interface Dealt {
  readonly done: number
  readonly refused: readonly RefusedRow[]
  readonly assigned: readonly AssignedRow[]
}

/**
 * Says who is to review: the people named, or for each row those whose turn it is, or who are drawn. The seed of a draw
 * is signed with it, so that anybody may draw again.
 */
export const reviewAssign: UnlockedHandler<'review.assign'> = (context, input) => {
  const { way, reviewers, rows, words } = input
  return dealOut(context, input.compartment, { way, reviewers, rows, words, from: null })
}

export function dealOut(
  context: UnlockedContext,
  compartment: Parameters<typeof checkRows>[1],
  deal: Deal,
): Result<Dealt> {
  const { session, primitives } = context
  const at = moment(context)
  const seed = toHex(primitives.randomBytes(32))
  const store = session.vault.compartments.get(compartment)
  if (store === undefined) return err('vault/compartment-closed')
  const chosen = choose(context, store.database, deal, at, seed)
  const checked = checkRows(context, compartment, ['approver', 'inspector'], deal.rows, (row, state) => {
    const reviewers = chosen.get(row.revision) ?? []
    const revision = state.revisions.find((one) => one.revision === row.revision)
    if (reviewers.length === 0 && (deal.way !== 'hand' || deal.reviewers.length > 0))
      return 'review/no-reviewer'
    const kept = deal.from === null ? [] : (revision?.assigned?.reviewers ?? [])
    const suits = (member: Id) =>
      revision !== undefined &&
      (kept.includes(member) || unsuitabilityOf(session, state, revision, member, at) === null)
    if (!reviewers.every(suits)) return 'review/no-reviewer'
    return { act: 'assign', revision: row.revision, reviewers, way: deal.way, body: noBody }
  })
  if (!checked.ok) return checked
  const { allowed, refused } = checked.value
  if (allowed.length === 0) return ok({ done: 0, refused, assigned: [] })
  const rows = allowed.map(({ row }) => ({
    record: row.record,
    revision: row.revision,
    reviewers: [...(chosen.get(row.revision) ?? [])],
  }))
  const body = prepareBody(primitives, { words: deal.words })
  const operation = {
    op: 'review.assign',
    entity: newId(primitives),
    digest: body.digest,
    way: deal.way,
    ...(deal.way === 'random' ? { seed } : {}),
    rows,
  } as const
  const done = signRows(context, compartment, checked.value, operation, body)
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

interface Work {
  readonly revision: Digest
  readonly candidates: readonly Id[]
  readonly count: number
  /** Others to whom it is assigned already, and stays. */
  readonly kept: readonly Id[]
}

function choose(
  { session, primitives }: UnlockedContext,
  database: Database,
  deal: Deal,
  at: string,
  seed: Digest,
): ReadonlyMap<Digest, readonly Id[]> {
  const reviewers = reviewersOf(session, at)
  const work = deal.rows.flatMap(({ record, revision }): Work[] => {
    const state = stateOf(session, database, record)
    const found = state?.revisions.find((one) => one.revision === revision)
    if (state === null || found === undefined) return []
    const kept =
      deal.from === null ? [] : (found.assigned?.reviewers ?? []).filter((member) => member !== deal.from)
    const suits = (member: Id) =>
      member !== deal.from &&
      !kept.includes(member) &&
      unsuitabilityOf(session, state, found, member, at) === null
    const named = deal.reviewers.map((member) => presentFor(session, member, at, suits))
    const candidates = deal.way === 'hand' ? named : reviewers.filter(suits)
    const wanted = Math.max(1, opinionsNeeded(found.rule) - found.opinions.length)
    return [{ revision, candidates, kept, count: deal.from === null ? wanted : 1 }]
  })
  const dealt =
    deal.way === 'turn'
      ? takeTurns(work, loadOf(session, null))
      : new Map(
          work.map(({ revision, candidates, count }) => [
            revision,
            deal.way === 'hand' ? candidates : drawReviewers(primitives, seed, revision, candidates, count),
          ]),
        )
  return new Map(
    work.map(({ revision, kept }) => {
      const next = dealt.get(revision) ?? []
      return [revision, next.length === 0 ? [] : [...kept, ...next].slice(0, 2)]
    }),
  )
}

/** The member, or the deputy it suits who stands in for them. */
function presentFor(session: Session, member: Id, at: string, suits: (member: Id) => boolean): Id {
  if (suits(member)) return member
  return standIns(session.vault.authority.head, 'reviewer', at).get(member)?.find(suits) ?? member
}
