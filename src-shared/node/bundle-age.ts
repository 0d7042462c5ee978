import { Decrypter } from 'age-encryption'
import { createHash, type Hash } from 'node:crypto'
import { BundleFault } from './bundle-fault.ts'

const firstLine = 'age-encryption.org/v1\n'
const maximumHeaderBytes = 64 * 1024
const nonceBytes = 16
const tagBytes = 16
const chunkBytes = 64 * 1024 + tagBytes

/**
 * What is encrypted is this much longer than a multiple of {@link paddingBlock}. The length then says little about the
 * content; and because no such length ends on a chunk of age, a shortened file is told from a damaged one.
 */
export const paddingRest = 2048
export const paddingBlock = 4096

/** Counts and hashes a file while it is read, and stops at a limit. */
export class MeteredSource {
  readonly #iterator: AsyncIterator<Uint8Array>
  readonly #hash: Hash = createHash('sha256')
  readonly #limit: number
  readonly #signal: AbortSignal | undefined
  #bytes = 0
  #ended = false
  #error: unknown = null

  constructor(source: AsyncIterable<Uint8Array>, limit: number, signal: AbortSignal | undefined) {
    this.#iterator = source[Symbol.asyncIterator]()
    this.#limit = limit
    this.#signal = signal
  }

  get bytes(): number {
    return this.#bytes
  }

  get ended(): boolean {
    return this.#ended
  }

  /** What went wrong on this side of the ciphertext: a limit, a cancel, a disk. Null when nothing did. */
  get error(): unknown {
    return this.#error
  }

  /** SHA-256 of all that was read, hex. Call once, at the end. */
  digest(): string {
    return this.#hash.digest('hex')
  }

  /** The next piece, or null at the end. */
  async next(): Promise<Uint8Array | null> {
    try {
      if (this.#signal?.aborted) throw new BundleFault('call/cancelled')
      const step = await this.#iterator.next()
      if (step.done) {
        this.#ended = true
        return null
      }
      this.#bytes += step.value.length
      if (this.#bytes > this.#limit) throw new BundleFault('bundle/too-large', { limit: this.#limit })
      this.#hash.update(step.value)
      return step.value
    } catch (error) {
      this.#error = error
      throw error
    }
  }

  async close(): Promise<void> {
    await this.#iterator.return?.()
  }
}

export interface OpenedAge {
  readonly plaintext: ReadableStream<Uint8Array>
  /** Which of the identities fitted. */
  readonly identity: number
  /** Why reading the plaintext failed, in terms of the file. */
  reason(): unknown
}

/**
 * Opens an age file that streams by. Its header is looked through first, so that a file of another kind, an endless
 * header and a damaged one are refused for what they are.
 *
 * Throws {@link BundleFault}: `bundle/not-a-bundle`, `bundle/wrong-recipient`, `bundle/damaged`, `bundle/truncated`.
 */
export async function openAge(source: MeteredSource, identities: readonly string[]): Promise<OpenedAge> {
  const { read, headerBytes } = await readAgeHeader(source)
  let tried = 0
  const decrypter = new Decrypter()
  for (const identity of identities) {
    decrypter.addIdentity(identity)
    // Identities are asked in order: one that is asked here did not stop at the one before.
    decrypter.addIdentity({
      unwrapFileKey: () => {
        tried += 1
        return null
      },
    })
  }
  const reason = () => source.error ?? ageFault(source, headerBytes)
  try {
    const plaintext = await decrypter.decrypt(ciphertextStream(source, read))
    return { plaintext, identity: tried, reason }
  } catch {
    if (source.error === null && tried === identities.length) throw new BundleFault('bundle/wrong-recipient')
    throw reason()
  }
}

function ciphertextStream(source: MeteredSource, read: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(read)
    },
    async pull(controller) {
      const piece = await source.next()
      if (piece === null) controller.close()
      else controller.enqueue(piece)
    },
  })
}

/** Each chunk carries its own proof, so a file that ends early fails at its last chunk, as does one damaged there. */
function ageFault(source: MeteredSource, headerBytes: number): BundleFault {
  if (!source.ended) return new BundleFault('bundle/damaged')
  const payload = source.bytes - headerBytes - nonceBytes
  const last = payload % chunkBytes
  const chunks = Math.ceil(payload / chunkBytes)
  const isWhole =
    payload > tagBytes &&
    (last === 0 || last > tagBytes) &&
    (payload - chunks * tagBytes) % paddingBlock === paddingRest
  return new BundleFault(isWhole ? 'bundle/damaged' : 'bundle/truncated')
}

async function readAgeHeader(source: MeteredSource): Promise<{ read: Uint8Array; headerBytes: number }> {
  let read = Buffer.alloc(0)
  for (;;) {
    const headerBytes = headerLength(read)
    if (headerBytes !== null) return { read, headerBytes }
    if (read.length > maximumHeaderBytes) throw new BundleFault('bundle/damaged', { reason: 'header' })
    const piece = await source.next()
    if (piece === null) throw new BundleFault('bundle/truncated')
    read = Buffer.concat([read, piece])
  }
}

/**
 * Where the header ends, or null when more is needed: the version line, stanzas of an argument line and base64 lines
 * of which only the last is shorter than 64, and the line of the header's proof (C2SP age).
 */
function headerLength(read: Buffer): number | null {
  const start = read.subarray(0, firstLine.length).toString('latin1')
  if (!firstLine.startsWith(start)) throw new BundleFault('bundle/not-a-bundle')
  if (start.length < firstLine.length) return null
  let inBody = false
  for (let at = firstLine.length; ; ) {
    const end = read.indexOf(0x0a, at)
    const line = read.subarray(at, end < 0 ? read.length : end).toString('latin1')
    if (!isHeaderLine(line, inBody, end < 0)) throw new BundleFault('bundle/damaged', { reason: 'header' })
    if (end < 0) return null
    at = end + 1
    if (!inBody && line.startsWith('--- ')) return at
    inBody = !inBody || line.length === 64
  }
}

function isHeaderLine(line: string, inBody: boolean, isPart: boolean): boolean {
  if (inBody) return /^[A-Za-z0-9+/]{0,64}$/.test(line)
  if (isPart && line.length < 4) return '--- '.startsWith(line) || '-> '.startsWith(line.slice(0, 3))
  if (line.startsWith('--- ')) return isPart ? line.length <= 47 : /^--- [A-Za-z0-9+/]{43}$/.test(line)
  return /^-> [\x21-\x7e][\x20-\x7e]{0,1000}$/.test(line) || (isPart && line === '-> ')
}
