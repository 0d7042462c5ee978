import { z } from 'zod'
import { fromUtf8, utf8 } from '../kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../kernel/canonical.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { readCommit, type SignedCommit } from '../log/chain.ts'
import { envelopeText, readEnvelope } from '../log/envelope.ts'
import { maximumHeaderBytes } from '../log/header.ts'
import type { Sight } from '../log/sight.ts'
import { idSchema } from '../log/operations.ts'

export const maximumHistoryBytes = 64 * 1024 * 1024
/** Commits that the history of one dossier may have, its unit's authority chain among them. */
export const maximumHistoryCommits = 50_000
const maximumLineBytes = 2 * maximumHeaderBytes

/**
 * One commit of the unit that hands over: its exact bytes, the bodies that go along, and where it stands among the others
 * by that unit's account. Signature and place in the log are proved; depth and sight are claims, held to what the commits
 * say themselves.
 */
export interface HistoryCommit {
  readonly commit: SignedCommit
  /** The exact text of each body in the order of the operations, or null where it does not go along. */
  readonly bodies: readonly (string | null)[]
  readonly depth: number
  /** Inclusion in the log's tree as its checkpoint has it, lowest first, base64; empty for the authority chain. */
  readonly proof: readonly string[]
  readonly sight: Sight
}

const lineSchema = z.strictObject({
  envelope: z.string(),
  bodies: z.array(z.string().nullable()).max(10_000),
  depth: z.int().min(0),
  proof: z.array(z.string().max(44)).max(64),
  sight: z.record(idSchema, z.int().min(0)),
})

export function historyLine({ commit, bodies, depth, proof, sight }: HistoryCommit): Uint8Array {
  const envelope = envelopeText(commit.envelope)
  return canonicalBytes({ bodies: [...bodies], depth, envelope, proof: [...proof], sight: { ...sight } })
}

/**
 * Reads `data/history.jsonl`, strictly.
 *
 * Errors: `transfer/too-large`, `transfer/history`, those of `readCommit`.
 */
export function readHistory(primitives: Primitives, file: Uint8Array): Result<readonly HistoryCommit[]> {
  if (file.length > maximumHistoryBytes) return err('transfer/too-large', { bytes: file.length })
  const text = fromUtf8(file)
  if (text === null || !text.endsWith('\n')) return err('transfer/history', { reason: 'lines' })
  const lines = text.slice(0, -1).split('\n')
  if (lines.length > maximumHistoryCommits) return err('transfer/too-large', { commits: lines.length })
  const history: HistoryCommit[] = []
  for (const [line, written] of lines.entries()) {
    const value = readCanonical(utf8(written), maximumLineBytes)
    const parsed = value.ok ? lineSchema.safeParse(value.value) : null
    if (parsed?.success !== true) return err('transfer/history', { reason: 'line', line })
    const envelope = readEnvelope(utf8(parsed.data.envelope), maximumLineBytes)
    if (!envelope.ok) return envelope
    const commit = readCommit(primitives, envelope.value)
    if (!commit.ok) return commit
    const { bodies, depth, proof, sight } = parsed.data
    if (bodies.length !== commit.value.header.ops.length)
      return err('transfer/history', { reason: 'bodies', line })
    history.push({ commit: commit.value, bodies, depth, proof, sight })
  }
  return ok(history)
}
