import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Digest } from '../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../src-shared/kernel/result.ts'
import { syncDirectory } from '../src-shared/node/files.ts'

/** Evidence as ciphertext, each file named by its hash. The same evidence of two bundles is one file. */
export interface EvidenceFolder {
  pathOf(hash: Digest): string
  has(hash: Digest): boolean
}

export function evidenceFolder(directory: string): EvidenceFolder {
  const pathOf = (hash: Digest) => join(directory, hash.slice(0, 2), hash)
  return { pathOf, has: (hash) => existsSync(pathOf(hash)) }
}

/** Evidence on its way in: beside the folder until the whole bundle is known to be right. */
export class EvidenceStaging {
  readonly #folder: EvidenceFolder
  readonly #directory: string
  readonly #staged: Digest[] = []

  constructor(folder: EvidenceFolder, directory: string) {
    this.#folder = folder
    this.#directory = directory
  }

  /** Takes in one file and returns its length. Errors: `bundle/fixity`. */
  async add(hash: Digest, content: AsyncIterable<Uint8Array>): Promise<Result<number>> {
    const isHeld = this.#folder.has(hash)
    const actual = createHash('sha256')
    let bytes = 0
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 })
    const file = isHeld ? null : await open(join(this.#directory, hash), 'w', 0o600)
    try {
      for await (const piece of content) {
        actual.update(piece)
        bytes += piece.length
        await file?.writeFile(piece)
      }
      await file?.sync()
    } finally {
      await file?.close()
    }
    if (actual.digest('hex') !== hash) return err('bundle/fixity', { reason: 'evidence' })
    if (!isHeld) this.#staged.push(hash)
    return ok(bytes)
  }

  /** Moves all of it in. What is left here when a transaction then fails is named by nothing, and harmless. */
  async promote(): Promise<void> {
    for (const hash of this.#staged) {
      const path = this.#folder.pathOf(hash)
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      await rename(join(this.#directory, hash), path)
      syncDirectory(dirname(path))
    }
  }

  discard(): void {
    rmSync(this.#directory, { recursive: true, force: true })
  }
}

const abandonedAfterMilliseconds = 24 * 60 * 60 * 1000

/** Removes what an interrupted ingest left behind. Another process may be at work here, so only what is a day old. */
export function removeAbandoned(directory: string, now: number): void {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name)
    const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now
    if (now - modified > abandonedAfterMilliseconds) rmSync(path, { recursive: true, force: true })
  }
}
