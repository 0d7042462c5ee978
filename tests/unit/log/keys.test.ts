import { describe, expect, test } from 'vitest'
import { fromHex, toHex } from '../../../src-shared/kernel/bytes.ts'
import { refusePublicKey } from '../../../src-shared/log/keys.ts'
import { signerFromSeed } from '../../../src-shared/node/primitives.ts'
import vectors from '../../vectors/ed25519-keys.json' with { type: 'json' }
import {
  add,
  decodePoint,
  encodingsOf,
  fieldPrime,
  groupOrder,
  identity,
  isIdentity,
  littleEndian,
  multiply,
  type Point,
} from './edwards25519.ts'

function reasonOf(raw: Uint8Array): unknown {
  const failure = refusePublicKey(raw)
  if (failure === null) return 'accepted'
  expect(failure.code).toBe('commit/key-weak')
  return failure.detail?.reason
}

function pointOf(key: string): Point {
  return decodePoint(fromHex(key) as Uint8Array) as Point
}

/** All points of order 1, 2, 4 or 8, as the multiples of one of order 8. */
function torsionPoints(): Point[] {
  for (let y = 2n; ; y++) {
    const point = decodePoint(littleEndian(y))
    if (point === null) continue
    const torsion = multiply(point, groupOrder)
    if (isIdentity(multiply(torsion, 4n))) continue
    return Array.from({ length: 8 }, (_, i) => multiply(torsion, BigInt(i)))
  }
}

describe('a public key', () => {
  test.each(vectors.sound)('%s of RFC 8032 is accepted and has the order of the base point', (key) => {
    expect(reasonOf(fromHex(key) as Uint8Array)).toBe('accepted')
    expect(isIdentity(multiply(pointOf(key), groupOrder))).toBe(true)
  })

  test.each(vectors.smallOrder)('$key of order $order is refused', ({ key, order }) => {
    expect(reasonOf(fromHex(key) as Uint8Array)).toMatch(/^(small-order|non-canonical)$/)
    const powers = [1, 2, 4, 8].filter((power) => isIdentity(multiply(pointOf(key), BigInt(power))))
    expect(powers[0]).toBe(order)
  })

  test('that is the identity is refused in each of its four encodings', () => {
    const reasons = encodingsOf(identity).map((encoding) => reasonOf(encoding))
    expect(reasons).toEqual(['small-order', 'small-order', 'non-canonical', 'non-canonical'])
  })

  test('has exactly the fourteen published encodings when its order divides 8', () => {
    const computed = torsionPoints().flatMap(encodingsOf).map(toHex)
    expect(computed.toSorted()).toEqual(vectors.smallOrder.map(({ key }) => key).toSorted())
    expect(computed.every((key) => refusePublicKey(fromHex(key) as Uint8Array) !== null)).toBe(true)
  })

  test('is refused for every y from p on, whatever the sign of x', () => {
    for (let y = fieldPrime; y < 2n ** 255n; y++) {
      expect(reasonOf(littleEndian(y))).toBe('non-canonical')
      expect(reasonOf(littleEndian(y + 2n ** 255n))).toBe('non-canonical')
    }
    expect(reasonOf(littleEndian(fieldPrime - 2n))).toBe('accepted')
  })

  test.each([0, 1, 31, 33, 64])('of %d bytes is refused', (length) => {
    expect(reasonOf(new Uint8Array(length).fill(7))).toBe('length')
  })

  test('that a signer has is accepted', () => {
    expect(refusePublicKey(signerFromSeed(new Uint8Array(32).fill(9)).publicKey)).toBeNull()
  })

  test('of mixed order is not refused, because a list cannot know it', () => {
    const [, torsion] = torsionPoints() as [Point, Point]
    const mixed = add(pointOf(vectors.sound[0] as string), torsion)
    expect(isIdentity(multiply(mixed, groupOrder))).toBe(false)
    expect(reasonOf(encodingsOf(mixed)[0] as Uint8Array)).toBe('accepted')
  })
})
