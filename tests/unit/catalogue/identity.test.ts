import { describe, expect, test } from 'vitest'
import {
  identityCheckCharacter,
  identityFacts,
  parseIdentityNumber,
  provinces,
} from '../../../src-shared/catalogue/identity.ts'
import { outcome, today } from './helpers.ts'

/** A synthetic number: nobody's, but with the right check character. */
function number(area: string, birth: string, sequence: string): string {
  const body = area + birth + sequence
  return body + identityCheckCharacter(body)
}

function read(text: string, asOf = today): string {
  return outcome(parseIdentityNumber(text, asOf))
}

describe('the check character (GB 11643)', () => {
  test('is that of the example in the standard', () => {
    expect(identityCheckCharacter('11010519491231002')).toBe('X')
    expect(identityCheckCharacter('44052418800101001')).toBe('4')
  })

  test('takes each of its eleven values', () => {
    const seen = new Set(
      Array.from({ length: 200 }, (_, index) =>
        identityCheckCharacter(`52030219900101${String(index).padStart(3, '0')}`),
      ),
    )
    expect([...seen].sort().join('')).toBe('0123456789X')
  })
})

describe('an identity number', () => {
  test('with everything right is kept as it is', () => {
    expect(read('11010519491231002X')).toBe('11010519491231002X')
  })

  test('is written with full-width digits, a lower-case x or spaces by some, and normalised', () => {
    expect(read('１１０１０５１９４９１２３１００２ｘ')).toBe('11010519491231002X')
    expect(read(' 110105 19491231 002x ')).toBe('11010519491231002X')
  })

  test('of fifteen digits is no longer valid', () => {
    expect(read('110105491231002')).toBe('fault:identity-length')
  })

  test('has X only at the end, and no other letter', () => {
    expect(read('1101051949123100XX')).toBe('fault:identity-characters')
    expect(read('11010519491231002Y')).toBe('fault:identity-characters')
    expect(read('11010519491231002Ⅹ')).toBe('fault:identity-characters')
  })

  test('with one wrong digit has the wrong check character', () => {
    expect(read('110105194912310021')).toBe('fault:identity-check')
    expect(read('11010519491231003X')).toBe('fault:identity-check')
  })

  test.each(['19910229', '19000229', '20230431', '19901301', '19900100', '19900132'])(
    'of someone born on %s is no number, for there is no such day',
    (birth) => {
      expect(read(number('520302', birth, '001'))).toBe('fault:identity-date')
    },
  )

  test('of someone born on 29 February of a leap year is one', () => {
    for (const birth of ['20000229', '19960229', '20240229']) {
      const valid = number('520302', birth, '002')
      expect(read(valid)).toBe(valid)
    }
  })

  test('does not reach back before 1900', () => {
    expect(read('440524188001010014')).toBe('fault:identity-range')
    const first = number('520302', '19000101', '001')
    expect(read(first)).toBe(first)
  })

  test('cannot be of someone who is born tomorrow, but of someone born today', () => {
    const child = number('520302', '20261122', '001')
    expect(read(child, '2026-11-22')).toBe(child)
    expect(read(child, '2026-11-21')).toBe('fault:identity-future')
  })

  test.each(['00', '10', '16', '20', '24', '38', '47', '55', '66', '70', '72', '80', '84', '90', '99'])(
    'of area %s is no number, for there is no such province',
    (area) => {
      expect(read(number(`${area}0101`, '19900101', '001'))).toBe('fault:identity-area')
    },
  )

  test('of every province of GB/T 2260 is one, also of those younger than the holder', () => {
    expect(Object.keys(provinces)).toHaveLength(35)
    for (const area of Object.keys(provinces)) {
      const valid = number(`${area}0101`, '19600101', '001')
      expect(read(valid)).toBe(valid)
    }
  })

  test('tells birth and sex', () => {
    expect(identityFacts('11010519491231002X')).toEqual({ birth: '1949-12-31', sex: '2' })
    expect(identityFacts(number('520302', '19850607', '013'))).toEqual({ birth: '1985-06-07', sex: '1' })
  })
})
