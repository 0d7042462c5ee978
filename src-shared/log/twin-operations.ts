import { z } from 'zod'
import { twinOutcomes } from '../duplicates/decisions.ts'

interface Base {
  readonly entity: z.ZodString
  readonly digest: z.ZodString
}

/**
 * Decisions about duplicates. `entity` is the decision; reasons stand in the bodies. Each names both dossiers, so that
 * nobody decides about themself.
 */
export function twinOperations(base: Base) {
  const pair = { kept: base.entity, other: base.entity }
  return [
    z.strictObject({
      op: z.literal('twin.propose'),
      ...base,
      outcome: z.enum(twinOutcomes),
      ...pair,
      /** The decision that is taken back, for `undo`. */
      undoes: base.entity.nullable(),
    }),
    /** `proposal` is the commit that proposed it. */
    z.strictObject({ op: z.literal('twin.confirm'), ...base, proposal: base.digest, ...pair }),
    /** Taken back by who proposed it, or refused by another. */
    z.strictObject({ op: z.literal('twin.refuse'), ...base, proposal: base.digest }),
  ] as const
}
