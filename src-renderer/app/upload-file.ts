import { uploadChunkBytes } from '../../src-shared/contract/dossier.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { call } from '../bridge/index.ts'

/**
 * Hands a file to the core a piece at a time; it is encrypted there. The next piece is read while one is on its way, so
 * two of them are in memory, whatever the size of the file. What was sent of a file given up is discarded.
 */
export async function uploadFile(
  purpose: 'evidence' | 'table' | 'bundle',
  file: File,
  signal: AbortSignal,
  onProgress: (sent: number) => void,
): Promise<Result<Id>> {
  const begun = await call('upload.begin', {
    purpose,
    name: file.name.slice(0, 255),
    size: file.size,
    mediaType: file.type.slice(0, 100),
  })
  if (!begun.ok) return begun
  const { upload } = begun.value
  const failed = await sendPieces(file, upload, signal, onProgress)
  if (failed === null) return ok(upload)
  await call('upload.discard', { upload })
  return failed
}

async function sendPieces(
  file: File,
  upload: Id,
  signal: AbortSignal,
  onProgress: (sent: number) => void,
): Promise<Result<never> | null> {
  let next = readPiece(file, 0)
  for (let offset = 0; offset < file.size; ) {
    const bytes = await next
    // The file went away, with its stick perhaps, while it was read.
    if (bytes === null || bytes.length === 0) return err('bundle/folder-unusable')
    if (signal.aborted) return err('call/cancelled')
    const after = offset + bytes.length
    if (after < file.size) next = readPiece(file, after)
    const sent = await call('upload.append', { upload, offset, bytes })
    if (!sent.ok) return sent
    offset = after
    onProgress(offset)
  }
  return null
}

async function readPiece(file: File, offset: number): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await file.slice(offset, offset + uploadChunkBytes).arrayBuffer())
  } catch {
    return null
  }
}
