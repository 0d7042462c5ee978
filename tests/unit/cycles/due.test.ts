import { describe, expect, test } from 'vitest'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import { workingCalendar } from '../../../src-shared/calendar/working-days.ts'
import {
  dueDayOf,
  dueItems,
  dueStateOf,
  lastDay,
  type ArchivedFact,
  type CadreHistory,
} from '../../../src-shared/cycles/due.ts'
import { shippedCatalogue } from '../catalogue/helpers.ts'

const catalogue = shippedCatalogue()
const shipped = (id: string): Category => catalogue.categories.find((category) => category.id === id)!

const history: CadreHistory = {
  openedOn: '2026-03-10',
  standing: { stage: null, riskClass: null },
  stageSince: null,
  reports: new Map(),
  facts: [],
}

function due(id: string, changes: Partial<CadreHistory> = {}) {
  return dueItems([shipped(id)], { ...history, ...changes })
}

const post = (from: string, archivedOn: string, change = '01'): ArchivedFact => ({
  category: 'A2',
  values: { from, change },
  archivedOn,
})

describe('a category in a cycle', () => {
  test('is asked for when the first period that ends after the dossier was opened is over', () => {
    expect(due('C1')).toMatchObject([
      { cause: 'cycle', opens: '2026-04-01', basis: '2026-04-01', within: 20 },
    ])
    expect(due('D9')).toMatchObject([{ cause: 'cycle', opens: '2027-01-01' }])
  })

  test('is asked for again in the period after the last that was handed in', () => {
    expect(due('C1', { reports: new Map([['C1', '2026-10-20']]) })).toMatchObject([{ opens: '2027-01-01' }])
    expect(due('C1', { reports: new Map([['C1', '2026-12-31']]) })).toMatchObject([{ opens: '2027-01-01' }])
    expect(due('C1', { reports: new Map([['C1', '2027-01-01']]) })).toMatchObject([{ opens: '2027-04-01' }])
    expect(due('D9', { reports: new Map([['D9', '2027-01-01']]) })).toMatchObject([{ opens: '2028-01-01' }])
  })

  test('stays where it was missed, however long ago', () => {
    expect(due('C1', { openedOn: '2020-01-01' })).toMatchObject([{ opens: '2020-04-01' }])
  })

  test('is asked of a post of high risk every year where others are asked when something happens', () => {
    const high = { standing: { stage: 'serving', riskClass: '1' } }
    expect(due('D4', high)).toMatchObject([{ cause: 'cycle', opens: '2027-01-01' }])
    expect(due('D4', { standing: { stage: 'serving', riskClass: '2' } })).toEqual([])
  })

  test('is closed by leaving', () => {
    expect(due('C1', { standing: { stage: 'leaving', riskClass: null }, stageSince: '2026-06-01' })).toEqual(
      [],
    )
  })

  test('of a stage begins with the stage', () => {
    const category = { ...shipped('D9'), asked: { stages: ['serving'] } }
    const serving = { standing: { stage: 'serving', riskClass: null }, stageSince: '2027-05-05' }
    expect(dueItems([category], { ...history, ...serving })).toMatchObject([{ opens: '2028-01-01' }])
    const leaving = { standing: { stage: 'entry', riskClass: null }, stageSince: '2027-05-05' }
    expect(dueItems([category], { ...history, ...leaving })).toEqual([])
  })

  test('is not asked for once the category is retired', () => {
    expect(dueItems([{ ...shipped('C1'), retired: true }], history)).toEqual([])
  })
})

describe('a new dossier', () => {
  test('opens what it begins with, until something is handed in', () => {
    expect(due('B1')[0]).toMatchObject({ cause: 'opened', opens: '2026-03-10', within: 20 })
    expect(due('B1', { reports: new Map([['B1', '2026-03-10']]) }).map(({ cause }) => cause)).toEqual([
      'cycle',
    ])
  })
})

describe('a stage', () => {
  const leaving = { standing: { stage: 'leaving', riskClass: null }, stageSince: '2026-06-01' }

  test('opens what is handed over on leaving, until it is', () => {
    expect(due('D8', leaving)).toMatchObject([{ cause: 'stage', source: 'leaving', opens: '2026-06-01' }])
    expect(due('D8', { ...leaving, reports: new Map([['D8', '2026-05-31']]) })).toHaveLength(1)
    expect(due('D8', { ...leaving, reports: new Map([['D8', '2026-06-01']]) })).toEqual([])
    expect(due('D8')).toEqual([])
  })
})

describe('a new post', () => {
  test('asks whether there is anything to keep out of, from the day it is archived', () => {
    const facts = [post('2026-09-01', '2026-09-15')]
    expect(due('D4', { facts })).toMatchObject([
      { cause: 'recorded', source: 'A2', opens: '2026-09-15', basis: '2026-09-15', within: 20 },
    ])
    expect(due('D4', { facts, reports: new Map([['D4', '2026-09-01']]) })).toEqual([])
    expect(due('D4', { facts, reports: new Map([['D4', '2026-08-31']]) })).toHaveLength(1)
  })

  test('asks nothing where it lies before the dossier, or ends a post', () => {
    expect(due('D4', { facts: [post('1998-07-01', '2026-09-15')] })).toEqual([])
    expect(due('D4', { facts: [post('2026-09-01', '2026-09-15', '09')] })).toEqual([])
  })

  test('of several, asks once, about the one that is due first', () => {
    const facts = [post('2026-10-01', '2026-10-15'), post('2026-09-01', '2026-09-15')]
    expect(due('D4', { facts })).toMatchObject([{ opens: '2026-09-15' }])
  })
})

describe('a passport', () => {
  const passport = (values: Record<string, string>): readonly ArchivedFact[] => [
    {
      category: 'B2',
      values: { validUntil: '2026-12-31', keeper: '01', ...values },
      archivedOn: '2026-04-01',
    },
  ]
  const reports = new Map([['B2', '2026-04-01']])

  test('asks ninety days before it expires', () => {
    expect(due('B2', { facts: passport({}), reports })).toEqual([
      {
        category: 'B2',
        cause: 'before',
        source: 'B2',
        opens: '2026-10-02',
        basis: '2026-12-31',
        within: 0,
      },
    ])
  })

  test('of which only the month is known expires with the month', () => {
    expect(due('B2', { facts: passport({ validUntil: '2027-02' }), reports })).toMatchObject([
      { basis: '2027-02-28' },
    ])
  })

  test('asks nothing once it is cancelled, lost or renewed', () => {
    expect(due('B2', { facts: passport({ cancelledOn: '2026-05-01' }), reports })).toEqual([])
    expect(due('B2', { facts: passport({ keeper: '04' }), reports })).toEqual([])
    expect(due('B2', { facts: passport({}), reports: new Map([['B2', '2026-10-02']]) })).toEqual([])
  })
})

describe('the end of a sanction', () => {
  const facts: readonly ArchivedFact[] = [
    { category: 'E5', values: { until: '2026-08-31' }, archivedOn: '2026-04-01' },
  ]
  const reports = new Map([['E5', '2026-04-01']])

  test('asks that it be lifted, also of who has left', () => {
    const left = { standing: { stage: 'leaving', riskClass: null }, stageSince: '2026-06-01' }
    expect(due('E5', { facts, reports, ...left })).toMatchObject([
      { cause: 'after', opens: '2026-09-01', basis: '2026-08-31', within: 10 },
    ])
  })

  test('asks nothing once it is', () => {
    const lifted = facts.map((fact) => ({ ...fact, values: { ...fact.values, liftedOn: '2026-09-01' } }))
    expect(due('E5', { facts: lifted, reports })).toEqual([])
  })
})

describe('the last day', () => {
  const calendar = workingCalendar([
    { year: 2026, holidays: ['2026-10-01', '2026-10-02'], workdays: ['2026-10-10'] },
  ])

  test('counts working days as the office has them', () => {
    expect(lastDay(calendar, { basis: '2026-09-30', within: 1 })).toBe('2026-10-05')
    expect(lastDay(calendar, { basis: '2026-10-09', within: 1 })).toBe('2026-10-10')
    expect(lastDay(calendar, { basis: '2026-12-31', within: 0 })).toBe('2026-12-31')
  })

  test('is still in time, and the day after is late', () => {
    const on = (today: string) => dueStateOf(dueDayOf(calendar, today), '2026-09-01', '2026-09-30')
    expect(on('2026-08-31')).toBe('later')
    expect(on('2026-09-01')).toBe('open')
    expect(on('2026-09-23')).toBe('soon')
    expect(on('2026-09-22')).toBe('open')
    expect(on('2026-09-30')).toBe('soon')
    expect(on('2026-10-01')).toBe('overdue')
  })
})

describe('a date that another program wrote into an archived record', () => {
  test.each(['abc', '2026-13', '2026-02-30', '9999-12-31', '0001-01-01'])(
    'asks for nothing where it is %s, and keeps nobody from the rest',
    (date) => {
      const category = {
        ...shipped('D9'),
        openedBy: [
          { when: 'before', category: 'A2', on: 'from', days: 30 },
          { when: 'after', category: 'A2', on: 'from', withinWorkingDays: 20 },
        ],
      } as const
      const items = dueItems([category], { ...history, facts: [post(date, '2026-05-01')] })
      expect(items).toMatchObject([{ cause: 'cycle', opens: '2027-01-01' }])
      expect(lastDay(workingCalendar([]), items[0]!)).toBe('2027-01-29')
    },
  )
})
