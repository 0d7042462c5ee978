import { directiveSource } from '../../src-shared/bundle/directive.ts'
import {
  checkHubCommit,
  readReceipt,
  type ReceiptSource,
  type ReceivedLog,
} from '../../src-shared/bundle/receipt.ts'
import { fromHex } from '../../src-shared/kernel/bytes.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { preAuthenticationEncoding } from '../../src-shared/log/envelope.ts'
import { readBodyBytes } from './body-table.ts'
import { iterateLog } from './entry-table.ts'
import { logSpan, readLogs } from './log-table.ts'
import { Found, LogWalk, type LogPlace } from './verify-log.ts'

export interface HeldReceipts {
  readonly count: number
  /** What they say of each device log, by size; of one size the newest. */
  readonly received: ReadonlyMap<Id, ReadonlyMap<number, ReceivedLog>>
}

/**
 * The upstream node's receipts held here: its chain, its signatures, its cosignatures. Whether the logs are what the
 * receipts say is seen when the logs are read.
 */
export function checkReceipts(place: LogPlace, tick: () => void): HeldReceipts {
  const { primitives, unit, compartment, database, history } = place
  const received = new Map<Id, Map<number, ReceivedLog>>()
  let count = 0
  for (const log of readLogs(database, 'hub')) {
    if (directiveSource(primitives, history.head, compartment, log.log) !== null) continue
    const found = (code: Found['fault']['code'], seq: number | null) =>
      new Found(code, log.log, seq, 'receipt')
    const { upstream } = history.head
    if (upstream === null) throw found('hub/none', null)
    const publicKey = fromHex(upstream.publicKey) as Uint8Array
    const source: ReceiptSource = { hub: upstream.hub, publicKey, unit, compartment }
    const walk = new LogWalk(place, log, new Map())
    for (const entry of iterateLog(database, log.log, 0, logSpan - 1)) {
      const commit = walk.take(entry)
      const right = checkHubCommit(primitives, source, commit)
      if (!right.ok) throw found(right.error.code, entry.seq)
      if (entry.void !== null || entry.authority !== 0) throw found('log/projection', entry.seq)
      const { payloadType, payload, signature } = commit.envelope
      if (!primitives.ed25519Verify(publicKey, preAuthenticationEncoding(payloadType, payload), signature))
        throw found('commit/signature', entry.seq)
      const bytes = readBodyBytes(database, commit.header.ops[0]?.digest ?? '')
      const receipt = bytes === null ? null : readReceipt(primitives, source, commit, bytes)
      if (receipt === null || !receipt.ok) throw found('hub/receipt-wrong', entry.seq)
      for (const one of receipt.value.logs) {
        const known = received.get(one.log) ?? new Map<number, ReceivedLog>()
        received.set(one.log, known.set(one.size, one))
      }
      count++
      tick()
    }
    walk.end()
  }
  return { count, received }
}
