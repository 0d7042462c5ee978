import { z } from 'zod'
import type { Body } from '../log/header.ts'
import { daySchema, digestSchema, idSchema } from '../log/operations.ts'

export const longestReason = 500

// Loose: members of a newer version are kept in the log and passed over here.
const handOverSchema = z.looseObject({
  type: z.literal('liandang/hand-over/1'),
  unitName: z.string().min(1).max(200),
  rootPublicKey: digestSchema,
  /** The card of the unit that receives, as it was read. */
  card: z.string().max(8 * 1024),
  reason: z.string().max(longestReason),
  /** The day from which the receiving unit answers for the dossier. */
  since: daySchema,
  categories: z.array(z.string().max(8)).max(200),
  /** Dossiers that are shown as part of this one, whose facts go too; ascending. Left out where there are none. */
  merged: z.array(idSchema).max(100).optional(),
  /** Digests of the facts that go, ascending. */
  revisions: z.array(digestSchema).max(100_000),
  /** `age1…`: what the receipt is encrypted to. */
  recipient: z.string().max(100),
  cadre: z.strictObject({
    name: z.string().max(200),
    identityNumber: z.string().max(40).nullable(),
    post: z.string().max(400).nullable(),
  }),
})

/** What the body of `transfer.hand-over` says. */
export type HandOverBody = Readonly<z.infer<typeof handOverSchema>>

/** Null for what is missing or of another shape. */
export function readHandOverBody(body: Body | null | undefined): HandOverBody | null {
  const parsed = handOverSchema.safeParse(body)
  return parsed.success ? parsed.data : null
}
