import { base32crockford } from '@scure/base'
import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import { isSameCode, requestCode, unitCode } from '../../../src-shared/enrolment/codes.ts'
import { readRequest, signRequest } from '../../../src-shared/enrolment/request.ts'
import { readPackage, signPackage } from '../../../src-shared/enrolment/package.ts'
import { utf8 } from '../../../src-shared/kernel/bytes.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { envelopeText, signEnvelope } from '../../../src-shared/log/envelope.ts'
import { requestPayloadType } from '../../../src-shared/enrolment/request.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'

const signer = signerFromSeed(newSeed())
const id = () => newId(nodePrimitives)
const recipient = `age1${'q'.repeat(58)}`
const said = {
  device: id(),
  name: '财务室',
  recipient,
  logs: { control: id(), archive: id(), discipline: id() },
}
const bytes = utf8(envelopeText(signRequest(signer, said)))

function must<T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T {
  if (result.ok) return result.value
  throw new Error(result.error.code)
}

describe('a request to join', () => {
  test('is read as it was made', () => {
    const { request } = must(readRequest(nodePrimitives, bytes))
    expect(request).toMatchObject(said)
  })

  test('is refused when any bit of it was changed', () => {
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 7 }), (place, bit) => {
        const changed = bytes.slice()
        changed[place] = (changed[place] as number) ^ (1 << bit)
        expect(readRequest(nodePrimitives, changed).ok).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  test('whose proof is of another device is refused', () => {
    const { request } = must(readRequest(nodePrimitives, bytes))
    const payload = new TextEncoder().encode(
      JSON.stringify({
        device: id(),
        logs: request.logs,
        name: request.name,
        proof: request.proof,
        publicKey: request.publicKey,
        recipient,
        type: 'liandang/device-request/1',
      }).replace(/"logs":(\{[^}]*\})/, (_, logs: string) => {
        const sorted = JSON.parse(logs) as Record<string, string>
        const { archive, control, discipline } = sorted
        return `"logs":${JSON.stringify({ archive, control, discipline })}`
      }),
    )
    const forged = utf8(envelopeText(signEnvelope(requestPayloadType, payload, signer)))
    const read = readRequest(nodePrimitives, forged)
    expect(read.ok ? null : read.error).toEqual({ code: 'device/request-wrong', detail: { reason: 'proof' } })
  })
})

describe('a code', () => {
  const { payload } = must(readRequest(nodePrimitives, bytes))
  const code = requestCode(nodePrimitives, payload)

  test('is twelve symbols without look-alikes, in groups of four', () => {
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){2}[0-9A-HJKMNP-TV-Z]{4}$/)
  })

  test('is the beginning of the Crockford base 32 of a SHA-256', () => {
    const expected = base32crockford.encode(nodePrimitives.sha256(payload).subarray(0, 8)).slice(0, 12)
    expect(code.replaceAll(' ', '')).toBe(expected)
  })

  test('is the same however it is typed, and no other is', () => {
    expect(isSameCode(code, code.toLowerCase().replaceAll(' ', '-'))).toBe(true)
    expect(isSameCode('0000 1111 0000', 'OooO IiLl 0000')).toBe(true)
    expect(isSameCode(code, code.slice(0, -1))).toBe(false)
    expect(isSameCode(code, '')).toBe(false)
  })

  test('of a unit differs with its id, its root key and the request', () => {
    const [unit, key, request] = [id(), 'a'.repeat(64), 'b'.repeat(64)]
    const codes = [
      unitCode(nodePrimitives, unit, key, request),
      unitCode(nodePrimitives, id(), key, request),
      unitCode(nodePrimitives, unit, 'c'.repeat(64), request),
      unitCode(nodePrimitives, unit, key, 'd'.repeat(64)),
    ]
    expect(new Set(codes).size).toBe(4)
  })
})

test('a package is read as it was made, and not when it names a file outside its folder', () => {
  const content = {
    unit: id(),
    rootPublicKey: 'a'.repeat(64),
    request: 'b'.repeat(64),
    device: id(),
    createdAt: '2026-11-22T08:00:00.000Z',
    bundles: [
      { compartment: 'control' as const, file: `${id()}.liandang`, sha256: 'c'.repeat(64), bytes: 12 },
    ],
    slots: ['{}'],
  }
  expect(must(readPackage(signPackage(signer, content))).content).toEqual(content)
  const outside = { ...content, bundles: [{ ...content.bundles[0]!, file: '../x.liandang' }] }
  expect(readPackage(signPackage(signer, outside)).ok).toBe(false)
})
