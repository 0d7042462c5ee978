import { attachmentPieces } from '../../../src-shared/catalogue/references.ts'
import type { Category } from '../../../src-shared/catalogue/schema.ts'
import type { RecordValues } from '../../../src-shared/catalogue/values.ts'
import type { EntryDraft } from './entry-draft.ts'
import type { EvidenceUpload } from './entry-state.ts'

/** The values without pieces of evidence that were removed since they were chosen. */
export function withKnownPieces(
  category: Category,
  draft: Pick<EntryDraft, 'kept'>,
  uploads: readonly EvidenceUpload[],
  values: RecordValues,
): RecordValues {
  const known = new Set([
    ...draft.kept.map(({ hash }) => hash as string),
    ...uploads.map(({ upload }) => `upload:${upload}`),
  ])
  const kept = Object.entries(values).flatMap(([id, value]) => {
    const isAttachment = category.fields.some((field) => field.id === id && field.kind === 'attachment')
    if (!isAttachment || typeof value !== 'string') return [[id, value] as const]
    const pieces = attachmentPieces(value).filter((piece) => known.has(piece))
    return pieces.length === 0 ? [] : [[id, pieces.join(' ')] as const]
  })
  return Object.fromEntries(kept)
}
