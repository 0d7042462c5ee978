import { toHex } from '../kernel/bytes.ts'
import type { Failure } from '../kernel/errors.ts'

const publicKeyBytes = 32

/** The field prime of edwards25519 (RFC 8032 §5.1). */
const fieldPrime = 2n ** 255n - 19n

/**
 * Every encoding with y < p of the eight points whose order divides 8. Two are not canonical either: they give the
 * sign bit to x = 0. The other encodings of these points have y >= p and fall under that rule.
 */
const smallOrderEncodings: ReadonlySet<string> = new Set([
  // order 1, the identity: with it as key, one signature holds for every message
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  // order 2
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  // order 4
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  // order 8
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
])

/**
 * Why a raw Ed25519 public key must not be introduced, or null when it may. Refused are a wrong length, y not reduced
 * modulo p, and the points of small order, for which signatures can be made without a private key and which
 * libraries judge differently.
 *
 * Not refused: a point with a small-order component beside a prime-order one, which only the holder of a private key
 * can make and which signs for nobody else; and 32 bytes that are no point at all, under which nothing verifies.
 *
 * Error: `commit/key-weak`. Source: RFC 8032 §5.1.3, FIPS 186-5 §7.8.
 */
export function refusePublicKey(raw: Uint8Array): Failure | null {
  if (raw.length !== publicKeyBytes) return weak('length')
  if (littleEndianY(raw) >= fieldPrime) return weak('non-canonical')
  if (smallOrderEncodings.has(toHex(raw))) return weak('small-order')
  return null
}

/** The y coordinate: the encoding without its top bit, which is the sign of x. */
function littleEndianY(raw: Uint8Array): bigint {
  return BigInt(`0x${toHex(raw.toReversed())}`) & (2n ** 255n - 1n)
}

function weak(reason: string): Failure {
  return { code: 'commit/key-weak', detail: { reason } }
}
