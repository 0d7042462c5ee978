import { open, type FileHandle } from 'node:fs/promises'
import { openAgeFile, type AgeFile } from '../../../src-shared/node/age-file.ts'
import { evidencePath } from '../../vault/evidence-store.ts'
import type { VaultLayout } from '../../vault/layout.ts'

interface OpenPiece {
  readonly hash: string
  readonly handle: FileHandle
  readonly file: AgeFile
}

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
