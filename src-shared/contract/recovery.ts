import { z } from 'zod'
import { maximumSheetText } from '../access/recovery-sheet.ts'
import { procedure } from './procedure.ts'
import { passwordSchema } from './session.ts'
import type { FoundingProof, FoundingView, RecoveredMember } from './views.ts'

/** Recovery sheets as they were typed from the paper or scanned, in any order. */
export const sheetTextsSchema = z.array(z.string().max(maximumSheetText)).min(2).max(10)

export const recoveryProcedures = {
  /** Where a founding stands, for a page that is loaded in the middle of one. */
  'unit.founding': procedure<FoundingView>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  /** Proves that these sheets open the vault, and only then makes it one. */
  'unit.complete': procedure<FoundingProof>()({
    input: z.strictObject({ sheets: sheetTextsSchema }),
    kind: 'write',
  }),
  /** New keys and a new password for a member, by the authority of enough sheets. Nobody has to be able to log in. */
  'recovery.use': procedure<RecoveredMember>()({
    input: z.strictObject({
      sheets: sheetTextsSchema,
      login: z.string().min(1).max(40),
      password: passwordSchema,
    }),
    kind: 'write',
  }),
} as const
