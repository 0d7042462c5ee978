import { createHash } from 'node:crypto'
import { z } from 'zod'
import { fromHex, toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../../src-shared/kernel/canonical.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { idSchema } from '../../src-shared/log/operations.ts'

const maximumBytes = 1024
const secretBytes = 32

const keyFileSchema = z.strictObject({
  type: z.literal('liandang/keyfile/1'),
  id: idSchema,
  secret: z.string().regex(/^[0-9a-f]{64}$/),
  /** The first 8 hex digits of SHA-256 over the canonical rest: a stick that went bad is told from a wrong password. */
  check: z.string().regex(/^[0-9a-f]{8}$/),
})

/** What a member carries on a stick of their own, beside the password they know. */
export interface KeyFile {
  /** Random; the slot names it, so that another file is told from a wrong password. */
  readonly id: Id
  /** 32 bytes. */
  readonly secret: Uint8Array
}

export function newKeyFile(primitives: Primitives): KeyFile {
  return { id: newId(primitives), secret: primitives.randomBytes(secretBytes) }
}

/** The file's text: one line of canonical JSON. */
export function keyFileText({ id, secret }: KeyFile): string {
  const rest = { id, secret: toHex(secret), type: 'liandang/keyfile/1' }
  return Buffer.from(canonicalBytes({ ...rest, check: checkOf(rest) })).toString('utf8')
}

/** Says nothing of unit or member. */
export function keyFileName({ id }: KeyFile): string {
  return `liandang-${id.slice(0, 8)}.keyfile`
}

/** Errors: `vault/key-file-wrong` with the reason `unreadable`: not such a file, or not as it was written. */
export function readKeyFile(text: string): Result<KeyFile> {
  const value = readCanonical(utf8(text.trim()), maximumBytes)
  const parsed = value.ok ? keyFileSchema.safeParse(value.value) : null
  if (!parsed?.success) return err('vault/key-file-wrong', { reason: 'unreadable' })
  const { check, ...rest } = parsed.data
  const secret = fromHex(rest.secret)
  if (check !== checkOf(rest) || secret === null) return err('vault/key-file-wrong', { reason: 'unreadable' })
  return ok({ id: rest.id, secret })
}

function checkOf(rest: { readonly id: string; readonly secret: string; readonly type: string }): string {
  return createHash('sha256').update(canonicalBytes(rest)).digest('hex').slice(0, 8)
}
