import type { AuthorityHistory } from '../../src-shared/access/authority.ts'
import { judgeCommit } from '../../src-shared/access/judge.ts'
import { readAccessEntry, type AccessEntry } from '../../src-shared/audit/access-entry.ts'
import { readSealedAct, type SealedAct } from '../../src-shared/audit/incident.ts'
import type { EntryState, IndexReport } from '../../src-shared/contract/audit.ts'
import { fromBase64, toHex } from '../../src-shared/kernel/bytes.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { readCommit, verifyCommitSignature } from '../../src-shared/log/chain.ts'
import { readBody, type Header } from '../../src-shared/log/header.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { openSmall, smallOpener, type SmallOpener } from '../../src-shared/node/age-small.ts'
import { decryptWith } from '../../src-shared/node/age.ts'
import {
  emptyIndex,
  holdToAuthority,
  insertAccess,
  insertAct,
  readFollowed,
  writeFollowed,
  type Signed,
} from './audit-index.ts'
import { readBodyBytes } from './body-table.ts'
import type { Database } from './database.ts'
import { iterateLog, leafAt, type StoredEntry } from './entry-table.ts'
import { readLogs, type LogRow } from './log-table.ts'

export interface ReadAccess {
  readonly primitives: Primitives
  readonly history: AuthorityHistory
  readonly control: Database
  readonly index: Database
  /** Identities of the audit keyring, newest first. */
  readonly identities: readonly string[]
  readonly progress: (done: number, total: number) => void
}

/** Commits between two durable steps: what a run that is cut short must read again at most. */
const step = 500

const actOperations: readonly Operation['op'][] = ['access.note', 'incident.report', 'incident.update']

/**
 * Reads what the control logs hold beyond what the index has followed: checks each signature, judges each commit,
 * opens each seal. A log that no longer continues what was followed makes the whole index begin anew.
 */
export async function followAccess(read: ReadAccess): Promise<IndexReport> {
  const { control, index, primitives, history } = read
  const logs = readLogs(control, 'device')
  let rebuilt = holdToAuthority(index, fingerprintOf(primitives, history))
  if (!logs.every((log) => continuesFollowed(control, index, log))) {
    emptyIndex(index)
    rebuilt = true
  }
  const openers = read.identities.map(smallOpener).filter((opener) => opener !== null)
  const total = logs.reduce((sum, log) => sum + log.size, 0)
  let done = logs.reduce((sum, log) => sum + readFollowed(index, log.log).next, 0)
  let added = 0
  for (const log of logs) {
    for (let from = readFollowed(index, log.log).next; from < log.size; from += step) {
      const to = Math.min(from + step, log.size) - 1
      const rows: (() => void)[] = []
      // All at once: a query left open would keep others from writing while a seal is opened.
      const entries = [...iterateLog(control, log.log, from, to)]
      for (const entry of entries) rows.push(...(await rowsOf(read, openers, entry)))
      const leaf = entries.at(-1)?.leaf
      if (leaf === undefined) break
      index.transaction(() => {
        for (const write of rows) write()
        writeFollowed(index, log.log, { next: to + 1, leaf })
      })()
      added += rows.length
      done += to + 1 - from
      read.progress(done, total)
    }
  }
  return { entries: countRows(index), added, rebuilt }
}

/** What of the authority chain could change how entries read before are to be read now. */
function fingerprintOf(primitives: Primitives, { removals, forked, voids, head }: AuthorityHistory): string {
  const removed = removals.map(({ key, last }) => [key, [...last]])
  const ties = [...head.members.values()].map(({ id, cadre }) => [id, cadre])
  const text = JSON.stringify([removed, forked, [...voids], ties])
  return toHex(primitives.sha256(new TextEncoder().encode(text)))
}

function continuesFollowed(control: Database, index: Database, log: LogRow): boolean {
  const { next, leaf } = readFollowed(index, log.log)
  return next === 0 || (next <= log.size && leafAt(control, log.log, next - 1) === leaf)
}

/** How many commits the logs hold beyond what the index has followed. */
export function pendingCommits(control: Database, index: Database): number {
  return readLogs(control, 'device').reduce(
    (sum, log) => sum + Math.max(0, log.size - readFollowed(index, log.log).next),
    0,
  )
}

function countRows(index: Database): number {
  return (index.prepare('SELECT count(*) AS n FROM access').get() as { n: number }).n
}

/** The rows that a commit gives, as writes to be made together with the note of how far the log was followed. */
async function rowsOf(
  read: ReadAccess,
  openers: readonly SmallOpener[],
  stored: StoredEntry,
): Promise<readonly (() => void)[]> {
  const { index, control, primitives } = read
  const claimed = claimsOf(stored)
  const wanted = claimed.ops.flatMap((operation, place) =>
    operation.op === 'access.record' || actOperations.includes(operation.op) ? [{ operation, place }] : [],
  )
  if (wanted.length === 0) return []
  const fault = faultOf(read, stored)
  const writes: (() => void)[] = []
  for (const { operation, place } of wanted) {
    const device = read.history.head.logs.get(stored.log)?.device ?? ''
    const { at, member, role } = claimed
    const signed = { leaf: stored.leaf, operation: place, depth: stored.depth, at, member, role, device }
    const body = readBodyBytes(control, operation.digest)
    const isBody = body !== null && toHex(primitives.sha256(body)) === operation.digest
    const plaintext = fault === null && isBody ? await openSeal(read, openers, body) : null
    const seen = fault ?? (isBody ? null : { state: 'unsigned' as const, code: 'commit/body-missing' })
    if (operation.op === 'access.record') {
      const { entry, ...outcome } = judgeEntry(read.history, signed, seen, plaintext)
      writes.push(() => insertAccess(index, { ...signed, ...outcome }, entry))
    } else {
      const { act, ...outcome } = judgeAct(signed, operation, seen, plaintext)
      writes.push(() => insertAct(index, { ...signed, ...outcome }, operation.op, operation.entity, act))
    }
  }
  return writes
}

/** The header as it stands, believed only as far as {@link faultOf} allows. It was read strictly before it was stored. */
function claimsOf(stored: StoredEntry): Pick<Header, 'at' | 'member' | 'role' | 'ops'> {
  try {
    const header = JSON.parse(new TextDecoder().decode(stored.envelope.payload)) as Partial<Header>
    if (typeof header.at === 'string' && typeof header.member === 'string' && Array.isArray(header.ops)) {
      return { at: header.at, member: header.member, role: header.role ?? 'supervisor', ops: header.ops }
    }
  } catch {
    // Bytes that no version of the program writes: verification names them; there is no entry to show.
  }
  return { at: '', member: '', role: 'supervisor', ops: [] }
}

type Fault = Pick<Signed, 'state' | 'code'>

function faultOf({ primitives, history }: ReadAccess, stored: StoredEntry): Fault | null {
  const commit = readCommit(primitives, stored.envelope)
  if (!commit.ok) return { state: 'unsigned', code: commit.error.code }
  if (commit.value.leaf !== stored.leaf) return { state: 'unsigned', code: 'log/chain' }
  const signature = verifyCommitSignature(primitives, commit.value, history.publicKey)
  if (!signature.ok) return { state: 'unsigned', code: signature.error.code }
  const code = judgeCommit(history, commit.value.header, commit.value.leaf, 'control')
  return code === null ? null : { state: 'void', code }
}

async function openSeal(
  { identities }: ReadAccess,
  openers: readonly SmallOpener[],
  bytes: Uint8Array,
): Promise<Uint8Array | null> {
  const body = readBody(bytes)
  const text = body.ok ? body.value['sealed'] : null
  const sealed = typeof text === 'string' ? fromBase64(text) : null
  if (sealed === null) return null
  return openSmall(openers, sealed) ?? (await decryptWith(identities, sealed))
}

type Known = Pick<Signed, 'at' | 'member' | 'role' | 'device'>

function judgeEntry(
  history: AuthorityHistory,
  signed: Known,
  fault: Fault | null,
  plaintext: Uint8Array | null,
): Fault & { readonly entry: AccessEntry | null } {
  if (fault !== null) return { ...fault, entry: null }
  if (plaintext === null) return { state: 'sealed', code: null, entry: null }
  const entry = readAccessEntry(plaintext)
  if (!entry.ok) return { state: 'unreadable', code: 'audit/entry', entry: null }
  return { state: agrees(signed, entry.value), code: null, entry: withSelf(history, entry.value) }
}

/** Whether somebody read about themself follows from the authority chain, whatever their own program wrote. */
function withSelf(history: AuthorityHistory, entry: AccessEntry): AccessEntry {
  const own = history.head.members.get(entry.member)?.cadre ?? null
  if (own === null || own !== entry.subject.cadre || entry.flags.includes('self')) return entry
  return { ...entry, flags: ['self', ...entry.flags] }
}

function agrees(signed: Known, entry: AccessEntry): EntryState {
  const same =
    entry.member === signed.member &&
    entry.at === signed.at &&
    entry.role === signed.role &&
    entry.device === signed.device
  return same ? 'good' : 'contradicts'
}

function judgeAct(
  signed: Known,
  operation: Operation,
  fault: Fault | null,
  plaintext: Uint8Array | null,
): Fault & { readonly act: SealedAct | null } {
  if (fault !== null) return { ...fault, act: null }
  if (plaintext === null) return { state: 'sealed', code: null, act: null }
  const read = readSealedAct(plaintext)
  if (!read.ok) return { state: 'unreadable', code: 'audit/entry', act: null }
  const act = read.value
  const subject = act.type === 'liandang/access-note/1' ? operation.entity : act.incident
  const isOfOperation = act.type === actTypes[operation.op as keyof typeof actTypes]
  const same =
    isOfOperation && subject === operation.entity && act.member === signed.member && act.at === signed.at
  return { state: same ? 'good' : 'contradicts', code: null, act }
}

const actTypes = {
  'access.note': 'liandang/access-note/1',
  'incident.report': 'liandang/incident-report/1',
  'incident.update': 'liandang/incident-update/1',
} as const
