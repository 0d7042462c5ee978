import { earliestDay, firstYear, isAfter, lastYear, type PartialDate } from '../catalogue/dates.ts'
import type { Category, Field } from '../catalogue/schema.ts'
import type { RecordFact } from '../contract/views.ts'
import type { Id } from '../kernel/ids.ts'

/** One date of one archived fact. */
export interface TimelineEvent {
  /** As precise as it was entered: year, month or day. */
  readonly date: PartialDate
  readonly record: Id
  readonly category: string
  /** The field that holds the date. */
  readonly field: string
  readonly summary: string
  /** Every day it can mean lies after today. */
  readonly isAhead: boolean
}

export interface TimelineYear {
  /** Four digits. */
  readonly year: string
  readonly events: readonly TimelineEvent[]
}

/** A date, a period, or a number whose bounds in the catalogue let it be nothing but a year. */
function isDated({ kind, minimum, maximum }: Field): boolean {
  if (kind === 'date' || kind === 'period') return true
  return (
    kind === 'number' &&
    minimum !== undefined &&
    maximum !== undefined &&
    Number(minimum) >= firstYear &&
    Number(maximum) <= lastYear
  )
}

const written = /^\d{4}(-\d\d(-\d\d)?)?$/

/**
 * All dates of the archived facts, the oldest first. Of two that begin on the same day the less precise comes first; the
 * rest of the order hangs on the facts alone, never on how they were read.
 *
 * @param categories those the member sees
 * @param asOf today, `YYYY-MM-DD`
 */
export function timelineOf(
  categories: readonly Category[],
  records: readonly RecordFact[],
  asOf: string,
): readonly TimelineEvent[] {
  const dated = new Map(categories.map(({ id, fields }) => [id, fields.filter(isDated)]))
  const keyed: { readonly key: string; readonly event: TimelineEvent }[] = []
  for (const { record, category, head } of records) {
    if (head === null) continue
    for (const { id: field } of dated.get(category) ?? []) {
      const value = head.values[field]
      // Both ends of a period; one that goes on has but one.
      for (const date of typeof value === 'string' ? new Set(value.split('/')) : []) {
        if (!written.test(date)) continue
        const event = { date, record, category, field, summary: head.summary, isAhead: isAfter(date, asOf) }
        keyed.push({ key: `${earliestDay(date)} ${date.padEnd(10)} ${category} ${record} ${field}`, event })
      }
    }
  }
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ event }) => event)
}

/** Events in the order they come, one group a year. */
export function byYear(events: readonly TimelineEvent[]): readonly TimelineYear[] {
  return [...Map.groupBy(events, ({ date }) => date.slice(0, 4))].map(([year, ofYear]) => ({
    year,
    events: ofYear,
  }))
}
