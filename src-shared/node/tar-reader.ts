import { isUnsafePath } from '../bundle/layout.ts'
import { BundleFault } from './bundle-fault.ts'

const blockBytes = 512
/** Zero blocks at the end: two by the standard, up to a record of twenty from tools that fill one. */
const maximumEndBlocks = 20

/** Hands out a stream in pieces of the size asked for, without joining more than is asked. */
export class ByteReader {
  readonly #iterator: AsyncIterator<Uint8Array>
  #piece: Uint8Array = new Uint8Array(0)

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#iterator = source[Symbol.asyncIterator]()
  }

  /** At least one byte and at most `maximum`; null at the end. */
  async some(maximum: number): Promise<Uint8Array | null> {
    while (this.#piece.length === 0) {
      const step = await this.#iterator.next()
      if (step.done) return null
      this.#piece = step.value
    }
    const some = this.#piece.subarray(0, maximum)
    this.#piece = this.#piece.subarray(some.length)
    return some
  }

  /** Exactly `length` bytes, or null at the end. Throws `bundle/truncated` when there are fewer. */
  async exactly(length: number): Promise<Uint8Array | null> {
    const first = await this.some(length)
    if (first === null || first.length === length) return first
    const whole = new Uint8Array(length)
    whole.set(first)
    for (let filled = first.length; filled < length; ) {
      const piece = await this.some(length - filled)
      if (piece === null) throw new BundleFault('bundle/truncated')
      whole.set(piece, filled)
      filled += piece.length
    }
    return whole
  }

  async close(): Promise<void> {
    await this.#iterator.return?.()
  }
}

export interface TarFile {
  readonly path: string
  readonly size: number
}

/**
 * Reads a tar as a bundle has it: POSIX ustar (IEEE 1003.1), regular files with short names, nothing else. Links,
 * folders, devices, extended headers and names that could lead elsewhere are refused before a byte of them is used.
 *
 * Throws {@link BundleFault}: `bundle/unsafe-path`, `bundle/layout`, `bundle/damaged`, `bundle/truncated`.
 */
export class TarReader {
  readonly #bytes: ByteReader
  #left = 0
  #padding = 0

  constructor(bytes: ByteReader) {
    this.#bytes = bytes
  }

  /** The next file, once the last was read to its end; null at the end of the tar and of its source. */
  async next(): Promise<TarFile | null> {
    if (this.#left > 0) throw new Error('the file before was not read')
    await this.#zeros(this.#padding)
    this.#padding = 0
    const header = await this.#bytes.exactly(blockBytes)
    if (header === null) throw new BundleFault('bundle/truncated')
    if (isZero(header)) {
      await this.#end()
      return null
    }
    const file = readHeader(header)
    this.#left = file.size
    this.#padding = (blockBytes - (file.size % blockBytes)) % blockBytes
    return file
  }

  /** A piece of the present file; null at its end. */
  async read(): Promise<Uint8Array | null> {
    if (this.#left === 0) return null
    const piece = await this.#bytes.some(this.#left)
    if (piece === null) throw new BundleFault('bundle/truncated')
    this.#left -= piece.length
    return piece
  }

  async #zeros(length: number): Promise<void> {
    if (length === 0) return
    const filling = await this.#bytes.exactly(length)
    if (filling === null) throw new BundleFault('bundle/truncated')
    if (!isZero(filling)) throw new BundleFault('bundle/damaged', { reason: 'padding' })
  }

  async #end(): Promise<void> {
    for (let blocks = 1; blocks <= maximumEndBlocks; blocks++) {
      const block = await this.#bytes.exactly(blockBytes)
      if (block === null && blocks >= 2) return
      if (block === null) throw new BundleFault('bundle/truncated')
      if (!isZero(block)) throw new BundleFault('bundle/layout', { reason: 'after-the-end' })
    }
    throw new BundleFault('bundle/layout', { reason: 'after-the-end' })
  }
}

const field = {
  name: [0, 100],
  size: [124, 136],
  checksum: [148, 156],
  type: [156, 157],
  link: [157, 257],
  magic: [257, 265],
  prefix: [345, 500],
} as const

function readHeader(header: Uint8Array): TarFile {
  const sum = header.reduce(
    (total, byte, at) => total + (at >= field.checksum[0] && at < field.checksum[1] ? 0x20 : byte),
    0,
  )
  if (octal(header, field.checksum) !== sum) throw new BundleFault('bundle/damaged', { reason: 'tar-header' })
  const type = text(header, field.type)
  if (type !== '0')
    throw new BundleFault('bundle/unsafe-path', { reason: 'type', type: header[field.type[0]] ?? 0 })
  if (text(header, field.magic) !== 'ustar\u000000')
    throw new BundleFault('bundle/layout', { reason: 'tar-format' })
  const path = ended(text(header, field.name))
  if (isUnsafePath(path)) throw new BundleFault('bundle/unsafe-path', { reason: 'name' })
  if (ended(text(header, field.link)) !== '' || ended(text(header, field.prefix)) !== '') {
    throw new BundleFault('bundle/unsafe-path', { reason: 'prefix' })
  }
  return { path, size: octal(header, field.size) }
}

function text(header: Uint8Array, [from, to]: readonly [number, number]): string {
  return Buffer.from(header.buffer, header.byteOffset + from, to - from).toString('latin1')
}

/** The text before the first NUL, after which there must be nothing else. */
function ended(text: string): string {
  const end = text.indexOf('\u0000')
  if (end < 0) return text
  if (text.slice(end).replaceAll('\u0000', '') !== '')
    throw new BundleFault('bundle/layout', { reason: 'tar-header' })
  return text.slice(0, end)
}

function octal(header: Uint8Array, range: readonly [number, number]): number {
  const digits = /^([0-7]{1,11})[ \0]{1,2}$/.exec(text(header, range))?.[1]
  if (digits === undefined) throw new BundleFault('bundle/damaged', { reason: 'tar-header' })
  return Number.parseInt(digits, 8)
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0)
}
