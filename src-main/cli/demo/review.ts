import type { Compartment } from '../../../src-shared/access/roles.ts'
import type { Signed } from '../../../src-shared/contract/review.ts'
import type { BatchRow, QueueItem, QueueKind } from '../../../src-shared/contract/views.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { CallFailed } from '../failures.ts'
import type { Desk } from './office.ts'

type Waiting = Pick<QueueItem, 'record' | 'revision' | 'compartment' | 'batch'>

const pageLimit = 500
const batchLimit = 5000

/** Everything in one of this member's queues: singles page by page, batches as tables. */
export async function queueOf(desk: Desk, kind: QueueKind): Promise<readonly Waiting[]> {
  const found: Waiting[] = []
  const batches: Id[] = []
  let after: string | null = null
  do {
    const page: { items: readonly QueueItem[]; batches: readonly { batch: Id }[]; next: string | null } =
      await desk.call('review.queue', { kind, after, limit: pageLimit })
    found.push(...page.items)
    batches.push(...page.batches.map(({ batch }) => batch))
    after = page.next
  } while (after !== null)
  for (const batch of batches) found.push(...(await batchOf(desk, batch, kind)))
  return found
}

async function batchOf(desk: Desk, batch: Id, kind: QueueKind): Promise<readonly BatchRow[]> {
  const rows: BatchRow[] = []
  for (;;) {
    const page = await desk.call('review.batch', { batch, kind, offset: rows.length, limit: batchLimit })
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) return rows
  }
}

/** One signed commit a compartment: a decision for the whole of a queue is one act. */
async function byCompartment(
  rows: readonly Waiting[],
  procedure: string,
  act: (compartment: Compartment, rows: readonly { record: Id; revision: Digest }[]) => Promise<Signed>,
): Promise<number> {
  let done = 0
  for (const compartment of new Set(rows.map((row) => row.compartment))) {
    const own = rows
      .filter((row) => row.compartment === compartment)
      .map(({ record, revision }) => ({ record, revision }))
    const signed = await act(compartment, own)
    const [refused] = signed.refused
    if (refused !== undefined)
      throw new CallFailed(procedure, { code: refused.code, detail: { record: refused.record } })
    done += signed.done
  }
  return done
}

/** An opinion on everything this reviewer may judge, or on `only` some; disagreement where `differs` says so. */
export async function giveOpinions(
  desk: Desk,
  options: { readonly differs?: ReadonlySet<Id>; readonly only?: ReadonlySet<Id> } = {},
): Promise<number> {
  const { only } = options
  const rows = (await queueOf(desk, 'to-review')).filter((row) => only === undefined || only.has(row.record))
  return await byCompartment(rows, 'review.decide', (compartment, own) =>
    desk.call('review.decide', {
      compartment,
      rows: own.map((row) => {
        const differs = options.differs?.has(row.record) === true
        return differs
          ? {
              ...row,
              decision: 'disagree' as const,
              reasons: ['differs-from-evidence' as const],
              marks: ['amount'],
              words: '金额与合同所载不一致，建议核对。',
            }
          : { ...row, decision: 'agree' as const, reasons: [], marks: [], words: '' }
      }),
    }),
  )
}

/** 退回补正 of one record in the archive. */
export async function sendBack(desk: Desk, record: Id): Promise<void> {
  const rows = (await queueOf(desk, 'to-review')).filter((row) => row.record === record)
  await byCompartment(rows, 'review.return', (compartment, own) =>
    desk.call('review.return', {
      compartment,
      rows: [...own],
      reasons: ['incomplete'],
      marks: ['description'],
      words: '请补充借款用途说明。',
    }),
  )
}

/** Looks at the evidence of some of what is to be judged, as a reviewer does before agreeing. */
export async function lookAtEvidence(desk: Desk, records: readonly Id[]): Promise<void> {
  for (const record of records) {
    const view = await desk.call('record.read', { record })
    const [revision] = view.revisions
    for (const { hash, size } of revision?.evidence ?? []) {
      const length = Math.max(1, Math.min(size, 64 * 1024))
      await desk.call('evidence.read', { revision: revision?.revision ?? '', hash, offset: 0, length })
    }
  }
}

/** Opens what both reviewers sealed, or leaves some of it as it is. */
export async function openOpinions(desk: Desk, left: ReadonlySet<Id> = new Set()): Promise<number> {
  const rows = (await queueOf(desk, 'to-open')).filter((row) => !left.has(row.record))
  return await byCompartment(rows, 'review.open', (compartment, own) =>
    desk.call('review.open', { compartment, rows: [...own] }),
  )
}

/** Signs everything that is agreed on or settled: it is archived. */
export async function sign(desk: Desk, words: string): Promise<number> {
  return await byCompartment(await queueOf(desk, 'to-sign'), 'review.sign', (compartment, own) =>
    desk.call('review.sign', { compartment, rows: [...own], words }),
  )
}

export async function adjudicate(desk: Desk, words: string): Promise<number> {
  return await byCompartment(await queueOf(desk, 'to-adjudicate'), 'review.adjudicate', (compartment, own) =>
    desk.call('review.adjudicate', {
      compartment,
      rows: own.map((row) => ({ ...row, outcome: 'uphold' as const })),
      words,
    }),
  )
}
