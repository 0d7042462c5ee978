import { create } from 'zustand'
import { urgencies } from '../../../src-shared/calendar/deadlines.ts'
import { cycles } from '../../../src-shared/catalogue/schema.ts'
import type { QueueFilterInput } from '../../../src-shared/contract/workload.ts'
import { goWith, type Query, useRoute } from '../../app/routes.ts'

/** A name that is looked for stays in memory: an address is written down by browsers, and holds no name of a person. */
const useName = create<{ readonly name: string }>()(() => ({ name: '' }))

export interface QueueFilterState {
  readonly filter: QueueFilterInput
  /** All that stands after the `?`, so that other choices stay. */
  readonly query: Query
  /** An undefined value takes a choice away. */
  choose(changes: Readonly<Record<string, string | undefined>>): void
  clear(): void
}

const filterNames = ['category', 'cycle', 'urgency', 'batch']

/** What the lists are narrowed to. It stands in the address, so that going back and loading anew keep it. */
export function useQueueFilter(): QueueFilterState {
  const query = useRoute((route) => route.query)
  const name = useName((state) => state.name)
  const cycle = cycles.find((one) => one === query['cycle'])
  const urgency = urgencies.find((one) => one === query['urgency'])
  const batch = /^[0-9a-f]{32}$/.test(query['batch'] ?? '') ? query['batch'] : undefined
  const category = (query['category'] ?? '').slice(0, 8)
  const filter: QueueFilterInput = {
    ...(category === '' ? {} : { category }),
    ...(cycle === undefined ? {} : { cycle }),
    ...(urgency === undefined ? {} : { urgency }),
    ...(batch === undefined ? {} : { batch }),
    ...(name === '' ? {} : { name }),
  }
  const choose = (changes: Readonly<Record<string, string | undefined>>) => {
    const next = Object.entries({ ...query, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
    )
    goWith(Object.fromEntries(next), ...useRoute.getState().parts)
  }
  const clear = () => {
    useName.setState({ name: '' })
    choose(Object.fromEntries(filterNames.map((one) => [one, undefined])))
  }
  return { filter, query, choose, clear }
}

/** Looks for a cadre by a piece of the name. */
export function lookFor(name: string): void {
  useName.setState({ name: name.trim() })
}
