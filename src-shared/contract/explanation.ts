import { z } from 'zod'

/**
 * What a clerk says of a warning. `code` and `field` are those of the finding, `category` the one it was held against;
 * null where the finding names none.
 */
export const explanationSchema = z.strictObject({
  code: z.string().max(40),
  field: z.string().max(64).nullable(),
  category: z.string().max(10).nullable(),
  words: z.string().trim().min(1).max(500),
})

export type Explanation = Readonly<z.infer<typeof explanationSchema>>
