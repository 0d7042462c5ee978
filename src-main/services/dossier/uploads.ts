import type { Id } from '../../../src-shared/kernel/ids.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../../src-shared/kernel/primitives.ts'
import { fromBase64 } from '../../../src-shared/kernel/bytes.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { uploadChunkBytes } from '../../../src-shared/contract/dossier.ts'
import { EvidenceWriter } from '../../vault/evidence-store.ts'
import type { VaultLayout } from '../../vault/layout.ts'
import { sniffMediaType } from './media-type.ts'

export const maximumEvidenceBytes = 200 * 1024 * 1024
/** Tables and bundles are held in memory: nothing readable goes to a temporary file. */
export const maximumTableBytes = 64 * 1024 * 1024
const maximumUploads = 100
const sniffBytes = 4096

type Purpose = 'evidence' | 'table' | 'bundle'

interface Upload {
  readonly purpose: Purpose
  readonly name: string
  readonly size: number
  received: number
  mediaType: string | null
  readonly writer: EvidenceWriter | null
  /** Set once it is durable: a submission that is refused after that can be tried again. */
  finished: FinishedEvidence | null
  readonly chunks: Uint8Array[]
}

export interface FinishedEvidence {
  readonly name: string
  readonly mediaType: string
  readonly hash: string
  readonly key: string
  readonly size: number
}

/** Files on their way from the page into the core. Evidence is sealed as it arrives. */
export class Uploads {
  readonly #layout: VaultLayout
  readonly #primitives: Primitives
  readonly #uploads = new Map<Id, Upload>()

  constructor(layout: VaultLayout, primitives: Primitives) {
    this.#layout = layout
    this.#primitives = primitives
  }

  /** Errors: `vault/evidence-too-large`, `import/too-large`, `call/invalid-input` (too many at once). */
  begin(purpose: Purpose, name: string, size: number): Result<Id> {
    if (purpose === 'evidence' && size > maximumEvidenceBytes) {
      return err('vault/evidence-too-large', { bytes: size, limit: maximumEvidenceBytes })
    }
    if (purpose !== 'evidence' && size > maximumTableBytes) {
      return err('import/too-large', { bytes: size, limit: maximumTableBytes })
    }
    if (this.#uploads.size >= maximumUploads) return err('call/invalid-input', { path: 'upload' })
    const id = newId(this.#primitives)
    const writer = purpose === 'evidence' ? new EvidenceWriter(this.#layout, id) : null
    this.#uploads.set(id, {
      purpose,
      name,
      size,
      received: 0,
      mediaType: null,
      writer,
      finished: null,
      chunks: [],
    })
    return ok(id)
  }

  /** Errors: `call/not-found`, `call/invalid-input` (wrong offset, too much), `vault/evidence-type`. */
  async append(id: Id, offset: number, text: string): Promise<Result<number>> {
    const upload = this.#uploads.get(id)
    if (upload === undefined) return err('call/not-found')
    const bytes = fromBase64(text)
    if (bytes === null || bytes.length > uploadChunkBytes) return err('call/invalid-input', { path: 'bytes' })
    if (offset !== upload.received || offset + bytes.length > upload.size) {
      return err('call/invalid-input', { path: 'offset', expected: upload.received })
    }
    if (upload.writer === null) {
      upload.received += bytes.length
      upload.chunks.push(bytes)
      return ok(upload.received)
    }
    if (upload.mediaType === null) {
      // The kind is told from the first piece: a byte of it alone could pass for text, whatever comes after.
      if (bytes.length < Math.min(upload.size, sniffBytes))
        return err('call/invalid-input', { path: 'bytes' })
      upload.mediaType = sniffMediaType(bytes.subarray(0, sniffBytes))
      if (upload.mediaType === null) {
        await this.discard(id)
        return err('vault/evidence-type')
      }
    }
    upload.received += bytes.length
    await upload.writer.append(bytes)
    return ok(upload.received)
  }

  async discard(id: Id): Promise<void> {
    const upload = this.#uploads.get(id)
    this.#uploads.delete(id)
    if (upload?.finished === null) await upload.writer?.discard()
  }

  /** The whole of a table or bundle that has arrived. Errors: `call/not-found`. */
  take(id: Id, purpose: 'table' | 'bundle'): Result<{ readonly name: string; readonly bytes: Uint8Array }> {
    const upload = this.#uploads.get(id)
    if (upload === undefined || upload.purpose !== purpose || upload.received !== upload.size) {
      return err('call/not-found')
    }
    return ok({ name: upload.name, bytes: new Uint8Array(Buffer.concat(upload.chunks)) })
  }

  /** Whether an upload of evidence has arrived whole. */
  isWholeEvidence(id: Id): boolean {
    const upload = this.#uploads.get(id)
    return upload?.purpose === 'evidence' && upload.received === upload.size && upload.size > 0
  }

  /** Names and flushes evidence that has arrived whole. Errors: `call/not-found`, `vault/disk-full`. */
  async finishEvidence(id: Id): Promise<Result<FinishedEvidence>> {
    const upload = this.#uploads.get(id)
    if (upload?.writer == null || !this.isWholeEvidence(id)) return err('call/not-found')
    if (upload.finished !== null) return ok(upload.finished)
    try {
      const sealed = await upload.writer.finish()
      upload.finished = {
        name: upload.name,
        mediaType: upload.mediaType ?? 'application/octet-stream',
        ...sealed,
      }
      return ok(upload.finished)
    } catch {
      return err('vault/disk-full')
    }
  }
}
