import { describe, expect, test } from 'vitest'
import {
  bundlePayloadType,
  readStatement,
  signStatement,
  verifyStatement,
  type Statement,
} from '../../../src-shared/bundle/statement.ts'
import { canonicalBytes, type CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { signEnvelope } from '../../../src-shared/log/envelope.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'

const signer = signerFromSeed(newSeed())
const id = '0123456789abcdef0123456789abcdef'
const digest = 'ab'.repeat(32)
const statement: Statement = {
  type: 'liandang/bundle/1',
  id,
  kind: 'update',
  unit: id,
  compartment: 'archive',
  device: id,
  createdAt: '2026-11-22T03:04:05.678Z',
  manifestSha256: digest,
  logs: [{ log: id, from: 0, to: 4, rootBefore: digest, rootAfter: digest }],
  prerequisites: [{ log: id, size: 1, leaf: digest }],
  receipts: [{ hub: id, log: id, seq: 0, leaf: digest }],
}

function sealed(change: Record<string, unknown>, payloadType = bundlePayloadType) {
  const bytes = canonicalBytes({ ...statement, ...change } as unknown as CanonicalValue)
  return signEnvelope(payloadType, bytes, signer)
}

test('a statement is read as it was signed, and holds under the key of its signer alone', () => {
  const envelope = signStatement(statement, signer)
  expect(readStatement(envelope)).toEqual({ ok: true, value: statement })
  expect(verifyStatement(nodePrimitives, envelope, signer.publicKey).ok).toBe(true)
  const other = signerFromSeed(newSeed())
  expect(verifyStatement(nodePrimitives, envelope, other.publicKey)).toMatchObject({
    error: { code: 'bundle/signature' },
  })
  expect(verifyStatement(nodePrimitives, { ...envelope, keyid: other.keyId }, other.publicKey).ok).toBe(false)
})

describe('a statement is refused', () => {
  const range = statement.logs[0]!
  test.each([
    ['of another type', { type: 'liandang/bundle/2' }],
    ['of an unknown kind', { kind: 'rumour' }],
    ['of an unknown compartment', { compartment: 'attic' }],
    ['with a member nobody knows', { note: '' }],
    ['with an id that is none', { id: 'x' }],
    ['with a moment in local time', { createdAt: '2026-11-22T03:04:05.678+08:00' }],
    ['of no log', { logs: [] }],
    ['of a range that ends before it begins', { logs: [{ ...range, from: 5 }] }],
    ['of a range that begins before the log', { logs: [{ ...range, from: -1 }] }],
    ['of one log twice', { logs: [range, range] }],
    ['with a prerequisite of nothing', { prerequisites: [{ log: id, size: 0, leaf: digest }] }],
  ])('%s', (_what, change) => {
    expect(readStatement(sealed(change))).toMatchObject({ ok: false, error: { code: 'bundle/layout' } })
  })

  test('that was signed as something else', () => {
    expect(readStatement(sealed({}, 'application/vnd.liandang.commit+json'))).toMatchObject({
      error: { code: 'bundle/layout' },
    })
  })

  test('that is not in its canonical form', () => {
    const envelope = sealed({})
    const spaced = Buffer.from(`${Buffer.from(envelope.payload).toString()} `)
    expect(readStatement({ ...envelope, payload: spaced })).toMatchObject({
      error: { code: 'bundle/layout' },
    })
  })
})
