import { z } from 'zod'
import type { Compartment } from '../access/roles.ts'
import { fromHex, toHex } from '../kernel/bytes.ts'
import { canonicalBytes, readCanonical } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives, Signer } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { readEnvelope, signEnvelope, verifyEnvelope, type Envelope } from '../log/envelope.ts'
import { deviceProofBytes } from '../log/header.ts'
import { refusePublicKey } from '../log/keys.ts'
import { idSchema } from '../log/operations.ts'

export const requestPayloadType = 'application/vnd.liandang.device-request+json'
const requestType = 'liandang/device-request/1'
/** A request has less than two kilobytes. */
export const maximumRequestBytes = 16 * 1024

const requestSchema = z.strictObject({
  type: z.literal(requestType),
  device: idSchema,
  name: z.string().min(1).max(60),
  /** Ed25519, 64 hex digits. */
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** age X25519: what answers the request is encrypted to it. */
  recipient: z.string().regex(/^age1[02-9ac-hj-np-z]{58}$/),
  logs: z.strictObject({ control: idSchema, archive: idSchema, discipline: idSchema }),
  proof: z.string().regex(/^[0-9a-f]{128}$/),
})

/** What a device that wants to join a unit says of itself. It does not know the unit yet. */
export interface DeviceRequest {
  readonly device: Id
  readonly name: string
  readonly publicKey: string
  readonly recipient: string
  readonly logs: Readonly<Record<Compartment, Id>>
  /** The device key's signature over {@link deviceProofBytes}, hex: what `device.add` will say. */
  readonly proof: string
}

export interface OpenedRequest {
  readonly request: DeviceRequest
  /** The exact bytes of the request, which its code is made of. */
  readonly payload: Uint8Array
  /** SHA-256 of these bytes, hex. */
  readonly digest: Digest
}

/** Makes the request of a new device, in its envelope. */
export function signRequest(signer: Signer, request: Omit<DeviceRequest, 'publicKey' | 'proof'>): Envelope {
  const { device, logs, name, recipient } = request
  const publicKey = toHex(signer.publicKey)
  const proof = toHex(signer.sign(deviceProofBytes(device, publicKey, logs)))
  const said = { device, logs: { ...logs }, name, proof, publicKey, recipient, type: requestType }
  return signEnvelope(requestPayloadType, canonicalBytes(said), signer)
}

/**
 * Reads a request and checks that it holds together: form, key, signature, proof. Whose request it is only the code
 * says, which two people compare.
 *
 * Errors: `device/request-wrong`.
 */
export function readRequest(primitives: Primitives, bytes: Uint8Array): Result<OpenedRequest> {
  const wrong = (reason: string) => err('device/request-wrong', { reason })
  const envelope = readEnvelope(bytes, maximumRequestBytes)
  if (!envelope.ok || envelope.value.payloadType !== requestPayloadType) return wrong('envelope')
  const { payload, keyid } = envelope.value
  const value = readCanonical(payload, maximumRequestBytes)
  const parsed = value.ok ? requestSchema.safeParse(value.value) : null
  if (!parsed?.success) return wrong('form')
  const { type: _type, ...request } = parsed.data
  const publicKey = fromHex(request.publicKey) as Uint8Array
  if (refusePublicKey(publicKey) !== null) return wrong('key')
  const isSigned =
    keyid === toHex(primitives.sha256(publicKey)) && verifyEnvelope(primitives, envelope.value, publicKey)
  if (!isSigned) return wrong('signature')
  const said = deviceProofBytes(request.device, request.publicKey, request.logs)
  if (!primitives.ed25519Verify(publicKey, said, fromHex(request.proof) as Uint8Array)) return wrong('proof')
  return ok({ request, payload, digest: toHex(primitives.sha256(payload)) })
}
