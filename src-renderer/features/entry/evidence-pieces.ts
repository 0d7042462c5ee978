import { useEffect, useMemo, useState } from 'react'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { fileSource, vaultSource, type EvidenceSource } from '../record/evidence-source.ts'
import type { Correction } from './entry-draft.ts'
import type { EntryForm } from './entry-state.ts'

/** The hash of evidence that goes on from an earlier revision, or the key of a file that was added. */
export type PieceId = Digest | number

/** What can be looked at beside the form, in the order of the list. */
export function piecesOf({ draft, uploads }: EntryForm): readonly PieceId[] {
  const added = uploads.filter((upload) => upload.failure === null).map((upload) => upload.key)
  return [...draft.kept.map((line) => line.hash), ...added]
}

/** The piece as something to read, null while that is found out or when it is gone. */
export function usePiece(
  form: EntryForm,
  piece: PieceId | null,
  correction: Correction | null,
): EvidenceSource | null {
  const line = form.draft.kept.find((one) => one.hash === piece)
  const file = form.uploads.find((one) => one.key === piece)?.file
  const revision = correction?.record.revisions.find((one) =>
    one.evidence.some((evidence) => evidence.hash === piece),
  )?.revision
  const kept = useMemo(
    () => (line === undefined || revision === undefined ? null : vaultSource(revision, line)),
    [line, revision],
  )
  const [added, setAdded] = useState<{ readonly file: File; readonly source: EvidenceSource } | null>(null)
  useEffect(() => {
    if (file === undefined) return undefined
    let isCurrent = true
    void fileSource(file).then((source) => {
      if (isCurrent) setAdded({ file, source })
    })
    return () => {
      isCurrent = false
    }
  }, [file])
  if (kept !== null) return kept
  return added !== null && added.file === file ? added.source : null
}
