import { statfsSync } from 'node:fs'
import {
  EvidenceInspector,
  inspectedBytes,
  maximumEvidenceBytes,
  type EvidenceType,
} from '../../../src-shared/evidence/inspect.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import { uploadChunkBytes } from '../../../src-shared/contract/dossier.ts'
import { EvidenceWriter, type SealedEvidence } from '../../vault/evidence-store.ts'
import type { VaultLayout } from '../../vault/layout.ts'

/** Tables and bundles are held in memory: nothing readable goes to a temporary file. */
export const maximumTableBytes = 64 * 1024 * 1024
const maximumUploads = 100
/** What stays free on the disk for the databases and their journals. */
const reserveBytes = 64 * 1024 * 1024

type Purpose = 'evidence' | 'table' | 'bundle'

interface EvidenceUpload {
  readonly writer: EvidenceWriter
  readonly inspector: EvidenceInspector
  /** Set once it is durable: a submission that is refused after that can be tried again. */
  sealed: Promise<WaitingEvidence> | null
}

interface Upload {
  readonly purpose: Purpose
  readonly name: string
  readonly size: number
  received: number
  readonly evidence: EvidenceUpload | null
  readonly chunks: Uint8Array[]
}

/** Evidence that is sealed and durable, and has no place in the vault yet. */
export interface WaitingEvidence extends SealedEvidence {
  readonly name: string
  readonly mediaType: EvidenceType
  readonly path: string
}

/** Files on their way from the page into the core. Evidence is sealed as it arrives. */
export class Uploads {
  readonly #layout: VaultLayout
  readonly #primitives: Primitives
  readonly #uploads = new Map<Id, Upload>()
  readonly #freeBytes: () => number
  /** What uploads that are being opened have been promised. */
  #opening = 0

  /** `freeBytes` of the disk, `Infinity` where it does not tell: it is written to until it says no. */
  constructor(layout: VaultLayout, primitives: Primitives, freeBytes = () => freeIn(layout.directory)) {
    this.#layout = layout
    this.#primitives = primitives
    this.#freeBytes = freeBytes
  }

  /**
   * Errors: `vault/evidence-too-large`, `vault/evidence-empty`, `import/too-large`, `vault/disk-full`,
   * `call/invalid-input` (too many at once).
   */
  async begin(purpose: Purpose, name: string, size: number): Promise<Result<Id>> {
    if (purpose === 'evidence' && size > maximumEvidenceBytes) {
      return err('vault/evidence-too-large', { bytes: size, limit: maximumEvidenceBytes })
    }
    if (purpose === 'evidence' && size === 0) return err('vault/evidence-empty')
    if (purpose !== 'evidence' && size > maximumTableBytes) {
      return err('import/too-large', { bytes: size, limit: maximumTableBytes })
    }
    if (this.#uploads.size >= maximumUploads) return err('call/invalid-input', { path: 'upload' })
    // Better than after the first gigabyte.
    if (purpose === 'evidence' && !this.#hasRoomFor(size)) return err('vault/disk-full')
    const id = newId(this.#primitives)
    let evidence: EvidenceUpload | null = null
    if (purpose === 'evidence') {
      this.#opening += size
      try {
        const writer = await EvidenceWriter.open(this.#layout, id)
        evidence = { writer, inspector: new EvidenceInspector(), sealed: null }
      } finally {
        this.#opening -= size
      }
    }
    this.#uploads.set(id, { purpose, name, size, received: 0, evidence, chunks: [] })
    return ok(id)
  }

  /**
   * Errors: `call/not-found`, `call/invalid-input` (wrong offset, too much), `vault/evidence-type`,
   * `vault/evidence-pixels`, `vault/evidence-damaged`, `vault/disk-full`. After one of the last four nothing is left.
   */
  async append(id: Id, offset: number, bytes: Uint8Array): Promise<Result<number>> {
    const upload = this.#uploads.get(id)
    if (upload === undefined) return err('call/not-found')
    if (bytes.length > uploadChunkBytes) return err('call/invalid-input', { path: 'bytes' })
    if (offset !== upload.received || offset + bytes.length > upload.size) {
      return err('call/invalid-input', { path: 'offset', expected: upload.received })
    }
    const { evidence } = upload
    // The kind is told from the first piece: a byte of it alone could pass for text, whatever comes after.
    if (evidence !== null && offset === 0 && bytes.length < Math.min(upload.size, inspectedBytes))
      return err('call/invalid-input', { path: 'bytes' })
    upload.received += bytes.length
    if (evidence === null) {
      upload.chunks.push(bytes)
      return ok(upload.received)
    }
    const inspected = evidence.inspector.push(bytes)
    const refused = inspected.ok && upload.received === upload.size ? evidence.inspector.end() : inspected
    if (!refused.ok) {
      await this.discard(id)
      return refused
    }
    try {
      await evidence.writer.append(bytes)
      return ok(upload.received)
    } catch {
      await this.discard(id)
      return err('vault/disk-full')
    }
  }

  /** A file that the core has read itself. Errors: `call/invalid-input` (too many at once). */
  hold(purpose: 'table', name: string, bytes: Uint8Array): Result<Id> {
    if (this.#uploads.size >= maximumUploads) return err('call/invalid-input', { path: 'upload' })
    const id = newId(this.#primitives)
    const size = bytes.length
    this.#uploads.set(id, { purpose, name, size, received: size, evidence: null, chunks: [bytes] })
    return ok(id)
  }

  /** Forgets an upload; what of it has no place in the vault goes with it. */
  async discard(id: Id): Promise<void> {
    const upload = this.#uploads.get(id)
    this.#uploads.delete(id)
    await upload?.evidence?.writer.discard()
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
    return upload?.purpose === 'evidence' && upload.received === upload.size
  }

  /** Ends and flushes evidence that has arrived whole. Errors: `call/not-found`, `vault/disk-full`. */
  async sealEvidence(id: Id): Promise<Result<WaitingEvidence>> {
    const upload = this.#uploads.get(id)
    if (upload?.evidence == null || !this.isWholeEvidence(id)) return err('call/not-found')
    const { evidence, name } = upload
    const { writer, inspector } = evidence
    try {
      evidence.sealed ??= writer.seal().then((sealed) => ({
        ...sealed,
        name,
        mediaType: inspector.mediaType as EvidenceType,
        path: writer.path,
      }))
      return ok(await evidence.sealed)
    } catch {
      return err('vault/disk-full')
    }
  }

  /** Beside what the others that are on their way were promised and have not written yet. */
  #hasRoomFor(size: number): boolean {
    let promised = this.#opening
    for (const { evidence, size: whole, received } of this.#uploads.values())
      if (evidence !== null) promised += whole - received
    return this.#freeBytes() > size + promised + reserveBytes
  }
}

function freeIn(directory: string): number {
  try {
    const { bavail, bsize } = statfsSync(directory)
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
