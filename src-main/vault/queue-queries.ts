import type { Stage } from '../../src-shared/calendar/deadlines.ts'
import type { QueueKind } from '../../src-shared/contract/views.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { RevisionStatus } from '../../src-shared/review/states.ts'
import { statement, type Database } from './database.ts'

export interface QueueRow {
  readonly digest: Digest
  readonly record: Id
  readonly cadre: Id
  readonly category: string
  readonly status: RevisionStatus
  readonly batch: Id | null
  readonly author: Id
  readonly submitted_at: string
  readonly waiting_since: string
  readonly opinions: number
  readonly opinions_needed: number
  readonly reviewer_first: Id | null
  readonly reviewer_second: Id | null
  readonly assigned_first: Id | null
  readonly assigned_second: Id | null
  readonly rival: 1 | 2 | null
}

const columns = `digest, record, cadre, category, status, batch, author, submitted_at, waiting_since, opinions,
  opinions_needed, reviewer_first, reviewer_second, assigned_first, assigned_second, rival`

// Who has had a hand in a revision is not offered it again. `:me` is the member at work.
const notFirst = '(reviewer_first IS NULL OR reviewer_first <> :me)'
const notSecond = '(reviewer_second IS NULL OR reviewer_second <> :me)'
const notAuthor = 'author <> :me'

/** Whether the member at work, or anybody, has a part in a revision beside those in its row. */
function hasPart(parts: readonly string[], whose: 'mine' | 'anybody'): string {
  const mine = whose === 'mine' ? 'AND part.member = :me' : ''
  const names = parts.map((part) => `'${part}'`).join(', ')
  return `EXISTS (SELECT 1 FROM part WHERE part.record = revision.record
    AND part.digest = revision.digest AND part.part IN (${names}) ${mine})`
}

const notSettling = `NOT ${hasPart(['escalated', 'voted'], 'mine')}`
const notInGroup = `NOT ${hasPart(['group'], 'mine')}`
const open = `waits_for IN ('review', 'opening', 'adjudication', 'signature')`
// What was signed apart from the fact is no fact before somebody settles it: its author is told.
const openOrApart = `waits_for IN ('review', 'opening', 'adjudication', 'signature', 'signature-above',
    'adjudication-above', 'settlement')`

// Who drew the sample does not also look at it.
const notDrawer = `NOT EXISTS (SELECT 1 FROM drawn WHERE drawn.record = revision.record
  AND drawn.digest = revision.digest AND drawn.contested = 0 AND drawn.drawer = :me)`

const conditions: Readonly<Record<QueueKind, string>> = {
  'to-review': `waits_for = 'review' AND ${notAuthor} AND ${notFirst} AND ${notSecond}
    AND (batch IS NULL OR ${notDrawer})`,
  'to-open': `waits_for = 'opening' AND ${notAuthor} AND ${notFirst} AND ${notSecond}`,
  given: `waits_for = 'review' AND (reviewer_first = :me OR reviewer_second = :me)`,
  'to-assign': `waits_for = 'review' AND ${notAuthor}`,
  'to-adjudicate': `waits_for = 'adjudication' AND ${notAuthor} AND ${notFirst} AND ${notSecond} AND ${notSettling}
    AND (NOT ${hasPart(['group'], 'anybody')} OR ${hasPart(['group'], 'mine')})`,
  'to-sign': `waits_for = 'signature' AND ${notAuthor} AND ${notFirst} AND ${notSecond} AND ${notSettling}
    AND ${notInGroup}
    AND (adjudicator IS NULL OR adjudicator <> :me)`,
  'awaiting-above': `waits_for = 'signature-above'`,
  referred: `waits_for = 'adjudication-above'`,
  returned: `waits_for = 'author' AND author = :me AND NOT EXISTS (
    SELECT 1 FROM revision AS later WHERE later.cadre = revision.cadre AND later.record = revision.record
      AND later.submitted_at > revision.submitted_at)`,
  'on-the-way': `author = :me AND ${openOrApart}`,
  overdue: open,
  rivals: 'rival = 2',
}

const ofAuthor = (kind: QueueKind) => kind === 'returned' || kind === 'on-the-way'

/** The index that answers without a row of the table being touched. */
function indexOf(kind: QueueKind): string {
  const index = ofAuthor(kind)
    ? 'revision_of_author'
    : kind === 'rivals'
      ? 'revision_rival'
      : 'revision_waiting'
  return `revision INDEXED BY ${index}`
}

export interface SinceBounds {
  /** Waits since this moment (ISO 8601 UTC) or later, and since before that one. */
  readonly from: string
  readonly to: string
}

export interface QueueFilter {
  readonly kind: QueueKind
  readonly me: Id
  /** JSON array of dossiers never offered to the member at work: their own, and those of their kin. */
  readonly apart: string
  /** JSON arrays: in these categories these dossiers are not offered either. */
  readonly lineCategories: string
  readonly line: string
  /** JSON array of category ids the member may handle under the role the queue asks for, or `["*"]`. */
  readonly categories: string
  /** Of those that wait for an opinion: all, those assigned to the member at work, or those assigned to nobody. */
  readonly whose: 'all' | 'mine' | 'unassigned'
  /** JSON array: the member at work, and whom they stand in for today. */
  readonly mine: string
  /** JSON array of members who review today, or for whom somebody stands in. */
  readonly present: string
  /** JSON array of dossiers, or null for all. */
  readonly cadres: string | null
  /** The rows of one batch; null for all. */
  readonly batch: Id | null
  /** How long a revision waits at each stage; null for however long. */
  readonly since: Readonly<Record<Stage, SinceBounds>> | null
}

const assignedToMine = `(assigned_first IN (SELECT value FROM json_each(:mine))
  OR assigned_second IN (SELECT value FROM json_each(:mine)))`
const assignedToNobody = `(assigned_first IS NULL OR assigned_first NOT IN (SELECT value FROM json_each(:present)))
  AND (assigned_second IS NULL OR assigned_second NOT IN (SELECT value FROM json_each(:present)))`

/** Only what is asked for stands in the query: each question so keeps to its index. */
function restrictions({ kind, whose, categories, lineCategories, line, cadres, since }: QueueFilter): string {
  const all = ['cadre NOT IN (SELECT value FROM json_each(:apart))']
  if (line !== '[]' && lineCategories !== '[]') {
    all.push(`NOT (category IN (SELECT value FROM json_each(:lineCategories))
      AND cadre IN (SELECT value FROM json_each(:line)))`)
  }
  if (categories !== '["*"]') all.push('category IN (SELECT value FROM json_each(:categories))')
  // What one entered oneself is assigned to others.
  if (!ofAuthor(kind) && whose === 'mine') all.push(assignedToMine)
  if (!ofAuthor(kind) && whose === 'unassigned') all.push(assignedToNobody)
  if (cadres !== null) all.push('cadre IN (SELECT value FROM json_each(:cadres))')
  if (since !== null) {
    // No deadline of the unit runs for the level above.
    all.push(open)
    all.push(`waiting_since >= CASE waits_for WHEN 'review' THEN :reviewFrom
      WHEN 'adjudication' THEN :adjudicationFrom ELSE :signatureFrom END`)
    all.push(`waiting_since < CASE waits_for WHEN 'review' THEN :reviewTo
      WHEN 'adjudication' THEN :adjudicationTo ELSE :signatureTo END`)
  }
  return all.join(' AND ')
}

function parametersOf(filter: QueueFilter): Record<string, string | null> {
  const { since } = filter
  return {
    me: filter.me,
    apart: filter.apart,
    lineCategories: filter.lineCategories,
    line: filter.line,
    categories: filter.categories,
    mine: filter.mine,
    present: filter.present,
    cadres: filter.cadres,
    batch: filter.batch,
    reviewFrom: since?.review.from ?? null,
    reviewTo: since?.review.to ?? null,
    adjudicationFrom: since?.adjudication.from ?? null,
    adjudicationTo: since?.adjudication.to ?? null,
    signatureFrom: since?.signature.from ?? null,
    signatureTo: since?.signature.to ?? null,
  }
}

export interface QueueKey {
  readonly since: string
  readonly digest: Digest
}

/** The statement of one page, for the store and for whoever asks how it is answered. */
export function pageSql(filter: QueueFilter): string {
  // Each rivalry is settled by itself, wherever its sides came from.
  const place = filter.kind === 'rivals' ? '1' : filter.batch === null ? 'batch IS NULL' : 'batch = :batch'
  return `SELECT ${columns} FROM revision JOIN (
      SELECT cadre, record, digest FROM ${indexOf(filter.kind)}
      WHERE ${place} AND ${conditions[filter.kind]} AND ${restrictions(filter)}
        AND (waiting_since, digest) > (:afterSince, :afterDigest)
      ORDER BY waiting_since, digest LIMIT :limit
    ) USING (cadre, record, digest) ORDER BY waiting_since, digest`
}

/** Items of a queue that belong to no batch, or to the one asked for: what is due first comes first. */
export function queueItems(
  database: Database,
  filter: QueueFilter,
  after: QueueKey | null,
  limit: number,
): readonly QueueRow[] {
  return statement<QueueRow>(database, pageSql(filter)).all({
    ...parametersOf(filter),
    afterSince: after?.since ?? '',
    afterDigest: after?.digest ?? '',
    limit,
  })
}

export interface QueueBatchRow {
  readonly batch: Id
  readonly author: Id
  readonly submitted_at: string
  readonly waiting_since: string
  readonly count: number
  /** One of its revisions: what they share stands in each. */
  readonly sample: Digest
  readonly sample_cadre: Id
  readonly sample_record: Id
}

export function queueBatches(database: Database, filter: QueueFilter): readonly QueueBatchRow[] {
  if (filter.kind === 'rivals') return []
  return statement<QueueBatchRow>(
    database,
    `SELECT found.*, revision.author, revision.submitted_at FROM (
       SELECT batch, min(waiting_since) AS waiting_since, count(*) AS count, min(digest) AS sample,
         cadre AS sample_cadre, record AS sample_record
       FROM ${indexOf(filter.kind)} WHERE batch IS NOT NULL AND ${conditions[filter.kind]} AND ${restrictions(filter)}
       GROUP BY batch
     ) AS found JOIN revision ON revision.cadre = sample_cadre AND revision.record = sample_record
       AND revision.digest = sample
     ORDER BY found.waiting_since, found.batch`,
  ).all(parametersOf(filter))
}

/** Of a batch, the rows that are to be looked at, those that were not drawn, or all. */
export type BatchPart = 'seen' | 'unseen' | 'all'

const partCondition = `(:part = 'all' OR (:part = 'unseen') = EXISTS (SELECT 1 FROM drawn
  WHERE drawn.record = revision.record AND drawn.digest = revision.digest AND drawn.contested = 0
    AND drawn.seen = 0))`

/** Rows of one batch that stand in a queue, in the order of the file they came from. */
export function batchRows(
  database: Database,
  filter: QueueFilter,
  batch: Id,
  part: BatchPart,
  offset: number,
  limit: number,
): readonly QueueRow[] {
  return statement<QueueRow>(
    database,
    `SELECT ${columns} FROM revision WHERE batch = :batch AND ${conditions[filter.kind]} AND ${restrictions(filter)}
       AND ${partCondition}
     ORDER BY (SELECT min(operation) FROM step WHERE step.record = revision.record AND step.depth =
       (SELECT min(depth) FROM step WHERE step.record = revision.record)), digest LIMIT :limit OFFSET :offset`,
  ).all({ ...parametersOf(filter), batch, part, limit, offset })
}

export function countBatchRows(database: Database, filter: QueueFilter, batch: Id, part: BatchPart): number {
  const row = statement<{ n: number }>(
    database,
    `SELECT count(*) AS n FROM revision WHERE batch = :batch AND ${conditions[filter.kind]} AND ${restrictions(filter)}
       AND ${partCondition}`,
  ).get({ ...parametersOf(filter), batch, part })
  return row?.n ?? 0
}

export function countSql(filter: QueueFilter): string {
  return `SELECT count(*) AS n FROM ${indexOf(filter.kind)} WHERE ${conditions[filter.kind]} AND ${restrictions(filter)}`
}

export function countQueue(database: Database, filter: QueueFilter): number {
  return statement<{ n: number }>(database, countSql(filter)).get(parametersOf(filter))?.n ?? 0
}

/** Whether anything of a dossier stands in a queue. */
export function isInQueue(database: Database, filter: QueueFilter, cadre: Id): boolean {
  return (
    statement(
      database,
      `SELECT 1 FROM revision WHERE cadre = :cadre AND ${conditions[filter.kind]} AND ${restrictions(filter)} LIMIT 1`,
    ).get({ ...parametersOf(filter), cadre }) !== undefined
  )
}
