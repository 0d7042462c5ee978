import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import { equalBytes } from '../../../src-shared/kernel/bytes.ts'
import { type CanonicalValue, canonicalBytes, readCanonical } from '../../../src-shared/kernel/canonical.ts'
import { flipBit } from './flips.ts'

const plenty = 1_000_000

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '__proto__', 'toJSON', 'length', '1'),
)

const { value } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    text,
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.uniqueArray(fc.tuple(text, tie('value')), { maxLength: 5, selector: ([name]) => name }).map(objectOf),
  ),
}))

/** Own members whatever their names: an assignment to `__proto__` would not be one. */
function objectOf(entries: readonly (readonly [string, CanonicalValue])[]): CanonicalValue {
  return Object.fromEntries(entries)
}

function accepted(bytes: Uint8Array): CanonicalValue | undefined {
  const read = readCanonical(bytes, plenty)
  return read.ok ? read.value : undefined
}

/** True when the bytes are refused, or are just those in which their value is written. */
function refusedOrCanonical(bytes: Uint8Array): boolean {
  const read = accepted(bytes)
  return read === undefined || equalBytes(canonicalBytes(read), bytes)
}

describe('canonical JSON', () => {
  test('is read back as the value it was written of', () => {
    fc.assert(
      fc.property(value, (written) => {
        const bytes = canonicalBytes(written)
        const read = readCanonical(bytes, plenty)
        expect(read).toEqual({ ok: true, value: written })
        expect(read.ok && canonicalBytes(read.value)).toEqual(bytes)
      }),
      { numRuns: 500 },
    )
  })

  test('does not depend on the order in which members were set', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(text, value), { selector: ([name]) => name }), (entries) => {
        expect(canonicalBytes(objectOf(entries.toReversed()))).toEqual(canonicalBytes(objectOf(entries)))
      }),
    )
  })

  test('with any bit changed is refused or says something else', () => {
    fc.assert(
      fc.property(value, fc.nat(), (written, position) => {
        const bytes = canonicalBytes(written)
        const changed = flipBit(bytes, position % (bytes.length * 8))
        expect(refusedOrCanonical(changed)).toBe(true)
        expect(accepted(changed)).not.toEqual(written)
      }),
      { numRuns: 2000 },
    )
  })

  test('is accepted only in the bytes it would be written in, whatever the bytes', () => {
    const someJson = value.map((some) => new TextEncoder().encode(JSON.stringify(some, null, 1)))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), someJson), (bytes) => {
        expect(refusedOrCanonical(bytes)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('cut short is refused, unless the rest is a number', () => {
    fc.assert(
      fc.property(
        value.filter((some) => typeof some !== 'number'),
        fc.nat(),
        (written, position) => {
          const bytes = canonicalBytes(written)
          expect(accepted(bytes.subarray(0, position % bytes.length))).toBeUndefined()
        },
      ),
    )
  })
})
