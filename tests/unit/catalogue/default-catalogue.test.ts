import { describe, expect, test } from 'vitest'
import {
  canonicalBytes,
  canonicalFault,
  readCanonical,
  type CanonicalValue,
} from '../../../src-shared/kernel/canonical.ts'
import { maximumCatalogueBytes } from '../../../src-shared/catalogue/schema.ts'
import {
  categoryRules,
  emptyRecord,
  readCatalogue,
  validateRecord,
} from '../../../src-shared/catalogue/validate.ts'
import { categoryRuleSchema } from '../../../src-shared/log/category-rule.ts'
import { category, shippedCatalogue, today } from './helpers.ts'

const catalogue = shippedCatalogue()
const secret = '不得录入国家秘密'

describe('the catalogue that comes with the program', () => {
  test('has every category of the field, each at its level, which decides the compartment', () => {
    const levels: Readonly<Record<string, number>> = {
      A1: 3,
      A2: 2,
      A3: 3,
      B1: 3,
      B2: 3,
      B3: 2,
      B4: 3,
      B5: 3,
      B6: 3,
      B7: 4,
      C1: 3,
      C2: 3,
      C3: 3,
      C4: 3,
      C5: 3,
      C6: 3,
      C7: 3,
      C8: 3,
      D1: 2,
      D2: 2,
      D3: 2,
      D4: 3,
      D5: 2,
      D6: 1,
      D7: 1,
      D8: 2,
      D9: 2,
      D10: 2,
      D11: 2,
      E1: 4,
      E2: 4,
      E3: 4,
      E4: 4,
      E5: 4,
      E6: 3,
      E7: 3,
      E8: 4,
      E9: 4,
      E10: 4,
      E11: 4,
    }
    expect(Object.fromEntries(catalogue.categories.map((item) => [item.id, item.level]))).toEqual(levels)
    for (const item of catalogue.categories) {
      expect(item.compartment, item.id).toBe(item.level === 4 ? 'discipline' : 'archive')
      expect(item.group, item.id).toBe(item.id.slice(0, 1))
    }
  })

  test('lets one reviewer verify awards and education, asks two for all else, and for sanctions to type again', () => {
    const single = catalogue.categories.filter((item) => item.verification === 'single')
    expect(single.map((item) => item.id)).toEqual(['D6', 'D7'])
    const typed = catalogue.categories.filter((item) => item.verification === 'dual-rekey')
    expect(typed.map((item) => item.id)).toEqual(['E5', 'E10'])
  })

  test('asks for evidence where a document exists of its own', () => {
    const asked = categoryRules(catalogue).filter((rule) => rule.evidenceRequired)
    expect(asked.map((rule) => rule.category)).toEqual(
      'A2 B1 B3 B7 C5 D1 D2 D5 D8 E3 E4 E5 E6 E7 E8 E10'.split(' '),
    )
  })

  test('can be signed: its canonical bytes read back to the same catalogue', () => {
    expect(canonicalFault(catalogue)).toBe(null)
    const bytes = canonicalBytes(catalogue as CanonicalValue)
    const read = readCanonical(bytes, maximumCatalogueBytes)
    expect(read.ok && readCatalogue(read.value)).toEqual({ ok: true, value: catalogue })
  })

  test('gives the header that adopts it a rule for each category', () => {
    const rules = categoryRules(catalogue)
    for (const rule of rules) expect(categoryRuleSchema.parse(rule)).toEqual(rule)
    expect(rules.find((rule) => rule.category === 'E3')).toEqual({
      category: 'E3',
      level: 4,
      compartment: 'discipline',
      verification: 'dual',
      signer: 'approver',
      evidenceRequired: true,
    })
  })

  test.each(catalogue.categories.map((item) => [item.id, item] as const))(
    '%s says in its guidance, and beside every long text, that state secrets must not be entered',
    (_, item) => {
      expect(item.guidance).toContain(secret)
      for (const field of item.fields.filter((candidate) => candidate.kind === 'longText')) {
        expect(field.guidance).toContain(secret)
      }
    },
  )

  test.each(catalogue.categories.map((item) => [item.id, item] as const))(
    '%s names its legal basis, guides the clerk and marks what reviewers should re-type',
    (_, item) => {
      expect(item.legalBasis).toMatch(/《.+》/)
      expect(item.guidance.length).toBeGreaterThan(30)
      expect(item.fields.some((field) => field.critical === true)).toBe(true)
    },
  )

  test.each(['C2', 'C3', 'C4', 'C6', 'C7'])(
    '%s says whose it is, so that a household can be added up',
    (id) => {
      const fields = category(catalogue, id).fields
      expect(fields.find((field) => field.id === 'relation')).toMatchObject({
        kind: 'code',
        table: 'relation',
        identifying: true,
        required: true,
      })
      expect(fields.find((field) => field.id === 'holder')).toMatchObject({
        kind: 'person',
        identifying: true,
      })
      expect(category(catalogue, id).declarations).toEqual(['present', 'none', 'declined'])
    },
  )

  test('has the 56 peoples of GB/T 3304, the 13 political statuses of GB/T 4762, the sexes of GB/T 2261.1', () => {
    const codes = (id: string) =>
      catalogue.codeTables.find((table) => table.id === id)?.items.map((item) => item.code)
    expect(codes('people')).toEqual(
      Array.from({ length: 56 }, (_, index) => String(index + 1).padStart(2, '0')),
    )
    expect(codes('politicalStatus')).toEqual(
      Array.from({ length: 13 }, (_, index) => String(index + 1).padStart(2, '0')),
    )
    expect(codes('sex')).toEqual(['0', '1', '2', '9'])
    expect(codes('currency')).toEqual(
      expect.arrayContaining(['CNY', 'USD', 'HKD', 'EUR', 'JPY', 'KRW', 'GBP']),
    )
  })

  test('asks an empty record for its required fields and for nothing else', () => {
    const required = (id: string) =>
      validateRecord(category(catalogue, id), catalogue, emptyRecord(), today).map((finding) => [
        finding.code,
        finding.severity,
        finding.field,
      ])
    expect(required('C2')).toEqual([
      ['required', 'error', 'relation'],
      ['required', 'error', 'address'],
    ])
    expect(required('E3').map(([, , field]) => field)).toEqual([
      'kind',
      'date',
      'talkers',
      'reason',
      'content',
    ])
  })
})
