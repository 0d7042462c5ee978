import type { AuthorityHistory } from '../access/authority.ts'
import { judgeCommit } from '../access/judge.ts'
import { equalBytes, fromHex, fromUtf8, toHex } from '../kernel/bytes.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import {
  continues,
  depthOf,
  leafBytes,
  readCommit,
  verifyCommitSignature,
  type SignedCommit,
} from '../log/chain.ts'
import { checkpointOrigin, openCheckpoint } from '../log/checkpoint.ts'
import { readEnvelope, type Envelope } from '../log/envelope.ts'
import { readBody } from '../log/header.ts'
import { frontierRoot, TreeBuilder } from '../log/merkle.ts'
import type { BundleContext, MaybePromise, VerifiedBundle, VerifiedCommit, VerifiedLog } from './context.ts'
import { GrowingAuthority } from './growing-authority.ts'
import { checkDirectiveCommit, directiveSource, readDirective } from './directive.ts'
import { directiveLogId, hubLogId } from './hub-log.ts'
import { maximumCommitLineBytes, maximumLines, type DataFile } from './layout.ts'
import { compareHeld, isPromise, nothingHeld, type Progress } from './progress.ts'
import { checkHubCommit, type ReceiptSource } from './receipt.ts'
import { isFromHub, mayWithholdBodies, verifyStatement, type LogRange, type Statement } from './statement.ts'

/**
 * Verifies the commits of one bundle against what the reader holds, as they stream by: `open`, then in the
 * order of the files `startFile`, `commit` and `body` for every line, `checkpoint` for each note, and `finish`. Any error means: take nothing
 * of this bundle. It fetches nothing but through its context, and stores nothing.
 *
 * The sender controls every byte it is given; the signer of a commit controls all that the header says.
 */
export class SegmentVerifier {
  readonly #primitives: Primitives
  readonly #context: BundleContext
  readonly #statement: Statement
  readonly #envelope: Envelope
  readonly #authority: GrowingAuthority
  readonly #logs = new Map<Id, Progress>()
  readonly #checkpoints = new Map<Id, string>()
  /** The upstream node, when the bundle comes from it. */
  #hub: ReceiptSource | null = null
  #signatureIsVerified = false
  /** Digests of the bodies that must follow the commits just read, and how many have come. */
  #expected: Digest[] = []
  #bodies = 0

  constructor(primitives: Primitives, context: BundleContext, statement: Statement, envelope: Envelope) {
    this.#primitives = primitives
    this.#context = context
    this.#statement = statement
    this.#envelope = envelope
    this.#authority = new GrowingAuthority(
      primitives,
      context.rootPublicKey,
      context.history,
      context.authorityCommits,
    )
  }

  /**
   * Who sent it, and whether it continues what is held.
   *
   * Errors: `bundle/unknown-unit`, `bundle/unknown-device`, `bundle/signature`, `bundle/missing-prerequisite`,
   * `bundle/gap`, `bundle/rollback`, `bundle/fork`, `bundle/layout`, `hub/receipt-wrong`.
   */
  async open(): Promise<Result<true>> {
    const statement = this.#statement
    const { unit, history } = this.#context
    if (statement.unit !== unit) return err('bundle/unknown-unit')
    if (history === null && statement.compartment !== 'control') {
      return err('bundle/missing-prerequisite', { reason: 'control' })
    }
    // Before the sender: a device that is not known yet may be in what is missing.
    for (const known of statement.prerequisites) {
      const leaf = await this.#context.leafAt(known.log, known.size - 1)
      const detail = { log: known.log, size: known.size }
      if (leaf === null) return err('bundle/missing-prerequisite', detail)
      if (leaf !== known.leaf) return err('bundle/fork', detail)
    }
    const sender = this.#checkSender(history)
    if (!sender.ok) return sender
    for (const range of statement.logs) {
      const home = this.#checkHome(range.log, history)
      if (!home.ok) return home
      const begun = await this.#begin(range)
      if (!begun.ok) return begun
    }
    return ok(true)
  }

  /** Whose signature the statement must have. A device that a control bundle introduces is looked up in `finish`. */
  #checkSender(history: AuthorityHistory | null): Result<true> {
    const { device, kind, unit, compartment } = this.#statement
    if (isFromHub(kind)) {
      const upstream = history?.head.upstream
      if (upstream === undefined || upstream === null) return err('hub/none')
      const publicKey = fromHex(upstream.publicKey) as Uint8Array
      if (device !== upstream.hub) return err('bundle/unknown-device')
      this.#hub = { hub: upstream.hub, publicKey, unit, compartment }
      return this.#verifySender(publicKey)
    }
    const known = history?.head.devices.get(device)
    if (known?.inForce === false) return err('bundle/unknown-device', { device, reason: 'removed' })
    if (known !== undefined) return this.#verifySender(fromHex(known.publicKey) as Uint8Array)
    return compartment === 'control' ? ok(true) : err('bundle/unknown-device', { device })
  }

  #verifySender(publicKey: Uint8Array): Result<true> {
    const verified = verifyStatement(this.#primitives, this.#envelope, publicKey)
    this.#signatureIsVerified = verified.ok
    return verified
  }

  /** Whether a log is one of this compartment. A log that a control bundle introduces is looked up in `finish`. */
  #checkHome(log: Id, history: AuthorityHistory | null): Result<true> {
    const { compartment } = this.#statement
    if (this.#hub !== null) {
      const idOf = this.#statement.kind === 'directive' ? directiveLogId : hubLogId
      const own = idOf(this.#primitives, this.#envelope.keyid, this.#hub.unit, compartment)
      return log === own ? ok(true) : err('bundle/layout', { reason: 'log', log })
    }
    const home = history?.head.logs.get(log)
    if (home === undefined && this.#directivesOf(log, history) !== null) return ok(true)
    if (home === undefined)
      return compartment === 'control' ? ok(true) : err('bundle/unknown-device', { log })
    return home.compartment === compartment ? ok(true) : err('bundle/layout', { reason: 'compartment', log })
  }

  /** The node whose directives a log holds; devices of the unit pass them on to each other. */
  #directivesOf(log: Id, history: AuthorityHistory | null): ReceiptSource | null {
    if (history === null) return null
    return directiveSource(this.#primitives, history.head, this.#statement.compartment, log)
  }

  async #begin(range: LogRange): Promise<Result<true>> {
    const held = (await this.#context.heldLog(range.log)) ?? nothingHeld
    const detail = { log: range.log, from: range.from, to: range.to, held: held.size }
    if (range.from > held.size) return err('bundle/gap', detail)
    const own = this.#context.history?.head.logs.get(range.log)?.device === this.#statement.device
    // A device never forgets what it wrote, unless its disk was set back, or this is an older bundle that came late.
    if (own && range.to + 1 < held.size && this.#context.takesLate !== true) {
      return err('bundle/rollback', detail)
    }
    const frontier =
      range.from === held.size ? held.frontier : await this.#context.frontierAt(range.log, range.from)
    if (toHex(frontierRoot(this.#primitives, frontier)) !== range.rootBefore) {
      return err(range.to + 1 < held.size ? 'bundle/rollback' : 'bundle/fork', detail)
    }
    this.#logs.set(range.log, {
      range,
      held,
      directives: this.#directivesOf(range.log, this.#context.history),
      tree: new TreeBuilder(this.#primitives, frontier),
      next: range.from,
      head: { log: range.log, size: held.size, leaf: held.leaf },
      depth: held.depth,
      authority: held.authority,
      checkpoint: null,
    })
    return ok(true)
  }

  /**
   * One line of a file of commits.
   *
   * Errors: `commit/*`, `format/*`, `log/*`, `bundle/fork`, `bundle/rollback`, `bundle/missing-prerequisite`,
   * `bundle/layout`, `hub/receipt-wrong`.
   */
  commit(log: Id, seq: number, line: Uint8Array): MaybePromise<Result<VerifiedCommit>> {
    const progress = this.#logs.get(log)
    if (progress === undefined || seq !== progress.next || seq > progress.range.to) {
      return err('bundle/layout', { reason: 'range', log, seq })
    }
    const envelope = readEnvelope(line, maximumCommitLineBytes)
    if (!envelope.ok) return envelope
    const read = readCommit(this.#primitives, envelope.value)
    if (!read.ok) return read
    const { header } = read.value
    if (header.unit !== this.#context.unit) return err('commit/header', { path: 'unit', log, seq })
    if (header.log !== log) return err('log/chain', { log, seq })
    if (header.seq !== seq) return err('log/sequence', { log, seq })
    if (this.#expected.length + header.ops.length > maximumLines) {
      return err('bundle/layout', { reason: 'too-many-bodies', log, seq })
    }
    for (const operation of header.ops) this.#expected.push(operation.digest)
    progress.next += 1
    progress.tree.append(leafBytes(read.value.leaf))
    if (seq < progress.held.size) {
      const leaf = this.#context.leafAt(log, seq)
      return isPromise(leaf)
        ? leaf.then((known) => compareHeld(progress, read.value, known))
        : compareHeld(progress, read.value, leaf)
    }
    return this.#append(progress, read.value)
  }

  /**
   * The next data file begins. A file of commits is followed by that of their bodies.
   *
   * Errors: `commit/body-missing`.
   */
  startFile(file: DataFile): Result<true> {
    return file.kind === 'bodies' ? ok(true) : this.#closeBodies()
  }

  #closeBodies(): Result<true> {
    const missing = this.#expected.length - this.#bodies
    this.#expected = []
    this.#bodies = 0
    if (missing === 0 || mayWithholdBodies(this.#statement.kind)) return ok(true)
    return err('commit/body-missing', { count: missing })
  }

  #append(progress: Progress, commit: SignedCommit): MaybePromise<Result<VerifiedCommit>> {
    const { header } = commit
    const { log, seq } = header
    const head = continues(progress.head, commit)
    if (!head.ok) return head
    const signed = verifyCommitSignature(this.#primitives, commit, (key) => this.#publicKeyOf(key, progress))
    if (!signed.ok) return signed
    if (progress.directives !== null) {
      const right = checkDirectiveCommit(this.#primitives, progress.directives, commit)
      if (!right.ok) return right
    } else if (this.#hub !== null) {
      const right = checkHubCommit(this.#primitives, this.#hub, commit)
      if (!right.ok) return right
    } else {
      if (!this.#authority.isKnown(header.authority))
        return err('bundle/missing-prerequisite', { log, seq, reason: 'authority' })
      if (this.#authority.isBefore(header.authority, progress.authority))
        return err('log/authority-backward', { log, seq })
      if (this.#statement.compartment === 'control') this.#authority.add(commit)
    }
    progress.head = head.value
    progress.authority = header.authority
    if (header.deps.length === 0) return this.#place(progress, commit, [])
    const depths = header.deps.map((leaf) => this.#context.depthOf(leaf))
    return depths.some(isPromise)
      ? Promise.all(depths).then((known) => this.#place(progress, commit, known))
      : this.#place(progress, commit, depths as readonly (number | null)[])
  }

  #publicKeyOf(key: Digest, { directives }: Progress): Uint8Array | undefined {
    if (directives !== null)
      return key === toHex(this.#primitives.sha256(directives.publicKey)) ? directives.publicKey : undefined
    if (this.#hub !== null) return key === this.#envelope.keyid ? this.#hub.publicKey : undefined
    return this.#authority.publicKeyOf(key)
  }

  #place(
    progress: Progress,
    commit: SignedCommit,
    depths: readonly (number | null)[],
  ): Result<VerifiedCommit> {
    const { header, leaf } = commit
    const seen = progress.depth < 0 ? [] : [progress.depth]
    for (const depth of depths) {
      if (depth === null) {
        return err('bundle/missing-prerequisite', { log: header.log, seq: header.seq, reason: 'deps' })
      }
      seen.push(depth)
    }
    progress.depth = depthOf(seen)
    return ok({
      commit,
      depth: progress.depth,
      held: false,
      voidCode: progress.directives === null ? this.#judge(commit, leaf) : null,
    })
  }

  #judge(commit: SignedCommit, leaf: Digest): ErrorCode | null | undefined {
    const { history } = this.#context
    const { compartment } = this.#statement
    if (this.#hub !== null) return null
    if (compartment === 'control' || history === null) return undefined
    return judgeCommit(history, commit.header, leaf, compartment)
  }

  /**
   * One line of a file of bodies: the bytes must be those that the next operation names, or where the kind may
   * withhold, a later one.
   *
   * Errors: `commit/body-digest`, `format/*`.
   */
  body(log: Id, line: Uint8Array): Result<Digest> {
    const digest = toHex(this.#primitives.sha256(line))
    const wrong = err('commit/body-digest', { log, index: this.#bodies })
    const at = mayWithholdBodies(this.#statement.kind)
      ? this.#expected.indexOf(digest, this.#bodies)
      : this.#bodies
    if (at < 0 || this.#expected[at] !== digest) return wrong
    this.#bodies = at + 1
    const body = this.#logs.get(log)?.directives == null ? readBody(line) : readDirective(line)
    return body.ok ? ok(digest) : body
  }

  /** The note of one log, verified in `finish`, when the device's key is known. */
  checkpoint(log: Id, note: Uint8Array): Result<true> {
    const text = fromUtf8(note)
    if (text === null) return err('log/checkpoint', { reason: 'utf8', log })
    this.#checkpoints.set(log, text)
    return ok(true)
  }

  /**
   * What only the whole can tell: bodies, roots, checkpoints, the authority chain, a sender that was new.
   *
   * Errors: `bundle/layout`, `commit/body-missing`, `log/root`, `log/checkpoint`, `bundle/unknown-device`,
   * `bundle/signature`, those of `readAuthority`.
   */
  finish(): Result<VerifiedBundle> {
    const closed = this.#closeBodies()
    if (!closed.ok) return closed
    const read = this.#authority.history()
    if (!read.ok) return read
    const history = read.value
    const { device } = this.#statement
    const sender = history.head.devices.get(device)
    // A device that was removed may bring the very commit that says so.
    if (this.#hub === null && sender?.inForce !== true) return err('bundle/unknown-device', { device })
    if (!this.#signatureIsVerified && sender !== undefined) {
      const verified = this.#verifySender(fromHex(sender.publicKey) as Uint8Array)
      if (!verified.ok) return verified
    }
    const logs: VerifiedLog[] = []
    for (const progress of this.#logs.values()) {
      const log = this.#finishLog(progress, history)
      if (!log.ok) return log
      logs.push(log.value)
    }
    return ok({ history, authorityCommits: this.#authority.added, logs })
  }

  #finishLog(progress: Progress, history: AuthorityHistory): Result<VerifiedLog> {
    const { range, held, tree } = progress
    const { log } = range
    if (progress.next !== range.to + 1) return err('bundle/layout', { reason: 'commits-missing', log })
    const root = tree.root()
    if (toHex(root) !== range.rootAfter) return err('log/root', { log, size: tree.size })
    const keys = this.#checkpointKeys(progress, history)
    if (!keys.ok) return keys
    const note = this.#checkpoints.get(log) ?? ''
    const name = checkpointOrigin(this.#context.unit, log)
    const signed = keys.value
      .map((publicKey) => openCheckpoint(this.#primitives, note, { name, publicKey }))
      .find((opened) => opened.ok)
    if (signed === undefined) return err('log/checkpoint', { reason: 'signature', log })
    if (signed.value.size !== tree.size || !equalBytes(signed.value.root, root)) {
      return err('log/checkpoint', { reason: 'other-tree', log, size: signed.value.size })
    }
    const common = { log, depth: progress.depth, authority: progress.authority, leaf: progress.head.leaf }
    // A shorter piece of a log held further adds nothing, and its checkpoint is an old one.
    if (tree.size < held.size) {
      return ok({ ...common, size: held.size, frontier: held.frontier, added: 0, checkpoint: null })
    }
    const added = tree.size - held.size
    return ok({ ...common, size: tree.size, frontier: tree.frontier(), added, checkpoint: note })
  }

  /**
   * Who may sign for a log: its own device, or the one that passes it on, unless it was removed. Of an upstream node
   * only itself.
   */
  #checkpointKeys({ range, directives }: Progress, history: AuthorityHistory): Result<readonly Uint8Array[]> {
    if (this.#hub !== null) return ok([this.#hub.publicKey])
    const { log } = range
    const { compartment, device } = this.#statement
    if (directives !== null) {
      const sender = history.head.devices.get(device)
      return ok(sender?.inForce === true ? [fromHex(sender.publicKey) as Uint8Array] : [])
    }
    const home = history.head.logs.get(log)
    if (home === undefined) return err('bundle/unknown-device', { log })
    if (home.compartment !== compartment) return err('bundle/layout', { reason: 'compartment', log })
    const signers = [home.device, device].flatMap((id) => history.head.devices.get(id) ?? [])
    return ok(
      signers.filter(({ inForce }) => inForce).map(({ publicKey }) => fromHex(publicKey) as Uint8Array),
    )
  }
}
