import { describe, expect, test } from 'vitest'
import { fromBase64, fromHex, fromUtf8, toBase64, toHex, utf8 } from '../../../src-shared/kernel/bytes.ts'
import {
  type Envelope,
  envelopeText,
  preAuthenticationEncoding,
  readEnvelope,
  signEnvelope,
  verifyEnvelope,
} from '../../../src-shared/log/envelope.ts'
import { nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import vectors from '../../vectors/dsse.json' with { type: 'json' }

const alice = signerFromSeed(fromHex(vectors.keys.A.seed) as Uint8Array)
const bob = signerFromSeed(fromHex(vectors.keys.B.seed) as Uint8Array)
const plenty = 10_000

function publishedEnvelope(vector: { payloadType: string; payload: string; sig: string }): Envelope {
  return {
    payloadType: vector.payloadType,
    payload: fromBase64(vector.payload) as Uint8Array,
    keyid: alice.keyId,
    signature: fromBase64(vector.sig) as Uint8Array,
  }
}

function reasonOf(text: string): unknown {
  const read = readEnvelope(utf8(text), plenty)
  if (read.ok) return 'accepted'
  expect(read.error.code).toBe('commit/envelope')
  return read.error.detail?.reason
}

describe('DSSE 1.0.0', () => {
  test('the protocol example has the published pre-authentication encoding', () => {
    const { payloadType, payload, pae } = vectors.encoding
    expect(fromUtf8(preAuthenticationEncoding(payloadType, utf8(payload)))).toBe(pae)
  })

  test.each(vectors.signed)('$id has the published encoding and signature', (vector) => {
    const payload = fromBase64(vector.payload) as Uint8Array
    expect(toHex(preAuthenticationEncoding(vector.payloadType, payload))).toBe(vector.pae)
    expect(signEnvelope(vector.payloadType, payload, alice)).toEqual(publishedEnvelope(vector))
    expect(verifyEnvelope(nodePrimitives, publishedEnvelope(vector), alice.publicKey)).toBe(true)
  })

  test('a signature does not hold for another payload type', () => {
    expect(verifyEnvelope(nodePrimitives, publishedEnvelope(vectors.wronglyTyped), alice.publicKey)).toBe(
      false,
    )
  })

  test('the URL-safe alphabet, which DSSE allows, is refused in a log', () => {
    const { payloadType, payload, sig } = vectors.tooLiberal['url-safe-base64']
    const text = (p: string, s: string) =>
      `{"payload":"${p}","payloadType":"${payloadType}","signatures":[{"keyid":"${alice.keyId}","sig":"${s}"}]}`
    const standard = (base64: string) => base64.replaceAll('-', '+').replaceAll('_', '/')
    expect(reasonOf(text(payload, standard(sig)))).toBe('payload')
    expect(reasonOf(text(standard(payload), sig))).toBe('sig')
    const read = readEnvelope(utf8(text(standard(payload), standard(sig))), plenty)
    expect(read.ok && verifyEnvelope(nodePrimitives, read.value, alice.publicKey)).toBe(true)
  })

  test('two signatures, which DSSE allows, are refused in a log', () => {
    const { payloadType, payload, sigs } = vectors.tooLiberal['threshold-two-distinct-keys']
    const signatures = sigs.map((sig, i) => `{"keyid":"${[alice, bob][i]?.keyId}","sig":"${sig}"}`)
    const text = (some: string[]) =>
      `{"payload":"${payload}","payloadType":"${payloadType}","signatures":[${some.join(',')}]}`
    expect(reasonOf(text(signatures))).toBe('signatures')
    expect(reasonOf(text(signatures.slice(0, 1)))).toBe('accepted')
    expect(reasonOf(text([]))).toBe('signatures')
  })
})

describe('an envelope', () => {
  const envelope = signEnvelope('application/vnd.liandang.commit+json', utf8('{"seq":0}'), alice)
  const text = envelopeText(envelope)
  const sig = toBase64(envelope.signature)

  test('is written as canonical JSON without a newline', () => {
    expect(text).toBe(
      `{"payload":"eyJzZXEiOjB9","payloadType":"application/vnd.liandang.commit+json",` +
        `"signatures":[{"keyid":"${alice.keyId}","sig":"${sig}"}]}`,
    )
  })

  test('is read back as it was written', () => {
    expect(readEnvelope(utf8(text), plenty)).toEqual({ ok: true, value: envelope })
  })

  test('names its key by the digest of the public key, and no other key verifies it', () => {
    expect(envelope.keyid).toBe(toHex(nodePrimitives.sha256(alice.publicKey)))
    expect(verifyEnvelope(nodePrimitives, envelope, alice.publicKey)).toBe(true)
    expect(verifyEnvelope(nodePrimitives, envelope, bob.publicKey)).toBe(false)
    expect(verifyEnvelope(nodePrimitives, { ...envelope, keyid: bob.keyId }, alice.publicKey)).toBe(false)
    expect(verifyEnvelope(nodePrimitives, { ...envelope, keyid: bob.keyId }, bob.publicKey)).toBe(false)
  })

  test('larger than allowed is refused', () => {
    expect(readEnvelope(utf8(text), text.length).ok).toBe(true)
    expect(readEnvelope(utf8(text), text.length - 1)).toEqual({
      ok: false,
      error: {
        code: 'commit/envelope',
        detail: { reason: 'form', bytes: text.length, limit: text.length - 1 },
      },
    })
  })

  test.each([
    ['with a final newline', `${text}\n`, 'form'],
    ['with white space', text.replace(',"payloadType"', ', "payloadType"'), 'form'],
    ['with members out of order', text.replace(/^\{("payload":"[^"]*"),(.*)\}$/, '{$2,$1}'), 'form'],
    ['with a member twice', text.replace('"payloadType"', '"payload":"","payloadType"'), 'form'],
    ['with a member more', text.replace('"payload":', '"more":1,"payload":'), 'members'],
    ['with a member fewer', text.replace(/"payload":"[^"]*",/, ''), 'members'],
    ['with another member', text.replace('"payload":', '"body":'), 'members'],
    ['that is an array', `[${text}]`, 'members'],
    ['that is null', 'null', 'members'],
    [
      'with a type that is no string',
      text.replace(/"payloadType":"[^"]*"/, '"payloadType":1'),
      'payloadType',
    ],
    ['with a payload that is no string', text.replace(/"payload":"[^"]*"/, '"payload":null'), 'payload'],
    ['with a payload without its padding', text.replace('eyJzZXEiOjB9', 'eyJzZXEiOjA'), 'payload'],
    ['with stray bits under the padding', text.replace('eyJzZXEiOjB9', 'eyJzZXEiOjB='), 'payload'],
    ['with a payload that holds a space', text.replace('eyJzZXEiOjB9', 'eyJz ZXEiOjB9'), 'payload'],
    ['with signatures that are no array', text.replace(/\[.*\]/, '{}'), 'signatures'],
    ['with a signature that is no object', text.replace(/\[.*\]/, '["x"]'), 'signatures'],
    ['without a key id', text.replace(/"keyid":"[^"]*",/, ''), 'signatures'],
    ['with more beside the signature', text.replace('"keyid"', '"cert":"","keyid"'), 'signatures'],
    ['with a key id in capitals', text.replace(alice.keyId, alice.keyId.toUpperCase()), 'keyid'],
    ['with a short key id', text.replace(alice.keyId, alice.keyId.slice(2)), 'keyid'],
    ['with a short signature', text.replace(sig, toBase64(envelope.signature.slice(1))), 'sig'],
    ['with a long signature', text.replace(sig, toBase64(new Uint8Array(65))), 'sig'],
    ['with a signature that is no string', text.replace(`"${sig}"`, 'true'), 'sig'],
  ])('%s is refused', (_, changed, reason) => {
    expect(changed).not.toBe(text)
    expect(reasonOf(changed)).toBe(reason)
  })
})
