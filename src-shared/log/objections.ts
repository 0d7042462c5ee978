import { z } from 'zod'
import { digestSchema, idSchema } from './id-schemas.ts'

/** What looking into an objection came to that arrived after the signature: 查无问题, 属实. */
export const objectionOutcomes = ['unfounded', 'founded'] as const
export type ObjectionOutcome = (typeof objectionOutcomes)[number]

/** What an answer to an objection says of it. */
export const objectionAnswer = {
  /** Leaf of the commit that objected. */
  objection: digestSchema,
  outcome: z.enum(objectionOutcomes),
  /** The finding that a founded one led to; null where the entry is to be corrected. */
  fault: idSchema.nullable(),
}
