import { fc } from '../../helpers/properties.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { fromUtf8, utf8 } from '../../../src-shared/kernel/bytes.ts'
import { canonicalBytes, type CanonicalValue } from '../../../src-shared/kernel/canonical.ts'
import { headerBytes, readBody, readHeader, type Header } from '../../../src-shared/log/header.ts'
import { buildCommit, readCommit } from '../../../src-shared/log/chain.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { UnitFixture } from '../../helpers/unit-fixture.ts'
import { flipBit } from '../log/flips.ts'

let unit: UnitFixture
/** One header of every kind the unit has: founding, grant, entry, opinion, opening, signature. */
let headers: readonly Header[]

beforeAll(async () => {
  unit = await UnitFixture.found()
  unit.addDevice()
  const { record, revision } = unit.submit()
  unit.archive(record, revision)
  headers = (['control', 'archive'] as const).flatMap((compartment) =>
    unit.device.logs[compartment].commits.map(({ commit }) => commit.header),
  )
})

const which = fc.nat({ max: 99 })
const headerAt = (index: number): Header => headers[index % headers.length] as Header
const textOf = (header: Header): string => fromUtf8(headerBytes(header)) as string

function refusal(header: object): string | null {
  const read = readHeader(canonicalBytes(header as CanonicalValue))
  return read.ok ? null : read.error.code
}

describe('a header', () => {
  test('is read back as it was written', () => {
    for (const header of headers) expect(readHeader(headerBytes(header))).toEqual({ ok: true, value: header })
  })

  test('with any bit changed is refused, or says something else with another leaf', () => {
    fc.assert(
      fc.property(which, fc.nat(), (index, at) => {
        const bytes = headerBytes(headerAt(index))
        const changed = readHeader(flipBit(bytes, at % (8 * bytes.length)))
        if (changed.ok) expect(changed.value).not.toEqual(headerAt(index))
      }),
      { numRuns: 1500 },
    )
  })

  test('is refused in any other spelling of the same JSON', () => {
    const spaced = (text: string, at: number) => {
      const places = [...text.matchAll(/":|,"/g)].map((found) => found.index + (found[0] === '":' ? 2 : 1))
      const place = places[at % places.length] as number
      return text.slice(0, place) + ' ' + text.slice(place)
    }
    const escaped = (text: string, at: number) => {
      const letters = [...text.matchAll(/[a-z](?=[a-z"])/g)].map((found) => found.index)
      const place = letters[at % letters.length] as number
      const code = text.charCodeAt(place).toString(16).padStart(4, '0')
      return `${text.slice(0, place)}\\u${code}${text.slice(place + 1)}`
    }
    const repeated = (text: string) => `{"action":"unit.found",${text.slice(1)}`
    const turned = (text: string) => {
      const { action, ...rest } = JSON.parse(text) as Record<string, unknown>
      return JSON.stringify({ ...rest, action })
    }
    const longer = (text: string) => text.replace(/"seq":(\d+)/, '"seq":$1.0')
    const wider = (text: string) => text.replace(/"seq":(\d+)/, '"seq":$1e0')
    fc.assert(
      fc.property(which, fc.nat(), (index, at) => {
        const text = textOf(headerAt(index))
        for (const other of [
          spaced(text, at),
          escaped(text, at),
          repeated(text),
          turned(text),
          longer(text),
          wider(text),
          `${text}\n`,
          `\uFEFF${text}`,
        ]) {
          expect(other).not.toBe(text)
          expect(readHeader(utf8(other))).toMatchObject({
            ok: false,
            error: { code: 'format/not-canonical' },
          })
        }
      }),
      { numRuns: 100 },
    )
  })

  test('has exactly its members: none missing, none added', () => {
    for (const header of headers) {
      for (const name of Object.keys(header)) {
        const { [name as keyof Header]: _left, ...rest } = header
        expect(refusal(rest), name).toBe('commit/header')
      }
      expect(refusal({ ...header, note: 'x' })).toBe('commit/header')
      expect(refusal({ ...header, ops: header.ops.map((one) => ({ ...one, note: 'x' })) })).toBe(
        'commit/header',
      )
      expect(refusal({ ...header, ops: [] })).toBe('commit/header')
    }
  })

  test.each([
    ['at', '2026-11-22T00:00:00Z'],
    ['at', '2026-11-22 00:00:00.000Z'],
    ['at', '2026-11-22T08:00:00.000+08:00'],
    ['type', 'liandang/commit/2'],
    ['seq', -1],
    ['key', 'A'.repeat(64)],
    ['key', 'a'.repeat(63)],
    ['log', 'a'.repeat(31)],
    ['role', 'administrator'],
    ['unit', ''],
    ['deps', ['b'.repeat(64), 'a'.repeat(64)]],
    ['deps', ['a'.repeat(64), 'a'.repeat(64)]],
    ['authority', ''],
  ])('says %s only one way: not %j', (name, value) => {
    expect(refusal({ ...headerAt(2), [name]: value })).toBe('commit/header')
  })

  test('names a predecessor exactly when it is not the first', () => {
    const [founding, next] = [headerAt(0), headerAt(1)]
    expect(refusal({ ...founding, prev: 'a'.repeat(64) })).toBe('commit/header')
    expect(refusal({ ...next, prev: null })).toBe('commit/header')
  })

  test('tells people the act it holds, and no other', () => {
    for (const header of headers) {
      const other = header.action === 'review.sign' ? 'record.submit' : 'review.sign'
      expect(refusal({ ...header, action: other })).toBe('commit/header')
    }
  })

  test('of a newer version is told from a malformed one', () => {
    const header = headerAt(2)
    const entity = header.ops[0]!.entity
    const unknown = { op: 'dossier.transfer', entity, digest: 'a'.repeat(64), to: 'somewhere' }
    const newer = { ...header, action: 'dossier.transfer', ops: [unknown] }
    expect(refusal(newer)).toBe('log/unknown-action')
    expect(refusal({ ...newer, seq: 'x' })).toBe('commit/header')
    expect(refusal({ ...newer, ops: [{ ...unknown, entity: 'x' }] })).toBe('commit/header')
  })

  test('is refused when it is larger than any header', () => {
    const bytes = new Uint8Array(16 * 1024 * 1024 + 1).fill(0x20)
    expect(readHeader(bytes)).toMatchObject({ error: { code: 'format/too-large' } })
  })

  test('that is not JSON at all is refused, not thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(readHeader(bytes).ok).toBe(false)
        expect(readBody(bytes).ok).toBe(false)
      }),
    )
  })
})

describe('a commit', () => {
  test('carries the key that its envelope names', () => {
    const { collector, inspector } = unit.members
    const head = { log: unit.device.logs.archive.id, size: 0, leaf: null }
    const operations = headerAt(2).ops
    const input = {
      unit: unit.id,
      member: collector.id,
      role: 'collector',
      authority: unit.authority,
      deps: [],
      at: headerAt(0).at,
      operations,
    } as const
    const { envelope } = buildCommit(nodePrimitives, collector.signer, head, input)
    expect(readCommit(nodePrimitives, envelope).ok).toBe(true)
    const other = { ...envelope, keyid: inspector.signer.keyId }
    expect(readCommit(nodePrimitives, other)).toMatchObject({ error: { code: 'commit/envelope' } })
    const foreign = { ...envelope, payloadType: 'application/vnd.liandang.bundle+json' }
    expect(readCommit(nodePrimitives, foreign)).toMatchObject({ error: { code: 'commit/envelope' } })
  })
})

describe('a body', () => {
  test('has a salt of 16 bytes and keeps what it does not know', () => {
    const salt = 'a'.repeat(32)
    expect(readBody(canonicalBytes({ salt, 新: [1, { x: null }] }))).toEqual({
      ok: true,
      value: { salt, 新: [1, { x: null }] },
    })
    for (const body of [{}, { salt: 'a' }, { salt: 1 }, { salt: 'A'.repeat(32) }, [], 'text', null])
      expect(readBody(canonicalBytes(body as CanonicalValue))).toMatchObject({
        error: { code: 'format/invalid' },
      })
  })
})
