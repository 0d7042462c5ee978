import { describe, expect, test } from 'vitest'
import { identityCheckCharacter } from '../../../src-shared/catalogue/identity.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import { hasErrors, summarise, validateRecord } from '../../../src-shared/catalogue/validate.ts'
import type { Declaration, RecordValues } from '../../../src-shared/catalogue/values.ts'
import { category, shippedCatalogue, today } from './helpers.ts'

const catalogue = shippedCatalogue()

function findings(
  id: string,
  values: RecordValues,
  declaration: Declaration = 'present',
  of: Catalogue = catalogue,
) {
  return validateRecord(category(of, id), of, { declaration, values }, today).map(
    (finding) => `${finding.severity}:${finding.field ?? ''}:${finding.code}`,
  )
}

const yuan = (amount: number) => ({ amount, currency: 'CNY' })
const identityBody = '52030219850607013'
const person: RecordValues = {
  name: '李明',
  sex: '1',
  people: '01',
  birth: '1985-06-07',
  identityNumber: identityBody + identityCheckCharacter(identityBody),
  politicalStatus: '13',
  position: '某乡人民政府乡长',
}
const house: RecordValues = {
  relation: '01',
  address: '遵义市红花岗区某路 1 号',
  area: '114.78',
  price: yuan(36_600_000),
}

describe('a record', () => {
  test('with all that is required and nothing odd has no findings', () => {
    expect(findings('A1', person)).toEqual([])
    expect(findings('C2', house)).toEqual([])
  })

  test('names every required field that is blank', () => {
    const { name: _, ...nameless } = person
    expect(findings('A1', nameless)).toEqual(['error:name:required'])
  })

  test('has no fields that its category does not have', () => {
    expect(findings('C2', { ...house, colour: '红' })).toEqual(['error:colour:field-unknown'])
    const inherited = JSON.parse('{"relation":"01","address":"某路","__proto__":"x"}')
    expect(findings('C2', inherited)).toEqual(['error:__proto__:field-unknown'])
  })

  test('holds values in their normal form only', () => {
    expect(findings('C2', { ...house, address: ' 某路' })).toEqual(['error:address:value-form'])
    expect(findings('C2', { ...house, address: '' })).toEqual(['error:address:value-form'])
    expect(findings('C2', { ...house, area: '114.780' })).toEqual(['error:area:value-form'])
    expect(findings('C2', { ...house, acquiredOn: '2001年' })).toEqual(['error:acquiredOn:value-form'])
    expect(findings('A3', { relation: '10', name: '王芳', identityNumber: '11010519491231002x' })).toEqual([
      'error:identityNumber:value-form',
    ])
  })

  test('holds values of the right type', () => {
    expect(findings('C2', { ...house, price: '366000' })).toEqual(['error:price:value-type'])
    expect(findings('C2', { ...house, address: yuan(1) })).toEqual(['error:address:value-type'])
    expect(findings('C2', { ...house, price: yuan(0.5) })).toEqual(['error:price:value-type'])
    expect(findings('C2', { ...house, price: yuan(Number.MAX_SAFE_INTEGER + 1) })).toEqual([
      'error:price:value-type',
    ])
  })

  test('keeps within the bounds of its fields', () => {
    expect(findings('C2', { ...house, price: yuan(-1) })).toEqual(['error:price:below-minimum'])
    expect(findings('C2', { ...house, share: '100.01' })).toEqual(['error:share:above-maximum'])
    expect(findings('C2', { ...house, share: '100' })).toEqual([])
    expect(findings('C2', { ...house, address: '路'.repeat(401) })).toEqual(['error:address:text-too-long'])
    expect(findings('C2', { ...house, note: '一\u0007二' })).toEqual(['error:note:text-control'])
    expect(findings('C2', { ...house, note: '一\n二\t三' })).toEqual([])
    expect(findings('C2', { ...house, address: '一\n二' })).toEqual(['error:address:text-control'])
    expect(findings('C2', { ...house, address: '一\u202E二' })).toEqual(['error:address:text-control'])
  })

  test('uses codes and currencies of the catalogue', () => {
    expect(findings('C2', { ...house, relation: '00' })).toEqual(['error:relation:code-unknown'])
    expect(findings('C2', { ...house, relation: '本人' })).toEqual(['error:relation:code-unknown'])
    expect(findings('C2', { ...house, price: { amount: 1, currency: 'XXX' } })).toEqual([
      'error:price:currency-unknown',
    ])
  })

  test('with a code that was retired since is odd, not wrong', () => {
    const table = catalogue.codeTables.find((item) => item.id === 'propertyKind')
    const retired: Catalogue = {
      ...catalogue,
      codeTables: catalogue.codeTables.map((item) =>
        item === table
          ? {
              ...item,
              items: item.items.map((entry) => (entry.code === '06' ? { ...entry, retired: true } : entry)),
            }
          : item,
      ),
    }
    expect(findings('C2', { ...house, kind: '06' }, 'present', retired)).toEqual([
      'warning:kind:code-retired',
    ])
    expect(findings('C2', { ...house, kind: '05' }, 'present', retired)).toEqual([])
  })

  test('does not lie in the future, except where its field may', () => {
    expect(findings('C2', { ...house, acquiredOn: '2026-11-23' })).toEqual(['error:acquiredOn:date-future'])
    expect(findings('C2', { ...house, acquiredOn: '2026' })).toEqual([])
    const loan: RecordValues = { relation: '01', direction: '02', description: '购房贷款', endOn: '2046-01' }
    expect(findings('C6', loan)).toEqual([])
  })

  test('with a space inside a name is odd', () => {
    expect(findings('A3', { relation: '10', name: '王 芳' })).toEqual(['warning:name:name-inner-space'])
    expect(
      hasErrors(
        validateRecord(
          category(catalogue, 'A3'),
          catalogue,
          { declaration: 'present', values: { relation: '10', name: '王 芳' } },
          today,
        ),
      ),
    ).toBe(false)
  })
})

describe('none and declined', () => {
  test('need nothing, and may say whose', () => {
    for (const declaration of ['none', 'declined'] as const) {
      expect(findings('C2', {}, declaration)).toEqual([])
      expect(findings('C2', { relation: '22', holder: '李强' }, declaration)).toEqual([])
    }
  })

  test.each(['none', 'declined'] as const)('say nothing else: %s', (declaration) => {
    expect(findings('C2', { relation: '22', address: '某路', note: '无' }, declaration)).toEqual([
      'error:address:value-with-declaration',
      'error:note:value-with-declaration',
    ])
  })

  test('are checked in what they say', () => {
    expect(findings('C2', { relation: '00' }, 'declined')).toEqual(['error:relation:code-unknown'])
  })

  test('are not for a category that everyone has', () => {
    expect(findings('A1', {}, 'none')).toEqual(['error::declaration-not-allowed'])
    expect(findings('E3', {}, 'declined')).toEqual(['error::declaration-not-allowed'])
  })
})

describe('fields against each other', () => {
  test('the identity number tells birth and sex', () => {
    expect(findings('A1', { ...person, birth: '1985-06-08' })).toEqual(['error:birth:identity-birth'])
    expect(findings('A1', { ...person, birth: '1985-06' })).toEqual([])
    expect(findings('A1', { ...person, sex: '2' })).toEqual(['error:sex:identity-sex'])
    expect(findings('A1', { ...person, sex: '9' })).toEqual([])
  })

  test('a number that is itself wrong accuses no other field', () => {
    expect(findings('A1', { ...person, sex: '2', identityNumber: '520302198506070130' })).toHaveLength(1)
  })

  test('an end is not before its start', () => {
    const loan: RecordValues = { relation: '01', direction: '01', description: '周转', startOn: '2024-05-02' }
    expect(findings('C6', { ...loan, endOn: '2024-05-01' })).toEqual(['error:endOn:order'])
    expect(findings('C6', { ...loan, endOn: '2024-05' })).toEqual([])
    expect(findings('C6', { ...loan, endOn: '2024-05-02' })).toEqual([])
    expect(findings('A1', { ...person, workStarted: '1984' })).toEqual(['error:workStarted:order'])
  })

  test('quantity times unit value is the total, within one in a hundred', () => {
    const shares: RecordValues = { relation: '01', name: '某股份', quantity: '1000', unitValue: yuan(1234) }
    expect(findings('C3', { ...shares, value: yuan(1_234_000) })).toEqual([])
    expect(findings('C3', { ...shares, value: yuan(1_246_340) })).toEqual([])
    expect(findings('C3', { ...shares, value: yuan(1_250_000) })).toEqual(['warning:value:product'])
    expect(findings('C3', { ...shares, value: yuan(123_400) })).toEqual(['warning:value:product'])
    expect(findings('C3', { ...shares, value: { amount: 1_234_000, currency: 'HKD' } })).toEqual([
      'warning:value:product-currency',
    ])
    const hundred = { ...shares, unitValue: yuan(1), value: yuan(100) }
    expect(findings('C3', { ...hundred, quantity: '99' })).toEqual([])
    expect(findings('C3', { ...hundred, quantity: '101' })).toEqual([])
    expect(findings('C3', { ...hundred, quantity: '98.9' })).toEqual(['warning:value:product'])
    expect(findings('C3', { ...shares, quantity: '0.5', unitValue: yuan(3), value: yuan(2) })).toEqual([
      'warning:value:product',
    ])
  })

  test('one choice can need another field', () => {
    expect(findings('A1', { ...person, politicalStatus: '01' })).toEqual(['error:partyDate:requires'])
    expect(findings('A1', { ...person, politicalStatus: '01', partyDate: '2008-07' })).toEqual([])
  })
})

describe('the summary of a record', () => {
  const line = (id: string, values: RecordValues) => summarise(category(catalogue, id), catalogue, values)

  test('shows labels, grouped amounts and units', () => {
    expect(line('C2', { ...house, kind: '01' })).toBe('本人 住宅 遵义市红花岗区某路 1 号 114.78㎡')
    expect(line('C7', { relation: '10', kind: '01', description: '某银行', value: yuan(123_456_789) })).toBe(
      '配偶 存款 某银行 ¥1,234,567.89',
    )
    expect(line('C7', { relation: '10', value: { amount: 36_600_000_000, currency: 'KRW' } })).toBe(
      '配偶 366,000,000.00 韩元',
    )
  })

  test('leaves out the words whose fields are blank, with their units', () => {
    expect(line('C2', { relation: '01', address: '某路' })).toBe('本人 某路')
    expect(line('C2', {})).toBe('')
  })

  test('is one line of at most 120 characters', () => {
    expect(line('E3', { kind: '01', reason: '甲\n乙' })).toBe('廉政谈话 甲 乙')
    const long = line('C2', { relation: '01', address: '路'.repeat(400) })
    expect([...long]).toHaveLength(120)
    expect(long.endsWith('路…')).toBe(true)
  })

  test('never shows an identity number', () => {
    expect(line('A1', person)).not.toContain(identityBody)
    expect(line('A3', { ...person, relation: '10' })).not.toContain(identityBody)
  })
})
