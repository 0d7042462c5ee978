import { z } from 'zod'
import { dueStates, type DueCause, type DueState } from '../cycles/due.ts'
import type { Id } from '../kernel/ids.ts'
import { idSchema } from '../log/operations.ts'
import { procedure } from './procedure.ts'

const daySchema = z.iso.date()
const categorySchema = z.string().regex(/^[A-E][0-9]{1,2}$/)

export const longestStageReason = 500

/** What of what is due is meant. What is null keeps all. */
export const dueFilterSchema = z.strictObject({
  cadre: idSchema.nullable(),
  category: categorySchema.nullable(),
  /** A code of the table `owner`. */
  owner: z.string().min(1).max(20).nullable(),
})
export type DueFilter = z.infer<typeof dueFilterSchema>

export const everythingDue: DueFilter = { cadre: null, category: null, owner: null }

/** One category that is asked of one cadre. Days are `YYYY-MM-DD`. */
export interface DueRow {
  readonly cadre: Id
  readonly name: string
  readonly post: string | null
  readonly category: string
  readonly cause: DueCause
  /** The category or stage that opened it; empty for a cycle and a new dossier. */
  readonly source: string
  readonly opens: string
  readonly due: string
  readonly state: DueState
  /** The archived record that is to be corrected, where it can only be that one; null for a new one. */
  readonly record: Id | null
  /** Whether the member may enter it. */
  readonly mayEnter: boolean
}

export type DueCounts = Readonly<Record<DueState, number>>

export interface DueSummary {
  readonly today: string
  /** `YYYY-MM`, of the days below. */
  readonly month: string
  readonly counts: DueCounts
  /** What the member is responsible for, each with how much is due; nothing is left out for being 0. */
  readonly byCategory: readonly ({ readonly category: string } & DueCounts)[]
  readonly byOwner: readonly ({ readonly owner: string } & DueCounts)[]
  /** The days of the month that are the last day of something. */
  readonly days: readonly { readonly day: string; readonly count: number }[]
  /** Days of the month on which nobody works. */
  readonly rest: readonly string[]
  /** Cadres of whom it is still to be told: ask again. */
  readonly pending: number
  /** The day on which the member last looked, and what opened or became late since. */
  readonly seen: { readonly day: string; readonly opened: number; readonly late: number } | null
}

/** One act that says at which stage a cadre is. */
export interface StageStep {
  readonly stage: string
  readonly since: string
  readonly reason: string
  readonly source: string
  /** The name of who signed it, and when (ISO 8601 UTC). */
  readonly member: string
  readonly at: string
}

export interface CadreStages {
  /** Null where nobody has said one; `isSigned` where an act says it, and not only the archived basic facts. */
  readonly present: { readonly stage: string; readonly since: string; readonly isSigned: boolean } | null
  /** The newest first. */
  readonly steps: readonly StageStep[]
  readonly may: boolean
}

export const cycleProcedures = {
  'due.summary': procedure<DueSummary>()({
    /** Null for that of today, or, where nothing falls due in it, the next in which something does. */
    input: z.strictObject({
      filter: dueFilterSchema,
      month: z
        .string()
        .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
        .nullable(),
    }),
    kind: 'read',
  }),
  'due.list': procedure<{ rows: readonly DueRow[]; total: number; pending: number }>()({
    input: z.strictObject({
      filter: dueFilterSchema,
      states: z.array(z.enum(dueStates)).min(1).max(dueStates.length),
      /** The last day lies in between, both included. */
      from: daySchema.nullable(),
      until: daySchema.nullable(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(200),
    }),
    kind: 'read',
  }),
  /** The member has looked at what is due. */
  'due.seen': procedure<null>()({ input: z.strictObject({}), kind: 'write' }),
  'cadre.stages': procedure<CadreStages>()({ input: z.strictObject({ cadre: idSchema }), kind: 'read' }),
  'cadre.stage': procedure<null>()({
    input: z.strictObject({
      cadre: idSchema,
      /** A code of the table `stage`. */
      stage: z.string().min(1).max(20),
      since: daySchema,
      reason: z.string().trim().min(1).max(longestStageReason),
      source: z.string().trim().max(200),
    }),
    kind: 'write',
  }),
} as const
