import { expect, test } from 'vitest'
import { AgreementCount } from '../../../src-shared/review/agreement.ts'

const line = (field: string, agrees: boolean) => ({ field, agrees, entered: 'a', typed: agrees ? 'a' : 'b' })

test('what was typed again is added up by category and field, in the order of their names', () => {
  const count = new AgreementCount()
  expect(count.fields).toEqual([])
  count.add('B2', [line('amount', true), line('bank', false)])
  count.add('A1', [line('name', true)])
  count.add('B2', [line('amount', false), line('account', true)])
  count.add('B2', [line('amount', true)])
  expect(count.fields).toEqual([
    { category: 'A1', field: 'name', agreeing: 1, compared: 1 },
    { category: 'B2', field: 'account', agreeing: 1, compared: 1 },
    { category: 'B2', field: 'amount', agreeing: 2, compared: 3 },
    { category: 'B2', field: 'bank', agreeing: 0, compared: 1 },
  ])
})

test('fields of one name in two categories are two fields', () => {
  const count = new AgreementCount()
  for (const category of ['C1', 'C11']) count.add(category, [line('name', category === 'C1')])
  expect(count.fields.map(({ category, agreeing }) => [category, agreeing])).toEqual([
    ['C1', 1],
    ['C11', 0],
  ])
})
