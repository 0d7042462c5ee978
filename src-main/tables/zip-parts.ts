import { crc32 } from 'node:zlib'
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl'
import { err } from '../../src-shared/kernel/result.ts'
import type { WorkbookLimits } from './limits.ts'
import { Refusal } from './refusal.ts'

/** The parts of a package, which are unpacked only when they are asked for, piece by piece, and checked as they come. */
export interface ZipParts {
  readonly names: readonly string[]
  /** Pieces of one part. Throws {@link Refusal} `import/bomb`, `import/broken-workbook`. */
  read(name: string): AsyncGenerator<Buffer>
}

const broken = (reason: string): Refusal => new Refusal(err('import/broken-workbook', { reason }))
const bomb = (reason: string): Refusal => new Refusal(err('import/bomb', { reason }))

/** Reads the directory alone. Throws {@link Refusal} `import/broken-workbook`, `import/bomb`, `import/encrypted`. */
export async function openZip(bytes: Buffer, limits: WorkbookLimits): Promise<ZipParts> {
  let zip: ZipFile
  const entries = new Map<string, Entry>()
  try {
    zip = await fromBufferPromise(bytes, {
      lazyEntries: true,
      strictFileNames: true,
      validateEntrySizes: true,
    })
    if (zip.entryCount > limits.entries) throw bomb('entries')
    let total = 0
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize
      if (total > limits.totalBytes) throw bomb('total')
      if (entry.isEncrypted()) throw new Refusal(err('import/encrypted'))
      if (entries.has(entry.fileName)) throw broken('twice')
      entries.set(entry.fileName, entry)
    }
  } catch (thrown) {
    throw thrown instanceof Refusal ? thrown : broken('directory')
  }
  let unpacked = 0
  async function* read(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(name)
    if (entry === undefined) throw broken('part-missing')
    if (entry.uncompressedSize > limits.partBytes) throw bomb('part')
    if (
      entry.uncompressedSize > limits.ratioFromBytes &&
      entry.uncompressedSize > limits.ratio * entry.compressedSize
    ) {
      throw bomb('ratio')
    }
    let sum = 0
    try {
      const stream = await zip.openReadStreamPromise(entry)
      for await (const piece of stream as AsyncIterable<Buffer>) {
        unpacked += piece.length
        // A part may be read twice, so this bounds the work and not only what the directory says.
        if (unpacked > 3 * limits.totalBytes) throw bomb('total')
        sum = crc32(piece, sum)
        yield piece
      }
    } catch (thrown) {
      throw thrown instanceof Refusal ? thrown : broken('part')
    }
    if (sum !== entry.crc32) throw broken('checksum')
  }
  return { names: [...entries.keys()], read }
}
