import { z } from 'zod'
import type { DisclosurePolicy } from '../disclosure/policy.ts'
import { purposeSchema, type Purpose } from '../disclosure/purpose.ts'
import type { Sheet } from '../disclosure/sheet.ts'
import type { CopyStatus, CorrectionStatus } from '../disclosure/states.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import { copyForms, digestSchema, idSchema, type CopyForm } from '../log/operations.ts'
import { procedure } from './procedure.ts'
import type { HandView } from './views.ts'

const category = z.string().regex(/^[A-Z][0-9]{1,3}$/)
const words = z.string().trim().max(1000)
const folder = z.string().min(1).max(4096)
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)

/** What is copied: one record, or categories of a dossier (null for all that may be in such a copy). */
const content = {
  cadre: idSchema,
  categories: z.array(category).min(1).max(200).nullable(),
  record: idSchema.nullable(),
}

/** How a request of the cadre came in. */
export const receivedWays = ['in-person', 'letter', 'phone', 'talk'] as const
export type ReceivedWay = (typeof receivedWays)[number]

interface RegisterBase {
  readonly id: Id
  readonly compartment: 'archive' | 'discipline'
  readonly cadre: Id
  readonly cadreName: string
  /** When it was begun. */
  readonly at: string
  readonly answered: (HandView & { readonly words: string }) | null
  /** What the member at work may do with it now. */
  readonly may: readonly RegisterAction[]
}

export type RegisterAction = 'approve' | 'refuse' | 'make' | 'correct' | 'answer'

export interface CopyItem extends RegisterBase {
  readonly kind: 'copy'
  /** `list`: of many dossiers, so `cadre` is empty. */
  readonly form: CopyForm | 'list'
  readonly status: CopyStatus
  readonly purpose: Purpose
  /** Ids of categories. */
  readonly categories: readonly string[]
  readonly records: number
  readonly requested: HandView | null
  readonly made: HandView | null
  readonly recipient: string | null
}

export interface CorrectionItem extends RegisterBase {
  readonly kind: 'correction'
  readonly status: CorrectionStatus
  readonly category: string
  readonly record: Id | null
  readonly requested: HandView
  /** Field of the record, as the catalogue labels it, or empty. */
  readonly field: string
  /** What the cadre says. */
  readonly words: string
  readonly receivedOn: string
  readonly way: ReceivedWay
  /** Number or place of the paper, or empty. */
  readonly reference: string
  /** The last day for an answer, `YYYY-MM-DD`. */
  readonly dueOn: string
  /** The newest revision submitted for it, and whether it is archived. */
  readonly offered: { readonly record: Id; readonly revision: Digest; readonly isArchived: boolean } | null
}

export type RegisterItem = CopyItem | CorrectionItem

export interface MadeCopy {
  readonly copy: Id
  /** To be shown and printed; null where a file was written. */
  readonly sheet: Sheet | null
  /** The path of the file that was written. */
  readonly file: string | null
}

/** What waits for the member at work. */
export interface DisclosureTasks {
  readonly toApprove: readonly CopyItem[]
  readonly toMake: readonly CopyItem[]
  readonly toCorrect: readonly CorrectionItem[]
  readonly toAnswer: readonly CorrectionItem[]
}

export const disclosureProcedures = {
  'disclosure.policy': procedure<DisclosurePolicy>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  'disclosure.tasks': procedure<DisclosureTasks>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  /** Copies and correction requests of the compartments that the member opens, newest first. */
  'register.list': procedure<{ items: readonly RegisterItem[]; next: string | null }>()({
    input: z.strictObject({
      id: idSchema.nullable(),
      kind: z.enum(['copy', 'correction']).nullable(),
      cadre: idSchema.nullable(),
      after: z.string().max(300).nullable(),
      limit: z.int().min(1).max(500),
    }),
    kind: 'read',
  }),
  /**
   * Prints or exports archived facts without anything of level 4, or makes what an approved request asked for. Writes
   * an access entry and a signed row of the register first. Without a folder the sheet comes back to be printed.
   */
  'copy.make': procedure<MadeCopy>()({
    input: z.union([
      z.strictObject({ ...content, purpose: purposeSchema, folder: folder.nullable() }),
      z.strictObject({ request: idSchema, folder: folder.nullable() }),
    ]),
    kind: 'write',
  }),
  /** Asks for a copy with something of level 4: another member signs before it is made. */
  'copy.request': procedure<{ request: Id }>()({
    input: z.strictObject({ ...content, form: z.enum(copyForms), purpose: purposeSchema }),
    kind: 'write',
  }),
  'copy.approve': procedure<null>()({
    input: z.strictObject({ request: idSchema, words }),
    kind: 'write',
  }),
  'copy.refuse': procedure<null>()({
    input: z.strictObject({ request: idSchema, words: words.min(1) }),
    kind: 'write',
  }),
  /** The copy for the cadre themself (本人查阅件): what is archived about them, less what the policy withholds. */
  'copy.issue': procedure<MadeCopy>()({
    input: z.union([
      z.strictObject({ cadre: idSchema, recipient: z.string().trim().min(1).max(100) }),
      z.strictObject({ request: idSchema, recipient: z.string().trim().min(1).max(100) }),
    ]),
    kind: 'write',
  }),
  'correction.request': procedure<{ request: Id }>()({
    input: z.strictObject({
      cadre: idSchema,
      category,
      /** Null where the cadre misses a record. */
      record: idSchema.nullable(),
      /** Field of the category, or empty for the record as a whole. */
      field: z.string().max(64),
      words: words.min(1),
      receivedOn: day,
      way: z.enum(receivedWays),
      reference: z.string().trim().max(200),
    }),
    kind: 'write',
  }),
  /** `corrected` names the archived revision that was submitted for the request; `refused` gives its reasons. */
  'correction.answer': procedure<null>()({
    input: z.strictObject({
      request: idSchema,
      outcome: z.enum(['corrected', 'refused']),
      revision: digestSchema.nullable(),
      words: words.min(1),
    }),
    kind: 'write',
  }),
} as const
