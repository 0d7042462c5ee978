import { z } from 'zod'
import { valuesSchema } from '../catalogue/values.ts'
import { toHex } from '../kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { digestSchema, idSchema, maximumOperations } from '../log/operations.ts'

export const groundsSchema = z.strictObject({
  /** Field ids the reviewer marked. */
  marks: z.array(z.string().min(1).max(64)).max(200),
  /** Reason codes. */
  reasons: z.array(z.string().regex(/^[a-z][a-z-]{0,39}$/)).max(20),
  /** What the reviewer typed from the evidence, where the category asks for it. */
  rekey: z.strictObject({ salt: idSchema, values: valuesSchema }).exactOptional(),
  salt: idSchema,
  words: z.string().max(2000),
})
/** Why a reviewer decided as they did. Salted: its digest is published when the opinion is opened. */
export type Grounds = z.infer<typeof groundsSchema>

const sealedRowSchema = z.strictObject({
  record: idSchema,
  revision: digestSchema,
  nonce: digestSchema,
  decision: z.enum(['agree', 'disagree']),
  grounds: groundsSchema,
  /** Of a row of a drawn batch. */
  lot: z.enum(['agree', 'disagree']).exactOptional(),
})
export type SealedRow = z.infer<typeof sealedRowSchema>

const opinionSchema = z.strictObject({
  type: z.literal('liandang/opinion/1'),
  unit: idSchema,
  reviewer: idSchema,
  rows: z.array(sealedRowSchema).min(1).max(maximumOperations),
})
/** What stands inside the sealed envelope of one reviewing commit. */
export type Opinion = z.infer<typeof opinionSchema>

/** The plaintext length is a multiple of this, so that a ciphertext does not tell agreement from a long refusal. */
export const paddingBlock = 4096
export const maximumOpinionBytes = 32 * 1024 * 1024

export function groundsDigest(primitives: Pick<Primitives, 'sha256'>, grounds: Grounds): Digest {
  return toHex(primitives.sha256(canonicalBytes(grounds)))
}

/** Canonical JSON, then spaces up to a multiple of `block` bytes. */
export function pad(bytes: Uint8Array, block: number = paddingBlock): Uint8Array {
  const padded = new Uint8Array(Math.max(1, Math.ceil(bytes.length / block)) * block).fill(0x20)
  padded.set(bytes)
  return padded
}

export function unpad(bytes: Uint8Array): Uint8Array {
  let end = bytes.length
  while (bytes[end - 1] === 0x20) end--
  return bytes.subarray(0, end)
}

export function opinionPlaintext(unit: Id, reviewer: Id, rows: readonly SealedRow[]): Uint8Array {
  return pad(
    canonicalBytes({ reviewer, rows: rows.map((row) => ({ ...row })), type: 'liandang/opinion/1', unit }),
  )
}

/** Errors: `review/opinion-unopenable`. */
export function readOpinion(plaintext: Uint8Array): Result<Opinion> {
  const value = readCanonical(unpad(plaintext), maximumOpinionBytes)
  if (!value.ok) return err('review/opinion-unopenable', { reason: value.error.code })
  const opinion = opinionSchema.safeParse(value.value)
  return opinion.success ? ok(opinion.data) : err('review/opinion-unopenable', { reason: 'shape' })
}
