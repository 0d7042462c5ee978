import type { AuthorityHistory, MemberState } from '../../src-shared/access/authority.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import {
  bodiesPath,
  checkpointPath,
  commitsPath,
  evidencePath as bundleEvidencePath,
  keysPath,
} from '../../src-shared/bundle/layout.ts'
import { planSegments, type PlannedCommit, type Segment } from '../../src-shared/bundle/plan.ts'
import type { HeldReceipt, LogRange, Prerequisite } from '../../src-shared/bundle/statement.ts'
import { toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes } from '../../src-shared/kernel/canonical.ts'
import { newId, type Digest, type Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives, Signer } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { checkpointOrigin, signCheckpoint } from '../../src-shared/log/checkpoint.ts'
import { envelopeText } from '../../src-shared/log/envelope.ts'
import { readBody, readHeader } from '../../src-shared/log/header.ts'
import { frontierRoot, type Frontier } from '../../src-shared/log/merkle.ts'
import {
  jsonLines,
  writeBundle,
  type BundleEntry,
  type WrittenBundle,
} from '../../src-shared/node/bundle-writer.ts'
import type { Database } from '../vault/database.ts'
import { newestReceipt } from '../vault/desk-tables.ts'
import { parseEvidence } from '../vault/evidence-entries.ts'
import { evidenceChunks, hasEvidence } from '../vault/evidence-store.ts'
import { directiveLogs } from '../vault/directive-log.ts'
import type { VaultLayout } from '../vault/layout.ts'
import { acknowledgedFrontier, readLogs, type LogRow, readLog } from '../vault/log-table.ts'
import { peerHeld, peerTold } from '../vault/peer-table.ts'
import {
  authorityEntries,
  entriesWithEvidence,
  frontierAt,
  iterateLog,
  leafAt,
  operationCounts,
  positionOf,
  readEntry,
} from '../vault/entry-table.ts'
import { iterateBodies, readBodyBytes } from '../vault/body-table.ts'

/**
 * For whom a bundle is: the upstream node, another device of the unit, or one that is being enrolled and holds nothing
 * but the identity of `recipient`.
 */
export type BundleTarget =
  | { readonly to: 'upstream' }
  | { readonly to: 'device'; readonly device: Id }
  | { readonly to: 'enrolment'; readonly recipient: string }

export interface OutgoingInput {
  readonly primitives: Primitives
  readonly layout: VaultLayout
  readonly unit: Id
  readonly device: { readonly id: Id; readonly signer: Signer }
  readonly compartment: Compartment
  readonly kind: 'update' | 'full'
  readonly target: BundleTarget
  readonly history: AuthorityHistory
  /** Read-only connections inside a read transaction, so that both passes of the writer see the same log. */
  readonly database: Database
  readonly control: Database
  readonly path: string
  readonly createdAt: string
  readonly signal?: AbortSignal
  progress(done: number, total: number): void
}

export interface Outgoing extends WrittenBundle {
  readonly id: Id
  readonly commits: number
  readonly checkpoints: readonly { readonly log: Id; readonly size: number; readonly note: string }[]
}

interface PlannedLog {
  readonly log: LogRow
  readonly from: number
  readonly before: Frontier
}

/**
 * Writes one compartment's bundle: what its reader is not known to hold, or everything.
 *
 * Errors: `hub/none`, `bundle/nothing-new`, `vault/evidence-missing`, those of `writeBundle`.
 */
export async function writeOutgoing(input: OutgoingInput): Promise<Result<Outgoing>> {
  const { primitives, compartment } = input
  const recipients = recipientsOf(input)
  if (recipients === null) return err('hub/none')
  const logs = planLogs(input)
  if (logs.length === 0) return err('bundle/nothing-new', { compartment })
  const missing = missingEvidence(input, logs)
  if (missing !== null) return err('vault/evidence-missing', { hash: missing })
  const id = newId(primitives)
  const ranges = logs.map(({ log, from, before }): LogRange => {
    const root = (frontier: Frontier) => toHex(frontierRoot(primitives, frontier))
    return { log: log.log, from, to: log.size - 1, rootBefore: root(before), rootAfter: root(log.frontier) }
  })
  const checkpoints = logs.map(({ log }) => ({
    log: log.log,
    size: log.size,
    note: signCheckpoint(
      primitives,
      {
        origin: checkpointOrigin(input.unit, log.log),
        size: log.size,
        root: frontierRoot(primitives, log.frontier),
      },
      input.device.signer,
    ),
  }))
  const written = await writeBundle({
    path: input.path,
    recipients,
    signer: input.device.signer,
    statement: {
      id,
      kind: input.target.to === 'enrolment' ? 'enrolment' : input.kind,
      unit: input.unit,
      compartment,
      device: input.device.id,
      createdAt: input.createdAt,
      logs: ranges,
      prerequisites: prerequisitesOf(input),
      receipts: receiptsOf(input),
    },
    entries: entriesOf(input, ranges, checkpoints),
    progress: input.progress,
    ...(input.signal === undefined ? {} : { signal: input.signal }),
  })
  if (!written.ok) return written
  const commits = logs.reduce((sum, { log, from }) => sum + log.size - from, 0)
  // This device vouches on the way for a log of the node, and keeps no checkpoint of it.
  const own = checkpoints.filter((_, index) => logs[index]?.log.kind === 'device')
  return ok({ ...written.value, id, commits, checkpoints: own })
}

/** What another device of the unit gets is for those who can open the compartment, and nobody else. */
function recipientsOf({ history, compartment, target }: OutgoingInput): readonly string[] | null {
  if (target.to === 'enrolment') return [target.recipient]
  const ring = history.head.keyrings.get(compartment)
  if (ring === undefined) return null
  if (target.to === 'device') {
    // A new epoch of `control` is wrapped inside `control`: a device that has not read of it yet could not open it.
    const members = compartment === 'control' ? [...history.head.members.values()] : []
    return [ring.recipient, ...members.flatMap(recipientInForce)]
  }
  const { upstream } = history.head
  return upstream === null ? null : [ring.recipient, upstream.recipients[compartment]]
}

function recipientInForce(member: MemberState): readonly string[] {
  const hasRole = member.grants.some(({ confirmed }) => confirmed)
  return hasRole ? member.keys.filter(({ inForce }) => inForce).map(({ recipient }) => recipient) : []
}

function planLogs(input: OutgoingInput): readonly PlannedLog[] {
  const { primitives, database, target } = input
  const logs = carriedLogs(input).filter((log) => log.size > 0)
  const planned: PlannedLog[] = []
  for (const log of logs) {
    const from = knownSize(input, log)
    if (from >= log.size) continue
    const known = target.to === 'upstream' && from > 0
    const before = known
      ? acknowledgedFrontier(database, log.log)
      : frontierAt(primitives, database, log, from)
    planned.push({ log, from, before })
  }
  if (planned.length > 0 || target.to !== 'device') return planned
  // Nothing to bring but the word of what has come: else the other device would send it again for ever.
  const [first] = logs
  const isUntold = logs.some((log) => peerTold(database, target.device, log.log) < log.size)
  if (first === undefined || !isUntold) return []
  const from = first.size - 1
  return [{ log: first, from, before: frontierAt(primitives, database, first, from) }]
}

/** The logs of the unit's devices; another device also gets what the level above decided. */
function carriedLogs({
  primitives,
  history,
  compartment,
  database,
  target,
}: OutgoingInput): readonly LogRow[] {
  const own = readLogs(database, 'device')
  if (target.to === 'upstream') return own
  const directives = directiveLogs(primitives, history.head, compartment, database)
  return [...own, ...directives.map(({ log }) => log)]
}

/** Commits of a log that the reader is known to hold. */
function knownSize({ kind, target, database }: OutgoingInput, log: LogRow): number {
  if (kind === 'full' || target.to === 'enrolment') return 0
  if (target.to === 'upstream') return log.acknowledged
  return Math.min(peerHeld(database, target.device, log.log), log.size)
}

/**
 * What the reader must hold: outside `control`, the authority chain that these commits are judged by. Another device
 * is also told what it is known to hold and this one holds too, so that neither sends it again.
 */
function prerequisitesOf(input: OutgoingInput): readonly Prerequisite[] {
  const { compartment, target } = input
  if (target.to !== 'device') return compartment === 'control' ? [] : authorityHead(input)
  const common = carriedLogs(input).flatMap((log) => prerequisite(input.database, log, knownSize(input, log)))
  return compartment === 'control' ? common : [...authorityHeads(input.control), ...common]
}

function prerequisite(database: Database, { log }: LogRow, size: number): readonly Prerequisite[] {
  const leaf = size === 0 ? null : leafAt(database, log, size - 1)
  return leaf === null ? [] : [{ log, size, leaf }]
}

function authorityHead(input: OutgoingInput): readonly Prerequisite[] {
  const leaf = input.history.head.leaf
  const entry = readEntry(input.control, leaf)
  return entry === null ? [] : [{ log: entry.log, size: entry.seq + 1, leaf }]
}

/** The newest authority commit of every control log: with a fork in the chain, no single one stands for all. */
function authorityHeads(control: Database): readonly Prerequisite[] {
  const newest = new Map<Id, Prerequisite>()
  for (const { log, seq, leaf } of authorityEntries(control)) {
    if (seq >= (newest.get(log)?.size ?? 0)) newest.set(log, { log, size: seq + 1, leaf })
  }
  return [...newest.values()]
}

/** The newest commits of upstream nodes held here: of receipts, and of directives. */
function receiptsOf({ primitives, history, compartment, database }: OutgoingInput): readonly HeldReceipt[] {
  const receipt = newestReceipt(database)
  const decided = directiveLogs(primitives, history.head, compartment, database).flatMap(({ log, source }) =>
    log.leaf === null ? [] : [{ hub: source.hub, log: log.log, seq: log.size - 1, leaf: log.leaf }],
  )
  if (receipt === null) return decided
  const { hub, log, seq, leaf } = receipt
  return [{ hub, log, seq, leaf }, ...decided]
}

function entriesOf(
  input: OutgoingInput,
  ranges: readonly LogRange[],
  checkpoints: Outgoing['checkpoints'],
): readonly BundleEntry[] {
  const { database } = input
  const segments = planSegments(ranges, planner(database, ranges))
  const entries: BundleEntry[] = []
  for (const segment of segments) {
    entries.push({
      path: commitsPath(segment.log, segment.from, segment.to),
      open: () => jsonLines(commitLines(database, segment)),
    })
    entries.push({
      path: bodiesPath(segment.log, segment.from, segment.to),
      open: () => jsonLines(iterateBodies(database, segment.log, segment.from, segment.to)),
    })
  }
  for (const { log, note } of checkpoints)
    entries.push({ path: checkpointPath(log), open: () => [utf8(note)] })
  for (const hash of evidenceOf(database, ranges)) {
    entries.push({ path: bundleEvidencePath(hash), open: () => evidenceChunks(input.layout, hash) })
  }
  entries.push({ path: keysPath, open: () => [keysFile(input.history)] })
  return entries
}

/** Several logs may need each other; then the headers are read for what they have seen. */
function planner(database: Database, ranges: readonly LogRange[]): (log: Id, seq: number) => PlannedCommit {
  const [only] = ranges
  if (ranges.length === 1 && only !== undefined) {
    const counts = operationCounts(database, readLog(database, only.log) as LogRow, only.from, only.to)
    return (_log, seq) => ({ operations: counts[seq - only.from] ?? 0, needs: [] })
  }
  return (log, seq) => {
    const [entry] = [...iterateLog(database, log, seq, seq)]
    const header = entry === undefined ? null : readHeader(entry.envelope.payload)
    if (header === null || !header.ok) return { operations: 0, needs: [] }
    const { deps, authority, ops } = header.value
    const needs = [...deps, ...(authority === null ? [] : [authority])].flatMap((leaf) => {
      const position = positionOf(database, leaf)
      return position === null ? [] : [position]
    })
    return { operations: ops.length, needs }
  }
}

function* commitLines(database: Database, segment: Segment): IterableIterator<string> {
  for (const entry of iterateLog(database, segment.log, segment.from, segment.to))
    yield envelopeText(entry.envelope)
}

/** Hashes of the evidence that the bodies of these commits name, each once, sorted. */
function evidenceOf(database: Database, ranges: readonly Segment[]): readonly Digest[] {
  const hashes = new Set<Digest>()
  for (const range of ranges) {
    for (const entry of entriesWithEvidence(database, range.log, range.from, range.to)) {
      const header = readHeader(entry.envelope.payload)
      for (const operation of header.ok ? header.value.ops : []) {
        const bytes = readBodyBytes(database, operation.digest)
        const body = bytes === null ? null : readBody(bytes)
        for (const { hash } of body?.ok ? parseEvidence(body.value) : []) hashes.add(hash)
      }
    }
  }
  return [...hashes].sort()
}

/** The first piece of evidence that is named but not there: no bundle is written with a hole. */
function missingEvidence(input: OutgoingInput, logs: readonly PlannedLog[]): Digest | null {
  const ranges = logs.map(({ log, from }) => ({ log: log.log, from, to: log.size - 1 }))
  return evidenceOf(input.database, ranges).find((hash) => !hasEvidence(input.layout, hash)) ?? null
}

/** A convenience for people with other tools; no reader of ours trusts it. */
function keysFile(history: AuthorityHistory): Uint8Array {
  const keys: { key: string; publicKey: string }[] = []
  for (const member of history.head.members.values()) {
    for (const { key, publicKey } of member.keys) keys.push({ key, publicKey })
  }
  for (const { key, publicKey } of history.head.devices.values()) keys.push({ key, publicKey })
  keys.sort((a, b) => (a.key < b.key ? -1 : 1))
  return canonicalBytes({ keys, type: 'liandang/keys/1' })
}
