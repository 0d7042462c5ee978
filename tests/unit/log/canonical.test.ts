import canonicalize from 'canonicalize'
import { describe, expect, test } from 'vitest'
import { toHex, utf8 } from '../../../src-shared/kernel/bytes.ts'
import {
  type CanonicalValue,
  canonicalBytes,
  canonicalFault,
  canonicalText,
  maximumDepth,
  readCanonical,
} from '../../../src-shared/kernel/canonical.ts'
import vectors from '../../vectors/canonical-json.json' with { type: 'json' }

const plenty = 1_000_000

function reasonOf(text: string): unknown {
  const read = readCanonical(utf8(text), plenty)
  return read.ok ? 'accepted' : read.error.detail?.reason
}

function numberOf(ieee754: string): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(`0x${ieee754}`))
  return view.getFloat64(0)
}

function nested(depth: number): CanonicalValue {
  let value: CanonicalValue = []
  for (let i = 0; i < depth; i++) value = [value]
  return value
}

describe('RFC 8785', () => {
  test.each(vectors.documents)('$name has the published canonical form', ({ input, output }) => {
    expect(canonicalText(JSON.parse(input))).toBe(output)
    expect(readCanonical(utf8(output), plenty)).toEqual({ ok: true, value: JSON.parse(input) })
  })

  test.each(vectors.documents)('$name is refused in the form it was written in', ({ input }) => {
    expect(reasonOf(input)).toBe('form')
  })

  test('properties are sorted by UTF-16 code units, not by code points', () => {
    const [sample] = vectors.documents
    const sorted = JSON.parse(`[${(sample?.output ?? '').slice(1, -1).replaceAll('":"', '","')}]`)
    expect(sorted.filter((_: unknown, i: number) => i % 2 === 1)).toEqual(sample?.order)
  })

  test('the library beneath writes the bytes of §3.2.4, fractions and all', () => {
    const { input, outputHex } = vectors.withFractions
    expect(toHex(utf8(canonicalize(JSON.parse(input)) ?? ''))).toBe(outputHex)
  })

  test('the sample of §3.2.2 is refused for its fractions and accepted without them', () => {
    const sample = JSON.parse(vectors.withFractions.input)
    expect(canonicalFault(sample)).toBe('number')
    expect(() => canonicalText(sample)).toThrow(TypeError)
    delete sample.numbers
    expect(canonicalText(sample)).toBe(vectors.withFractions.outputWithoutNumbers)
  })

  test.each(vectors.numbers)(
    'number $ieee754 of Appendix B is $text, accepted: $accepted',
    ({ ieee754, text, accepted }) => {
      const number = numberOf(ieee754)
      expect(canonicalize(number)).toBe(text)
      expect(canonicalFault(number)).toBe(accepted ? null : 'number')
    },
  )
})

describe('canonical values', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, -0, 0.5, 2 ** 53, -(2 ** 53)])(
    'the number %d is refused',
    (n) => {
      expect(canonicalFault({ n })).toBe('number')
    },
  )

  test('the largest and smallest safe integers are accepted', () => {
    expect(canonicalText([2 ** 53 - 1, -(2 ** 53 - 1)])).toBe('[9007199254740991,-9007199254740991]')
  })

  test.each([undefined, () => 1, Symbol('s'), 1n, new Date(0), new Map(), Uint8Array.of(1)])(
    'a value that JSON does not have is refused: %s',
    (value) => {
      expect(canonicalFault([value])).toBe('type')
    },
  )

  test('a lone surrogate is refused as value and as key', () => {
    expect(canonicalFault('\ud800')).toBe('surrogate')
    expect(canonicalFault({ '\udc00': 1 })).toBe('surrogate')
  })

  test('an absent member is left out', () => {
    expect(canonicalText({ b: undefined, a: 1 })).toBe('{"a":1}')
  })

  test('nesting ends at the maximum depth', () => {
    expect(canonicalFault(nested(maximumDepth))).toBeNull()
    expect(canonicalFault(nested(maximumDepth + 1))).toBe('depth')
    expect(reasonOf('['.repeat(maximumDepth + 2) + ']'.repeat(maximumDepth + 2))).toBe('depth')
  })
})

describe('strict reading', () => {
  test.each([
    ['a member given twice', '{"a":1,"a":1}', 'form'],
    ['members out of order', '{"b":1,"a":1}', 'form'],
    ['white space', '{"a": 1}', 'form'],
    ['a final newline', '{"a":1}\n', 'form'],
    ['an integer spelled with a fraction', '{"a":1.0}', 'form'],
    ['an integer spelled with an exponent', '{"a":1e2}', 'form'],
    ['minus zero', '{"a":-0}', 'number'],
    ['a fraction', '{"a":0.1}', 'number'],
    ['an unsafe integer', '{"a":9007199254740993}', 'number'],
    ['an escape that is not needed', '{"a":"\\u0041"}', 'form'],
    ['an escaped solidus', '{"a":"\\/"}', 'form'],
    ['an escape in capitals', '{"a":"\\u000F"}', 'form'],
    ['an escaped lone surrogate', '{"a":"\\ud800"}', 'surrogate'],
    ['a leading zero', '{"a":01}', 'json'],
    ['a comment', '{"a":1/**/}', 'json'],
    ['two values', '1 2', 'json'],
    ['nothing', '', 'json'],
    ['a byte order mark', '\ufeff{}', 'json'],
  ])('%s is refused', (_, text, reason) => {
    expect(reasonOf(text)).toBe(reason)
  })

  test('bytes that are not UTF-8 are refused', () => {
    expect(readCanonical(Uint8Array.of(0x22, 0xff, 0x22), plenty)).toEqual({
      ok: false,
      error: { code: 'format/not-canonical', detail: { reason: 'utf8' } },
    })
  })

  test('a member named like a prototype is data', () => {
    const read = readCanonical(utf8('{"__proto__":{"a":1},"constructor":2}'), plenty)
    expect(read.ok && Object.keys(read.value as object)).toEqual(['__proto__', 'constructor'])
  })

  test('one byte more than allowed is refused before it is read', () => {
    const bytes = canonicalBytes({ a: 1 })
    expect(readCanonical(bytes, bytes.length).ok).toBe(true)
    expect(readCanonical(bytes, bytes.length - 1)).toEqual({
      ok: false,
      error: { code: 'format/too-large', detail: { bytes: bytes.length, limit: bytes.length - 1 } },
    })
  })
})
