import { describe, expect, test } from 'vitest'
import { readCatalogue } from '../../../src-shared/catalogue/read.ts'
import type { Catalogue, Category } from '../../../src-shared/catalogue/schema.ts'
import { shippedCatalogue } from './helpers.ts'

type Openings = NonNullable<Category['openedBy']>

function withOpenings(id: string, openedBy: Openings): Catalogue {
  const shipped = shippedCatalogue()
  return {
    ...shipped,
    categories: shipped.categories.map((category) =>
      category.id === id ? { ...category, openedBy } : category,
    ),
  }
}

function reads(id: string, opening: Openings[number]): boolean {
  return readCatalogue(withOpenings(id, [opening])).ok
}

describe('what opens a category', () => {
  const recorded = { when: 'recorded', category: 'A2', withinWorkingDays: 10 } as const
  const passed = { when: 'after', category: 'E5', on: 'until', withinWorkingDays: 10 } as const

  test('is a record of another category', () => {
    expect(reads('D4', recorded)).toBe(true)
    expect(reads('A2', recorded)).toBe(false)
    expect(reads('D4', { ...recorded, category: 'A9' })).toBe(false)
  })

  test('is a date of the category itself or of another', () => {
    expect(reads('E5', passed)).toBe(true)
    expect(reads('E8', passed)).toBe(true)
    expect(reads('E5', { ...passed, on: 'document' })).toBe(false)
    expect(reads('E5', { ...passed, on: 'never' })).toBe(false)
  })

  test('never lies in another compartment', () => {
    expect(reads('D4', passed)).toBe(false)
    expect(reads('E8', recorded)).toBe(false)
  })

  test('names fields and codes that there are', () => {
    expect(reads('D4', { ...recorded, on: 'from', where: { field: 'change', is: ['01'] } })).toBe(true)
    expect(reads('D4', { ...recorded, where: { field: 'change', is: ['xx'] } })).toBe(false)
    expect(reads('D4', { ...recorded, where: { field: 'position', is: ['01'] } })).toBe(false)
    expect(reads('D4', { ...recorded, unless: 'to' })).toBe(true)
    expect(reads('D4', { ...recorded, unless: 'gone' })).toBe(false)
    expect(reads('D8', { when: 'stage', stages: ['leaving'], withinWorkingDays: 5 })).toBe(true)
    expect(reads('D8', { when: 'stage', stages: ['gone'], withinWorkingDays: 5 })).toBe(false)
  })

  test('is one of a closed list', () => {
    const other = { when: 'full-moon', withinWorkingDays: 5 } as unknown as Openings[number]
    expect(reads('D4', other)).toBe(false)
    expect(reads('D4', { when: 'opened', withinWorkingDays: 0 })).toBe(false)
    expect(reads('D4', { when: 'opened', withinWorkingDays: 251 })).toBe(false)
  })
})
