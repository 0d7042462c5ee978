import { z } from 'zod'
import { isAuthorityCommit } from '../access/authority.ts'
import { judgeCommit } from '../access/judge.ts'
import { fromHex, toHex, utf8 } from '../kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { readCommit, verifyCommitSignature, type SignedCommit } from '../log/chain.ts'
import { envelopeText, readEnvelope } from '../log/envelope.ts'
import { maximumHeaderBytes, readBody } from '../log/header.ts'
import type { OperationOf } from '../log/operations.ts'
import { readForeignChain } from './foreign-chain.ts'

/** A receipt goes into a body of the unit that gets it. */
export const maximumReceiptBytes = 12 * 1024 * 1024
const maximumEnvelopeBytes = 2 * maximumHeaderBytes

const receiptSchema = z.strictObject({
  type: z.literal('liandang/hand-over-receipt/1'),
  transfer: z.string().max(32),
  /** The authority chain of the unit that answers: an envelope each. */
  chain: z.array(z.string()).min(1).max(20_000),
  /** The commit that answers, in the archive log of that unit. */
  answer: z.string(),
  /** Its body where it refuses; what was accepted says in its body where things lie, which is nobody else's business. */
  body: z.string().nullable(),
})

export interface ReceiptParts {
  readonly transfer: Id
  readonly chain: readonly SignedCommit[]
  readonly answer: SignedCommit
  readonly body: string | null
}

export function receiptText({ transfer, chain, answer, body }: ReceiptParts): string {
  const envelope = (commit: SignedCommit) => envelopeText(commit.envelope)
  const text = canonicalBytes({
    answer: envelope(answer),
    body,
    chain: chain.map(envelope),
    transfer,
    type: 'liandang/hand-over-receipt/1',
  })
  return new TextDecoder().decode(text)
}

/** Which hand-over a receipt speaks of; nothing of it is verified. Null for what is none. */
export function peekReceipt(text: string): Id | null {
  return parse(text)?.transfer ?? null
}

/** What the unit that handed over knows of it. */
export interface HandedOver {
  readonly transfer: Id
  readonly handOver: Digest
  readonly unit: Id
  readonly receiver: { readonly unit: Id; readonly rootPublicKey: string }
}

export interface HandOverReceipt {
  readonly outcome: 'accepted' | 'refused'
  /** The member of the other unit who signed, and when by their clock. */
  readonly member: Id
  readonly at: string
  /** Why it was refused. */
  readonly words: string | null
  /** Leaf of the answer in the other unit's log. */
  readonly leaf: Digest
}

/**
 * Whether a receipt is the answer of the unit that a dossier was handed over to, signed by one of its approvers in force.
 *
 * Errors: `transfer/receipt-wrong` {reason}, and what is wrong with the chain or the commit.
 */
export function readHandOverReceipt(
  primitives: Primitives,
  text: string,
  handed: HandedOver,
): Result<HandOverReceipt> {
  const wrong = (reason: string) => err('transfer/receipt-wrong', { reason })
  const parsed = parse(text)
  if (parsed === null) return wrong('form')
  if (parsed.transfer !== handed.transfer) return wrong('other-transfer')
  const commits: SignedCommit[] = []
  for (const envelope of [...parsed.chain, parsed.answer]) {
    const commit = commitIn(primitives, envelope)
    if (!commit.ok) return commit
    if (commit.value.header.unit !== handed.receiver.unit) return wrong('other-unit')
    commits.push(commit.value)
  }
  const answer = commits.pop() as SignedCommit
  const { header, leaf } = answer
  const operation = answerIn(answer, handed.transfer)
  if (operation === null || isAuthorityCommit(header)) return wrong('answer')
  if (operation.handOver !== handed.handOver || operation.unit !== handed.unit) return wrong('other-transfer')
  const chain = readForeignChain(primitives, fromHex(handed.receiver.rootPublicKey) as Uint8Array, commits)
  if (!chain.ok) return chain
  if (chain.value.head.unit !== handed.receiver.unit) return wrong('other-unit')
  const signed = verifyCommitSignature(primitives, answer, chain.value.publicKey)
  if (!signed.ok) return signed
  const refusal = judgeCommit(chain.value, header, leaf, 'archive')
  if (refusal !== null) return err(refusal)
  const words = wordsOf(primitives, parsed.body, operation)
  if (words === undefined) return wrong('body')
  return ok({ outcome: operation.outcome, member: header.member, at: header.at, words, leaf })
}

function parse(text: string): z.infer<typeof receiptSchema> | null {
  const value = readCanonical(utf8(text), maximumReceiptBytes)
  const parsed = value.ok ? receiptSchema.safeParse(value.value) : null
  return parsed?.success === true ? parsed.data : null
}

function commitIn(primitives: Primitives, text: string): Result<SignedCommit> {
  const envelope = readEnvelope(utf8(text), maximumEnvelopeBytes)
  return envelope.ok ? readCommit(primitives, envelope.value) : envelope
}

function answerIn({ header }: SignedCommit, transfer: Id): OperationOf<'transfer.answer'> | null {
  for (const operation of header.ops)
    if (operation.op === 'transfer.answer' && operation.entity === transfer) return operation
  return null
}

/** Null where nothing is said; undefined where the body is not the one that was signed. */
function wordsOf(
  primitives: Primitives,
  text: string | null,
  operation: OperationOf<'transfer.answer'>,
): string | null | undefined {
  if (text === null) return operation.outcome === 'accepted' ? null : undefined
  const bytes = utf8(text)
  if (toHex(primitives.sha256(bytes)) !== operation.digest) return undefined
  const body = readBody(bytes)
  const words = body.ok ? body.value['words'] : undefined
  return typeof words === 'string' ? words : undefined
}
