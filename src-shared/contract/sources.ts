import { z } from 'zod'
import type { DeliveryLine } from '../cycles/deliveries.ts'
import { purposeSchema } from '../disclosure/purpose.ts'
import type { ArrivalState } from '../import/arrivals.ts'
import {
  deliverySchema,
  sourcePeriodSchema,
  sourceProfileSchema,
  type SourceProfile,
} from '../import/source-profile.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import { daySchema, digestSchema, idSchema } from '../log/operations.ts'
import {
  disclosureFaults,
  longestWords,
  settlements,
  type DifferenceKind,
  type DisclosureFault,
  type Settlement,
} from '../review/differences.ts'
import type { RevisionStatus } from '../review/states.ts'
import type { Declaration, RecordValues } from '../catalogue/values.ts'
import { procedure } from './procedure.ts'
import type { SourceView } from './source-view.ts'

/** A department that delivers, and what became of each period. */
export interface SourceLine {
  readonly source: Id
  readonly profile: SourceProfile
  /** Who signed it last, and when (ISO 8601 UTC). */
  readonly set: { readonly name: string; readonly at: string }
  /** The folder of this computer where its files arrive; null where there is none. */
  readonly folder: string | null
  /** The newest first; none of a source without a cycle. */
  readonly lines: readonly DeliveryLine[]
  /** The day of the newest delivery, or null. */
  readonly lastOn: string | null
  /** The period that the next delivery is most likely for. */
  readonly expected: string | null
}

export interface SourceList {
  readonly today: string
  readonly sources: readonly SourceLine[]
  readonly may: { readonly plan: boolean; readonly deliver: boolean }
}

/** A file in the watched folder of a source. */
export interface Arrival {
  readonly source: Id
  /** Its name in the folder. */
  readonly file: string
  readonly bytes: number
  /** ISO 8601 UTC, as the disk says. */
  readonly modifiedAt: string
  readonly state: ArrivalState
  /** SHA-256 of its bytes, once it was read. */
  readonly digest: Digest | null
  /** Why it cannot be imported: an error code; null unless `refused`. */
  readonly failure: string | null
}

export interface ArrivalList {
  readonly files: readonly Arrival[]
  /** Folders that cannot be looked into, each with an error code. */
  readonly failures: readonly { readonly source: Id; readonly failure: string }[]
}

interface SaidBy {
  readonly record: Id
  readonly revision: Digest
  readonly source: SourceView
  readonly status: RevisionStatus
  readonly at: string
}

export interface SignedWord {
  readonly name: string
  readonly at: string
  readonly words: string
}

/** Where two sources differ about one fact; the values themselves are told by `difference.read`. */
export interface DifferenceRow {
  readonly difference: Id
  readonly kind: DifferenceKind
  readonly compartment: 'archive' | 'discipline'
  readonly cadre: Id
  readonly cadreName: string
  readonly category: string
  readonly field: string
  readonly one: SaidBy
  readonly other: SaidBy | null
  /** One of the sources checks the reported personal matters: it may be 漏报 or 瞒报. */
  readonly isCheck: boolean
  readonly settled: (SignedWord & { readonly outcome: Settlement }) | null
  /** Told to those who are cleared alone. */
  readonly judged: (SignedWord & { readonly fault: DisclosureFault }) | null
  readonly may: { readonly settle: boolean; readonly judge: boolean }
}

export interface DifferenceSide {
  readonly declaration: Declaration
  readonly values: RecordValues
}

const words = z.string().trim().min(1).max(longestWords)

export const sourceProcedures = {
  'source.list': procedure<SourceList>()({ input: z.strictObject({}), kind: 'read' }),
  /** Who delivers what and by when; null for a new source. */
  'source.set': procedure<{ source: Id }>()({
    input: z.strictObject({ source: idSchema.nullable(), profile: sourceProfileSchema }),
    kind: 'write',
  }),
  /** That a delivery came without a table: on paper, or that there is nothing to report. */
  'source.deliver': procedure<null>()({
    input: z.strictObject({
      source: idSchema,
      period: sourcePeriodSchema.nullable(),
      on: daySchema,
      words: deliverySchema.shape.words.trim().min(1),
    }),
    kind: 'write',
  }),
  /** Which folder of this computer is watched for a source; null for none. */
  'source.folder': procedure<null>()({
    input: z.strictObject({ source: idSchema, folder: z.string().min(1).max(4096).nullable() }),
    kind: 'write',
  }),
  /** Looks into the watched folders. Nothing is imported by it. */
  'source.arrivals': procedure<ArrivalList>()({ input: z.strictObject({}), kind: 'read' }),
  /** Takes a file that has arrived for mapping and preview, as one that a person chose. */
  'source.take': procedure<{ upload: Id; name: string }>()({
    input: z.strictObject({ source: idSchema, file: z.string().min(1).max(255), digest: digestSchema }),
    kind: 'write',
  }),
  'difference.list': procedure<{ rows: readonly DifferenceRow[]; total: number; pending: number }>()({
    input: z.strictObject({
      cadre: idSchema.nullable(),
      category: z
        .string()
        .regex(/^[A-E]\d{1,2}$/)
        .nullable(),
      state: z.enum(['open', 'settled']),
      offset: z.int().min(0),
      limit: z.int().min(1).max(200),
    }),
    kind: 'read',
  }),
  /** What each of the two says. */
  'difference.read': procedure<{ one: DifferenceSide; other: DifferenceSide | null }>()({
    input: z.strictObject({ difference: idSchema, purpose: purposeSchema.nullable().default(null) }),
    kind: 'read',
  }),
  'difference.settle': procedure<null>()({
    input: z.strictObject({ difference: idSchema, outcome: z.enum(settlements), words }),
    kind: 'write',
  }),
  /** Whether what a check of personal matters brought up is 漏报, 瞒报 or neither; it lies in the discipline compartment. */
  'difference.judge': procedure<null>()({
    input: z.strictObject({ difference: idSchema, fault: z.enum(disclosureFaults), words }),
    kind: 'write',
  }),
} as const
