import { judgeCommit } from '../../src-shared/access/judge.ts'
import {
  isAuthorityCommit,
  readAuthority,
  type AuthorityCommit,
  type AuthorityHistory,
} from '../../src-shared/access/authority.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import { checkHubCommit, readReceipt, type ReceiptSource } from '../../src-shared/bundle/receipt.ts'
import type { CompartmentReport, VerificationReport } from '../../src-shared/contract/views.ts'
import { equalBytes, fromHex, toHex } from '../../src-shared/kernel/bytes.ts'
import type { ErrorCode } from '../../src-shared/kernel/errors.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import {
  continues,
  depthOf,
  leafBytes,
  readCommit,
  type LogHead,
  type SignedCommit,
} from '../../src-shared/log/chain.ts'
import { checkpointOrigin, openCheckpoint } from '../../src-shared/log/checkpoint.ts'
import { preAuthenticationEncoding } from '../../src-shared/log/envelope.ts'
import { readBody } from '../../src-shared/log/header.ts'
import { frontierRoot, TreeBuilder } from '../../src-shared/log/merkle.ts'
import { verifyInBackground } from '../../src-shared/node/primitives.ts'
import { parseEvidence } from './evidence-entries.ts'
import { openMemoryDatabase, statement, type Database } from './database.ts'
import { hashEvidence } from './evidence-store.ts'
import type { VaultLayout } from './layout.ts'
import { readCheckpoints, readLogs, type LogRow } from './log-table.ts'
import { authorityEntries, depthAt, iterateByDepth, iterateLog, type StoredEntry } from './entry-table.ts'
import { readBodyBytes } from './body-table.ts'
import { compareTables, countRows } from './compare-tables.ts'
import { projectCommit } from './projection.ts'
import { stepsOf } from '../../src-shared/review/steps.ts'

export interface VerifyInput {
  readonly primitives: Primitives
  readonly layout: VaultLayout
  readonly unit: Id
  readonly rootPublicKey: Uint8Array
  /** Read-only connections, control always among them. */
  readonly databases: ReadonlyMap<Compartment, Database>
  readonly at: string
  progress(done: number, total: number): void
}

type Fault = NonNullable<CompartmentReport['fault']>

/** Carries the first fault out of the pass over a compartment. */
class Found extends Error {
  readonly fault: Fault

  constructor(code: ErrorCode, log: Id | null, seq: number | null, what: string) {
    super(code)
    this.fault = { code, log, seq, what }
  }
}

/** Signatures are checked on other threads while this one reads on; so many may be under way. */
const signaturesUnderWay = 8192

interface Progress {
  done: number
  readonly total: number
}

/**
 * Recomputes everything from stored bytes: bodies, headers, chain, tree, checkpoints, signatures, authority, tables
 * derived anew and compared with the live ones, evidence, receipts. Names the first thing that is wrong in each
 * compartment, and the rows that differ.
 */
export async function verifyVault(input: VerifyInput): Promise<VerificationReport> {
  const reports: CompartmentReport[] = []
  const total = [...input.databases.values()].reduce((sum, database) => sum + countEntries(database), 0)
  const progress: Progress = { done: 0, total }
  const control = input.databases.get('control') as Database
  let history: AuthorityHistory | null = null
  for (const [name, database] of input.databases) {
    const check = new CompartmentCheck(input, name, database, progress)
    if (name === 'control') history = check.readHistory(control)
    reports.push(await check.run(history))
  }
  const verified = reports.every((report) => report.fault === null && report.differences.length === 0)
  return { verified, at: input.at, compartments: reports }
}

function countEntries(database: Database): number {
  return (statement<{ n: number }>(database, 'SELECT count(*) AS n FROM entry').get()?.n ?? 0) as number
}

/** How far one log has been read. */
interface Walk {
  readonly log: LogRow
  /** Checkpoint notes not met yet, by size. */
  readonly notes: Map<number, string>
  readonly tree: TreeBuilder
  head: LogHead
  /** Height of the newest authority named. */
  height: number
}

class CompartmentCheck {
  readonly #input: VerifyInput
  readonly #name: Compartment
  readonly #database: Database
  readonly #progress: Progress
  readonly #voids: CompartmentReport['voids'][number][] = []
  readonly #evidence = new Set<string>()
  readonly #heads: CompartmentReport['heads'][number][] = []
  readonly #underWay: Promise<Found | null>[] = []
  #commits = 0
  #bodies = 0
  #rows = 0

  constructor(input: VerifyInput, name: Compartment, database: Database, progress: Progress) {
    this.#input = input
    this.#name = name
    this.#database = database
    this.#progress = progress
  }

  /** The authority chain, or null when it cannot be read; the fault is then found by `run`. */
  readHistory(control: Database): AuthorityHistory | null {
    const commits: AuthorityCommit[] = []
    for (const entry of authorityEntries(control)) {
      const commit = readCommit(this.#input.primitives, entry.envelope)
      if (commit.ok) commits.push(commit.value)
    }
    const history = readAuthority(this.#input.primitives, this.#input.rootPublicKey, commits)
    return history.ok ? history.value : null
  }

  async run(history: AuthorityHistory | null): Promise<CompartmentReport> {
    let fault: Fault | null = null
    let differences: CompartmentReport['differences'] = []
    const logs = readLogs(this.#database, 'device')
    try {
      if (history === null) throw new Found('authority/not-founded', null, null, 'authority')
      differences = await this.#checkLogs(logs, history)
      for (const log of readLogs(this.#database, 'hub')) this.#checkHubLog(log, history)
      await this.#checkEvidence()
    } catch (error) {
      if (!(error instanceof Found)) throw error
      // A signature still under way belongs to an earlier commit than whatever stopped the reading.
      fault = (await this.#settle())?.fault ?? error.fault
    }
    return {
      compartment: this.#name,
      logs: logs.length,
      commits: this.#commits,
      bodies: this.#bodies,
      evidence: this.#evidence.size,
      rows: this.#rows,
      fault,
      voids: this.#voids,
      differences,
      heads: this.#heads,
    }
  }

  #tick(): void {
    this.#progress.done++
    if (this.#progress.done % 200 === 0) this.#input.progress(this.#progress.done, this.#progress.total)
  }

  /** The first signature that does not hold, of those under way. */
  async #settle(): Promise<Found | null> {
    const settled = await Promise.all(this.#underWay.splice(0))
    return settled.find((found) => found !== null) ?? null
  }

  /** One pass over all logs in the causal order, deriving the tables anew on the way. Returns the rows that differ. */
  async #checkLogs(
    logs: readonly LogRow[],
    history: AuthorityHistory,
  ): Promise<CompartmentReport['differences']> {
    const walks = new Map(logs.map((log) => [log.log, this.#beginWalk(log)]))
    const derived = openMemoryDatabase(this.#name === 'control' ? 'control' : 'business')
    try {
      derived.exec('BEGIN')
      for (const entry of iterateByDepth(this.#database)) {
        const walk = walks.get(entry.log) as Walk
        const commit = this.#checkEntry(walk, entry, history)
        this.#underWay.push(this.#checkSignature(commit, history))
        if (entry.void === null) this.#derive(derived, commit, entry, history)
        this.#tick()
        if (this.#underWay.length < signaturesUnderWay) continue
        const found = await this.#settle()
        if (found !== null) throw found
      }
      derived.exec('COMMIT')
      const found = await this.#settle()
      if (found !== null) throw found
      for (const walk of walks.values()) this.#endWalk(walk)
      if (this.#name === 'control') return []
      this.#rows = countRows(derived)
      return compareTables(this.#database, derived)
    } finally {
      derived.close()
    }
  }

  #beginWalk(log: LogRow): Walk {
    const notes = new Map(readCheckpoints(this.#database, log.log).map((point) => [point.size, point.note]))
    const head: LogHead = { log: log.log, size: 0, leaf: null }
    return { log, notes, head, tree: new TreeBuilder(this.#input.primitives), height: -1 }
  }

  #checkEntry(walk: Walk, entry: StoredEntry, history: AuthorityHistory): SignedCommit {
    const { log, tree } = walk
    const commit = this.#readEntry(log, entry)
    const next = continues(walk.head, commit)
    if (!next.ok) throw new Found(next.error.code, log.log, entry.seq, 'chain')
    walk.head = next.value
    walk.height = this.#checkAuthority(commit, entry, history, walk.height)
    this.#checkDepth(commit, entry)
    this.#checkBodies(commit)
    tree.append(leafBytes(commit.leaf))
    const note = walk.notes.get(tree.size)
    if (note !== undefined) this.#checkCheckpoint(note, log, tree, history, this.#input.unit)
    walk.notes.delete(tree.size)
    this.#commits++
    return commit
  }

  #endWalk({ log, notes, head, tree }: Walk): void {
    if (notes.size > 0) throw new Found('log/rollback', log.log, head.size, 'checkpoint')
    const stored = frontierRoot(this.#input.primitives, log.frontier)
    if (head.size !== log.size || head.leaf !== log.leaf || !equalBytes(stored, tree.root())) {
      throw new Found('log/root', log.log, head.size, 'head')
    }
    if (log.acknowledged > head.size) throw new Found('log/rollback', log.log, head.size, 'receipt')
    this.#heads.push({
      log: log.log,
      size: head.size,
      root: toHex(tree.root()),
      acknowledged: log.acknowledged,
    })
  }

  #derive(derived: Database, commit: SignedCommit, entry: StoredEntry, history: AuthorityHistory): void {
    const state = history.at(commit.header.authority ?? '')
    if (this.#name === 'control' || state === undefined) return
    const { primitives, unit } = this.#input
    const readBody = (digest: string) => readBodyBytes(this.#database, digest)
    const steps = stepsOf(commit.header, commit.leaf, entry.depth, state)
    projectCommit(
      { primitives, unit, database: derived, readBody },
      commit.header,
      commit.leaf,
      entry.depth,
      steps,
    )
  }

  #readEntry(log: LogRow, entry: StoredEntry): SignedCommit {
    const commit = readCommit(this.#input.primitives, entry.envelope)
    if (!commit.ok) throw new Found(commit.error.code, log.log, entry.seq, 'header')
    if (commit.value.leaf !== entry.leaf) throw new Found('log/chain', log.log, entry.seq, 'leaf')
    return commit.value
  }

  async #checkSignature(commit: SignedCommit, history: AuthorityHistory): Promise<Found | null> {
    const { log, seq, key } = commit.header
    const publicKey = history.publicKey(key)
    if (publicKey === undefined) return new Found('commit/key-unknown', log, seq, 'signature')
    const { payloadType, payload, signature } = commit.envelope
    const message = preAuthenticationEncoding(payloadType, payload)
    const good = await verifyInBackground(publicKey, message, signature)
    return good ? null : new Found('commit/signature', log, seq, 'signature')
  }

  /** The void mark must be what the rules say, and the authority named must not go backward. Returns its height. */
  #checkAuthority(
    commit: SignedCommit,
    entry: StoredEntry,
    history: AuthorityHistory,
    height: number,
  ): number {
    const { log, seq, authority } = commit.header
    if (entry.authority !== isAuthorityCommit(commit.header)) {
      throw new Found('authority/unknown', log, seq, 'authority mark')
    }
    const named = authority === null ? -1 : (history.at(authority)?.height ?? null)
    if (named === null) throw new Found('authority/unknown', log, seq, 'authority')
    if (named < height) throw new Found('log/authority-backward', log, seq, 'authority')
    const code = judgeCommit(history, commit.header, commit.leaf, this.#name)
    if (code !== entry.void) throw new Found(code ?? 'log/projection', log, seq, 'void mark')
    if (code !== null) this.#voids.push({ log, seq, code })
    return named
  }

  #checkDepth(commit: SignedCommit, entry: StoredEntry): void {
    const { log, seq, prev, deps } = commit.header
    const seen: number[] = []
    for (const leaf of prev === null ? deps : [prev, ...deps]) {
      const depth = depthAt(this.#database, leaf)
      if (depth === null) throw new Found('log/gap', log, seq, 'deps')
      seen.push(depth)
    }
    if (depthOf(seen) !== entry.depth) throw new Found('log/chain', log, seq, 'depth')
  }

  #checkBodies(commit: SignedCommit): void {
    const { log, seq } = commit.header
    for (const operation of commit.header.ops) {
      const bytes = readBodyBytes(this.#database, operation.digest)
      if (bytes === null) throw new Found('commit/body-missing', log, seq, 'body')
      if (toHex(this.#input.primitives.sha256(bytes)) !== operation.digest) {
        throw new Found('commit/body-digest', log, seq, 'body')
      }
      const body = readBody(bytes)
      if (!body.ok) throw new Found(body.error.code, log, seq, 'body')
      this.#bodies++
      if (operation.op !== 'record.submit' || operation.evidence === 0) continue
      for (const { hash } of parseEvidence(body.value)) this.#evidence.add(hash)
    }
  }

  #checkCheckpoint(note: string, log: LogRow, tree: TreeBuilder, history: AuthorityHistory, unit: Id): void {
    const device = history.head.devices.get(history.head.logs.get(log.log)?.device ?? '')
    const publicKey = fromHex(device?.publicKey ?? '')
    if (publicKey === null) throw new Found('authority/device', log.log, tree.size, 'checkpoint')
    const name = checkpointOrigin(unit, log.log)
    const opened = openCheckpoint(this.#input.primitives, note, { name, publicKey })
    if (!opened.ok) throw new Found('log/checkpoint', log.log, tree.size, 'checkpoint')
    if (opened.value.size !== tree.size || !equalBytes(opened.value.root, tree.root())) {
      throw new Found('log/fork', log.log, tree.size, 'checkpoint')
    }
  }

  /** The upstream node's receipts held here: its chain, its signatures, and what they say of these logs. */
  #checkHubLog(log: LogRow, history: AuthorityHistory): void {
    const { primitives, unit } = this.#input
    const upstream = history.head.upstream
    if (upstream === null) throw new Found('hub/none', log.log, null, 'receipt')
    const publicKey = fromHex(upstream.publicKey) as Uint8Array
    const source: ReceiptSource = { hub: upstream.hub, publicKey, unit, compartment: this.#name }
    let head: LogHead = { log: log.log, size: 0, leaf: null }
    for (const entry of iterateLog(this.#database, log.log, 0, Number.MAX_SAFE_INTEGER)) {
      const commit = this.#readEntry(log, entry)
      const next = continues(head, commit)
      if (!next.ok) throw new Found(next.error.code, log.log, entry.seq, 'receipt')
      head = next.value
      const right = checkHubCommit(primitives, source, commit)
      if (!right.ok) throw new Found(right.error.code, log.log, entry.seq, 'receipt')
      const { payloadType, payload, signature } = commit.envelope
      if (!primitives.ed25519Verify(publicKey, preAuthenticationEncoding(payloadType, payload), signature)) {
        throw new Found('commit/signature', log.log, entry.seq, 'receipt')
      }
      const bytes = readBodyBytes(this.#database, commit.header.ops[0]?.digest ?? '')
      const receipt = bytes === null ? null : readReceipt(primitives, source, commit, bytes)
      if (receipt === null || !receipt.ok) throw new Found('hub/receipt-wrong', log.log, entry.seq, 'receipt')
      this.#tick()
    }
    if (head.size !== log.size || head.leaf !== log.leaf)
      throw new Found('log/root', log.log, head.size, 'receipt')
  }

  async #checkEvidence(): Promise<void> {
    for (const hash of this.#evidence) {
      const found = await hashEvidence(this.#input.layout, hash)
      if (found === null) throw new Found('vault/evidence-missing', null, null, hash)
      if (found !== hash) throw new Found('log/evidence', null, null, hash)
    }
  }
}
