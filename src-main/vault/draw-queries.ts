import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { readHeader } from '../../src-shared/log/header.ts'
import type { OperationOf } from '../../src-shared/log/operations.ts'
import type { RecordState } from '../../src-shared/review/states.ts'
import { statement, type Database } from './database.ts'
import { readEntry } from './entry-table.ts'

export interface DrawnRow {
  readonly draw: Digest
  readonly seed: Digest
  readonly lot: number
  readonly size: number
  /** 1 when the row is in the sample. */
  readonly seen: number
  readonly drawer: Id
  readonly drawn_at: string
  /** 1 when somebody drew twice: the draw does not hold. */
  readonly contested: number
}

const columns = 'draw, seed, lot, size, seen, drawer, drawn_at, contested'

/** Writes the rows of one record that say under which draw its revisions are. */
export function projectDrawn(database: Database, record: Id, state: RecordState | null): void {
  statement(database, 'DELETE FROM drawn WHERE record = ?').run(record)
  for (const { revision, drawn } of state?.revisions ?? []) {
    if (drawn === null) continue
    const { draw, seed, lot, size, seen, hand, contested } = drawn
    statement(
      database,
      `INSERT INTO drawn (record, digest, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      record,
      revision,
      draw,
      seed,
      lot,
      size,
      seen ? 1 : 0,
      hand.member,
      hand.at,
      contested === null ? 0 : 1,
    )
  }
}

/** The draw that a revision is under, or null. */
export function drawnRow(database: Database, record: Id, digest: Digest): DrawnRow | null {
  return (
    statement<DrawnRow>(
      database,
      `SELECT ${columns} FROM drawn WHERE record = ? AND digest = ? AND contested = 0`,
    ).get(record, digest) ?? null
  )
}

export interface WaitingRow {
  readonly record: Id
  readonly digest: Digest
  readonly category: string
}

/**
 * Rows of a batch of which nobody has said anything, that were never drawn, and that were submitted under one of the
 * plans. `plans`: a JSON array of category, tolerable and confidence in permille.
 */
export function undrawnRows(
  database: Database,
  batch: Id,
  plans: string,
  limit: number,
): readonly WaitingRow[] {
  return statement<WaitingRow>(
    database,
    `SELECT record, digest, category FROM revision WHERE batch = :batch AND status = 'submitted' AND opinions = 0
       AND EXISTS (SELECT 1 FROM step JOIN json_each(:plans) AS plan ON plan.value ->> 0 = revision.category
         WHERE step.record = revision.record AND step ->> '$.act.act' = 'submit'
           AND step ->> '$.act.revision' = revision.digest
           AND step ->> '$.act.rule.sampling.tolerablePermille' = plan.value ->> 1
           AND step ->> '$.act.rule.sampling.confidencePermille' = plan.value ->> 2)
       AND NOT EXISTS (SELECT 1 FROM drawn WHERE drawn.record = revision.record AND drawn.digest = revision.digest)
     ORDER BY category, digest LIMIT :limit`,
  ).all({ batch, plans, limit })
}

export interface DrawRow extends Omit<DrawnRow, 'seen' | 'contested'> {
  readonly category: string
  /** A revision that it took in. */
  readonly revision: Digest
}

/** The draws that rows of a batch are under, each once. */
export function drawsOf(database: Database, batch: Id): readonly DrawRow[] {
  return statement<DrawRow>(
    database,
    `SELECT min(category) AS category, min(revision.digest) AS revision, draw, min(seed) AS seed, min(lot) AS lot,
       min(size) AS size, min(drawer) AS drawer, min(drawn_at) AS drawn_at
     FROM revision JOIN drawn ON drawn.record = revision.record AND drawn.digest = revision.digest
     WHERE batch = ? AND contested = 0 GROUP BY draw, category ORDER BY drawn_at, draw`,
  ).all(batch)
}

/** The operation of a draw that took a revision in, as it was signed. */
export function drawOperation(
  database: Database,
  draw: Digest,
  revision: Digest,
): OperationOf<'review.draw'> | null {
  const entry = readEntry(database, draw)
  const header = entry === null ? null : readHeader(entry.envelope.payload)
  if (header?.ok !== true) return null
  for (const operation of header.value.ops) {
    if (operation.op !== 'review.draw') continue
    if (operation.rows.some((row) => row.revision === revision)) return operation
  }
  return null
}
