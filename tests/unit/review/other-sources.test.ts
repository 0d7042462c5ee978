import { describe, expect, test } from 'vitest'
import type { RecordContent, RecordValues } from '../../../src-shared/catalogue/values.ts'
import { contradictions, isDuplicate, speaksOfTheSame } from '../../../src-shared/review/other-sources.ts'
import { category, shippedCatalogue } from '../catalogue/helpers.ts'

const house = category(shippedCatalogue(), 'C2')
const loan = category(shippedCatalogue(), 'C6')
const kin = category(shippedCatalogue(), 'A3')
const basics = category(shippedCatalogue(), 'A1')

const entry = (values: RecordValues): RecordContent => ({ declaration: 'present', values })
const yuan = (amount: number) => ({ amount: amount * 100, currency: 'CNY' })

const registered = entry({
  relation: '01',
  address: '江城市滨河路１号 2栋',
  area: '90.5',
  price: yuan(800_000),
})
const declared = entry({ relation: '01', address: '江城市滨河路1号2栋', area: '85', price: yuan(800_000) })

describe('two entries speak of the same fact', () => {
  test('when they name the same house, whatever else they say of it', () => {
    expect(speaksOfTheSame(house, declared, registered)).toBe(true)
    expect(contradictions(house, declared, registered)).toEqual(['area'])
  })

  test('not when whose it is differs', () => {
    const wife = entry({ ...registered.values, relation: '02' })
    expect(speaksOfTheSame(house, declared, wife)).toBe(false)
  })

  test('not when they are two loans of one person, both lent out', () => {
    const one = entry({ relation: '01', direction: '01', amount: yuan(100_000) })
    const other = entry({ relation: '01', direction: '01', amount: yuan(366_000) })
    expect(speaksOfTheSame(loan, one, other)).toBe(false)
    expect(speaksOfTheSame(loan, one, entry({ ...one.values, description: '借给同乡' }))).toBe(true)
  })

  test('when one person of the family has two numbers', () => {
    const one = entry({ relation: '01', name: '王秀兰', identityNumber: '520102197003150028' })
    const other = entry({ relation: '01', name: '王 秀兰', identityNumber: '52010219700315001X' })
    expect(speaksOfTheSame(kin, one, other)).toBe(true)
    expect(contradictions(kin, one, other)).toEqual(['identityNumber'])
  })

  test('always, of what a cadre has one entry of', () => {
    expect(speaksOfTheSame(basics, entry({ name: '甲' }), entry({ name: '乙' }))).toBe(true)
  })

  test('when one source is silent on whose it is and the critical fields agree', () => {
    const one = entry({ relation: '01', identityNumber: '520102197003150028' })
    expect(speaksOfTheSame(kin, one, entry({ identityNumber: '520102197003150028' }))).toBe(true)
  })

  test('only when all that says what they are about agrees, and by that alone where nothing else is telling', () => {
    const identifying = (id: string) => ({ id, label: id, kind: 'text', identifying: true }) as const
    const only = { ...house, fields: [identifying('plate'), identifying('place')] }
    const one = entry({ plate: '贵A12345', place: '江城' })
    expect(speaksOfTheSame(only, one, one)).toBe(true)
    expect(speaksOfTheSame(only, one, entry({ plate: '贵A12345' }))).toBe(true)
    expect(speaksOfTheSame(only, one, entry({ ...one.values, place: '滨河' }))).toBe(false)
    expect(speaksOfTheSame(only, one, entry({ ...one.values, plate: '贵A54321' }))).toBe(false)
  })

  test('not when both are blank', () => {
    expect(speaksOfTheSame(house, entry({}), entry({}))).toBe(false)
  })
})

describe('an entry', () => {
  test('contradicts no blank: what one source does not say is not denied', () => {
    expect(contradictions(house, declared, entry({ relation: '01' }))).toEqual([])
  })

  test('is a duplicate of one that says the same in every field, and of no other', () => {
    const again = entry({ ...registered.values, address: '江城市滨河路1号2栋' })
    expect(isDuplicate(house, registered, again)).toBe(true)
    expect(isDuplicate(house, registered, declared)).toBe(false)
    expect(isDuplicate(house, registered, { ...again, declaration: 'none' })).toBe(false)
    expect(isDuplicate(house, registered, entry({ ...again.values, holder: '刘建国' }))).toBe(false)
  })
})
