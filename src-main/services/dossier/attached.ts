import { attachmentPieces } from '../../../src-shared/catalogue/references.ts'
import type { Category, RecordValues } from '../../../src-shared/catalogue/schema.ts'
import type { EvidenceEntry } from '../../vault/evidence-entries.ts'

type Piece = { readonly upload: string } | { readonly kept: string }

/**
 * The values with the digest of each file in place of its upload. Null when an attachment names what is not in the
 * evidence of the revision.
 *
 * @param wanted the evidence as the form named it, in the order of `entries`
 */
export function attachedValues(
  category: Category,
  values: RecordValues,
  wanted: readonly Piece[],
  entries: readonly EvidenceEntry[],
): RecordValues | null {
  const digests = new Map(entries.map(({ hash }) => [hash as string, hash as string]))
  for (const [place, piece] of wanted.entries()) {
    const entry = entries[place]
    if (entry !== undefined && 'upload' in piece) digests.set(`upload:${piece.upload}`, entry.hash)
  }
  const attached: Record<string, RecordValues[string]> = { ...values }
  for (const { id, kind } of category.fields) {
    const value = values[id]
    if (kind !== 'attachment' || typeof value !== 'string') continue
    const named = attachmentPieces(value).map((piece) => digests.get(piece))
    if (named.some((digest) => digest === undefined)) return null
    attached[id] = [...new Set(named)].join(' ')
  }
  return attached
}
