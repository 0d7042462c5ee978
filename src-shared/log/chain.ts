import { fromHex, toHex } from '../kernel/bytes.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives, Signer } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { signEnvelope, verifyEnvelope, type Envelope } from './envelope.ts'
import { commitPayloadType, commitType, headerBytes, readHeader, type Header } from './header.ts'
import { leafHash } from './merkle.ts'
import type { Operation } from './operations.ts'

/** A commit as it is stored and sent: the exact header bytes in their envelope, with what was read out of them. */
export interface SignedCommit {
  readonly envelope: Envelope
  readonly header: Header
  /** SHA-256(0x00 ‖ header bytes), hex. */
  readonly leaf: Digest
}

/** The end of a log: what the next commit must follow. */
export interface LogHead {
  readonly log: Id
  /** Number of commits; the next `seq`. */
  readonly size: number
  /** Leaf of the last commit, or null for an empty log. */
  readonly leaf: Digest | null
}

export interface CommitInput {
  readonly unit: Id
  readonly member: Id
  readonly role: Header['role']
  readonly authority: Digest | null
  readonly deps: readonly Digest[]
  readonly at: string
  readonly operations: readonly Operation[]
}

/** Makes the next commit of a log and signs it. */
export function buildCommit(
  primitives: Primitives,
  signer: Signer,
  head: LogHead,
  input: CommitInput,
): SignedCommit {
  const [first] = input.operations
  if (first === undefined) throw new RangeError('a commit has at least one operation')
  const header: Header = {
    action: first.op,
    at: input.at,
    authority: input.authority,
    deps: [...new Set(input.deps)].sort(),
    key: signer.keyId,
    log: head.log,
    member: input.member,
    ops: input.operations,
    prev: head.leaf,
    role: input.role,
    seq: head.size,
    type: commitType,
    unit: input.unit,
  }
  const payload = headerBytes(header)
  return {
    envelope: signEnvelope(commitPayloadType, payload, signer),
    header,
    leaf: toHex(leafHash(primitives, payload)),
  }
}

/**
 * Reads the envelope of a commit strictly. The signature is not checked here: see {@link verifyCommitSignature}.
 *
 * Errors: `commit/envelope`, `format/*`, `commit/header`, `log/unknown-action`.
 */
export function readCommit(primitives: Primitives, envelope: Envelope): Result<SignedCommit> {
  if (envelope.payloadType !== commitPayloadType) return err('commit/envelope', { reason: 'payloadType' })
  const header = readHeader(envelope.payload)
  if (!header.ok) return header
  if (header.value.key !== envelope.keyid) return err('commit/envelope', { reason: 'keyid' })
  return ok({ envelope, header: header.value, leaf: toHex(leafHash(primitives, envelope.payload)) })
}

/** Errors: `commit/key-unknown`, `commit/signature`. */
export function verifyCommitSignature(
  primitives: Primitives,
  commit: SignedCommit,
  publicKeyOf: (key: Digest) => Uint8Array | undefined,
): Result<true> {
  const publicKey = publicKeyOf(commit.header.key)
  const detail = { log: commit.header.log, seq: commit.header.seq }
  if (publicKey === undefined) return err('commit/key-unknown', detail)
  if (!verifyEnvelope(primitives, commit.envelope, publicKey)) return err('commit/signature', detail)
  return ok(true)
}

/** Whether a commit is the next one of a log. Errors: `log/sequence`, `log/gap`, `log/chain`. */
export function continues(head: LogHead, commit: SignedCommit): Result<LogHead> {
  const { header } = commit
  const detail = { log: head.log, seq: header.seq, expected: head.size }
  if (header.log !== head.log) return err('log/chain', detail)
  if (header.seq > head.size) return err('log/gap', detail)
  if (header.seq < head.size) return err('log/sequence', detail)
  if (header.prev !== head.leaf) return err('log/chain', detail)
  return ok({ log: head.log, size: head.size + 1, leaf: commit.leaf })
}

/** Position in the causal order: one more than the deepest commit it has seen; 0 for a commit that has seen none. */
export function depthOf(seen: readonly number[]): number {
  return seen.reduce((deepest, depth) => Math.max(deepest, depth + 1), 0)
}

export function leafBytes(leaf: Digest): Uint8Array {
  return fromHex(leaf) as Uint8Array
}
