import { isAuthorityCommit, type AuthorityHistory } from '../../src-shared/access/authority.ts'
import { judgeCommit } from '../../src-shared/access/judge.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import type { ReceivedLog } from '../../src-shared/bundle/receipt.ts'
import type { CompartmentReport } from '../../src-shared/contract/log-views.ts'
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
import { emptyFrontier, frontierRoot, TreeBuilder } from '../../src-shared/log/merkle.ts'
import type { Database } from './database.ts'
import { depthAt, evidenceCount, type StoredEntry } from './entry-table.ts'
import { acknowledgedFrontier, cosignatureOf, readCheckpoints, type LogRow } from './log-table.ts'

type Fault = NonNullable<CompartmentReport['fault']>

/** Carries the first fault out of the pass over a compartment. */
export class Found extends Error {
  readonly fault: Fault

  constructor(code: ErrorCode, log: Id | null, seq: number | null, what: string) {
    super(code)
    this.fault = { code, log, seq, what }
  }
}

export interface LogPlace {
  readonly primitives: Primitives
  readonly unit: Id
  readonly compartment: Compartment
  readonly database: Database
  readonly history: AuthorityHistory
}

/** What receipts say of one log, by size; of one size the newest. */
export type Received = ReadonlyMap<number, ReceivedLog>

/** Reads one log from its first commit to its last, and finds what in it is not as it was made. */
export class LogWalk {
  readonly log: LogRow
  /** Checkpoint notes of this log. */
  readonly checkpoints: number
  readonly #place: LogPlace
  readonly #notes: Map<number, string>
  readonly #received: Map<number, ReceivedLog>
  readonly #newest: ReceivedLog | null
  readonly #tree: TreeBuilder
  #head: LogHead
  #depth = -1
  #authority: string | null = null

  constructor(place: LogPlace, log: LogRow, received: Received) {
    this.log = log
    this.#place = place
    this.#notes = new Map(readCheckpoints(place.database, log.log).map((point) => [point.size, point.note]))
    this.checkpoints = this.#notes.size
    this.#received = new Map(received)
    this.#newest = received.get(Math.max(...received.keys())) ?? null
    this.#tree = new TreeBuilder(place.primitives)
    this.#head = { log: log.log, size: 0, leaf: null }
  }

  /** Header, place, chain, depth and tree of the next commit. */
  take(entry: StoredEntry): SignedCommit {
    const commit = this.#read(entry)
    const next = continues(this.#head, commit)
    if (!next.ok) throw this.#found(next.error.code, entry.seq, 'chain')
    this.#head = next.value
    this.#checkDepth(commit, entry)
    this.#tree.append(leafBytes(commit.leaf))
    const { size } = this.#tree
    const note = this.#notes.get(size)
    if (note !== undefined) this.#checkCheckpoint(note)
    this.#notes.delete(size)
    const received = this.#received.get(size)
    if (received !== undefined && received.root !== toHex(this.#tree.root()))
      throw this.#found('log/fork', size, 'receipt')
    this.#received.delete(size)
    return commit
  }

  /** The marks of a commit must be what the rules say. Returns the code that makes it void. */
  judge(commit: SignedCommit, entry: StoredEntry): ErrorCode | null {
    const { seq } = commit.header
    if (entry.authority !== (isAuthorityCommit(commit.header) ? 1 : 0))
      throw this.#found('authority/unknown', seq, 'authority mark')
    const code = this.rule(commit)
    if (code !== entry.void) throw this.#found(code ?? 'log/projection', seq, 'void mark')
    return code
  }

  /** What the rules say of a commit; the authority it names must not go backward. */
  rule(commit: SignedCommit): ErrorCode | null {
    const { history, compartment } = this.#place
    const { seq, authority } = commit.header
    if (authority !== null && history.at(authority) === undefined)
      throw this.#found('authority/unknown', seq, 'authority')
    const before = this.#authority
    if (before !== null && (authority === null || history.isBefore(authority, before)))
      throw this.#found('log/authority-backward', seq, 'authority')
    this.#authority = authority
    return judgeCommit(history, commit.header, commit.leaf, compartment)
  }

  /** What is remembered of the log as a whole must be what was read. */
  end(): CompartmentReport['heads'][number] {
    const { primitives, database } = this.#place
    const { log, size, leaf, depth, frontier, acknowledged } = this.log
    if (this.#notes.size > 0) throw this.#found('log/rollback', this.#head.size, 'checkpoint')
    if (this.#received.size > 0) throw this.#found('log/rollback', this.#head.size, 'receipt')
    const same = this.#head.size === size && this.#head.leaf === leaf && this.#depth === depth
    if (!same || !equalBytes(frontierRoot(primitives, frontier), this.#tree.root()))
      throw this.#found('log/root', this.#head.size, 'head')
    const newest = this.#newest
    const root = toHex(frontierRoot(primitives, acknowledgedFrontier(database, log)))
    if (
      acknowledged !== (newest?.size ?? 0) ||
      cosignatureOf(database, log) !== (newest?.cosigned ?? null) ||
      root !== (newest?.root ?? toHex(frontierRoot(primitives, emptyFrontier)))
    )
      throw this.#found('log/root', acknowledged, 'receipt')
    return { log, size, root: toHex(this.#tree.root()), acknowledged }
  }

  #found(code: ErrorCode, seq: number, what: string): Found {
    return new Found(code, this.log.log, seq, what)
  }

  #read(entry: StoredEntry): SignedCommit {
    const commit = readCommit(this.#place.primitives, entry.envelope)
    if (!commit.ok) throw this.#found(commit.error.code, entry.seq, 'header')
    const { leaf, header } = commit.value
    if (leaf !== entry.leaf) throw this.#found('log/chain', entry.seq, 'leaf')
    if (header.seq !== entry.seq) throw this.#found('log/sequence', entry.seq, 'place')
    if (entry.operations !== header.ops.length || entry.evidence !== evidenceCount(header))
      throw this.#found('log/projection', entry.seq, 'counts')
    return commit.value
  }

  #checkDepth(commit: SignedCommit, entry: StoredEntry): void {
    const { seq, prev, deps } = commit.header
    const seen: number[] = []
    for (const leaf of prev === null ? deps : [prev, ...deps]) {
      const depth = depthAt(this.#place.database, leaf)
      if (depth === null) throw this.#found('log/gap', seq, 'deps')
      seen.push(depth)
    }
    if (depthOf(seen) !== entry.depth) throw this.#found('log/chain', seq, 'depth')
    this.#depth = entry.depth
  }

  #checkCheckpoint(note: string): void {
    const { primitives, unit, history } = this.#place
    const { size } = this.#tree
    const name = checkpointOrigin(unit, this.log.log)
    // Its own device's, or that of one that passed the log on; removed devices signed while they were in force.
    const opened = [...history.head.devices.values()]
      .map(({ publicKey }) =>
        openCheckpoint(primitives, note, { name, publicKey: fromHex(publicKey) as Uint8Array }),
      )
      .find((one) => one.ok)
    if (opened === undefined) throw this.#found('log/checkpoint', size, 'checkpoint')
    if (opened.value.size !== size || !equalBytes(opened.value.root, this.#tree.root()))
      throw this.#found('log/fork', size, 'checkpoint')
  }
}
