import { z } from 'zod'
import type { DeepReadonly } from '../kernel/readonly.ts'
import { sourceCycles } from '../cycles/deliveries.ts'
import { daySchema, idSchema } from '../log/operations.ts'

/** The longest time that a department is given, in working days. */
export const longestDelivery = 120

/**
 * What a delivery is held against: `routine` brings facts up to date, `compare` is set against what others said,
 * `personal-matters` is a check of the reported personal matters (个人有关事项查核), where what differs may be 漏报 or 瞒报.
 */
export const sourceChecks = ['routine', 'compare', 'personal-matters'] as const
export type SourceCheck = (typeof sourceChecks)[number]

/** A period of a cycle: `2026-07`, `2026-Q3`, `2026`. */
export const sourcePeriodSchema = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$/)

/** What the body of `source.set` says: who delivers what, and by when. */
export const sourceProfileSchema = z.strictObject({
  /** Unlike that of any other source. */
  name: z.string().trim().min(1).max(60),
  /** A code of the table `owner`. */
  department: z.string().min(1).max(20),
  categories: z
    .array(z.string().regex(/^[A-E]\d{1,2}$/))
    .min(1)
    .max(60),
  cycle: z.enum(sourceCycles),
  /** Working days after the end of a period. */
  withinWorkingDays: z.int().min(1).max(longestDelivery),
  check: z.enum(sourceChecks),
  /** The period of this day is the first that is asked for, `YYYY-MM-DD`. */
  from: daySchema,
  /** Nothing more is expected. */
  ended: z.boolean(),
})
export type SourceProfile = DeepReadonly<z.infer<typeof sourceProfileSchema>>

/** What the body of `source.deliver` says. */
export const deliverySchema = z.strictObject({
  /** Null where the source delivers without a cycle. */
  period: sourcePeriodSchema.nullable(),
  /** The day it came in, `YYYY-MM-DD`. */
  on: daySchema,
  /** The import it was, or null for one without a table: on paper, or that there is nothing to report. */
  batch: idSchema.nullable(),
  words: z.string().max(500),
})
export type Delivery = DeepReadonly<z.infer<typeof deliverySchema>>
