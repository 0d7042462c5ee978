import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { decryptStream } from '../../../src-shared/node/age.ts'
import { evidencePath } from '../../vault/evidence-store.ts'
import type { VaultLayout } from '../../vault/layout.ts'

interface OpenReading {
  readonly hash: string
  readonly iterator: AsyncIterator<Uint8Array>
  position: number
  rest: Uint8Array
}

/**
 * Reads evidence in pieces. The stream of the piece before is kept, so that reading a file from front to back
 * decrypts it once; a jump back starts again.
 */
export class EvidenceReader {
  readonly #layout: VaultLayout
  #reading: OpenReading | null = null

  constructor(layout: VaultLayout) {
    this.#layout = layout
  }

  /** The plaintext from `offset`, at most `length` bytes. Rejects when the file is missing or damaged. */
  async read(hash: string, key: string, offset: number, length: number): Promise<Uint8Array> {
    let reading = this.#reading
    // Taken out while it is used: two pages that read the same file never share one stream.
    this.#reading = null
    if (reading === null || reading.hash !== hash || reading.position > offset) {
      await reading?.iterator.return?.()
      reading = await this.#open(hash, key)
    }
    await this.#take(reading, offset - reading.position)
    const piece = await this.#take(reading, length)
    if (this.#reading === null) this.#reading = reading
    else await reading.iterator.return?.()
    return piece
  }

  async #open(hash: string, key: string): Promise<OpenReading> {
    const source = Readable.toWeb(createReadStream(evidencePath(this.#layout, hash)))
    const plaintext = await decryptStream([key], source as ReadableStream<Uint8Array>)
    return { hash, iterator: plaintext[Symbol.asyncIterator](), position: 0, rest: new Uint8Array(0) }
  }

  async #take(reading: OpenReading, length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = []
    let missing = length
    while (missing > 0) {
      if (reading.rest.length === 0) {
        const next = await reading.iterator.next()
        if (next.done === true) break
        reading.rest = next.value
      }
      const part = reading.rest.subarray(0, missing)
      reading.rest = reading.rest.subarray(part.length)
      reading.position += part.length
      missing -= part.length
      parts.push(part)
    }
    return new Uint8Array(Buffer.concat(parts))
  }
}
