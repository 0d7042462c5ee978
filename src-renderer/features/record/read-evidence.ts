import { EvidenceInspector } from '../../../src-shared/evidence/inspect.ts'
import { concatBytes } from '../../../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { readBytes, type EvidenceSource } from './evidence-source.ts'

/** Larger pictures and texts are not held in the page; of a PDF only the parts that are looked at are read. */
export const largestPreviewBytes = 64 * 1024 * 1024

/**
 * The whole of a piece of evidence, fetched a piece at a time. A picture is looked at on the way: what another device
 * let in must not unfold to more than this page can hold. Errors: those of the source and of the inspector.
 */
export async function readEvidence(
  source: EvidenceSource,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Result<Uint8Array>> {
  const pieces: Uint8Array[] = []
  const inspector = previewKind(source.mediaType, source.size) === 'image' ? new EvidenceInspector() : null
  for (let offset = 0; offset < source.size; ) {
    if (signal.aborted) return err('call/cancelled')
    const piece = await source.read(offset, readBytes, signal)
    if (!piece.ok) return piece
    const inspected = inspector?.push(piece.value)
    if (inspected?.ok === false) return inspected
    pieces.push(piece.value)
    offset += piece.value.length
    onProgress(offset, source.size)
  }
  if (inspector !== null && inspector.mediaType !== mediaTypeOf(source.mediaType))
    return err('vault/evidence-damaged')
  return ok(concatBytes(...pieces))
}

export type PreviewKind = 'image' | 'pdf' | 'text' | 'none'

const images = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp'])

/** How a file can be looked at in the page. Nothing else is ever made into a blob: it could be a page with scripts. */
export function previewKind(mediaType: string, bytes: number): PreviewKind {
  const type = mediaTypeOf(mediaType)
  if (type === 'application/pdf') return 'pdf'
  if (bytes > largestPreviewBytes) return 'none'
  if (images.has(type)) return 'image'
  return type === 'text/plain' || type === 'text/csv' ? 'text' : 'none'
}

/** Without parameters. */
function mediaTypeOf(mediaType: string): string {
  return mediaType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** Text as it was most likely written: UTF-8, or else the national code. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
