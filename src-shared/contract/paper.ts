import { z } from 'zod'
import { purposeSchema } from '../disclosure/purpose.ts'
import type { Id } from '../kernel/ids.ts'
import { digestSchema, idSchema } from '../log/operations.ts'
import { maximumPaperFiles } from '../log/paper-operations.ts'
import { attachedSchema } from '../paper/attached.ts'
import { numberRuleSchema } from '../paper/file-number.ts'
import { longestSheetCode } from '../paper/sheet-code.ts'
import { volumeSchema } from '../paper/volume.ts'
import type { BlankPaper, CadreVolumes, LocatedPaper, PaperPlace, PrintedPaper } from './paper-views.ts'
import { procedure } from './procedure.ts'

const category = z.string().regex(/^[A-E]\d{1,2}$/)
const compartment = z.enum(['archive', 'discipline'])
/** What is read for, where the member says it. */
const purpose = purposeSchema.nullable().default(null)
/** Codes of one stack of paper at most. */
const mostCodes = 500

export const paperProcedures = {
  /** Blank sheets to be filled in by hand, for one cadre or for anybody. With a cadre it writes an access entry. */
  'paper.blank': procedure<BlankPaper>()({
    input: z.strictObject({ cadre: idSchema.nullable(), categories: z.array(category).min(1).max(100) }),
    kind: 'write',
  }),
  /**
   * A revision as it is to be printed and signed, always for a purpose. An archived one is a copy: an access entry and a
   * row of the register, for one of discipline by a request that another member approved. One that is still on its way
   * is entered in the access log; nothing of discipline goes on paper before it is archived.
   */
  'paper.print': procedure<PrintedPaper>()({
    input: z.strictObject({
      record: idSchema,
      revision: digestSchema,
      /** The approved request of a copy of this record. */
      request: idSchema.nullable().default(null),
      purpose,
    }),
    kind: 'write',
  }),
  /** What each code leads to, in their order. No value of a record is in the answer. */
  'paper.locate': procedure<readonly LocatedPaper[]>()({
    input: z.strictObject({ codes: z.array(z.string().max(longestSheetCode)).max(mostCodes) }),
    kind: 'read',
  }),
  /** The revisions of a cadre that a scan can be attached to, newest first, at most 200. */
  'paper.places': procedure<readonly PaperPlace[]>()({
    input: z.strictObject({ cadre: idSchema, category: category.nullable() }),
    kind: 'read',
  }),
  /** Adds the scan of a signed sheet to a revision, whatever its state. The revision stays as it is. */
  'paper.attach': procedure<{ paper: Id }>()({
    input: z.strictObject({
      record: idSchema,
      revision: digestSchema,
      /** Finished uploads of purpose `evidence`. */
      uploads: z.array(idSchema).min(1).max(maximumPaperFiles),
      said: attachedSchema,
    }),
    kind: 'write',
  }),
  /** Says that a scan was attached by mistake. It stays in the log and is shown as struck out. */
  'paper.strike': procedure<null>()({
    input: z.strictObject({ record: idSchema, paper: idSchema, reason: z.string().trim().min(1).max(500) }),
    kind: 'write',
  }),
  /** The volumes of a dossier in the cabinet, of the compartments that the member opens. */
  'volume.list': procedure<CadreVolumes>()({ input: z.strictObject({ cadre: idSchema }), kind: 'read' }),
  /** Begins a volume, or says anew what is in it; with `null` it is taken out of the list. */
  'volume.set': procedure<{ volume: Id }>()({
    input: z.strictObject({
      cadre: idSchema,
      /** Null for a new one. */
      volume: idSchema.nullable(),
      compartment,
      said: volumeSchema.extend({ number: z.string().max(100) }).nullable(),
    }),
    kind: 'write',
  }),
  'volume.rule': procedure<null>()({ input: numberRuleSchema, kind: 'write' }),
  /** Signs for the list of a volume (卷内目录) that is put on paper, before it is: an access entry. */
  'volume.print': procedure<null>()({
    input: z.strictObject({ cadre: idSchema, volume: idSchema }),
    kind: 'write',
  }),
} as const
