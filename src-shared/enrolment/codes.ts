import type { Digest, Id } from '../kernel/ids.ts'
import { canonicalBytes } from '../kernel/canonical.ts'
import type { Primitives } from '../kernel/primitives.ts'

/**
 * Twelve symbols that one person reads from one screen and another types at the other: 60 bits of a SHA-256, in
 * Crockford's base 32 (no I, L, O, U), in groups of four.
 */
const codeSymbols = 12
const groupSymbols = 4
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The code of a SHA-256. */
export function codeOf(digest: Uint8Array): string {
  let symbols = ''
  for (let index = 0; index < codeSymbols; index++) {
    if (index > 0 && index % groupSymbols === 0) symbols += ' '
    symbols += alphabet.charAt(fiveBits(digest, 5 * index))
  }
  return symbols
}

/** Big-endian, as every base 32 reads them. */
function fiveBits(bytes: Uint8Array, from: number): number {
  const byte = Math.floor(from / 8)
  const pair = ((bytes[byte] ?? 0) << 8) | (bytes[byte + 1] ?? 0)
  return (pair >> (11 - (from % 8))) & 31
}

/** The code of a device's request to join, from the exact bytes of the request. */
export function requestCode(primitives: Pick<Primitives, 'sha256'>, request: Uint8Array): string {
  return codeOf(primitives.sha256(request))
}

/**
 * The code by which a new device knows its unit: over the unit's id, its public root key and the request that is being
 * answered, so that no other unit and no answer to another request has the same.
 *
 * `rootPublicKey` is hex, `request` the SHA-256 of the request's bytes, hex.
 */
export function unitCode(
  primitives: Pick<Primitives, 'sha256'>,
  unit: Id,
  rootPublicKey: string,
  request: Digest,
): string {
  const said = canonicalBytes({ request, rootPublicKey, type: 'liandang/unit-code/1', unit })
  return codeOf(primitives.sha256(said))
}

/** Whether what somebody typed is this code: in any case and width, with any blanks, with O for 0 and I or L for 1. */
export function isSameCode(code: string, typed: string): boolean {
  return symbolsOf(code) === symbolsOf(typed)
}

function symbolsOf(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
}
