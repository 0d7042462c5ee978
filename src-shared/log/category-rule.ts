import { z } from 'zod'

/** Id of a category in a header. */
export const categorySchema = z.string().regex(/^[A-Z][0-9]{1,3}$/)

/** Whose signature an entry wants: the approver's, or also that of the level above. */
export const signers = ['approver', 'approver-and-above'] as const

/** In thousandths: the share of wrong rows that must not slip through, and how sure one wants to be of that. */
export const samplingPlanSchema = z.strictObject({
  tolerablePermille: z.int().min(1).max(500),
  confidencePermille: z.int().min(500).max(999),
})
export type SamplingPlan = z.infer<typeof samplingPlanSchema>

export const categoryRuleSchema = z.strictObject({
  category: categorySchema,
  compartment: z.enum(['archive', 'discipline']),
  level: z.int().min(1).max(4),
  verification: z.enum(['single', 'dual', 'dual-rekey']),
  /** Who signs: the unit's approver, or after the approver also the level above. */
  signer: z.enum(signers),
  evidenceRequired: z.boolean(),
  /** Absent where every row of a batch is looked at. */
  sampling: samplingPlanSchema.exactOptional(),
  /** Nothing new is entered in it. */
  retired: z.literal(true).exactOptional(),
})
/** What the road of a record asks for, per category, as it stands in the signed header that adopts a catalogue. */
export type CategoryRule = z.infer<typeof categoryRuleSchema>
