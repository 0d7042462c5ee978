import { create } from 'zustand'
import { compartments, type Compartment } from '../../src-shared/access/roles.ts'
import { subscribe } from '../bridge/index.ts'

/** How often each compartment's log is known to have grown since the page was loaded. */
export const useChanges = create<Readonly<Record<Compartment, number>>>()(() => ({
  control: 0,
  archive: 0,
  discipline: 0,
}))

/** Marks what is on the screen as out of date, so that it is read again. */
export function markChanged(...changed: readonly Compartment[]): void {
  useChanges.setState((counts) => {
    const next = { ...counts }
    for (const compartment of changed) next[compartment] += 1
    return next
  })
}

const gatherMilliseconds = 200

/** Listens to the core; a burst of commits is one change. */
export function watchChanges(): () => void {
  const gathered = new Set<Compartment>()
  let timer: number | undefined
  const stop = subscribe((event) => {
    if (event.type !== 'changed') return
    const compartment = compartments.find((known) => known === event.compartment)
    if (compartment === undefined) return
    gathered.add(compartment)
    timer ??= window.setTimeout(() => {
      timer = undefined
      markChanged(...gathered)
      gathered.clear()
    }, gatherMilliseconds)
  })
  return () => {
    stop()
    window.clearTimeout(timer)
  }
}
