import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { encryptStream, newAgeKeyPair } from '../../src-shared/node/age.ts'
import { syncDirectory } from '../../src-shared/node/files.ts'
import type { VaultLayout } from './layout.ts'

/** A piece of evidence as a body names it: the file's own key stands nowhere else. */
export interface SealedEvidence {
  /** SHA-256 of the ciphertext: the name of the file. */
  readonly hash: Digest
  /** age X25519 identity of this file alone. */
  readonly key: string
  /** Bytes of the plaintext. */
  readonly size: number
}

export function evidencePath(layout: VaultLayout, hash: Digest): string {
  return join(layout.evidence, hash.slice(0, 2), hash)
}

/**
 * Takes in one file piece by piece and seals it on the way, so that no plaintext touches the disk. Memory is flat.
 */
export class EvidenceWriter {
  readonly #layout: VaultLayout
  readonly #temporary: string
  #size = 0
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #drained: (() => void) | undefined
  readonly #done: Promise<SealedEvidence>

  constructor(layout: VaultLayout, upload: Id) {
    this.#layout = layout
    mkdirSync(layout.incoming, { recursive: true, mode: 0o700 })
    this.#temporary = join(layout.incoming, upload)
    const plaintext = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller
      },
      pull: () => {
        this.#drained?.()
        this.#drained = undefined
      },
    })
    this.#done = this.#seal(plaintext)
    // The failure is reported by `finish` or `append`; without this a broken disk would end the process.
    this.#done.catch(() => {
      this.#drained?.()
    })
  }

  get size(): number {
    return this.#size
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.#size += bytes.length
    const drained = new Promise<void>((resolve) => {
      this.#drained = resolve
    })
    this.#controller?.enqueue(bytes)
    if ((this.#controller?.desiredSize ?? 0) <= 0) await Promise.race([drained, this.#done])
  }

  /** Flushes and names the file. The evidence is durable when this returns. */
  async finish(): Promise<SealedEvidence> {
    this.#controller?.close()
    const sealed = await this.#done
    const path = evidencePath(this.#layout, sealed.hash)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    renameSync(this.#temporary, path)
    syncDirectory(dirname(path))
    return sealed
  }

  async discard(): Promise<void> {
    this.#controller?.error(new Error('discarded'))
    await this.#done.catch(() => undefined)
    rmSync(this.#temporary, { force: true })
  }

  async #seal(plaintext: ReadableStream<Uint8Array>): Promise<SealedEvidence> {
    const { identity, recipient } = await newAgeKeyPair()
    const ciphertext = await encryptStream([recipient], plaintext)
    const file: FileHandle = await open(this.#temporary, 'w', 0o600)
    try {
      const hash = createHash('sha256')
      for await (const chunk of ciphertext) {
        hash.update(chunk)
        await file.writeFile(chunk)
      }
      await file.sync()
      return { hash: hash.digest('hex'), key: identity, size: this.#size }
    } finally {
      await file.close()
    }
  }
}

export function hasEvidence(layout: VaultLayout, hash: Digest): boolean {
  return existsSync(evidencePath(layout, hash))
}

/** The ciphertext, in pieces. */
export function evidenceChunks(layout: VaultLayout, hash: Digest): AsyncIterable<Uint8Array> {
  return createReadStream(evidencePath(layout, hash))
}

/** SHA-256 of the stored ciphertext, or null when the file is missing. */
export async function hashEvidence(layout: VaultLayout, hash: Digest): Promise<Digest | null> {
  if (!hasEvidence(layout, hash)) return null
  const digest = createHash('sha256')
  for await (const chunk of createReadStream(evidencePath(layout, hash))) digest.update(chunk as Buffer)
  return digest.digest('hex')
}
