import { describe, expect, test } from 'vitest'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { headerBytes, readHeader, type Header } from '../../../src-shared/log/header.ts'

const digest: Digest = 'a'.repeat(64)
const id = 'b'.repeat(32)

function headerAt(at: string): Header {
  return {
    action: 'cadre.open',
    at,
    authority: digest,
    deps: [],
    key: digest,
    log: id,
    member: id,
    ops: [{ op: 'cadre.open', entity: id, digest }],
    prev: null,
    role: 'collector',
    seq: 0,
    type: 'liandang/commit/1',
    unit: id,
  }
}

describe('the moment that a commit claims', () => {
  test.each(['1970-01-01T00:00:00.000Z', '2026-11-22T08:00:00.000Z', '2199-12-31T23:59:59.999Z'])(
    'may be %s, whatever the clock said',
    (at) => {
      expect(readHeader(headerBytes(headerAt(at))).ok).toBe(true)
    },
  )

  test.each([
    '2026-13-01T00:00:00.000Z',
    '2026-11-40T00:00:00.000Z',
    '2026-11-22T25:00:00.000Z',
    '0000-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.999Z',
  ])('is not %s, of which no day can be told', (at) => {
    const read = readHeader(headerBytes(headerAt(at)))
    expect(read.ok ? null : read.error).toMatchObject({ code: 'commit/header', detail: { path: 'at' } })
  })
})
