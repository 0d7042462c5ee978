import { z } from 'zod'
import type { Body } from '../../src-shared/log/header.ts'
import { digestSchema } from '../../src-shared/log/operations.ts'

export const evidenceEntrySchema = z.object({
  hash: digestSchema,
  key: z.string().max(200),
  name: z.string().max(255),
  mediaType: z.string().max(100),
  size: z.int().min(0),
  /** SHA-256 of the plaintext; absent in bodies of programs that did not look for what is there already. */
  content: digestSchema.exactOptional(),
})

/** A piece of evidence as the body of a revision names it. The key is the only one that opens the file. */
export type EvidenceEntry = z.infer<typeof evidenceEntrySchema>

/** The evidence a body names; entries that are not of this shape name nothing that could be opened. */
export function parseEvidence(body: Body): readonly EvidenceEntry[] {
  const listed = body['evidence']
  if (!Array.isArray(listed)) return []
  return listed.flatMap((entry) => {
    const parsed = evidenceEntrySchema.safeParse(entry)
    return parsed.success ? [parsed.data] : []
  })
}
