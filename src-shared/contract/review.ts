import { z } from 'zod'
import { compartments } from '../access/roles.ts'
import { digestSchema, idSchema, maximumOperations } from '../log/operations.ts'
import { valuesSchema } from '../catalogue/values.ts'
import type { RekeyLine } from '../review/rekey.ts'
import { procedure } from './procedure.ts'
import { queueKinds, type BatchRow, type QueueView, type RefusedRow } from './views.ts'

const row = z.strictObject({ record: idSchema, revision: digestSchema })
const compartment = z.enum(compartments)
const words = z.string().trim().max(2000)
const marks = z.array(z.string().min(1).max(64)).max(200)

/** Why a reviewer sends back or disagrees. Texts: `reason.<code>` in i18n. */
export const reasonCodes = [
  'differs-from-evidence',
  'evidence-missing',
  'evidence-unclear',
  'incomplete',
  'wrong-person',
  'wrong-category',
  'contradicts-other',
  'duplicate',
  'other',
] as const
export type ReasonCode = (typeof reasonCodes)[number]
const reasons = z.array(z.enum(reasonCodes)).max(20)

export interface Signed {
  readonly done: number
  /** Rows the rules refused; the others are in the commit. */
  readonly refused: readonly RefusedRow[]
}

export const reviewProcedures = {
  'review.queue': procedure<QueueView>()({
    input: z.strictObject({
      kind: z.enum(queueKinds),
      after: z.string().max(300).nullable(),
      limit: z.int().min(1).max(500),
    }),
    kind: 'read',
  }),
  'review.batch': procedure<{ rows: readonly BatchRow[]; total: number }>()({
    input: z.strictObject({
      batch: idSchema,
      kind: z.enum(queueKinds),
      offset: z.int().min(0),
      limit: z.int().min(1).max(5000),
    }),
    kind: 'read',
  }),
  /** One signed commit and one sealed envelope with a decision per row. */
  'review.decide': procedure<Signed>()({
    input: z.strictObject({
      compartment,
      rows: z
        .array(
          z.strictObject({ ...row.shape, decision: z.enum(['agree', 'disagree']), reasons, marks, words }),
        )
        .min(1)
        .max(maximumOperations),
    }),
    kind: 'write',
  }),
  /** 双录比对: what a reviewer typed from the evidence, once, before they see the entry. */
  'review.rekey': procedure<{ lines: readonly RekeyLine[] }>()({
    input: z.strictObject({ ...row.shape, values: valuesSchema }),
    kind: 'write',
  }),
  /** 退回补正: open at once, ends the round. */
  'review.return': procedure<Signed>()({
    input: z.strictObject({
      compartment,
      rows: z.array(row).min(1).max(maximumOperations),
      reasons: reasons.min(1),
      marks,
      words,
    }),
    kind: 'write',
  }),
  /** Opens the sealed opinions of revisions that have all of theirs. */
  'review.open': procedure<Signed>()({
    input: z.strictObject({ compartment, rows: z.array(row).min(1).max(maximumOperations) }),
    kind: 'write',
  }),
  'review.adjudicate': procedure<Signed>()({
    input: z.strictObject({
      compartment,
      rows: z
        .array(z.strictObject({ ...row.shape, outcome: z.enum(['uphold', 'reject']) }))
        .min(1)
        .max(maximumOperations),
      words: words.min(1),
    }),
    kind: 'write',
  }),
  /** Responsible signature: the revision is archived. */
  'review.sign': procedure<Signed>()({
    input: z.strictObject({ compartment, rows: z.array(row).min(1).max(maximumOperations), words }),
    kind: 'write',
  }),
} as const
