import { fault, parsed, type Parsed } from './findings.ts'
import { halfWidth } from './text.ts'

/** A decimal as text: no leading zeros, no trailing zeros of the fraction, no grouping, no `-0`. */
export type Decimal = string

const maximumIntegerDigits = 15
const maximumFractionDigits = 8
const grouped = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/
const plain = /^-?\d+(\.\d+)?$/

/**
 * Reads `1,234.50`, `１１４.７８`, `114.78㎡` (when `unit` is `㎡`) to `1234.5`, `114.78`.
 *
 * Faults: `number-form`, `number-too-long` {integer, fraction}.
 */
export function parseDecimal(input: string, unit?: string): Parsed<Decimal> {
  const text = withoutUnit(halfWidth(input).trim(), unit)
  if (!grouped.test(text) && !plain.test(text)) return fault('number-form')
  const [integer = '', fraction = ''] = text.replaceAll(',', '').split('.')
  const negative = integer.startsWith('-')
  const whole = integer.slice(negative ? 1 : 0).replace(/^0+(?=\d)/, '')
  const part = fraction.replace(/0+$/, '')
  if (whole.length > maximumIntegerDigits || part.length > maximumFractionDigits) {
    return fault('number-too-long', { integer: maximumIntegerDigits, fraction: maximumFractionDigits })
  }
  const value = part === '' ? whole : `${whole}.${part}`
  return parsed(negative && value !== '0' ? `-${value}` : value)
}

function withoutUnit(text: string, unit: string | undefined): string {
  if (unit === undefined) return text
  for (const form of [unit, unit.normalize('NFKC'), halfWidth(unit)]) {
    if (text.endsWith(form)) return text.slice(0, -form.length).trim()
  }
  return text
}

/** A decimal as an integer times a power of ten: `114.78` is 11478 and 2. Exact, so never a float. */
export function scaled(value: Decimal): { readonly units: bigint; readonly scale: number } {
  const [integer = '0', fraction = ''] = value.split('.')
  return { units: BigInt(integer + fraction), scale: fraction.length }
}

/** -1, 0 or 1, exactly. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const left = scaled(a)
  const right = scaled(b)
  const scale = Math.max(left.scale, right.scale)
  const difference =
    left.units * 10n ** BigInt(scale - left.scale) - right.units * 10n ** BigInt(scale - right.scale)
  if (difference === 0n) return 0
  return difference < 0n ? -1 : 1
}

/** Digits in groups of three, for display: `1234.5` is `1,234.5`. */
export function groupDigits(value: Decimal): string {
  const [integer = '', fraction] = value.split('.')
  const whole = integer.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? whole : `${whole}.${fraction}`
}
