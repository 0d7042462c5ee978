import { describe, expect, test } from 'vitest'
import { creditCodeCheckCharacter, parseCreditCode } from '../../../src-shared/catalogue/credit-code.ts'
import { outcome } from './helpers.ts'

function read(text: string): string {
  return outcome(parseCreditCode(text))
}

describe('a unified social credit code (GB 32100)', () => {
  test('whose check character is 0 is valid', () => {
    expect(read('91520304MA11900560')).toBe('91520304MA11900560')
  })

  test('takes every character of the alphabet as its check character', () => {
    const seen = new Set<string>()
    for (let index = 0; index < 400; index++) {
      const body = `91520304MA${String(index).padStart(7, '0')}`
      const code = body + creditCodeCheckCharacter(body)
      expect(read(code)).toBe(code)
      seen.add(code.charAt(17))
    }
    expect([...seen].sort().join('')).toBe('0123456789ABCDEFGHJKLMNPQRTUWXY')
  })

  test('is written in lower case or full width by some, and normalised', () => {
    expect(read('91520304ma11900560')).toBe('91520304MA11900560')
    expect(read('９１５２０３０４ＭＡ１１９００５６０ ')).toBe('91520304MA11900560')
  })

  test('with two characters exchanged is refused', () => {
    expect(read('91520304MA11905060')).toBe('fault:credit-code-check')
    expect(read('91520304MA11900561')).toBe('fault:credit-code-check')
  })

  test('has no I, O, S, V or Z', () => {
    for (const letter of 'IOSVZ')
      expect(read(`91520304${letter}A11900560`)).toBe('fault:credit-code-characters')
  })

  test('names its area in digits', () => {
    expect(read('9152A304MA11900560')).toBe('fault:credit-code-characters')
  })

  test('has 18 characters', () => {
    expect(read('91520304MA1190056')).toBe('fault:credit-code-length')
    expect(read('')).toBe('fault:credit-code-length')
  })
})
