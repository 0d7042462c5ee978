import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import { utf8 } from '../../../src-shared/kernel/bytes.ts'
import {
  type Envelope,
  envelopeText,
  preAuthenticationEncoding,
  readEnvelope,
  signEnvelope,
  verifyEnvelope,
} from '../../../src-shared/log/envelope.ts'
import { nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { flipBit } from './flips.ts'

const plenty = 100_000
const payloadTypes = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constant('application/vnd.liandang.commit+json'),
)
const payloads = fc.uint8Array({ maxLength: 200 })
const signers = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(signerFromSeed)
const signer = signerFromSeed(new Uint8Array(32).fill(5))

function verifies(bytes: Uint8Array, publicKey: Uint8Array): boolean {
  const read = readEnvelope(bytes, plenty)
  return read.ok && verifyEnvelope(nodePrimitives, read.value, publicKey)
}

describe('an envelope', () => {
  test('is read back as it was written, and verified by its key alone', () => {
    fc.assert(
      fc.property(payloadTypes, payloads, signers, (payloadType, payload, maker) => {
        const envelope: Envelope = signEnvelope(payloadType, payload, maker)
        const read = readEnvelope(utf8(envelopeText(envelope)), plenty)
        expect(read).toEqual({ ok: true, value: envelope })
        expect(verifyEnvelope(nodePrimitives, envelope, maker.publicKey)).toBe(true)
        expect(verifyEnvelope(nodePrimitives, envelope, signer.publicKey)).toBe(false)
      }),
    )
  })

  test('with any one bit changed is refused', () => {
    const bytes = utf8(envelopeText(signEnvelope('application/x', utf8('{"a":"甲"}'), signer)))
    expect(verifies(bytes, signer.publicKey)).toBe(true)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      expect(verifies(flipBit(bytes, bit), signer.publicKey), `bit ${bit}`).toBe(false)
    }
  })

  test('of any content, with some bit changed, is refused', () => {
    fc.assert(
      fc.property(payloadTypes, payloads, fc.nat(), (payloadType, payload, position) => {
        const bytes = utf8(envelopeText(signEnvelope(payloadType, payload, signer)))
        expect(verifies(flipBit(bytes, position % (bytes.length * 8)), signer.publicKey)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  test('cut short or with more after it is refused', () => {
    const bytes = utf8(envelopeText(signEnvelope('application/x', utf8('{}'), signer)))
    for (let length = 0; length < bytes.length; length++) {
      expect(readEnvelope(bytes.subarray(0, length), plenty).ok).toBe(false)
    }
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (more) => {
        expect(readEnvelope(Uint8Array.from([...bytes, ...more]), plenty).ok).toBe(false)
      }),
    )
  })

  test('is refused and never thrown at when it is any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(readEnvelope(bytes, plenty)).toMatchObject({ ok: false, error: { code: 'commit/envelope' } })
      }),
    )
  })

  test('has an encoding that no other type and payload have', () => {
    fc.assert(
      fc.property(payloadTypes, payloads, payloadTypes, payloads, (typeA, payloadA, typeB, payloadB) => {
        const same = typeA === typeB && Buffer.from(payloadA).equals(payloadB)
        const a = Buffer.from(preAuthenticationEncoding(typeA, payloadA))
        expect(a.equals(preAuthenticationEncoding(typeB, payloadB))).toBe(same)
      }),
    )
  })

  test('does not confuse what moves between type and payload', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat({ max: 5 }), (whole, cut) => {
        fc.pre(cut < whole.length)
        const [type, payload] = [whole.slice(0, cut), utf8(whole.slice(cut))]
        const moved = preAuthenticationEncoding(whole.slice(0, cut + 1), utf8(whole.slice(cut + 1)))
        expect(Buffer.from(preAuthenticationEncoding(type, payload)).equals(moved)).toBe(false)
      }),
    )
  })
})
