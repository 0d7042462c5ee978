import { uploadChunkBytes } from '../../../src-shared/contract/dossier.ts'
import type { EvidenceLine } from '../../../src-shared/contract/views.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { concatBytes, fromBase64 } from '../../../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { call } from '../../bridge/index.ts'

/** Larger files are not held in the page. */
export const largestPreviewBytes = 64 * 1024 * 1024

/** The whole of a piece of evidence, fetched a piece at a time. */
export async function readEvidence(
  revision: Digest,
  line: EvidenceLine,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Result<Uint8Array>> {
  const pieces: Uint8Array[] = []
  let offset = 0
  do {
    const piece = await call(
      'evidence.read',
      { revision, hash: line.hash, offset, length: uploadChunkBytes },
      { signal },
    )
    if (!piece.ok) return piece
    const bytes = fromBase64(piece.value.bytes)
    if (bytes === null || (bytes.length === 0 && offset < piece.value.size))
      return err('vault/evidence-missing')
    pieces.push(bytes)
    offset += bytes.length
    onProgress(offset, piece.value.size)
    if (offset >= piece.value.size) return ok(concatBytes(...pieces))
  } while (!signal.aborted)
  return err('call/cancelled')
}

export type PreviewKind = 'image' | 'pdf' | 'text' | 'none'

const images = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp'])

/** How a file can be looked at in the page. Nothing else is ever made into a blob: it could be a page with scripts. */
export function previewKind(mediaType: string, bytes: number): PreviewKind {
  const type = mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (bytes > largestPreviewBytes) return 'none'
  if (images.has(type)) return 'image'
  if (type === 'application/pdf') return 'pdf'
  return type === 'text/plain' || type === 'text/csv' ? 'text' : 'none'
}

/** Text as it was most likely written: UTF-8, or else the national code. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
