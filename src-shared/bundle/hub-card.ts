import { z } from 'zod'
import { fromHex } from '../kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../kernel/canonical.ts'
import type { Id } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { refusePublicKey } from '../log/keys.ts'
import { idSchema } from '../log/operations.ts'

const maximumCardBytes = 16 * 1024
const recipient = z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/)

const cardSchema = z.strictObject({
  type: z.literal('liandang/hub-card/1'),
  hub: idSchema,
  name: z.string().min(1).max(200),
  /** 32 raw bytes, hex. */
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  recipients: z.strictObject({ control: recipient, archive: recipient, discipline: recipient }),
  url: z
    .string()
    .max(500)
    .regex(/^https?:\/\/[\x21-\x7e]+$/)
    .optional(),
})

/** What an upstream node hands to its units, on paper and as a file: who it is and how to write to it. */
export interface HubCard {
  readonly type: 'liandang/hub-card/1'
  readonly hub: Id
  readonly name: string
  readonly publicKey: string
  /** The age recipient for each compartment. */
  readonly recipients: { readonly control: string; readonly archive: string; readonly discipline: string }
  readonly url?: string | undefined
}

/** Canonical JSON and a newline. */
export function hubCardBytes(card: HubCard): Uint8Array {
  const bytes = canonicalBytes({ ...card, recipients: { ...card.recipients } })
  const file = new Uint8Array(bytes.length + 1)
  file.set(bytes)
  file[bytes.length] = 0x0a
  return file
}

/** Errors: `hub/not-a-card`. */
export function readHubCard(file: Uint8Array): Result<HubCard> {
  const bytes = file.at(-1) === 0x0a ? file.subarray(0, -1) : file
  const value = readCanonical(bytes, maximumCardBytes)
  if (!value.ok) return err('hub/not-a-card', { reason: value.error.code })
  const card = cardSchema.safeParse(value.value)
  if (!card.success) {
    return err('hub/not-a-card', { path: card.error.issues[0]?.path.map(String).join('.') ?? '' })
  }
  if (refusePublicKey(fromHex(card.data.publicKey) as Uint8Array) !== null) {
    return err('hub/not-a-card', { path: 'publicKey' })
  }
  return ok(card.data)
}
