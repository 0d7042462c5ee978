import { createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import { AgeSealer } from '../../src-shared/node/age-file.ts'
import { newAgeKeyPair } from '../../src-shared/node/age.ts'
import { syncDirectory } from '../../src-shared/node/files.ts'
import type { VaultLayout } from './layout.ts'

/** A piece of evidence as a body names it: the file's own key stands nowhere else. */
export interface SealedEvidence {
  /** SHA-256 of the ciphertext: the name of the file. */
  readonly hash: Digest
  /** SHA-256 of the plaintext, by which the same file is known again. */
  readonly content: Digest
  /** age X25519 identity of this file alone. */
  readonly key: string
  /** Bytes of the plaintext. */
  readonly size: number
}

/** Read and written at a time. */
const pieceBytes = 1024 * 1024

export function evidencePath(layout: VaultLayout, hash: Digest): string {
  return join(layout.evidence, hash.slice(0, 2), hash)
}

/**
 * Takes in one file piece by piece and seals it on the way, so that no plaintext touches the disk. Memory is flat. Until
 * it is given its place the ciphertext lies among what is arriving, which is cleared when a core starts.
 */
export class EvidenceWriter {
  readonly path: string
  readonly #file: FileHandle
  readonly #sealer: AgeSealer
  readonly #key: string
  readonly #ciphertext = createHash('sha256')
  readonly #plaintext = createHash('sha256')
  #size = 0
  /** Pieces are written one after the other, in whatever order they are awaited. */
  #last: Promise<void> = Promise.resolve()

  private constructor(path: string, file: FileHandle, key: string, sealer: AgeSealer) {
    this.path = path
    this.#file = file
    this.#key = key
    this.#sealer = sealer
  }

  static async open(layout: VaultLayout, upload: Id): Promise<EvidenceWriter> {
    mkdirSync(layout.incoming, { recursive: true, mode: 0o700 })
    const { identity, recipient } = await newAgeKeyPair()
    const path = join(layout.incoming, upload)
    return new EvidenceWriter(path, await open(path, 'w', 0o600), identity, new AgeSealer(recipient))
  }

  /** Rejects where the disk does; the file can then only be discarded. */
  async append(bytes: Uint8Array): Promise<void> {
    this.#size += bytes.length
    this.#plaintext.update(bytes)
    await this.#write(this.#sealer.push(bytes))
  }

  /** The whole file is durable when this returns, and still has no place. */
  async seal(): Promise<SealedEvidence> {
    await this.#write(this.#sealer.end())
    await this.#file.sync()
    await this.#file.close()
    return {
      hash: this.#ciphertext.digest('hex'),
      content: this.#plaintext.digest('hex'),
      key: this.#key,
      size: this.#size,
    }
  }

  async discard(): Promise<void> {
    await this.#last.catch(() => undefined)
    await this.#file.close().catch(() => undefined)
    rmSync(this.path, { force: true })
  }

  async #write(parts: readonly Uint8Array[]): Promise<void> {
    for (const part of parts) this.#ciphertext.update(part)
    const write = this.#last.then(() => writeAll(this.#file, parts))
    this.#last = write
    await write
  }
}

/** Gathered by the system; what it did not take at once follows. */
async function writeAll(file: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  if (parts.length === 0) return
  const bytes = parts.reduce((sum, part) => sum + part.length, 0)
  const { bytesWritten } = await file.writev(parts)
  if (bytesWritten < bytes) await file.writeFile(Buffer.concat(parts).subarray(bytesWritten))
}

/** Gives sealed files their names. They are durable under them when this returns. */
export function placeEvidence(
  layout: VaultLayout,
  files: readonly { readonly path: string; readonly hash: Digest }[],
): void {
  const folders = new Set<string>()
  for (const { path, hash } of files) {
    const place = evidencePath(layout, hash)
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 })
    renameSync(path, place)
    folders.add(dirname(place))
  }
  for (const folder of folders) syncDirectory(folder)
  // Folders made just now are names in this one.
  if (folders.size > 0) syncDirectory(layout.evidence)
}

/** Takes files back to where they were before they had a place. */
export function displaceEvidence(
  layout: VaultLayout,
  files: readonly { readonly path: string; readonly hash: Digest }[],
): void {
  for (const { path, hash } of files)
    if (hasEvidence(layout, hash)) renameSync(evidencePath(layout, hash), path)
}

export function removeEvidence(layout: VaultLayout, hash: Digest): void {
  rmSync(evidencePath(layout, hash), { force: true })
}

export function hasEvidence(layout: VaultLayout, hash: Digest): boolean {
  return existsSync(evidencePath(layout, hash))
}

/** The ciphertext, in pieces. */
export function evidenceChunks(layout: VaultLayout, hash: Digest): AsyncIterable<Uint8Array> {
  return createReadStream(evidencePath(layout, hash), { highWaterMark: pieceBytes })
}

/** SHA-256 of the stored ciphertext, or null when the file is missing. */
export async function hashEvidence(layout: VaultLayout, hash: Digest): Promise<Digest | null> {
  if (!hasEvidence(layout, hash)) return null
  const digest = createHash('sha256')
  for await (const chunk of evidenceChunks(layout, hash)) digest.update(chunk)
  return digest.digest('hex')
}
