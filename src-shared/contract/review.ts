import { z } from 'zod'
import { compartments } from '../access/roles.ts'
import {
  assignmentWays,
  digestSchema,
  faultKinds,
  faultPlaces,
  idSchema,
  maximumOperations,
} from '../log/operations.ts'
import { objectionAnswer } from '../log/objections.ts'
import type {
  AgreementView,
  AssignedRow,
  CandidateView,
  ComparisonView,
  FaultView,
  LotView,
  OpenQuery,
  RecordProof,
} from './review-views.ts'
import { valuesSchema } from '../catalogue/values.ts'
import type { RekeyLine } from '../review/rekey.ts'
import type { DrawnView } from './drawn-view.ts'
import { procedure } from './procedure.ts'
import { queueFilterSchema } from './workload.ts'
import { queueKinds, type BatchRow, type QueueView, type RefusedRow } from './views.ts'

/** `open` while anybody an error is traced to has not said anything to it. */
export const faultStates = ['open', 'answered'] as const
export type FaultState = (typeof faultStates)[number]

const row = z.strictObject({ record: idSchema, revision: digestSchema })
const compartment = z.enum(compartments)
const words = z.string().trim().max(2000)
const marks = z.array(z.string().min(1).max(64)).max(200)

/** When it was found (UTC, until is exclusive), and whether somebody it is traced to has yet to answer. */
const faultFilter = {
  from: z.iso.datetime({ precision: 3 }).nullable().exactOptional(),
  until: z.iso.datetime({ precision: 3 }).nullable().exactOptional(),
  state: z.enum(faultStates).nullable().exactOptional(),
}

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
  /** Of what was signed, how many wait for the level above to sign too. */
  readonly awaitingAbove?: number
}

export const reviewProcedures = {
  'review.queue': procedure<QueueView>()({
    input: z.strictObject({
      kind: z.enum(queueKinds),
      /** Of `to-review`: assigned to this member, or to nobody; all of them when it is left out. */
      whose: z.enum(['all', 'mine', 'unassigned']).exactOptional(),
      filter: queueFilterSchema.exactOptional(),
      after: z.string().max(300).nullable(),
      limit: z.int().min(1).max(500),
    }),
    kind: 'read',
  }),
  'review.batch': procedure<{ rows: readonly BatchRow[]; total: number }>()({
    input: z.strictObject({
      batch: idSchema,
      kind: z.enum(queueKinds),
      /** Of rows under a draw: those that are looked at, or those that are not; all when it is left out. */
      part: z.enum(['seen', 'unseen', 'all']).exactOptional(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(5000),
    }),
    kind: 'read',
  }),
  /** The lots of a batch, with their plans and draws. */
  'review.lots': procedure<readonly LotView[]>()({
    input: z.strictObject({ batch: idSchema }),
    kind: 'read',
  }),
  /** Draws which rows of a batch are looked at: all of one category that wait and of which nobody has said anything. */
  'review.draw': procedure<Omit<DrawnView, 'seen'>>()({
    input: z.strictObject({ batch: idSchema, category: z.string().regex(/^[A-Z][0-9]{1,3}$/) }),
    kind: 'write',
  }),
  /**
   * One signed commit and one sealed envelope with a decision per row. Of a drawn lot, the rows are those of the sample,
   * all of them.
   */
  'review.decide': procedure<Signed>()({
    input: z.strictObject({
      compartment,
      draw: digestSchema.exactOptional(),
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
  /** Who may review an entry, and why others may not. */
  'review.candidates': procedure<readonly CandidateView[]>()({ input: row, kind: 'read' }),
  /** By hand to those named, in turn, or at random with the seed on record. */
  'review.assign': procedure<Signed & { readonly assigned: readonly AssignedRow[] }>()({
    input: z.strictObject({
      compartment,
      way: z.enum(assignmentWays),
      reviewers: z.array(idSchema).max(2),
      rows: z.array(row).min(1).max(maximumOperations),
      words,
    }),
    kind: 'write',
  }),
  /** A reviewer sends a sensitive matter to adjudication. */
  'review.escalate': procedure<Signed>()({
    input: z.strictObject({
      compartment,
      rows: z.array(row).min(1).max(maximumOperations),
      words: words.min(1),
    }),
    kind: 'write',
  }),
  /** Sends disagreements to the level above, which alone settles them from then on. */
  'review.refer': procedure<Signed>()({
    input: z.strictObject({
      compartment,
      rows: z.array(row).min(1).max(maximumOperations),
      words: words.min(1),
    }),
    kind: 'write',
  }),
  /** Names a group that settles a disagreement by majority. */
  'review.convene': procedure<Signed>()({
    input: z.strictObject({
      compartment,
      rows: z.array(row).min(1).max(maximumOperations),
      members: z.array(idSchema).min(3).max(9),
      words,
    }),
    kind: 'write',
  }),
  /** What other entries and sources say of the fact under review, and the remarks that follow. */
  'review.compare': procedure<ComparisonView>()({ input: row, kind: 'read' }),
  /** How often what reviewers typed again was what had been entered, of opinions opened in a period. */
  'review.agreement': procedure<AgreementView>()({
    input: z.strictObject({
      from: z.iso.datetime({ precision: 3 }).nullable(),
      until: z.iso.datetime({ precision: 3 }).nullable(),
    }),
    kind: 'read',
  }),
  /** For the 核验记录单 of a signed revision. */
  'review.proof': procedure<RecordProof>()({ input: row, kind: 'read' }),
  /** Questions that wait for this member. */
  'query.list': procedure<readonly OpenQuery[]>()({ input: z.strictObject({}), kind: 'read' }),
  'query.ask': procedure<{ query: string }>()({
    input: z.strictObject({ ...row.shape, field: z.string().max(64).nullable(), words: words.min(1) }),
    kind: 'write',
  }),
  'query.answer': procedure<null>()({
    input: z.strictObject({ record: idSchema, query: idSchema, words: words.min(1) }),
    kind: 'write',
  }),
  'query.resolve': procedure<null>()({
    input: z.strictObject({ record: idSchema, query: idSchema, words }),
    kind: 'write',
  }),
  /** Who handled a revision. */
  'fault.hands': procedure<readonly Pick<FaultView['traced'][number], 'member' | 'name' | 'as'>[]>()({
    input: row,
    kind: 'read',
  }),
  'fault.find': procedure<{ fault: string }>()({
    input: z.strictObject({
      ...row.shape,
      kind: z.enum(faultKinds),
      found: z.enum(faultPlaces),
      fields: marks,
      traced: z.array(idSchema).min(1).max(20),
      words: words.min(1),
    }),
    kind: 'write',
  }),
  'fault.answer': procedure<null>()({
    input: z.strictObject({ record: idSchema, fault: idSchema, words: words.min(1) }),
    kind: 'write',
  }),
  /** What looking into an objection came to that came after the signature; `objection` is its commit. */
  'objection.settle': procedure<null>()({
    input: z.strictObject({ ...row.shape, ...objectionAnswer, words: words.min(1) }),
    kind: 'write',
  }),
  'fault.list': procedure<readonly FaultView[]>()({
    input: z.strictObject({
      kind: z.enum(faultKinds).nullable(),
      cadre: idSchema.nullable(),
      member: idSchema.nullable(),
      /** Only those traced to the member at work. */
      mine: z.boolean(),
      ...faultFilter,
      offset: z.int().min(0).max(100_000),
      limit: z.int().min(1).max(500),
    }),
    kind: 'read',
  }),
  /** The register as it is put on paper, entered as a print before it is handed out. Newest first. */
  'fault.print': procedure<readonly FaultView[]>()({
    input: z.strictObject({
      kind: z.enum(faultKinds).nullable(),
      cadre: idSchema.nullable(),
      member: idSchema.nullable(),
      ...faultFilter,
    }),
    kind: 'read',
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
