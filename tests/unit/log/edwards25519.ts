/**
 * Arithmetic of edwards25519 by the textbook, to know which encodings stand for points of small order without
 * believing any list. Slow and not constant time: for tests only. Source: RFC 8032 §5.1.
 */

export const fieldPrime = 2n ** 255n - 19n
/** The order of the base point. */
export const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n
const d = modulo(-121665n * inverse(121666n))
const rootOfMinusOne = power(2n, (fieldPrime - 1n) / 4n)

export interface Point {
  readonly x: bigint
  readonly y: bigint
}

export const identity: Point = { x: 0n, y: 1n }

/** The point of an encoding, canonical or not (y is taken modulo p, and -0 as 0), or null when there is none. */
export function decodePoint(encoding: Uint8Array): Point | null {
  const whole = encoding.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n)
  const y = modulo(whole & (2n ** 255n - 1n))
  const x = rootOf(modulo((y * y - 1n) * inverse(d * y * y + 1n)))
  if (x === null) return null
  const sign = whole >> 255n
  return { x: (x & 1n) === sign ? x : modulo(-x), y }
}

/** Every 32-byte string that decodes to this point. */
export function encodingsOf(point: Point): Uint8Array[] {
  const signs = point.x === 0n ? [0n, 1n] : [point.x & 1n]
  const ys = [point.y, point.y + fieldPrime].filter((y) => y < 2n ** 255n)
  return ys.flatMap((y) => signs.map((sign) => littleEndian(y + (sign << 255n))))
}

export function add(a: Point, b: Point): Point {
  const product = modulo(d * a.x * b.x * a.y * b.y)
  return {
    x: modulo((a.x * b.y + b.x * a.y) * inverse(1n + product)),
    y: modulo((a.y * b.y + a.x * b.x) * inverse(1n - product)),
  }
}

export function multiply(point: Point, scalar: bigint): Point {
  let sum = identity
  for (const bit of scalar.toString(2)) {
    sum = add(sum, sum)
    if (bit === '1') sum = add(sum, point)
  }
  return sum
}

export function isIdentity(point: Point): boolean {
  return point.x === 0n && point.y === 1n
}

export function littleEndian(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n))
}

function rootOf(square: bigint): bigint | null {
  const candidate = power(square, (fieldPrime + 3n) / 8n)
  for (const root of [candidate, modulo(candidate * rootOfMinusOne)]) {
    if (modulo(root * root) === square) return root
  }
  return null
}

function inverse(value: bigint): bigint {
  return power(modulo(value), fieldPrime - 2n)
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (const bit of exponent.toString(2)) {
    result = modulo(result * result)
    if (bit === '1') result = modulo(result * base)
  }
  return result
}

function modulo(value: bigint): bigint {
  const rest = value % fieldPrime
  return rest < 0n ? rest + fieldPrime : rest
}
