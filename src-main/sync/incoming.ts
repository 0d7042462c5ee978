import type { Compartment } from '../../src-shared/access/roles.ts'
import type { VerifiedCommit } from '../../src-shared/bundle/context.ts'
import { hubLogId } from '../../src-shared/bundle/hub-log.ts'
import { readReceipt, type Receipt, type ReceiptSource } from '../../src-shared/bundle/receipt.ts'
import type { Statement } from '../../src-shared/bundle/statement.ts'
import { SegmentVerifier } from '../../src-shared/bundle/verify.ts'
import { fromHex, toHex } from '../../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { frontierRoot } from '../../src-shared/log/merkle.ts'
import type { PreparedBody } from '../../src-shared/log/header.ts'
import { readBundle, type BundleHandler } from '../../src-shared/node/bundle-reader.ts'
import type { Database } from '../vault/database.ts'
import { insertReceipt } from '../vault/desk-tables.ts'
import { acknowledge, createLog, readLog, type LogRow } from '../vault/log-table.ts'
import { frontierAt, insertCommit } from '../vault/entry-table.ts'
import { insertBodies } from '../vault/body-table.ts'
import type { OpenVault } from '../vault/vault.ts'
import { heldContext } from './held-context.ts'

export interface TakenReceipt {
  readonly compartment: Compartment
  readonly receipt: Receipt
}

/** A receipt bundle is a few kilobytes; anything near this is not one. */
const maximumReceiptBytes = 64 * 1024 * 1024

/**
 * Takes in a bundle that came down from the upstream node: verifies all of it, then stores its receipts in one
 * transaction. The same bundle again changes nothing and gives the same answer.
 *
 * Errors: those of `readBundle` and of {@link SegmentVerifier}; `bundle/kind` for one that is not a receipt,
 * `hub/receipt-wrong` when it speaks of other logs than these, `bundle/wrong-recipient`.
 */
export async function takeReceipt(
  vault: OpenVault,
  source: string | AsyncIterable<Uint8Array>,
  at: string,
  signal: AbortSignal,
): Promise<Result<TakenReceipt>> {
  const intake = new ReceiptIntake(vault)
  const read = await readBundle({
    source,
    identities: [...vault.compartments.keys()].flatMap((name) => vault.identities.get(name) ?? []),
    handler: intake,
    limits: { ciphertextBytes: maximumReceiptBytes, plaintextBytes: maximumReceiptBytes },
    signal,
  })
  if (!read.ok) return read
  return intake.store(at)
}

class ReceiptIntake implements BundleHandler {
  readonly #vault: OpenVault
  readonly #commits: VerifiedCommit[] = []
  readonly #bodies: PreparedBody[] = []
  #statement: Statement | null = null
  #verifier: SegmentVerifier | null = null
  #database: Database | null = null

  constructor(vault: OpenVault) {
    this.#vault = vault
  }

  async onStatement({
    statement,
    envelope,
  }: Parameters<BundleHandler['onStatement']>[0]): Promise<Result<true>> {
    if (statement.unit !== this.#vault.unit) return err('bundle/unknown-unit')
    if (statement.kind !== 'receipt') return err('bundle/kind', { kind: statement.kind })
    const store = this.#vault.compartments.get(statement.compartment)
    const control = this.#vault.compartments.get('control')
    if (store === undefined || control === undefined) return err('vault/compartment-closed')
    this.#statement = statement
    this.#database = store.database
    this.#verifier = new SegmentVerifier(
      this.#vault.primitives,
      heldContext(this.#vault, store.database, control.database),
      statement,
      envelope,
    )
    return await this.#verifier.open()
  }

  onFile(file: Parameters<BundleHandler['onFile']>[0]): Result<true> {
    return (this.#verifier as SegmentVerifier).startFile(file)
  }

  async onCommitLine(log: string, seq: number, line: Uint8Array): Promise<Result<true>> {
    const commit = await (this.#verifier as SegmentVerifier).commit(log, seq, line)
    if (!commit.ok) return commit
    this.#commits.push(commit.value)
    return ok(true)
  }

  onBodyLine(log: string, _from: number, line: Uint8Array): Result<true> {
    const digest = (this.#verifier as SegmentVerifier).body(log, line)
    if (!digest.ok) return digest
    this.#bodies.push({ digest: digest.value, bytes: new Uint8Array(line) })
    return ok(true)
  }

  onCheckpoint(log: string, note: Uint8Array): Result<true> {
    return (this.#verifier as SegmentVerifier).checkpoint(log, note)
  }

  onEvidence(): Result<true> {
    return err('bundle/layout', { reason: 'evidence' })
  }

  onEnd(): Result<true> {
    const finished = (this.#verifier as SegmentVerifier).finish()
    return finished.ok ? ok(true) : finished
  }

  /** Every receipt is read and compared with the logs here before the first is stored. */
  store(at: string): Result<TakenReceipt> {
    const { primitives, unit, authority } = this.#vault
    const database = this.#database as Database
    const { compartment } = this.#statement as Statement
    const upstream = authority.head.upstream
    if (upstream === null) return err('hub/none')
    const publicKey = fromHex(upstream.publicKey) as Uint8Array
    const source: ReceiptSource = { hub: upstream.hub, publicKey, unit, compartment }
    const bodies = new Map(this.#bodies.map((body) => [body.digest, body]))
    const receipts: {
      readonly verified: VerifiedCommit
      readonly receipt: Receipt
      readonly body: PreparedBody
    }[] = []
    for (const verified of this.#commits) {
      const body = bodies.get(verified.commit.header.ops[0]?.digest ?? '')
      if (body === undefined) return err('commit/body-missing')
      const receipt = readReceipt(primitives, source, verified.commit, body.bytes)
      if (!receipt.ok) return receipt
      const same = this.#speaksOfTheseLogs(database, receipt.value)
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

  #speaksOfTheseLogs(database: Database, receipt: Receipt): Result<true> {
    for (const received of receipt.logs) {
      const log = readLog(database, received.log)
      if (log === undefined || log.kind !== 'device' || received.size > log.size) {
        return err('hub/receipt-wrong', { log: received.log, size: received.size })
      }
      const root = toHex(
        frontierRoot(
          this.#vault.primitives,
          frontierAt(this.#vault.primitives, database, log, received.size),
        ),
      )
      if (root !== received.root) return err('hub/receipt-wrong', { log: received.log, reason: 'root' })
    }
    return ok(true)
  }
}
