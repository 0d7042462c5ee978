import type { Compartment } from '../../src-shared/access/roles.ts'
import type { VerifiedCommit } from '../../src-shared/bundle/context.ts'
import { hubLogId } from '../../src-shared/bundle/hub-log.ts'
import { readReceipt, type Receipt, type ReceiptSource } from '../../src-shared/bundle/receipt.ts'
import { fromHex, toHex } from '../../src-shared/kernel/bytes.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { frontierRoot } from '../../src-shared/log/merkle.ts'
import type { PreparedBody } from '../../src-shared/log/header.ts'
import type { Database } from '../vault/database.ts'
import { insertReceipt } from '../vault/desk-tables.ts'
import { acknowledge, createLog, readLog, type LogRow } from '../vault/log-table.ts'
import { frontierAt, insertCommit } from '../vault/entry-table.ts'
import { insertBodies } from '../vault/body-table.ts'
import type { OpenVault } from '../vault/vault.ts'
import { readHubBundle, type ReadHubBundle } from './hub-intake.ts'

export interface TakenReceipt {
  readonly compartment: Compartment
  readonly receipt: Receipt
}

/**
 * Takes in a bundle that came down from the upstream node: verifies all of it, then stores its receipts in one
 * transaction. The same bundle again changes nothing and gives the same answer.
 *
 * Errors: those of `readBundle` and of `SegmentVerifier`; `bundle/kind` for one that is not a receipt,
 * `hub/receipt-wrong` when it speaks of other logs than these, `bundle/wrong-recipient`.
 */
export async function takeReceipt(
  vault: OpenVault,
  source: string | AsyncIterable<Uint8Array>,
  at: string,
  signal: AbortSignal,
): Promise<Result<TakenReceipt>> {
  const read = await readHubBundle(vault, 'receipt', source, signal)
  return read.ok ? storeReceipts(vault, read.value, at) : read
}

/** Every receipt is read and compared with the logs here before the first is stored. */
function storeReceipts(vault: OpenVault, bundle: ReadHubBundle, at: string): Result<TakenReceipt> {
  const { primitives, unit, authority } = vault
  const { compartment, database, commits } = bundle
  const upstream = authority.head.upstream
  if (upstream === null) return err('hub/none')
  const publicKey = fromHex(upstream.publicKey) as Uint8Array
  const source: ReceiptSource = { hub: upstream.hub, publicKey, unit, compartment }
  const receipts: {
    readonly verified: VerifiedCommit
    readonly receipt: Receipt
    readonly body: PreparedBody
  }[] = []
  for (const { verified, body } of commits) {
    const receipt = readReceipt(primitives, source, verified.commit, body.bytes)
    if (!receipt.ok) return receipt
    const same = speaksOfTheseLogs(primitives, database, receipt.value)
    if (!same.ok) return same
    receipts.push({ verified, receipt: receipt.value, body })
  }
  const newest = receipts.at(-1)
  if (newest === undefined) return err('bundle/layout', { reason: 'empty' })
  const hubLog = hubLogId(primitives, upstream.key, unit, compartment)
  database
    .transaction(() => {
      createLog(database, hubLog, 'hub')
      let log = readLog(database, hubLog) as LogRow
      for (const { verified, receipt, body } of receipts) {
        if (verified.held) continue
        const { commit, depth } = verified
        log = insertCommit(primitives, database, log, { commit, depth, voidCode: null })
        insertBodies(database, commit, [body])
        const { seq } = commit.header
        const { bundle, hub, issuedAt } = receipt
        insertReceipt(
          database,
          { bundle, log: hubLog, seq, leaf: commit.leaf, hub, issuedAt, body: body.digest },
          at,
        )
        for (const received of receipt.logs) {
          const own = readLog(database, received.log)
          if (own === undefined) continue
          acknowledge(
            database,
            own.log,
            frontierAt(primitives, database, own, received.size),
            received.cosigned,
          )
        }
      }
    })
    .immediate()
  return ok({ compartment, receipt: newest.receipt })
}

function speaksOfTheseLogs(primitives: Primitives, database: Database, receipt: Receipt): Result<true> {
  for (const received of receipt.logs) {
    const log = readLog(database, received.log)
    if (log === undefined || log.kind !== 'device' || received.size > log.size) {
      return err('hub/receipt-wrong', { log: received.log, size: received.size })
    }
    const root = toHex(frontierRoot(primitives, frontierAt(primitives, database, log, received.size)))
    if (root !== received.root) return err('hub/receipt-wrong', { log: received.log, reason: 'root' })
  }
  return ok(true)
}
