import { z } from 'zod'
import { categorySchema } from './category-rule.ts'

/** Pieces of evidence that one signed paper may have: its pages as pictures, or one PDF. */
export const maximumPaperFiles = 50

/**
 * The operations about paper (纸质原件, 案卷). They change no revision: a scan stands beside the revision it was printed
 * from, and what stands in the cabinet is told apart from what stands in the log.
 *
 * @param id 128 random bits, hex
 * @param digest SHA-256, hex
 */
export function paperOperations(id: z.ZodString, digest: z.ZodString) {
  const base = { entity: id, digest }
  const subject = { record: id, cadre: id, category: categorySchema }
  return [
    /** The scan of a signed sheet is added to a revision, whatever its state. */
    z.strictObject({
      op: z.literal('paper.attach'),
      ...base,
      ...subject,
      revision: digest,
      /** How many pieces of evidence the body names. */
      evidence: z.int().min(1).max(maximumPaperFiles),
    }),
    /** What was attached by mistake does not count any more; it stays in the log. `entity` is that of the paper. */
    z.strictObject({ op: z.literal('paper.strike'), ...base, ...subject }),
    /** A volume (案卷) of a dossier: its number, its place, its file list; of several the last holds. */
    z.strictObject({ op: z.literal('volume.set'), ...base, cadre: id, act: z.enum(['set', 'unset']) }),
    /** How the unit numbers its volumes (档号规则); of several the last holds. */
    z.strictObject({ op: z.literal('volume.rule'), ...base }),
  ] as const
}
