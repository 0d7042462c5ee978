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
  readonly opinions: number
  readonly opinions_needed: number
}

const columns =
  'digest, record, cadre, category, status, batch, author, submitted_at, opinions, opinions_needed'

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

// Who drew the sample does not also look at it.
const notDrawer = `NOT EXISTS (SELECT 1 FROM drawn WHERE drawn.record = revision.record
  AND drawn.digest = revision.digest AND drawn.contested = 0 AND drawn.drawer = :me)`

const conditions: Readonly<Record<QueueKind, string>> = {
  'to-review': `status IN ('submitted', 'in-review') AND ${notAuthor} AND ${notFirst} AND ${notSecond}
    AND ${notDrawer}`,
  'to-open': `status = 'unopened' AND ${notAuthor} AND ${notFirst} AND ${notSecond}`,
  given: `status = 'in-review' AND (reviewer_first = :me OR reviewer_second = :me)`,
  'to-assign': `status IN ('submitted', 'in-review') AND ${notAuthor}`,
  'to-adjudicate': `status = 'disputed' AND ${notAuthor} AND ${notFirst} AND ${notSecond} AND ${notSettling}
    AND (NOT ${hasPart(['group'], 'anybody')} OR ${hasPart(['group'], 'mine')})`,
  'to-sign': `status IN ('agreed', 'adjudicated') AND ${notAuthor} AND ${notFirst} AND ${notSecond} AND ${notSettling}
    AND ${notInGroup}
    AND (adjudicator IS NULL OR adjudicator <> :me)`,
  'awaiting-above': `status = 'awaiting-above'`,
  referred: `status = 'referred'`,
  returned: `status = 'returned' AND author = :me AND NOT EXISTS (
    SELECT 1 FROM revision AS later WHERE later.record = revision.record AND later.submitted_at > revision.submitted_at)`,
  'on-the-way': `status IN ('submitted', 'in-review', 'unopened', 'agreed', 'disputed', 'referred', 'adjudicated',
    'awaiting-above') AND author = :me`,
}

export interface QueueFilter {
  readonly kind: QueueKind
  readonly me: Id
  /** The dossier about the member at work, never offered to them; empty for none. */
  readonly ownCadre: Id | ''
  /** JSON array of category ids the member may handle under the role the queue asks for, or `["*"]`. */
  readonly categories: string
  /** Of those that wait for an opinion: all, those assigned to the member at work, or those assigned to nobody. */
  readonly whose: 'all' | 'mine' | 'unassigned'
}

const whose = `(:whose = 'all' OR (:whose = 'mine' AND ${hasPart(['assigned'], 'mine')})
  OR (:whose = 'unassigned' AND NOT ${hasPart(['assigned'], 'anybody')}))`

const granted = `${whose} AND cadre <> :ownCadre AND (:categories = '["*"]' OR category IN (SELECT value FROM json_each(:categories)))`

export interface QueueKey {
  readonly submittedAt: string
  readonly digest: Digest
}

/** Single items of a queue, oldest first, a page from a key on. */
export function queueItems(
  database: Database,
  filter: QueueFilter,
  after: QueueKey | null,
  limit: number,
): readonly QueueRow[] {
  return statement<QueueRow>(
    database,
    `SELECT ${columns} FROM revision WHERE batch IS NULL AND ${conditions[filter.kind]} AND ${granted}
       AND (submitted_at, digest) > (:afterAt, :afterDigest) ORDER BY submitted_at, digest LIMIT :limit`,
  ).all({ ...filter, afterAt: after?.submittedAt ?? '', afterDigest: after?.digest ?? '', limit })
}

export interface QueueBatchRow {
  readonly batch: Id
  readonly author: Id
  readonly submitted_at: string
  readonly count: number
  /** One of its revisions: what they share stands in each. */
  readonly sample: Digest
}

export function queueBatches(database: Database, filter: QueueFilter): readonly QueueBatchRow[] {
  return statement<QueueBatchRow>(
    database,
    `SELECT batch, min(author) AS author, min(submitted_at) AS submitted_at, count(*) AS count, min(digest) AS sample
     FROM revision WHERE batch IS NOT NULL AND ${conditions[filter.kind]} AND ${granted}
     GROUP BY batch ORDER BY submitted_at, batch`,
  ).all({ ...filter })
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
    `SELECT ${columns} FROM revision WHERE batch = :batch AND ${conditions[filter.kind]} AND ${granted}
       AND ${partCondition}
     ORDER BY (SELECT min(operation) FROM step WHERE step.record = revision.record AND step.depth =
       (SELECT min(depth) FROM step WHERE step.record = revision.record)), digest LIMIT :limit OFFSET :offset`,
  ).all({ ...filter, batch, part, limit, offset })
}

export function countBatchRows(database: Database, filter: QueueFilter, batch: Id, part: BatchPart): number {
  const row = statement<{ n: number }>(
    database,
    `SELECT count(*) AS n FROM revision WHERE batch = :batch AND ${conditions[filter.kind]} AND ${granted}
       AND ${partCondition}`,
  ).get({ ...filter, batch, part })
  return row?.n ?? 0
}

export function countQueue(database: Database, filter: QueueFilter): number {
  const row = statement<{ n: number }>(
    database,
    `SELECT count(*) AS n FROM revision WHERE ${conditions[filter.kind]} AND ${granted}`,
  ).get({ ...filter })
  return row?.n ?? 0
}

/** Whether anything of a dossier stands in a queue. */
export function isInQueue(database: Database, filter: QueueFilter, cadre: Id): boolean {
  return (
    statement(
      database,
      `SELECT 1 FROM revision WHERE cadre = :cadre AND ${conditions[filter.kind]} AND ${granted} LIMIT 1`,
    ).get({ ...filter, cadre }) !== undefined
  )
}
