import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { openAgeFile, type AgeFile } from '../../../src-shared/node/age-file.ts'
import { evidencePath } from '../../vault/evidence-store.ts'
import type { VaultLayout } from '../../vault/layout.ts'

interface OpenPiece {
  readonly hash: string
  readonly handle: FileHandle
  readonly file: AgeFile
}

/** Read at a time where all of a file is looked at. */
const pieceBytes = 1024 * 1024

/** Reads any part of evidence, opening those chunks alone. The file that was read last stays open. */
export class EvidenceReader {
  readonly #layout: VaultLayout
  #open: Promise<OpenPiece | null> = Promise.resolve(null)

  constructor(layout: VaultLayout) {
    this.#layout = layout
  }

  /**
   * The plaintext from `offset`, at most `length` bytes; null where the file is damaged, opens with another key, or is
   * not as long as `size` says.
   */
  async read(
    entry: { readonly hash: string; readonly key: string; readonly size: number },
    offset: number,
    length: number,
  ): Promise<Uint8Array | null> {
    // One after the other: a file is closed only when nobody reads it.
    const reading = this.#open.then(async (piece) => {
      const own = piece?.hash === entry.hash ? piece : await this.#exchange(piece, entry)
      if (own === null || own.file.size !== entry.size) return { own, bytes: null }
      return { own, bytes: await own.file.read(offset, length) }
    })
    this.#open = reading.then(
      ({ own }) => own,
      () => null,
    )
    return (await reading).bytes
  }

  /** Whether the file is what its entry says: opens with its key, as long as it says, of the content it says. */
  async holds(entry: {
    readonly hash: string
    readonly key: string
    readonly size: number
    readonly content: string
  }): Promise<boolean> {
    const digest = createHash('sha256')
    for (let from = 0; from < entry.size; from += pieceBytes) {
      const bytes = await this.read(entry, from, pieceBytes).catch(() => null)
      if (bytes === null) return false
      digest.update(bytes)
    }
    return digest.digest('hex') === entry.content
  }

  async #exchange(
    piece: OpenPiece | null,
    { hash, key }: { readonly hash: string; readonly key: string },
  ): Promise<OpenPiece | null> {
    await piece?.handle.close()
    const handle = await open(evidencePath(this.#layout, hash), 'r')
    const file = await openAgeFile(handle, key)
    if (file !== null) return { hash, handle, file }
    await handle.close()
    return null
  }
}
