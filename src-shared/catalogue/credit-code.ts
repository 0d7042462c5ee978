import { fault, parsed, type Parsed } from './findings.ts'
import { halfWidth } from './text.ts'

// No I, O, S, V, Z: they are too like 1, 0, 5, U, 2 (GB 32100-2015, table 1).
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

/** The check character for the first 17: 31 − (sum mod 31), where 31 is written as 0. */
export function creditCodeCheckCharacter(seventeenCharacters: string): string {
  let sum = 0
  for (const [index, weight] of weights.entries())
    sum += weight * alphabet.indexOf(seventeenCharacters.charAt(index))
  return alphabet.charAt((31 - (sum % 31)) % 31)
}

/**
 * A unified social credit code (GB 32100): 18 characters, upper case.
 *
 * Faults: `credit-code-length`, `credit-code-characters`, `credit-code-check`.
 */
export function parseCreditCode(input: string): Parsed<string> {
  const text = halfWidth(input).replace(/\s+/g, '').toUpperCase()
  if (text.length !== 18) return fault('credit-code-length')
  for (const character of text) if (!alphabet.includes(character)) return fault('credit-code-characters')
  // Characters 3–8 are the area of the registering authority (GB/T 2260), digits only.
  if (!/^\d{6}$/.test(text.slice(2, 8))) return fault('credit-code-characters')
  return creditCodeCheckCharacter(text) === text.charAt(17) ? parsed(text) : fault('credit-code-check')
}
