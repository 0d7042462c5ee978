import canonicalize from 'canonicalize'
import { fromUtf8, utf8 } from './bytes.ts'
import { err, ok, type Result } from './result.ts'

/**
 * The JSON that is signed and hashed: RFC 8785 restricted to strings, safe integers, booleans, null, arrays and objects.
 * Money is integer fen, other decimals are strings.
 */
export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined }

export const maximumDepth = 32

/** Why a value cannot be written canonically, or null when it can. */
export function canonicalFault(value: unknown, depth = 0): string | null {
  if (depth > maximumDepth) return 'depth'
  switch (typeof value) {
    case 'string':
      return value.isWellFormed() ? null : 'surrogate'
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? null : 'number'
    case 'boolean':
      return null
    case 'object': {
      if (value === null) return null
      if (Array.isArray(value)) {
        for (const item of value) {
          const fault = canonicalFault(item, depth + 1)
          if (fault !== null) return fault
        }
        return null
      }
      const prototype = Object.getPrototypeOf(value)
      if (prototype !== Object.prototype && prototype !== null) return 'type'
      for (const [key, item] of Object.entries(value)) {
        if (!key.isWellFormed()) return 'surrogate'
        if (item === undefined) continue
        const fault = canonicalFault(item, depth + 1)
        if (fault !== null) return fault
      }
      return null
    }
    default:
      return 'type'
  }
}

/** RFC 8785 text. Throws on a value outside {@link CanonicalValue}: that is a programming error, not input. */
export function canonicalText(value: CanonicalValue): string {
  const fault = canonicalFault(value)
  if (fault !== null) throw new TypeError(`not canonical: ${fault}`)
  return canonicalize(value) as string
}

export function canonicalBytes(value: CanonicalValue): Uint8Array {
  return utf8(canonicalText(value))
}

/**
 * Strict reading: the bytes must be exactly the canonical form of what they say, so duplicate keys, other number
 * spellings, white space and unsafe integers are all refused.
 *
 * Errors: `format/not-canonical`, `format/too-large`.
 */
export function readCanonical(bytes: Uint8Array, maximumBytes: number): Result<CanonicalValue> {
  if (bytes.length > maximumBytes)
    return err('format/too-large', { bytes: bytes.length, limit: maximumBytes })
  const text = fromUtf8(bytes)
  if (text === null) return err('format/not-canonical', { reason: 'utf8' })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return err('format/not-canonical', { reason: 'json' })
  }
  const fault = canonicalFault(value)
  if (fault !== null) return err('format/not-canonical', { reason: fault })
  // The bytes are well-formed UTF-8, so equal texts are equal bytes.
  if (canonicalize(value) !== text) {
    return err('format/not-canonical', { reason: 'form' })
  }
  return ok(value as CanonicalValue)
}
