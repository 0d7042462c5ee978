import { z } from 'zod'
import type { SheetSection } from '../disclosure/sheet.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Id } from '../kernel/ids.ts'
import { daySchema, idSchema } from '../log/operations.ts'
import { transferOutcomes, type TransferOutcome } from '../log/transfer-operations.ts'
import { maximumCardBytes } from '../transfer/card.ts'
import { longestReason } from '../transfer/hand-over-body.ts'
import { procedure } from './procedure.ts'

const path = z.string().min(1).max(4096)
const fileSchema = z.union([z.strictObject({ path }), z.strictObject({ upload: idSchema })])
const codeSchema = z.string().min(1).max(60)

export const transferWays = ['out', 'in'] as const
export type TransferWay = (typeof transferWays)[number]
export type TransferStatus = 'waiting' | 'cancelled' | 'accepted' | 'refused' | 'taken' | 'declined'
export type TransferStep = 'export' | 'cancel' | 'acknowledge' | 'receipt'

/** The own unit's card, to be sent to another unit, and the code to be told by voice. */
export interface OwnCardView {
  readonly text: string
  readonly code: string
  readonly name: string
}

/** What another unit's card says; its code is typed by who had it told, and so not here. */
export interface CardView {
  readonly unit: Id
  readonly name: string
  readonly creditCode: string | null
}

/** One dossier that went out or came in. Days are `YYYY-MM-DD`, moments ISO 8601 UTC. */
export interface TransferView {
  readonly id: Id
  readonly way: TransferWay
  readonly status: TransferStatus
  readonly cadre: Id | null
  readonly cadreName: string
  readonly unitName: string
  readonly at: string
  readonly by: string
  readonly since: string | null
  readonly reason: string
  /** Facts that went, or came. */
  readonly facts: number
  /** To be told to the receiving unit by voice; null where nothing is to be told. */
  readonly code: string | null
  /** The last day on which the receipt is in time; null where none is waited for. */
  readonly replyBy: string | null
  readonly isLate: boolean
  readonly endedAt: string | null
  readonly endedBy: string | null
  /** Why it was refused. */
  readonly words: string | null
  readonly may: readonly TransferStep[]
}

/** What of a dossier can go to another unit, and what keeps it. */
export interface TransferableView {
  readonly categories: readonly { readonly id: string; readonly name: string; readonly facts: number }[]
  /** Entries on their way: they are finished or taken back first. */
  readonly open: number
  readonly may: boolean
}

export interface PackageCount {
  readonly category: string
  readonly facts: number
}

/** A dossier of another unit that lies here and is not answered yet. */
export interface IncomingView {
  readonly transfer: Id
  readonly unitName: string
  readonly cadreName: string
  readonly identityTail: string | null
  readonly post: string | null
  readonly reason: string
  readonly since: string
  readonly signedBy: string
  readonly signedAt: string
  readonly addedBy: string
  readonly addedAt: string
  readonly counts: readonly (PackageCount & { readonly name: string })[]
  /** What was verified: commits, those that rule breaks had voided, files. */
  readonly commits: number
  readonly voids: number
  readonly files: number
  readonly matched: { readonly cadre: Id; readonly name: string; readonly by: string } | null
  /** Dossiers here that may be the same person, those with the same ID number first. */
  readonly candidates: readonly {
    readonly cadre: Id
    readonly name: string
    readonly identityTail: string | null
    readonly post: string | null
    readonly isSameNumber: boolean
  }[]
  /** A new dossier can be opened for the person. */
  readonly mayOpen: boolean
  readonly mayAnswer: boolean
  /** Why it cannot be accepted as it lies here; null for nothing. */
  readonly problem: ErrorCode | null
}

/** What another unit had archived of a cadre, as its own signatures prove it. */
export interface ForeignDossierView {
  readonly transfer: Id
  readonly unitName: string
  readonly takenAt: string
  readonly takenBy: string
  readonly signedBy: string
  readonly signedAt: string
  readonly commits: number
  readonly sections: readonly SheetSection[]
}

export const transferProcedures = {
  'transfer.card': procedure<OwnCardView>()({ input: z.strictObject({}), kind: 'read' }),
  'transfer.read-card': procedure<CardView>()({
    input: z.strictObject({ card: z.string().min(1).max(maximumCardBytes) }),
    kind: 'read',
  }),
  'transfer.able': procedure<TransferableView>()({
    input: z.strictObject({ cadre: idSchema }),
    kind: 'read',
  }),
  'transfer.list': procedure<readonly TransferView[]>()({
    input: z.strictObject({ cadre: idSchema.nullable() }),
    kind: 'read',
  }),
  /** Signs that a dossier goes to another unit; from then on nothing is entered into it. */
  'transfer.hand-over': procedure<{ transfer: Id; code: string }>()({
    input: z.strictObject({
      cadre: idSchema,
      card: z.string().min(1).max(maximumCardBytes),
      /** As the other unit told it by voice. */
      code: codeSchema,
      reason: z.string().trim().min(1).max(longestReason),
      since: daySchema,
      categories: z
        .array(z.string().regex(/^[A-E][0-9]{1,2}$/))
        .min(1)
        .max(200),
    }),
    kind: 'write',
  }),
  /** Writes the package into a folder, as often as it is asked for while the receipt is waited for. */
  'transfer.export': procedure<{ file: string; bytes: number; code: string }>()({
    input: z.strictObject({ transfer: idSchema, folder: path, job: idSchema }),
    kind: 'write',
  }),
  'transfer.cancel': procedure<null>()({
    input: z.strictObject({ transfer: idSchema, words: z.string().trim().min(1).max(longestReason) }),
    kind: 'write',
  }),
  /** Takes in the other unit's receipt. The same one again changes nothing. */
  'transfer.acknowledge': procedure<{ transfer: Id; outcome: TransferOutcome; words: string | null }>()({
    input: z.strictObject({ file: fileSchema }),
    kind: 'write',
  }),
  /** Verifies another unit's package and keeps it until it is answered. */
  'transfer.receive': procedure<{ transfer: Id }>()({
    input: z.strictObject({ file: fileSchema, code: codeSchema }),
    kind: 'write',
  }),
  'transfer.incoming': procedure<readonly IncomingView[]>()({ input: z.strictObject({}), kind: 'read' }),
  /** Says whose dossier here it is: an existing one, or a new one that is opened for it. */
  'transfer.match': procedure<{ cadre: Id }>()({
    input: z.strictObject({ transfer: idSchema, cadre: idSchema.nullable() }),
    kind: 'write',
  }),
  'transfer.answer': procedure<null>()({
    input: z.strictObject({
      transfer: idSchema,
      outcome: z.enum(transferOutcomes),
      words: z.string().trim().max(longestReason),
    }),
    kind: 'write',
  }),
  /** Writes the receipt into a folder. */
  'transfer.receipt': procedure<{ file: string }>()({
    input: z.strictObject({ transfer: idSchema, folder: path }),
    kind: 'write',
  }),
  /** The dossiers of other units that were taken over into one here. */
  'transfer.appendix': procedure<readonly ForeignDossierView[]>()({
    input: z.strictObject({ cadre: idSchema }),
    kind: 'read',
  }),
} as const
