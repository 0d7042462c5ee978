import type { Compartment } from '../../../src-shared/access/roles.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'

interface Place {
  readonly record: Id
  readonly revision: Digest
  readonly compartment: Compartment
}

export interface CompartmentRows {
  readonly compartment: Compartment
  readonly rows: { record: Id; revision: Digest }[]
}

/** One commit a compartment: no commit spans two. */
export function byCompartment(places: readonly Place[]): readonly CompartmentRows[] {
  const groups = new Map<Compartment, CompartmentRows['rows']>()
  for (const { record, revision, compartment } of places) {
    const rows = groups.get(compartment) ?? []
    rows.push({ record, revision })
    groups.set(compartment, rows)
  }
  return [...groups].map(([compartment, rows]) => ({ compartment, rows }))
}
