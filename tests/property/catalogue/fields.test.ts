import { fc } from '../../helpers/properties.ts'
import { describe, expect, test } from 'vitest'
import { creditCodeCheckCharacter, parseCreditCode } from '../../../src-shared/catalogue/credit-code.ts'
import { comparePartialDates, daysInMonth, parsePartialDate } from '../../../src-shared/catalogue/dates.ts'
import {
  identityCheckCharacter,
  identityFacts,
  parseIdentityNumber,
  provinces,
} from '../../../src-shared/catalogue/identity.ts'
import { formatMoney, moneyUnits, parseMoney } from '../../../src-shared/catalogue/money.ts'
import { compareDecimals, groupDigits, parseDecimal } from '../../../src-shared/catalogue/numbers.ts'
import { formatFieldInput, parseFieldInput, validateRecord } from '../../../src-shared/catalogue/validate.ts'
import type { Category, Field } from '../../../src-shared/catalogue/schema.ts'
import type { FieldValue } from '../../../src-shared/catalogue/values.ts'
import { shippedCatalogue, today } from '../../unit/catalogue/helpers.ts'

const two = (value: number): string => String(value).padStart(2, '0')
const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''))

const days = fc
  .tuple(
    fc.integer({ min: 1900, max: 2025 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 31 }),
  )
  .map(([year, month, day]) => `${year}-${two(month)}-${two(Math.min(day, daysInMonth(year, month)))}`)

const identityNumbers = fc
  .tuple(fc.constantFrom(...Object.keys(provinces)), digits(4), days, digits(3))
  .map(([province, area, birth, sequence]) => province + area + birth.replaceAll('-', '') + sequence)
  .map((body) => body + identityCheckCharacter(body))

const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const creditCodes = fc
  .tuple(digits(6), fc.array(fc.constantFrom(...letters), { minLength: 11, maxLength: 11 }))
  .map(([area, rest]) => rest.slice(0, 2).join('') + area + rest.slice(2).join(''))
  .map((body) => body + creditCodeCheckCharacter(body))

describe('identity numbers', () => {
  test('with the right check character are read, and tell birth and sex', () => {
    fc.assert(
      fc.property(identityNumbers, (number) => {
        expect(parseIdentityNumber(number, today)).toEqual({ ok: true, value: number })
        const facts = identityFacts(number)
        expect(facts.birth.replaceAll('-', '')).toBe(number.slice(6, 14))
      }),
    )
  })

  test('with any one digit changed are refused', () => {
    fc.assert(
      fc.property(identityNumbers, fc.nat(17), fc.integer({ min: 1, max: 9 }), (number, place, change) => {
        const character = number.charAt(place)
        const other = character === 'X' ? String(change) : String((Number(character) + change) % 10)
        const wrong = number.slice(0, place) + other + number.slice(place + 1)
        expect(parseIdentityNumber(wrong, today).ok).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  test('with two different neighbours exchanged are refused', () => {
    fc.assert(
      fc.property(identityNumbers, fc.nat(15), (number, place) => {
        fc.pre(number.charAt(place) !== number.charAt(place + 1))
        const wrong =
          number.slice(0, place) + number.charAt(place + 1) + number.charAt(place) + number.slice(place + 2)
        expect(parseIdentityNumber(wrong, today).ok).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  test('are refused when they are any other text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const read = parseIdentityNumber(text, today)
        expect(read.ok ? read.value : '11010519491231002X').toMatch(/^\d{17}[\dX]$/)
      }),
    )
  })
})

describe('credit codes', () => {
  test('with the right check character are read', () => {
    fc.assert(
      fc.property(creditCodes, (code) => {
        expect(parseCreditCode(code.toLowerCase())).toEqual({ ok: true, value: code })
      }),
    )
  })

  test('with any one character changed are refused', () => {
    fc.assert(
      fc.property(creditCodes, fc.nat(17), fc.constantFrom(...letters), (code, place, other) => {
        fc.pre(code.charAt(place) !== other)
        expect(parseCreditCode(code.slice(0, place) + other + code.slice(place + 1)).ok).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('amounts', () => {
  const amounts = fc.maxSafeInteger()

  test('read back from what is written for them', () => {
    fc.assert(
      fc.property(amounts, (amount) => {
        const money = { amount: Object.is(amount, -0) ? 0 : amount, currency: 'CNY' }
        expect(parseMoney(formatMoney(money), 'CNY')).toEqual({ ok: true, value: money })
        expect(parseMoney(groupDigits(formatMoney(money)), 'CNY')).toEqual({ ok: true, value: money })
      }),
    )
  })

  test('in another unit are the same amounts moved by its zeros', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(...moneyUnits), (whole, unit) => {
        const factor = { 元: 1, 千元: 1000, 万元: 10_000 }[unit]
        const read = parseMoney(String(whole), 'KRW', unit)
        expect(read).toEqual({ ok: true, value: { amount: whole * factor * 100, currency: 'KRW' } })
      }),
    )
  })

  test('are read from any text without an exception, to a safe integer or not at all', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'0123456789,.-+()元万千¥￥$ 　５，．eEx'),
      maxLength: 24,
    })
    fc.assert(
      fc.property(text, fc.constantFrom(...moneyUnits), (input, unit) => {
        const read = parseMoney(input, 'CNY', unit)
        expect(!read.ok || Number.isSafeInteger(read.value.amount)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('numbers', () => {
  const decimals = fc
    .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.nat(99_999_999))
    .map(([whole, part]) => `${whole}.${String(part).padStart(8, '0')}`)

  test('have one normal form, which reads back to itself', () => {
    fc.assert(
      fc.property(decimals, (text) => {
        const read = parseDecimal(text)
        if (!read.ok) throw new Error(read.fault.code)
        expect(parseDecimal(read.value)).toEqual(read)
        expect(parseDecimal(groupDigits(read.value))).toEqual(read)
        expect(Number(read.value)).toBe(Object.is(Number(text), -0) ? 0 : Number(text))
      }),
    )
  })

  test('are ordered as numbers are', () => {
    const small = fc.tuple(fc.integer({ min: -999, max: 999 }), fc.nat(999)).map(([whole, part]) => {
      const read = parseDecimal(`${whole}.${String(part).padStart(3, '0')}`)
      return read.ok ? read.value : '0'
    })
    fc.assert(
      fc.property(small, small, (a, b) => {
        expect(compareDecimals(a, b)).toBe(Math.sign(Number(a) - Number(b)))
        expect(compareDecimals(b, a) + compareDecimals(a, b)).toBe(0)
      }),
    )
  })
})

describe('dates', () => {
  const partial = fc.tuple(days, fc.constantFrom(4, 7, 10)).map(([day, length]) => day.slice(0, length))

  test('in any usual writing are the same date', () => {
    fc.assert(
      fc.property(days, (day) => {
        const [year = '', month = '', date = ''] = day.split('-')
        const writings = [
          day,
          day.replaceAll('-', '.'),
          day.replaceAll('-', '/'),
          day.replaceAll('-', ''),
          `${year}年${Number(month)}月${Number(date)}日`,
          `${year}.${Number(month)}.${Number(date)}`,
        ]
        for (const writing of writings) expect(parsePartialDate(writing)).toEqual({ ok: true, value: day })
      }),
    )
  })

  test('of any precision have one normal form', () => {
    fc.assert(
      fc.property(partial, (date) => {
        expect(parsePartialDate(date)).toEqual({ ok: true, value: date })
      }),
    )
  })

  test('are ordered consistently both ways', () => {
    fc.assert(
      fc.property(partial, partial, (a, b) => {
        const forward = comparePartialDates(a, b)
        const backward = comparePartialDates(b, a)
        expect(backward).toBe(forward === null ? null : 0 - forward)
      }),
    )
  })
})

describe('records of every category', () => {
  const catalogue = shippedCatalogue()
  const ids = fc
    .uint8Array({ minLength: 16, maxLength: 16 })
    .map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
  const periods = fc
    .tuple(days, days, fc.constantFrom('/', ' 至 ', '\t', '～'))
    .map(([one, other, between]) => (one < other ? one + between + other : other + between + one))
  const names = fc.string({
    unit: fc.constantFrom(...'清河县财政局（本级）(2012)A 第一'),
    minLength: 2,
    maxLength: 30,
  })
  const organisations = fc
    .tuple(
      names.filter((name) => name.trim() !== ''),
      fc.option(creditCodes),
    )
    .map(([name, code]) => (code === null ? name : `${name}\t${code}`))
  const hasFourSigns = (text: string) => text.replace(/ /g, '').length >= 4

  function values(field: Field): fc.Arbitrary<string> {
    const table = catalogue.codeTables.find((candidate) => candidate.id === field.table)
    switch (field.kind) {
      case 'code':
        return fc.constantFrom(
          ...(table?.items.flatMap((item) => [item.code, item.label, ...(item.synonyms ?? [])]) ?? []),
        )
      case 'date':
        return days
      case 'money':
        return fc.nat(1_000_000_000).map((amount) => formatMoney({ amount, currency: 'CNY' }))
      case 'number':
        return fc.integer({ min: Number(field.minimum ?? 0), max: Number(field.maximum ?? 100) }).map(String)
      case 'identityNumber':
        return identityNumbers
      case 'creditCode':
        return creditCodes
      case 'personName':
        return fc.constantFrom('张三', ' 欧阳修 ', '买买提•艾力')
      case 'person':
        return fc.constantFrom('张三', '张三，李四')
      case 'period':
        return periods
      case 'organisation':
        return organisations
      case 'area':
        return fc.constantFrom(...(table?.items.flatMap(({ code, label }) => [code, label]) ?? []))
      case 'documentNumber':
        return fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 /-]{2,20}[A-Za-z0-9]$/).filter(hasFourSigns)
      case 'cadre':
        return ids.map((id) => `张三#${id}`)
      case 'attachment':
        return fc.array(ids, { minLength: 1, maxLength: 4 }).map((all) => all.map((id) => id + id).join('  '))
      case 'rows':
        return fc
          .array(fc.record(Object.fromEntries((field.columns ?? []).map((one) => [one.id, values(one)]))), {
            minLength: 1,
            maxLength: 3,
          })
          .map((rows) => JSON.stringify(rows))
      default:
        return fc.string({
          unit: 'grapheme-ascii',
          minLength: 1,
          maxLength: Math.min(60, field.maximumLength ?? 60),
        })
    }
  }

  test.each(catalogue.categories.map((category) => [category.id, category] as const))(
    '%s: what an input shows is read back to the same value, and no typed value is of a wrong form',
    (_, category: Category) => {
      const inputs = fc.record(Object.fromEntries(category.fields.map((field) => [field.id, values(field)])))
      fc.assert(
        fc.property(inputs, (typed) => {
          const read: Record<string, FieldValue> = {}
          for (const field of category.fields) {
            const value = parseFieldInput(field, catalogue, typed[field.id] ?? '', { asOf: today })
            if (!value.ok) throw new Error(`${field.id} ${value.fault.code}`)
            if (value.value === null) continue
            read[field.id] = value.value
            const again = parseFieldInput(field, catalogue, formatFieldInput(value.value), { asOf: today })
            expect(again).toEqual(value)
          }
          const codes = validateRecord(category, catalogue, { declaration: 'present', values: read }, today)
            .filter((finding) => read[finding.field ?? ''] !== undefined)
            .map((finding) => finding.code)
          const comparisons = [
            'order',
            'identity-birth',
            'identity-sex',
            'product',
            'name-inner-space',
            'document-format',
          ]
          expect(codes.filter((code) => !comparisons.includes(code))).toEqual([])
        }),
        { numRuns: 60 },
      )
    },
  )
})
