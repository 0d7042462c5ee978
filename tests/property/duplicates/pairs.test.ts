import { expect, test } from 'vitest'
import { blockingKeys, isSlip, type DossierPerson } from '../../../src-shared/duplicates/person.ts'
import { weighPair } from '../../../src-shared/duplicates/weigh.ts'
import { fc } from '../../helpers/properties.ts'

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''))

const known: fc.Arbitrary<DossierPerson> = fc
  .record({
    name: fc.constantFrom('王建国', '王 建国', '王建果', '阿不都·热依木', '阿不都•热依木', '李四'),
    number: fc.option(fc.tuple(fc.constantFrom('110105', '510105'), digits(11)), { nil: null }),
    month: fc.constantFrom(null, '1970', '1970-01', '1970-01-02', '1971-05-06'),
    post: fc.constantFrom(null, '镇长', '镇 长', '科员'),
    unit: fc.constantFrom(null, '清河镇', '清河镇（机关）'),
  })
  .map(({ name, number, month, post, unit }) => {
    const identityNumber = number === null ? null : `${number[0]}${number[1]}X`
    const birth =
      identityNumber === null
        ? month
        : `${identityNumber.slice(6, 10)}-${identityNumber.slice(10, 12)}-${identityNumber.slice(12, 14)}`
    return { cadre: 'a'.repeat(32), name, identityNumber, birth, post, unit }
  })

/** A number as somebody mistypes it. */
const mistyped = fc
  .tuple(known, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 9 }), fc.boolean())
  .map(([person, place, digit, isSwapped]): readonly [DossierPerson, DossierPerson] => {
    const number = [...(person.identityNumber ?? '11010519700102003X')]
    const other = [...number]
    if (isSwapped && place < 16) [other[place], other[place + 1]] = [number[place + 1]!, number[place]!]
    else other[place] = String(digit)
    return [
      { ...person, identityNumber: number.join('') },
      { ...person, identityNumber: other.join('') },
    ]
  })

const pair = fc.oneof(fc.tuple(known, known), mistyped)

test('it does not matter which of two dossiers stands first', () => {
  fc.assert(
    fc.property(pair, fc.boolean(), ([one, other], isRare) => {
      expect(weighPair(one, other, isRare)).toEqual(weighPair(other, one, isRare))
    }),
    { numRuns: 400 },
  )
})

test('whatever is found has something in common by which it is looked for', () => {
  fc.assert(
    fc.property(pair, ([one, other]) => {
      if (weighPair(one, other, true) === null) return
      const keys = new Set(blockingKeys(one).map(({ key }) => key))
      expect(blockingKeys(other).some(({ key }) => keys.has(key))).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('a number that was mistyped in one place is a slip, and so the other way', () => {
  fc.assert(
    fc.property(mistyped, ([one, other]) => {
      const [first, second] = [one.identityNumber ?? '', other.identityNumber ?? '']
      expect(isSlip(first, second)).toBe(first !== second)
      expect(isSlip(second, first)).toBe(first !== second)
    }),
    { numRuns: 400 },
  )
})
