import {
  createHash,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { toHex } from '../kernel/bytes.ts'
import type { Primitives, Signer } from '../kernel/primitives.ts'

// RFC 8410: the fixed DER prefixes before the 32 raw bytes of an Ed25519 key.
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex')

const publicKeyCacheLimit = 4096
const publicKeys = new Map<string, KeyObject>()

function publicKeyObject(raw: Uint8Array): KeyObject {
  const name = toHex(raw)
  const known = publicKeys.get(name)
  if (known !== undefined) return known
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' })
  if (publicKeys.size >= publicKeyCacheLimit) publicKeys.clear()
  publicKeys.set(name, key)
  return key
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

export const nodePrimitives: Primitives = {
  sha256,
  ed25519Verify(publicKey, message, signature) {
    if (publicKey.length !== 32 || signature.length !== 64) return false
    try {
      return verify(null, message, publicKeyObject(publicKey), signature)
    } catch {
      return false
    }
  },
  randomBytes(length) {
    return new Uint8Array(randomBytes(length))
  },
}

/** A signer from a 32-byte Ed25519 seed (RFC 8032 private key). The seed is not kept. */
export function signerFromSeed(seed: Uint8Array): Signer {
  if (seed.length !== 32) throw new RangeError('an Ed25519 seed has 32 bytes')
  const privateKey = createPrivateKey({
    key: Buffer.concat([privatePrefix, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  const publicKey = new Uint8Array(
    createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length),
  )
  return {
    publicKey,
    keyId: toHex(sha256(publicKey)),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  }
}

export function newSeed(): Uint8Array {
  return new Uint8Array(randomBytes(32))
}

/** Ed25519 verification on another thread: many at once use every core. Malformed input is false. */
export function verifyInBackground(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (publicKey.length !== 32 || signature.length !== 64) return Promise.resolve(false)
  return new Promise((resolve) => {
    try {
      verify(null, message, publicKeyObject(publicKey), signature, (error, good) =>
        resolve(error === null && good),
      )
    } catch {
      resolve(false)
    }
  })
}
