import { concatBytes, fromBase64, toBase64, toHex, utf8 } from '../kernel/bytes.ts'
import { readCanonical } from '../kernel/canonical.ts'
import { isDigest } from '../kernel/ids.ts'
import type { Primitives, Signer } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/**
 * A DSSE v1 envelope narrowed to what a log needs: one Ed25519 signature, made by a key that is named.
 * Source: Dead Simple Signing Envelope, protocol 1.0.0 and JSON envelope.
 */
export interface Envelope {
  /** Says how to read the payload. Signed, and for the caller to compare with the one it expects. */
  readonly payloadType: string
  /** The exact bytes that were signed. */
  readonly payload: Uint8Array
  /** Lower-case hex SHA-256 of the raw public key. */
  readonly keyid: string
  /** 64 bytes (RFC 8032). */
  readonly signature: Uint8Array
}

const signatureBytes = 64

/** The bytes that are signed, PAE(type, body) of the DSSE protocol. Lengths are of UTF-8 bytes, not characters. */
export function preAuthenticationEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = utf8(payloadType)
  return concatBytes(utf8(`DSSEv1 ${type.length} `), type, utf8(` ${payload.length} `), payload)
}

export function signEnvelope(payloadType: string, payload: Uint8Array, signer: Signer): Envelope {
  const signature = signer.sign(preAuthenticationEncoding(payloadType, payload))
  return { payloadType, payload, keyid: signer.keyId, signature }
}

/** Canonical JSON without a final newline: one envelope has one text. */
export function envelopeText(envelope: Envelope): string {
  const { keyid, payload, payloadType, signature } = envelope
  // Base64 and hexadecimal need no escapes and the members stand in their order: this is what RFC 8785 would give.
  const signatures = `[{"keyid":"${keyid}","sig":"${toBase64(signature)}"}]`
  return `{"payload":"${toBase64(payload)}","payloadType":${JSON.stringify(payloadType)},"signatures":${signatures}}`
}

/**
 * Strict reading: canonical JSON of exactly these members, exactly one signature, canonical standard base64.
 * DSSE also allows the URL-safe alphabet, absent key ids and several signatures; a log does not, so that nobody can
 * give a second text to an envelope without its key.
 *
 * Errors: `commit/envelope`.
 */
export function readEnvelope(bytes: Uint8Array, maximumBytes: number): Result<Envelope> {
  const read = readCanonical(bytes, maximumBytes)
  if (!read.ok) return err('commit/envelope', { reason: 'form', ...read.error.detail })
  const outer = members(read.value, ['payload', 'payloadType', 'signatures'])
  if (outer === null) return err('commit/envelope', { reason: 'members' })
  const { payloadType, signatures } = outer
  if (typeof payloadType !== 'string') return err('commit/envelope', { reason: 'payloadType' })
  const payload = binary(outer.payload)
  if (payload === null) return err('commit/envelope', { reason: 'payload' })
  if (!Array.isArray(signatures)) return err('commit/envelope', { reason: 'signatures' })
  if (signatures.length !== 1) {
    return err('commit/envelope', { reason: 'signatures', count: signatures.length })
  }
  const inner = members(signatures[0], ['keyid', 'sig'])
  if (inner === null) return err('commit/envelope', { reason: 'signatures' })
  const { keyid } = inner
  if (!isDigest(keyid)) return err('commit/envelope', { reason: 'keyid' })
  const signature = binary(inner.sig)
  if (signature === null || signature.length !== signatureBytes) {
    return err('commit/envelope', { reason: 'sig' })
  }
  return ok({ payloadType, payload, keyid, signature })
}

/**
 * True when `publicKey` made the signature and is the key the envelope names. DSSE leaves the key id unauthenticated;
 * comparing it here means that not one bit of an accepted envelope can be changed. It never chooses the key: the
 * caller brings a key it already trusts, refused by `refusePublicKey` when it was introduced if it is weak.
 */
export function verifyEnvelope(primitives: Primitives, envelope: Envelope, publicKey: Uint8Array): boolean {
  if (toHex(primitives.sha256(publicKey)) !== envelope.keyid) return false
  const message = preAuthenticationEncoding(envelope.payloadType, envelope.payload)
  return primitives.ed25519Verify(publicKey, message, envelope.signature)
}

/** The members of an object that has exactly these names, or null. */
function members<Name extends string>(value: unknown, names: readonly Name[]): Record<Name, unknown> | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  if (Object.keys(value).length !== names.length) return null
  return names.every((name) => Object.hasOwn(value, name)) ? (value as Record<Name, unknown>) : null
}

function binary(value: unknown): Uint8Array | null {
  return typeof value === 'string' ? fromBase64(value) : null
}
