import { uploadChunkBytes } from '../../src-shared/contract/dossier.ts'
import { toBase64 } from '../../src-shared/kernel/bytes.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import { call } from '../bridge/index.ts'

/** Hands a file to the core a piece at a time; it is encrypted there. What was sent of a file given up is discarded. */
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
  for (let offset = 0; offset < file.size; offset += uploadChunkBytes) {
    const failed = await sendPiece(file, upload, offset, signal)
    if (failed !== null) {
      await call('upload.discard', { upload })
      return failed
    }
    onProgress(Math.min(file.size, offset + uploadChunkBytes))
  }
  return ok(upload)
}

async function sendPiece(
  file: File,
  upload: Id,
  offset: number,
  signal: AbortSignal,
): Promise<Result<never> | null> {
  if (signal.aborted) return err('call/cancelled')
  try {
    const piece = new Uint8Array(await file.slice(offset, offset + uploadChunkBytes).arrayBuffer())
    const sent = await call('upload.append', { upload, offset, bytes: toBase64(piece) })
    return sent.ok ? null : sent
  } catch {
    // The file went away, with its stick perhaps, while it was read.
    return err('bundle/folder-unusable')
  }
}
