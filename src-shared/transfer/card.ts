import { z } from 'zod'
import { codeOf } from '../enrolment/codes.ts'
import { fromHex, toHex, utf8 } from '../kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives, Signer } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { envelopeText, readEnvelope, signEnvelope, verifyEnvelope } from '../log/envelope.ts'
import { refusePublicKey } from '../log/keys.ts'
import { digestSchema, idSchema } from '../log/operations.ts'

const cardPayloadType = 'application/vnd.liandang.unit-card+json'
export const maximumCardBytes = 8 * 1024

const cardSchema = z.strictObject({
  type: z.literal('liandang/unit-card/1'),
  unit: idSchema,
  name: z.string().min(1).max(200),
  creditCode: z.string().max(18).nullable(),
  /** 32 raw bytes, hex: where all trust in the unit begins. */
  rootPublicKey: digestSchema,
  /** `age1…`: whoever holds the unit's archive opens what is encrypted to it. */
  recipient: z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/),
  /** The device that signed the card: 32 raw bytes, hex. */
  publicKey: digestSchema,
})

/** What a unit hands to another one that is to send it dossiers: who it is and how to write to it. */
export type UnitCard = Readonly<z.infer<typeof cardSchema>>

/** The card as one line of text: a DSSE envelope by the key named in it. */
export function unitCardText(card: Omit<UnitCard, 'type' | 'publicKey'>, signer: Signer): string {
  const publicKey = toHex(signer.publicKey)
  return envelopeText(
    signEnvelope(
      cardPayloadType,
      canonicalBytes({ ...card, publicKey, type: 'liandang/unit-card/1' }),
      signer,
    ),
  )
}

export interface ReadCard {
  readonly card: UnitCard
  /** Twelve symbols over the whole card, to be told by voice. */
  readonly code: string
  /** SHA-256 of the card's payload. */
  readonly digest: Digest
}

/**
 * Reads a card. Whose it is nobody but a person can tell: its code is compared over another way.
 *
 * Errors: `transfer/not-a-card`.
 */
export function readUnitCard(primitives: Primitives, text: string): Result<ReadCard> {
  const wrong = (reason: string) => err('transfer/not-a-card', { reason })
  const envelope = readEnvelope(utf8(text.trim()), maximumCardBytes)
  if (!envelope.ok || envelope.value.payloadType !== cardPayloadType) return wrong('envelope')
  const value = readCanonical(envelope.value.payload, maximumCardBytes)
  const card = value.ok ? cardSchema.safeParse(value.value) : null
  if (card?.success !== true) return wrong('card')
  const { publicKey, rootPublicKey } = card.data
  for (const key of [publicKey, rootPublicKey])
    if (refusePublicKey(fromHex(key) as Uint8Array) !== null) return wrong('key')
  if (!verifyEnvelope(primitives, envelope.value, fromHex(publicKey) as Uint8Array)) return wrong('signature')
  const digest = primitives.sha256(envelope.value.payload)
  return ok({ card: card.data, code: codeOf(digest), digest: toHex(digest) })
}

/** The code of what a unit hands over: over its id, its root key and the commit that hands over. */
export function handOverCode(
  primitives: Pick<Primitives, 'sha256'>,
  unit: Id,
  rootPublicKey: string,
  handOver: Digest,
): string {
  const said = canonicalBytes({ handOver, rootPublicKey, type: 'liandang/hand-over-code/1', unit })
  return codeOf(primitives.sha256(said))
}
