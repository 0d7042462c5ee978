import { z } from 'zod'
import { digestSchema, idSchema } from './id-schemas.ts'

const base = { entity: idSchema, digest: digestSchema }

export const transferOutcomes = ['accepted', 'refused'] as const
export type TransferOutcome = (typeof transferOutcomes)[number]

/** How a dossier goes from one unit to another; `entity` is the hand-over in both. */
export const transferOperations = [
  /** A dossier goes to another unit; what exactly goes is in `scope`. */
  z.strictObject({
    op: z.literal('transfer.hand-over'),
    ...base,
    cadre: idSchema,
    /** The unit that receives. */
    unit: idSchema,
    scope: digestSchema,
    /** Facts that go. */
    records: z.int().min(1).max(100_000),
  }),
  /** Takes a hand-over back before it is answered. */
  z.strictObject({ op: z.literal('transfer.cancel'), ...base }),
  /** The answer of the other unit has come; it stands in the body. */
  z.strictObject({ op: z.literal('transfer.acknowledge'), ...base, outcome: z.enum(transferOutcomes) }),
  /** A dossier of another unit is taken over, or not. */
  z.strictObject({
    op: z.literal('transfer.answer'),
    ...base,
    /** The unit that hands over, and its commit that says so. */
    unit: idSchema,
    handOver: digestSchema,
    outcome: z.enum(transferOutcomes),
    /** The dossier here that it was taken into. */
    cadre: idSchema.nullable(),
    /** How many files the body names: what came along, sealed. */
    evidence: z.int().min(0).max(10_000),
  }),
] as const
