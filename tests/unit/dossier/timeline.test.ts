import { describe, expect, test } from 'vitest'
import { earliestDay } from '../../../src-shared/catalogue/dates.ts'
import { byYear, timelineOf } from '../../../src-shared/dossier/timeline.ts'
import { fc } from '../../helpers/properties.ts'
import { catalogue } from '../renderer/catalogue.ts'
import { archived, waiting } from './facts.ts'

const today = '2026-11-22'
const timeline = (records: Parameters<typeof timelineOf>[1]) =>
  timelineOf(catalogue.categories, records, today)

describe('the timeline of a dossier', () => {
  test('has an event for every date of every archived fact, the oldest first', () => {
    const events = timeline([
      archived('A2', 'post', { from: '2016-03', to: '2019-05-31', organization: '财政所' }),
      archived('C2', 'house', { acquiredOn: '2010', address: '街' }),
      waiting('C2', 'later'),
    ])
    expect(events.map(({ date, field }) => [date, field])).toEqual([
      ['2010', 'acquiredOn'],
      ['2016-03', 'from'],
      ['2019-05-31', 'to'],
    ])
  })

  test('keeps the precision that was entered, the less precise first', () => {
    const dates = ['1991-01-01', '1991', '1991-01']
    const events = timeline(dates.map((on, index) => archived('D6', String(index), { on })))
    expect(events.map(({ date }) => date)).toEqual(['1991', '1991-01', '1991-01-01'])
  })

  test('takes a number that can only be a year for one, and no other', () => {
    const events = timeline([
      archived('D9', 'r', { year: '2024', grade: '1' }),
      archived('D7', 's', { hours: '8' }),
    ])
    expect(events.map(({ date, field }) => [date, field])).toEqual([['2024', 'year']])
  })

  test('marks what lies ahead only when all of it does', () => {
    const ahead = (validUntil: string) => timeline([archived('B2', 'r', { validUntil })])[0]?.isAhead
    expect(ahead('2030-01-01')).toBe(true)
    expect(ahead('2026')).toBe(false)
    expect(ahead(today)).toBe(false)
  })

  test('knows nothing of a category that is not seen', () => {
    const seen = catalogue.categories.filter(({ compartment }) => compartment === 'archive')
    const talk = archived('E3', 'r', { date: '2024-01-01' })
    expect(timeline([talk])).toHaveLength(1)
    expect(timelineOf(seen, [talk], today)).toEqual([])
  })

  test('is in order, complete and the same however the records come', () => {
    const date = fc.oneof(
      fc.integer({ min: 1950, max: 2030 }).map(String),
      fc
        .tuple(fc.integer({ min: 1950, max: 2030 }), fc.integer({ min: 1, max: 12 }))
        .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}`),
      fc
        .date({ min: new Date('1950-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
        .map((one) => one.toISOString().slice(0, 10)),
    )
    fc.assert(
      fc.property(fc.array(date, { maxLength: 40 }), (dates) => {
        const records = dates.map((on, index) => archived('D6', String(index), { on }))
        const events = timeline(records)
        expect(timeline(records.toReversed())).toEqual(events)
        expect(events.map((event) => event.date).toSorted()).toEqual(dates.toSorted())
        const days = events.map((event) => earliestDay(event.date))
        expect(days).toEqual(days.toSorted())
        expect(byYear(events).flatMap((group) => group.events)).toEqual(events)
      }),
    )
  })
})
