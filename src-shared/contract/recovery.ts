import { z } from 'zod'
import { maximumSheetText } from '../access/recovery-sheet.ts'
import { procedure } from './procedure.ts'
import type { FoundingProof, FoundingView } from './views.ts'

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
} as const
