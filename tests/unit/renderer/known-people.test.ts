import { expect, test } from 'vitest'
import { choicesOf, matching, relationBeside } from '../../../src-renderer/features/entry/known-people.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { KnownPerson } from '../../../src-shared/dossier/people.ts'

const relations = { id: 'relation', items: [{ code: '10', label: '配偶' }] }
const owned = [
  { id: 'relation', label: '与干部关系', kind: 'code', table: 'relation', identifying: true },
  { id: 'holder', label: '产权人', kind: 'person', identifying: true },
  { id: 'witness', label: '见证人', kind: 'person' },
]
const catalogue = {
  codeTables: [relations],
  categories: [{ id: 'C2', fields: owned }],
} as unknown as Catalogue

const person = (name: string | null, relation: string | null): KnownPerson => ({
  ...{ id: name ?? '', name, relation, record: null },
})
const people = choicesOf(catalogue, [person('刘建国', null), person('王秀英', '10'), person(null, '10')])

test('the registered kin are offered by name and relation, and nobody without a name', () => {
  expect(people.map(({ label }) => label)).toEqual(['刘建国', '王秀英 · 配偶'])
})

test('kin are found by name, relation or initials; an outsider by nothing', () => {
  for (const typed of ['王', '配偶', 'wxy'])
    expect(matching(people, typed).map(({ value }) => value)).toEqual(['王秀英'])
  expect(matching(people, '')).toHaveLength(2)
  expect(matching(people, '赵六')).toEqual([])
  expect(matching(people, '王秀英')).toEqual([])
})

test('a relation goes with the person whose record it is, not with any other', () => {
  expect(relationBeside(catalogue, 'C2', 'holder')).toBe('relation')
  expect(relationBeside(catalogue, 'C2', 'witness')).toBeNull()
  expect(relationBeside(catalogue, 'C9', 'holder')).toBeNull()
})
