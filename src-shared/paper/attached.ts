import { z } from 'zod'
import { idSchema } from '../log/operations.ts'

/** Who has signed on a sheet: 本人签字, 录入, 复核, 审签, 盖章. */
export const signaturePlaces = ['subject', 'entered', 'reviewed', 'approved', 'sealed'] as const
export type SignaturePlace = (typeof signaturePlaces)[number]

/** `filled` was printed with the values of the revision, `handwritten` was printed blank and filled in by hand. */
export const paperForms = ['filled', 'handwritten'] as const
export type PaperForm = (typeof paperForms)[number]

/** Whether the code on the sheet said where it belongs, or a person did. */
export const findingWays = ['code', 'hand'] as const
export type FindingWay = (typeof findingWays)[number]

/** What somebody says of the scan of a signed sheet. */
export const attachedSchema = z.strictObject({
  form: z.enum(paperForms),
  found: z.enum(findingWays),
  /** The random id of the sheet, where its code named one. */
  sheet: idSchema.nullable(),
  signed: z
    .array(z.enum(signaturePlaces))
    .max(signaturePlaces.length)
    .refine((places) => new Set(places).size === places.length),
  words: z.string().trim().max(500),
})
export type Attached = z.infer<typeof attachedSchema>

/** As it stands in a body, beside the evidence; members of a newer version are passed over. */
export const attachedBodySchema = attachedSchema.loose()
