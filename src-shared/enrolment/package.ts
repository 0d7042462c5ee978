import { z } from 'zod'
import { compartments, type Compartment } from '../access/roles.ts'
import { canonicalBytes, readCanonical } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Signer } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { envelopeText, readEnvelope, signEnvelope, type Envelope } from '../log/envelope.ts'
import { digestSchema, idSchema } from '../log/operations.ts'
import { utf8 } from '../kernel/bytes.ts'

export const packagePayloadType = 'application/vnd.liandang.enrolment+json'
const packageType = 'liandang/enrolment/1'
/** A few hundred key slots. */
export const maximumPackageBytes = 8 * 1024 * 1024

const packageSchema = z.strictObject({
  type: z.literal(packageType),
  unit: idSchema,
  /** Ed25519, 64 hex digits: where all trust in the unit begins, once the code was compared. */
  rootPublicKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** SHA-256 of the request that this answers. */
  request: digestSchema,
  /** The device that wrote it. */
  device: idSchema,
  createdAt: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  bundles: z
    .array(
      z.strictObject({
        compartment: z.enum(compartments),
        file: z.string().regex(/^[0-9a-f]{32}\.liandang$/),
        sha256: digestSchema,
        bytes: z.int().min(1),
      }),
    )
    .min(1)
    .max(compartments.length),
  /** The key slots of the members, each the exact text of its file. */
  slots: z.array(z.string().max(16 * 1024)).max(400),
})

/** What comes with the bundles of an enrolment, inside an age file to the new device. */
export interface EnrolmentPackage {
  readonly unit: Id
  readonly rootPublicKey: string
  readonly request: Digest
  readonly device: Id
  readonly createdAt: string
  readonly bundles: readonly {
    readonly compartment: Compartment
    readonly file: string
    readonly sha256: Digest
    readonly bytes: number
  }[]
  readonly slots: readonly string[]
}

/** The package in its envelope, signed by the device that enrols. */
export function signPackage(signer: Signer, content: EnrolmentPackage): Uint8Array {
  const said = {
    ...content,
    bundles: content.bundles.map((bundle) => ({ ...bundle })),
    slots: [...content.slots],
    type: packageType,
  }
  return utf8(envelopeText(signEnvelope(packagePayloadType, canonicalBytes(said), signer)))
}

/**
 * Reads a package. Its signature is for whoever has read the authority chain that it brings.
 *
 * Errors: `device/package-wrong`.
 */
export function readPackage(
  bytes: Uint8Array,
): Result<{ readonly content: EnrolmentPackage; readonly envelope: Envelope }> {
  const envelope = readEnvelope(bytes, 2 * maximumPackageBytes)
  if (!envelope.ok || envelope.value.payloadType !== packagePayloadType) {
    return err('device/package-wrong', { reason: 'envelope' })
  }
  const value = readCanonical(envelope.value.payload, maximumPackageBytes)
  const parsed = value.ok ? packageSchema.safeParse(value.value) : null
  if (!parsed?.success) return err('device/package-wrong', { reason: 'form' })
  const { type: _type, ...content } = parsed.data
  return ok({ content, envelope: envelope.value })
}
