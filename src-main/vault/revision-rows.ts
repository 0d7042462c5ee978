import { waitingSince } from '../../src-shared/calendar/deadlines.ts'
import { familyCategory } from '../../src-shared/audit/kin.ts'
import { avoidanceCategory } from '../../src-shared/review/apart.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { readBody } from '../../src-shared/log/header.ts'
import { listedSide, rivalryOf } from '../../src-shared/review/rivals.ts'
import { opinionsNeeded } from '../../src-shared/review/road.ts'
import type { RecordState, RevisionState, RevisionStatus } from '../../src-shared/review/states.ts'
import { homeOf } from './alias-queries.ts'
import { statement, type Database } from './database.ts'

/** Whom a revision waits for. */
type WaitsFor =
  | 'review'
  | 'opening'
  | 'adjudication'
  | 'signature'
  | 'signature-above'
  | 'adjudication-above'
  | 'author'
  | 'settlement'

const waitsFor: Readonly<Partial<Record<RevisionStatus, WaitsFor>>> = {
  submitted: 'review',
  'in-review': 'review',
  unopened: 'opening',
  disputed: 'adjudication',
  agreed: 'signature',
  adjudicated: 'signature',
  'awaiting-above': 'signature-above',
  referred: 'adjudication-above',
  returned: 'author',
  conflict: 'settlement',
}

/** Writes the row of one revision. */
export function writeRevision(
  database: Database,
  record: Id,
  state: RecordState,
  revision: RevisionState,
): void {
  const [first, second] = revision.opinions
  const assigned = revision.assigned?.reviewers ?? []
  const isOpened = revision.opened !== null
  const home = homeOf(database, state.cadre)
  statement(
    database,
    `INSERT INTO revision (digest, record, cadre, category, status, parent, batch, author, submitted_at,
       reviewer_first, reviewer_second, opinions, opinions_needed, adjudicator, signer, signed_at,
       waits_for, waiting_since, assigned_first, assigned_second, first_at, second_at, first_decision, second_decision,
       round_at, origin, rival)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    revision.revision,
    record,
    home,
    state.category,
    revision.status,
    revision.parent,
    revision.batch,
    revision.author.member,
    revision.author.at,
    first?.hand.member ?? null,
    second?.hand.member ?? null,
    revision.opinions.length,
    opinionsNeeded(revision.rule),
    revision.adjudication?.hand.member ?? null,
    revision.signed?.hand.member ?? null,
    revision.signed?.hand.at ?? null,
    waitsFor[revision.status] ?? null,
    waitingSince(revision),
    assigned[0] ?? null,
    assigned[1] ?? null,
    first?.hand.at ?? null,
    second?.hand.at ?? null,
    isOpened ? (first?.decision ?? null) : null,
    isOpened ? (second?.decision ?? null) : null,
    (revision.discarded.at(-1)?.hand ?? revision.author).at,
    home === state.cadre ? null : state.cadre,
    rivalMark(state, revision.revision),
  )
}

/** 1 for a side that is not the fact, 2 for the one by which the record is listed. */
function rivalMark(state: RecordState, revision: Digest): 1 | 2 | null {
  // Most records have one revision.
  if (state.revisions.length < 2 || revision === state.head) return null
  const rivalry = rivalryOf(state)
  if (rivalry === null || !rivalry.sides.includes(revision)) return null
  return listedSide(rivalry) === revision ? 2 : 1
}

/** The field of each register that names somebody. */
const namingFields: Readonly<Record<string, string>> = {
  [familyCategory]: 'name',
  [avoidanceCategory]: 'person',
}

export function forgetNamed(
  database: Database,
  record: Id,
  submissions: readonly { readonly category: string }[],
): void {
  if (submissions.some(({ category }) => namingFields[category] !== undefined))
    statement(database, 'DELETE FROM named_person WHERE record = ?').run(record)
}

/** Whom the archived revision of a register names. */
export function projectNamed(
  database: Database,
  read: (digest: Digest) => Uint8Array | null,
  state: RecordState,
): void {
  const field = namingFields[state.category]
  const head = state.revisions.find(({ status }) => status === 'archived')
  if (field === undefined || head === undefined) return
  const bytes = read(head.revision)
  const body = bytes === null ? null : readBody(bytes)
  const values = body?.ok ? (body.value['values'] as Record<string, unknown> | undefined) : undefined
  const name = values?.[field]
  if (typeof name !== 'string' || name === '') return
  const number = values?.['identityNumber']
  statement(
    database,
    'INSERT INTO named_person (record, cadre, category, name, identity_number) VALUES (?, ?, ?, ?, ?)',
  ).run(
    state.record,
    homeOf(database, state.cadre),
    state.category,
    name,
    typeof number === 'string' && number !== '' ? number : null,
  )
}
