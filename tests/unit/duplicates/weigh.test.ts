import { describe, expect, test } from 'vitest'
import { isSlip, type DossierPerson } from '../../../src-shared/duplicates/person.ts'
import { weighPair } from '../../../src-shared/duplicates/weigh.ts'

const number = '11010519491231002X'

function person(changes: Partial<DossierPerson> = {}): DossierPerson {
  return {
    cadre: 'a'.repeat(32),
    name: '王建国',
    identityNumber: null,
    birth: null,
    post: null,
    unit: null,
    ...changes,
  }
}

const strength = (one: DossierPerson, other: DossierPerson, isRare = false) =>
  weighPair(one, other, isRare)?.strength ?? null

describe('two dossiers', () => {
  const numbered = person({ identityNumber: number, birth: '1949-12-31' })

  test('of one number and one name are all but certainly one person’s, of two names likely', () => {
    expect(strength(numbered, numbered)).toBe('certain')
    expect(strength(numbered, { ...numbered, name: '王建 国' })).toBe('certain')
    expect(strength(numbered, { ...numbered, name: '李四' })).toBe('likely')
  })

  test('of one name are likely so where the number was mistyped, also where that moves the birth', () => {
    const mistyped = { ...numbered, identityNumber: '110105194913310020', birth: '1949-13-31' }
    expect(weighPair(numbered, mistyped, false)).toEqual({
      strength: 'likely',
      reasons: ['identity-slip', 'name-same', 'birth-other', 'unit-unknown', 'post-unknown'],
    })
  })

  test('of one name and another number are two people, unless birth and post are the same', () => {
    const other = { ...numbered, identityNumber: '110105194912310986' }
    expect(strength(numbered, other)).toBeNull()
    const placed = { post: '镇长' }
    expect(strength({ ...numbered, ...placed }, { ...other, ...placed })).toBe('possible')
  })

  test('of one name are likely one person’s by birth, post or unit, and never against the birth', () => {
    expect(strength(numbered, person({ birth: '1949-12' }))).toBe('likely')
    expect(strength(person({ post: '镇 长' }), person({ post: '镇长' }))).toBe('likely')
    expect(strength(person({ unit: '清河镇' }), person({ unit: '清河镇' }))).toBe('likely')
    expect(strength(numbered, person({ birth: '1950', post: '镇长' }))).toBeNull()
  })

  test('of a name that few bear are asked about for it alone', () => {
    expect(strength(numbered, person(), true)).toBe('possible')
    expect(strength(numbered, person(), false)).toBeNull()
  })

  test('of names that sound alike are possible where birth and post are the same', () => {
    const one = person({ birth: '1970-01-02', post: '科员' })
    expect(strength(one, { ...one, name: '王建果' })).toBe('possible')
    expect(strength(one, { ...one, name: '王建果', post: '科长' })).toBeNull()
    expect(strength(one, { ...one, name: '李四' })).toBeNull()
  })
})

test('a slip is one other digit or two swapped neighbours among the first seventeen', () => {
  expect(isSlip(number, '110105194912310038')).toBe(true)
  expect(isSlip(number, '11010519491231003X')).toBe(true)
  expect(isSlip(number, '110150194912310020')).toBe(true)
  expect(isSlip(number, '110150194912310030')).toBe(false)
  expect(isSlip(number, '510105194912310020')).toBe(true)
  expect(isSlip(number, '510105194912310120')).toBe(false)
  expect(isSlip(number, number)).toBe(false)
})
