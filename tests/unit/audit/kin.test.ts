import { describe, expect, test } from 'vitest'
import { areKin, isSamePerson } from '../../../src-shared/audit/kin.ts'

const wife = { name: '李芳', identityNumber: '522121197503120028' }
const husband = { name: '王强', identityNumber: '522121197211040019' }
const declared = (name: string, identityNumber: string | null, birth: string | null = null) => ({
  name,
  identityNumber,
  birth,
})

describe('a line of the family register', () => {
  test('means the person of that ID number, also under another name', () => {
    expect(isSamePerson(wife, declared('李方', wife.identityNumber))).toBe(true)
  })

  test('with another ID number means somebody else of that name', () => {
    expect(isSamePerson(wife, declared(wife.name, '522121197503120036', '1975-03-12'))).toBe(false)
  })

  test('without an ID number means the person of that name and date of birth', () => {
    expect(isSamePerson(wife, declared(wife.name, null, '1975-03-12'))).toBe(true)
    expect(isSamePerson(wife, declared(wife.name, null, '1975-03-13'))).toBe(false)
    expect(isSamePerson(wife, declared(wife.name, null, '1975-03'))).toBe(false)
  })

  test('with a name alone accuses nobody', () => {
    expect(isSamePerson(wife, declared(wife.name, null))).toBe(false)
    expect(isSamePerson({ name: wife.name, identityNumber: null }, declared(wife.name, null))).toBe(false)
  })
})

describe('kin', () => {
  test('are two of whom either declares the other', () => {
    const line = declared(wife.name, wife.identityNumber)
    expect(areKin(husband, [line], wife, [])).toBe(true)
    expect(areKin(wife, [], husband, [line])).toBe(true)
    expect(areKin(husband, [], wife, [line])).toBe(false)
  })
})
