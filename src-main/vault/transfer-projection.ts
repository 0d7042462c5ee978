import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { readBody, type Body, type Header } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { readUnitCard } from '../../src-shared/transfer/card.ts'
import { readHandOverBody } from '../../src-shared/transfer/hand-over-body.ts'
import { readHandOverReceipt } from '../../src-shared/transfer/receipt.ts'
import { statement, type Database } from './database.ts'
import { parseEvidence } from './evidence-entries.ts'
import type { TransferRow } from './transfer-queries.ts'

/** Where the steps are, and what is needed to tell a receipt from a word. */
export interface TransferContext {
  readonly primitives: Primitives
  readonly unit: Id
  readonly database: Database
  readonly readBody: (digest: Digest) => Uint8Array | null
}

interface StepRow {
  readonly leaf: Digest
  readonly depth: number
  readonly act: 'hand-over' | 'cancel' | 'acknowledge' | 'answer'
  readonly cadre: Id | null
  readonly unit: Id | null
  readonly hand_over: Digest | null
  readonly outcome: 'accepted' | 'refused' | null
  readonly digest: Digest
  readonly member: Id
  readonly at: string
}

/**
 * Brings hand-overs up to date with one commit that is not void. They follow from their steps in the causal order, in
 * whatever order these arrive; what does not fit where it stands changes nothing.
 */
export function projectTransfers(
  context: TransferContext,
  header: Header,
  leaf: Digest,
  depth: number,
): void {
  const { database } = context
  const touched = new Set<Id>()
  header.ops.forEach((operation, index) => {
    const step = stepOf(operation)
    if (step === null) return
    statement(
      database,
      `INSERT INTO transfer_step (transfer, depth, leaf, operation, act, cadre, unit, hand_over, outcome, digest, member, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      operation.entity,
      depth,
      leaf,
      index,
      step.act,
      step.cadre,
      step.unit,
      step.handOver,
      step.outcome,
      operation.digest,
      header.member,
      header.at,
    )
    touched.add(operation.entity)
    if (step.act !== 'answer') return
    for (const { hash } of parseEvidence(bodyIn(context, operation.digest) ?? { salt: '' }))
      statement(
        database,
        'INSERT INTO transfer_evidence (hash, transfer) VALUES (?, ?) ON CONFLICT DO NOTHING',
      ).run(hash, operation.entity)
  })
  for (const transfer of touched) fold(context, transfer)
}

function stepOf(operation: Operation) {
  const nothing = { cadre: null, unit: null, handOver: null, outcome: null }
  switch (operation.op) {
    case 'transfer.hand-over':
      return { ...nothing, act: 'hand-over', cadre: operation.cadre, unit: operation.unit } as const
    case 'transfer.cancel':
      return { ...nothing, act: 'cancel' } as const
    case 'transfer.acknowledge':
      return { ...nothing, act: 'acknowledge', outcome: operation.outcome } as const
    case 'transfer.answer': {
      const { cadre, unit, handOver, outcome } = operation
      return { act: 'answer', cadre, unit, handOver, outcome } as const
    }
    default:
      return null
  }
}

function fold(context: TransferContext, transfer: Id): void {
  const { database } = context
  const steps = statement<StepRow>(
    database,
    `SELECT leaf, depth, act, cadre, unit, hand_over, outcome, digest, member, at FROM transfer_step
     WHERE transfer = ? ORDER BY depth, leaf, operation`,
  ).all(transfer)
  let row: TransferRow | null = null
  for (const step of steps) row = taken(context, transfer, row, step)
  statement(database, 'DELETE FROM transfer WHERE id = ?').run(transfer)
  if (row === null) return
  statement(
    database,
    `INSERT INTO transfer (id, way, status, cadre, unit, depth, leaf, digest, member, at, ended_at, ended_by, ended_digest, words)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.id,
    row.way,
    row.status,
    row.cadre,
    row.unit,
    row.depth,
    row.leaf,
    row.digest,
    row.member,
    row.at,
    row.ended_at,
    row.ended_by,
    row.ended_digest,
    row.words,
  )
}

/** The state after one more step; the same where the step does not fit. */
function taken(context: TransferContext, id: Id, row: TransferRow | null, step: StepRow): TransferRow | null {
  const { leaf, depth, cadre, unit, digest, member, at } = step
  const begun = { id, cadre, unit: unit ?? '', depth, leaf, digest, member, at }
  const open = { ended_at: null, ended_by: null, ended_digest: null, words: null }
  if (step.act === 'hand-over') return row ?? { ...begun, ...open, way: 'out', status: 'waiting' }
  if (step.act === 'answer') {
    const status = step.outcome === 'accepted' ? 'taken' : 'declined'
    return row ?? { ...begun, ...open, way: 'in', status }
  }
  if (row?.way !== 'out' || row.status !== 'waiting') return row
  const ended = { ended_at: at, ended_by: member, ended_digest: digest }
  if (step.act === 'cancel') return { ...row, ...ended, status: 'cancelled' }
  const receipt = receiptIn(context, row, digest)
  if (receipt === null || receipt.outcome !== step.outcome) return row
  return { ...row, ...ended, status: receipt.outcome, words: receipt.words }
}

/** The answer of the other unit in a body, when it is one. */
function receiptIn(context: TransferContext, row: TransferRow, digest: Digest) {
  const said = readHandOverBody(bodyIn(context, row.digest))
  const text = bodyIn(context, digest)?.['receipt']
  if (said === null || typeof text !== 'string') return null
  const card = readUnitCard(context.primitives, said.card)
  if (!card.ok || card.value.card.unit !== row.unit) return null
  const receipt = readHandOverReceipt(context.primitives, text, {
    transfer: row.id,
    handOver: row.leaf,
    unit: context.unit,
    receiver: card.value.card,
  })
  return receipt.ok ? receipt.value : null
}

function bodyIn({ readBody: read }: TransferContext, digest: Digest): Body | null {
  const bytes = read(digest)
  const body = bytes === null ? null : readBody(bytes)
  return body?.ok === true ? body.value : null
}
