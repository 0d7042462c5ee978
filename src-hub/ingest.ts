import { isAuthorityCommit, type AuthorityHistory, type Removal } from '../src-shared/access/authority.ts'
import { compartments } from '../src-shared/access/roles.ts'
import type { MaybePromise, VerifiedBundle, VerifiedCommit } from '../src-shared/bundle/context.ts'
import { directiveLogId, hubLogId } from '../src-shared/bundle/hub-log.ts'
import type { DataFile } from '../src-shared/bundle/layout.ts'
import type { Statement } from '../src-shared/bundle/statement.ts'
import { SegmentVerifier } from '../src-shared/bundle/verify.ts'
import { fromHex, toHex } from '../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../src-shared/kernel/result.ts'
import { nothingSeen, type Sight } from '../src-shared/log/sight.ts'
import { encodeFrontier } from '../src-shared/log/merkle.ts'
import type { BundleHandler, BundleOpening } from '../src-shared/node/bundle-reader.ts'
import { nodePrimitives } from '../src-shared/node/primitives.ts'
import type { EvidenceStaging } from './evidence-folder.ts'
import type { HubKeys } from './keys.ts'
import { PendingRows } from './pending-rows.ts'
import { foldRecords, judgeEntries, stepRows, voidCommit } from './projection.ts'
import { isLineChanged, lineWatch, lookAtAll, type LineFindings } from './line-findings.ts'
import { issueReceipt, type IssuedReceipt } from './receipt.ts'
import { BundleSights } from './sights.ts'
import { StoredContext, type AuthorityCache } from './stored-context.ts'
import type { Database } from './store/database.ts'
import { putLog } from './store/logs.ts'
import { ownEntries, type OwnLogKind } from './store/own-logs.ts'
import { findBundle, insertBundle, insertEvidence } from './store/receipts.ts'
import { claimUnit, findUnit } from './store/units.ts'

export interface IngestRequest {
  /** Inside one transaction, which the caller ends. */
  readonly database: Database
  readonly keys: HubKeys
  readonly authority: AuthorityCache
  readonly evidence: EvidenceStaging
  /** The unit the sender named beside the bundle, if any. */
  readonly unit: Id | undefined
  /** Of the file that is read. */
  readonly sha256: Digest
  readonly bytes: number
  readonly now: Date
}

/** What became of a bundle. */
export interface IngestReport {
  readonly unit: Id
  readonly bundle: Id
  readonly compartment: Statement['compartment']
  /** It had been taken in before; nothing was changed. */
  readonly repeated: boolean
  /** New commits. */
  readonly commits: number
  /** Commits and steps that became void with it. */
  readonly voids: number
  /** Who took part in what it is about although they are in the reporting line of its cadre. They void nothing. */
  readonly ties: LineFindings
  /** The receipt as a file. */
  readonly receipt: Uint8Array
}

/** What an upstream node takes from its units. */
const acceptedKinds: readonly Statement['kind'][] = ['update', 'full']

/**
 * Takes in one bundle as it streams by: every line is verified and written at once, inside a transaction that the
 * caller undoes unless {@link BundleIngest.report} is there at the end.
 */
export class BundleIngest implements BundleHandler {
  readonly #request: IngestRequest
  readonly #rows: PendingRows
  #statement: Statement | null = null
  #verifier: SegmentVerifier | null = null
  #sights: BundleSights | null = null
  #held: AuthorityHistory | null = null
  #commits = 0
  #report: IngestReport | null = null

  constructor(request: IngestRequest) {
    this.#request = request
    this.#rows = new PendingRows(request.database)
  }

  get report(): IngestReport | null {
    return this.#report
  }

  async onStatement({ statement, envelope, identity }: BundleOpening): Promise<Result<true>> {
    const { database, keys, authority, unit, sha256 } = this.#request
    if (unit !== undefined && unit !== statement.unit) return err('bundle/unknown-unit')
    if (!acceptedKinds.includes(statement.kind)) return err('bundle/kind', { kind: statement.kind })
    if (compartments[identity] !== statement.compartment) {
      return err('bundle/wrong-recipient', { compartment: statement.compartment })
    }
    if (!(await claimUnit(database, statement.unit))) return err('bundle/unknown-unit')
    const known = await findBundle(database, statement.unit, statement.id)
    if (known !== undefined && known.sha256 !== sha256) {
      return err('bundle/same-id-other-bytes', { bundle: statement.id })
    }
    const trust = await findUnit(database, statement.unit)
    const rootPublicKey = fromHex(trust?.root_public_key ?? '') as Uint8Array
    const read = await authority.of(database, statement.unit, rootPublicKey)
    if (!read.ok) return read
    const receipts = await checkReceipts(database, keys, statement)
    if (!receipts.ok) return receipts
    const context = new StoredContext(
      database,
      statement.unit,
      rootPublicKey,
      statement.compartment,
      read.value,
      (leaf) => this.#rows.placeOf(leaf)?.depth,
    )
    if (statement.compartment !== 'control')
      this.#sights = new BundleSights(database, statement.compartment, this.#rows)
    this.#statement = statement
    this.#held = read.value.history
    this.#verifier = new SegmentVerifier(nodePrimitives, context, statement, envelope)
    return await this.#verifier.open()
  }

  onFile(file: DataFile): Result<true> {
    return this.#opened.verifier.startFile(file)
  }

  onCommitLine(log: Id, seq: number, line: Uint8Array): MaybePromise<Result<true>> {
    const verified = this.#opened.verifier.commit(log, seq, line)
    return verified instanceof Promise
      ? verified.then((result) => this.#take(result, line))
      : this.#take(verified, line)
  }

  #take(verified: Result<VerifiedCommit>, line: Uint8Array): MaybePromise<Result<true>> {
    if (!verified.ok) return verified
    if (verified.value.held) return ok(true)
    const sight = this.#sights?.note(verified.value.commit.header) ?? nothingSeen
    return sight instanceof Promise
      ? sight.then((seen) => this.#store(verified.value, line, seen))
      : this.#store(verified.value, line, sight)
  }

  #store(
    { commit, depth, voidCode }: VerifiedCommit,
    line: Uint8Array,
    sight: Sight,
  ): MaybePromise<Result<true>> {
    const { header, leaf } = commit
    const { unit, compartment, id: bundle } = this.#opened.statement
    const { log, seq, key } = header
    this.#commits += 1
    const envelope = Buffer.from(line).toString('utf8')
    const code = voidCode ?? null
    this.#rows.addEntry({ unit, log, seq, compartment, leaf, key, depth, void: code, bundle, envelope })
    if (compartment === 'control' && isAuthorityCommit(header))
      this.#rows.addAuthority({ unit, leaf, log, seq })
    if (code !== null) this.#rows.addVoid(voidCommit({ unit, compartment, leaf }, code, bundle))
    else if (this.#held !== null)
      this.#rows.addSteps(stepRows(this.#held, compartment, header, leaf, depth, sight))
    return this.#rows.isFull ? this.#rows.flush().then(() => ok(true as const)) : ok(true)
  }

  onBodyLine(log: Id, _from: number, line: Uint8Array): MaybePromise<Result<true>> {
    const { verifier, statement } = this.#opened
    const digest = verifier.body(log, line)
    if (!digest.ok) return digest
    const { unit, compartment } = statement
    const content = Buffer.from(line).toString('utf8')
    this.#rows.addBody({ unit, compartment, digest: digest.value, content })
    return this.#rows.isFull ? this.#rows.flush().then(() => ok(true as const)) : ok(true)
  }

  onCheckpoint(log: Id, note: Uint8Array): Result<true> {
    return this.#opened.verifier.checkpoint(log, note)
  }

  async onEvidence(hash: Digest, content: AsyncIterable<Uint8Array>): Promise<Result<true>> {
    const { database, evidence } = this.#request
    const { unit, id: bundle } = this.#opened.statement
    const bytes = await evidence.add(hash, content)
    if (!bytes.ok) return bytes
    await insertEvidence(database, [{ unit, hash, bytes: bytes.value, bundle }])
    return ok(true)
  }

  async onEnd(): Promise<Result<true>> {
    const { verifier, statement } = this.#opened
    const { database } = this.#request
    await this.#rows.flush()
    const verified = verifier.finish()
    if (!verified.ok) return verified
    await this.#putLogs(verified.value)
    await this.#judge(verified.value)
    const { history } = verified.value
    const ties = await lineWatch(database, statement.unit, history.head)
    await foldRecords(database, statement.unit, statement.id, (compartment, state) =>
      ties.look(compartment, state),
    )
    if (this.#held !== null && isLineChanged(this.#held.head, history.head))
      await lookAtAll(database, statement.unit, ties)
    const receipt = await issueReceipt({
      ...this.#request,
      history,
      statement,
    })
    if (!receipt.ok) return receipt
    await this.#putBundle(receipt.value, ties.findings)
    return ok(true)
  }

  get #opened(): { readonly verifier: SegmentVerifier; readonly statement: Statement } {
    if (this.#verifier === null || this.#statement === null) throw new Error('data before the statement')
    return { verifier: this.#verifier, statement: this.#statement }
  }

  async #putLogs({ logs }: VerifiedBundle): Promise<void> {
    const { unit, compartment } = this.#opened.statement
    for (const { log, size, leaf, frontier, checkpoint, authority, depth } of logs) {
      if (checkpoint === null || leaf === null) continue
      const tree = toHex(encodeFrontier(frontier))
      const row = { unit, log, compartment, size, leaf, frontier: tree, checkpoint, authority, depth }
      await putLog(this.#request.database, row)
    }
  }

  /**
   * In `control` the rules themselves may have changed: its own new commits are judged by the chain as it is now, and
   * older ones as far as the news reaches back.
   */
  async #judge({ history, authorityCommits, logs }: VerifiedBundle): Promise<void> {
    const { database } = this.#request
    const { unit, compartment, id: bundle } = this.#opened.statement
    if (compartment !== 'control') return
    if (this.#held !== null && authorityCommits.length > 0) {
      if (isRewritten(this.#held, history)) return await judgeEntries(database, history, { unit }, bundle)
      for (const key of keysEndedOtherwise(this.#held, history)) {
        await judgeEntries(database, history, { unit, key }, bundle)
      }
    }
    for (const { log, size, added } of logs) {
      if (added > 0) await judgeEntries(database, history, { unit, log, from: size - added }, bundle)
    }
  }

  async #putBundle({ seq, bytes, voids }: IssuedReceipt, ties: LineFindings): Promise<void> {
    const { statement } = this.#opened
    const { database, sha256, now } = this.#request
    const { id, unit, compartment, kind, device, createdAt } = statement
    await insertBundle(database, {
      unit,
      id,
      sha256,
      compartment,
      kind,
      device,
      created_at: createdAt,
      received_at: now.toISOString(),
      bytes: this.#request.bytes,
      commits: this.#commits,
      voids,
      receipt_seq: seq,
      receipt: Buffer.from(bytes),
    })
    this.#report = {
      unit,
      bundle: id,
      compartment,
      repeated: false,
      commits: this.#commits,
      voids,
      ties,
      receipt: bytes,
    }
  }
}

/**
 * A receipt that a sender holds from this node must stand in its log: otherwise one of the two was set back, or the
 * node has shown two faces. Errors: `hub/receipt-wrong`.
 */
async function checkReceipts(database: Database, keys: HubKeys, statement: Statement): Promise<Result<true>> {
  const { unit, compartment } = statement
  const own = new Map<Id, OwnLogKind>([
    [hubLogId(nodePrimitives, keys.signer.keyId, unit, compartment), 'receipt'],
    [directiveLogId(nodePrimitives, keys.signer.keyId, unit, compartment), 'directive'],
  ])
  for (const receipt of statement.receipts) {
    const kind = own.get(receipt.log)
    if (receipt.hub !== keys.hub || kind === undefined) continue
    const [entry] = await ownEntries(database, kind, unit, compartment, receipt.seq, receipt.seq)
    if (entry?.leaf !== receipt.leaf) return err('hub/receipt-wrong', { seq: receipt.seq })
  }
  // What this node decided it knows: nobody brings it its own log.
  if (statement.logs.some(({ log }) => own.has(log))) return err('bundle/layout', { reason: 'log' })
  return ok(true)
}

/**
 * Whether the chain says something else than before of commits that were held: it forked, or a removal cut off what
 * stood in it. What others did under those commits may then count otherwise; so too when a side of a fork grew that
 * does not hold, for what it takes away is gone where the fork was settled.
 */
function isRewritten(held: AuthorityHistory, history: AuthorityHistory): boolean {
  if (held.forked !== history.forked) return true
  for (const leaf of held.voids.keys()) if (!history.voids.has(leaf)) return true
  for (const [leaf, code] of history.voids) {
    if (held.voids.get(leaf) === code) continue
    if (held.at(leaf) !== undefined || code === 'authority/forked') return true
  }
  return false
}

/** Keys with a removal, or an end, that was not known before or holds no more. */
function keysEndedOtherwise(held: AuthorityHistory, history: AuthorityHistory): ReadonlySet<Digest> {
  const text = ({ key, leaf, compartments }: Removal) => JSON.stringify([key, leaf, compartments])
  const before = new Set(held.removals.map(text))
  const now = new Set(history.removals.map(text))
  const changed = [
    ...history.removals.filter((removal) => !before.has(text(removal))),
    ...held.removals.filter((removal) => !now.has(text(removal))),
  ]
  return new Set(changed.map(({ key }) => key))
}
