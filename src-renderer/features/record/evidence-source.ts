import type { EvidenceLine } from '../../../src-shared/contract/views.ts'
import { inspectedBytes, sniffMediaType } from '../../../src-shared/evidence/inspect.ts'
import { fromBase64 } from '../../../src-shared/kernel/bytes.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { call } from '../../bridge/index.ts'

/** As one call carries it, in base64, so that progress moves and a picture begins to show soon. */
export const readBytes = 1024 * 1024

/** A piece of evidence that can be read from any place, in the vault or on its way there. */
export interface EvidenceSource {
  readonly name: string
  readonly size: number
  readonly mediaType: string
  /** At most as much as one call carries. */
  read(offset: number, length: number, signal: AbortSignal): Promise<Result<Uint8Array<ArrayBuffer>>>
}

/** Of a revision, as the core opens it. */
export function vaultSource(revision: Digest, line: EvidenceLine): EvidenceSource {
  const { hash, name, size, mediaType } = line
  return {
    name,
    size,
    mediaType,
    async read(offset, length, signal) {
      const input = { revision, hash, offset, length: Math.min(length, readBytes) }
      const piece = await call('evidence.read', input, { signal })
      if (!piece.ok) return piece
      const bytes = fromBase64(piece.value.bytes)
      return bytes === null || (bytes.length === 0 && offset < size)
        ? err('vault/evidence-missing')
        : ok(new Uint8Array(bytes))
    },
  }
}

/** A file that was handed to the page: it is looked at where it lies. */
export async function fileSource(file: File): Promise<EvidenceSource> {
  const read = async (offset: number, length: number): Promise<Result<Uint8Array<ArrayBuffer>>> => {
    try {
      return ok(new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()))
    } catch {
      return err('vault/evidence-missing')
    }
  }
  const start = await read(0, inspectedBytes)
  const mediaType = start.ok ? (sniffMediaType(start.value) ?? '') : ''
  return { name: file.name, size: file.size, mediaType, read }
}
