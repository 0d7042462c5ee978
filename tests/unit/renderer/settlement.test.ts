import { describe, expect, test } from 'vitest'
import {
  declarationRow,
  isOnTheWay,
  openRows,
  settlementOf,
  sideRows,
  sidesOf,
  wholeOf,
} from '../../../src-renderer/features/rivals/settlement.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RecordView, RevisionView } from '../../../src-shared/contract/views.ts'
import type { RevisionStatus } from '../../../src-shared/review/states.ts'

const category = {
  id: 'C6',
  fields: [
    { id: 'lender', label: '出借人', kind: 'text' },
    { id: 'amount', label: '金额', kind: 'money' },
    { id: 'use', label: '用途', kind: 'text' },
  ],
} as unknown as Category

function revision(
  name: string,
  status: RevisionStatus,
  values: RevisionView['values'],
  change: Partial<RevisionView> = {},
): RevisionView {
  const evidence = [{ hash: `of ${name}`, name: `${name}.pdf`, mediaType: 'application/pdf', size: 1 }]
  return {
    revision: name,
    status,
    declaration: 'present',
    values,
    evidence,
    rekey: null,
    ...change,
  } as RevisionView
}

const parent = revision('p', 'superseded', { lender: '甲', use: '购房' })
const left = revision('a', 'archived', { lender: '甲', amount: { amount: 100, currency: 'CNY' } })
const right = revision('b', 'conflict', {
  lender: '乙',
  amount: { amount: 100, currency: 'CNY' },
  use: '装修',
})

function record(...revisions: readonly RevisionView[]): RecordView {
  const rivalry = { over: 'fact', parent: 'p', sides: ['a', 'b'], settlement: null } as const
  return { rivalry, revisions } as unknown as RecordView
}

const sides = sidesOf(record(right, left, parent))!

describe('two sides', () => {
  test('are numbered as in their record, beside the revision they go back to', () => {
    expect(sides.sides.map(({ number }) => number)).toEqual([2, 3])
    expect(sides.parent?.number).toBe(1)
    expect(isOnTheWay(sides)).toBe(false)
    expect(sidesOf({ ...record(), rivalry: null })).toBeNull()
  })

  test('differ in what one says and the other leaves out, too', () => {
    const rows = sideRows(category, sides).map(({ field, differs }) => [field.id, differs])
    expect(rows).toEqual([
      ['lender', true],
      ['amount', false],
      ['use', true],
    ])
    expect(openRows(category, sides)).toEqual(['lender', 'use'])
  })

  test('show nothing that has to be typed from the evidence first', () => {
    const blind = { withheld: ['lender'], lines: null }
    const hidden = sidesOf(record({ ...right, rekey: blind }, left, parent))!
    expect(openRows(category, hidden)).toEqual(['use'])
  })
})

describe('a settlement', () => {
  test('is none before everything was chosen', () => {
    expect(settlementOf(category, sides, new Map())).toBeNull()
    expect(settlementOf(category, sides, new Map([['lender', 'a']]))).toBeNull()
  })

  test('of one whole side says what that side says, with its evidence', () => {
    const whole = settlementOf(category, sides, wholeOf(category, sides, 'b'))!
    expect(whole.base.values).toEqual(right.values)
    expect(whole.base.evidence).toEqual(right.evidence)
    expect(whole.from.map(({ number }) => number)).toEqual([3])
  })

  test('taken field by field keeps the evidence of both, and what neither says stays out', () => {
    const mixed = settlementOf(
      category,
      sides,
      new Map([
        ['lender', 'b'],
        ['use', 'a'],
      ]),
    )!
    expect(mixed.base.values).toEqual({ lender: '乙', amount: { amount: 100, currency: 'CNY' } })
    expect(mixed.base.evidence.map(({ hash }) => hash)).toEqual(['of a', 'of b'])
  })

  test('chooses the declaration like a field', () => {
    const none = revision('b', 'conflict', {}, { declaration: 'none' })
    const declared = sidesOf(record(none, left, parent))!
    expect(openRows(category, declared)[0]).toBe(declarationRow)
    const whole = settlementOf(category, declared, wholeOf(category, declared, 'b'))!
    expect([whole.base.declaration, whole.base.values]).toEqual(['none', {}])
  })
})
