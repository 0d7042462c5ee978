import { z } from 'zod'
import { urgencies, type Deadlines } from '../calendar/deadlines.ts'
import { longestDeadline } from '../calendar/working-days.ts'
import { cycles } from '../catalogue/schema.ts'
import type { Id } from '../kernel/ids.ts'
import { assignmentWays, daySchema, idSchema } from '../log/operations.ts'
import { procedure } from './procedure.ts'
import type { RefusedRow } from './views.ts'

/** What a queue is narrowed to. */
export const queueFilterSchema = z.strictObject({
  category: z.string().max(8).exactOptional(),
  cycle: z.enum(cycles).exactOptional(),
  urgency: z.enum(urgencies).exactOptional(),
  /** The rows of one batch, one by one. */
  batch: idSchema.exactOptional(),
  /** A piece of a cadre's name, or its initials. */
  name: z.string().trim().max(40).exactOptional(),
})
export type QueueFilterInput = z.infer<typeof queueFilterSchema>

export interface CalendarView {
  readonly today: string
  readonly deadlines: Deadlines
  /** The years of which something is said, in order. */
  readonly years: readonly {
    readonly year: number
    readonly holidays: readonly string[]
    readonly workdays: readonly string[]
    /** Brought by the product, with the notice it was taken from; or said by the unit. */
    readonly source: { readonly by: 'product'; readonly notice: string } | { readonly by: 'unit' }
  }[]
}

export interface LineView {
  readonly member: Id
  readonly name: string
  readonly line: readonly { readonly cadre: Id; readonly name: string }[]
}

/** A member to whom entries are assigned that wait for their opinion. */
export interface HolderView {
  readonly member: Id
  readonly name: string
  /** `gone`: does not review now, and nobody stands in for them. */
  readonly standing: 'present' | 'away' | 'gone'
  /** Who stands in for them today. */
  readonly deputies: readonly string[]
  readonly open: number
  readonly overdue: number
}

export interface HandedOver {
  readonly done: number
  readonly refused: readonly RefusedRow[]
  /** Who was given how many. */
  readonly to: readonly { readonly member: Id; readonly name: string; readonly count: number }[]
}

/** What one reviewer has and did. Says nothing of how hard the entries were, nor of who was right. */
export interface WorkloadLine {
  readonly member: Id
  readonly name: string
  readonly open: number
  readonly overdue: number
  /** In the period. */
  readonly decided: number
  /** Working days from the beginning of the round to the opinion; null where none was given. */
  readonly median: number | null
  readonly ninth: number | null
  /** Of the opinions whose entry was settled since: how many said what came out, of how many, in how many categories. */
  readonly agreement: { readonly same: number; readonly settled: number; readonly categories: number }
}

export interface WorkloadView {
  readonly from: string
  readonly until: string
  /** By name. */
  readonly lines: readonly WorkloadLine[]
  /** Whether only the own line is shown. */
  readonly isOwn: boolean
}

const words = z.string().trim().max(2000)
const deadline = z.int().min(1).max(longestDeadline)

export const workloadProcedures = {
  'calendar.read': procedure<CalendarView>()({ input: z.strictObject({}), kind: 'read' }),
  /** Replaces what stood for the year. */
  'calendar.set': procedure<null>()({
    input: z.strictObject({
      year: z.int().min(2000).max(2099),
      holidays: z.array(daySchema).max(120),
      workdays: z.array(daySchema).max(60),
    }),
    kind: 'write',
  }),
  'deadlines.set': procedure<null>()({
    input: z.strictObject({ review: deadline, adjudication: deadline, signature: deadline }),
    kind: 'write',
  }),
  /** Dossiers of those above and below each member, as was said of them. */
  'line.list': procedure<readonly LineView[]>()({ input: z.strictObject({}), kind: 'read' }),
  'member.line': procedure<null>()({
    input: z.strictObject({ member: idSchema, cadres: z.array(idSchema).max(1000) }),
    kind: 'write',
  }),
  'review.holders': procedure<readonly HolderView[]>()({ input: z.strictObject({}), kind: 'read' }),
  /** Deals out anew what is assigned to a member, in one signed act a compartment. */
  'review.handover': procedure<HandedOver>()({
    input: z.strictObject({
      member: idSchema,
      way: z.enum(assignmentWays),
      /** By hand: who takes it over. */
      to: idSchema.nullable(),
      words,
    }),
    kind: 'write',
  }),
  'review.workload': procedure<WorkloadView>()({
    input: z.strictObject({ from: daySchema, until: daySchema }),
    kind: 'read',
  }),
} as const
