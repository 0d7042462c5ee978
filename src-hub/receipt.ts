import type { AuthorityHistory } from '../src-shared/access/authority.ts'
import { hubLogId, hubNoteName } from '../src-shared/bundle/hub-log.ts'
import { maximumNamedVoids, receiptType, type Receipt } from '../src-shared/bundle/receipt.ts'
import type { Statement } from '../src-shared/bundle/statement.ts'
import { fromHex, toHex } from '../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../src-shared/kernel/result.ts'
import { cosignCheckpoint } from '../src-shared/log/checkpoint.ts'
import { prepareBody, type PreparedBody } from '../src-shared/log/header.ts'
import { decodeFrontier, frontierRoot } from '../src-shared/log/merkle.ts'
import { nodePrimitives } from '../src-shared/node/primitives.ts'
import type { HubKeys } from './keys.ts'
import { appendOwn, packOwn } from './own-log.ts'
import { isWholeCommit } from './projection.ts'
import type { Database } from './store/database.ts'
import { findLog } from './store/logs.ts'
import { voidsOfBundle } from './store/records.ts'

export interface ReceiptRequest {
  readonly database: Database
  readonly keys: HubKeys
  readonly history: AuthorityHistory
  readonly statement: Statement
  /** SHA-256 of the bundle's file, hex. */
  readonly sha256: Digest
  readonly now: Date
}

export interface IssuedReceipt {
  readonly seq: number
  /** The receipt as a file. */
  readonly bytes: Uint8Array
  readonly voids: number
}

/**
 * Writes down in the node's own log what it took in, and packs that log, from where the sender knows it, as a bundle
 * for the unit's compartment.
 *
 * Errors: `bundle/missing-prerequisite` (the compartment has no identity to encrypt to), those of writing a bundle.
 */
export async function issueReceipt(request: ReceiptRequest): Promise<Result<IssuedReceipt>> {
  const { database, keys, history, statement, now } = request
  const { unit, compartment } = statement
  const recipient = history.head.keyrings.get(compartment)?.recipient
  if (recipient === undefined) return err('bundle/missing-prerequisite', { reason: 'keyring' })
  const { body, voids } = await receiptBody(request)
  const seq = await appendOwn({
    database,
    keys,
    kind: 'receipt',
    unit,
    compartment,
    authority: history.head.leaf,
    now,
    operation: {
      op: 'receipt.issue',
      entity: statement.id,
      digest: body.digest,
      bundle: request.sha256,
      compartment,
    },
    body,
  })
  if (!seq.ok) return seq
  const log = hubLogId(nodePrimitives, keys.signer.keyId, unit, compartment)
  const from = firstUnknown(statement, keys.hub, log)
  const bytes = await packOwn({ database, keys, kind: 'receipt', unit, compartment, recipient, now, from })
  return bytes.ok ? ok({ seq: seq.value, bytes: bytes.value, voids }) : bytes
}

async function receiptBody(request: ReceiptRequest): Promise<{ body: PreparedBody; voids: number }> {
  const { database, keys, statement, sha256, now } = request
  const { unit } = statement
  const time = Math.floor(now.getTime() / 1000)
  const logs: { log: Id; size: number; root: Digest; cosigned: string }[] = []
  for (const { log } of statement.logs) {
    const held = await findLog(database, unit, log)
    if (held === undefined) throw new Error('a log of the bundle was not written')
    const frontier = decodeFrontier(fromHex(held.frontier) ?? new Uint8Array(0))
    if (!frontier.ok) throw new Error('a stored frontier is damaged')
    const cosigned = cosignCheckpoint(
      nodePrimitives,
      held.checkpoint,
      hubNoteName(keys.hub),
      keys.signer,
      time,
    )
    logs.push({ log, size: held.size, root: toHex(frontierRoot(nodePrimitives, frontier.value)), cosigned })
  }
  const { count, named } = await voidsOfBundle(database, unit, statement.id, maximumNamedVoids)
  const voids = named.map((row) => ({
    log: row.log,
    seq: row.seq,
    leaf: row.leaf,
    code: row.code,
    ...(isWholeCommit(row) ? {} : { index: row.op_index, row: row.row_index }),
  }))
  const receipt: Receipt = {
    hub: keys.hub,
    bundle: sha256,
    bundleId: statement.id,
    issuedAt: now.toISOString(),
    logs,
    voids,
    ...(count > named.length ? { voidsOmitted: count - named.length } : {}),
  }
  return { body: prepareBody(nodePrimitives, { ...receipt, logs, voids, type: receiptType }), voids: count }
}

function firstUnknown(statement: Statement, hub: Id, log: Id): number {
  const held = statement.receipts.filter((receipt) => receipt.hub === hub && receipt.log === log)
  return held.reduce((next, receipt) => Math.max(next, receipt.seq + 1), 0)
}
