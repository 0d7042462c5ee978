import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { createGunzip, type Gunzip } from 'node:zlib'
import {
  bagitText,
  bundleLimits,
  checkLayout,
  listedTagFiles,
  maximumBodyLineBytes,
  maximumCheckpointBytes,
  maximumCommitLineBytes,
  maximumLines,
  readBagInfo,
  readManifest,
  tagFiles,
  type BagInfo,
  type BundleLimits,
  type DataFile,
  type ManifestEntry,
  type SegmentFile,
} from '../bundle/layout.ts'
import type { MaybePromise } from '../bundle/context.ts'
import { maximumHistoryBytes } from '../transfer/history.ts'
import { readStatement, type Statement } from '../bundle/statement.ts'
import { fromUtf8 } from '../kernel/bytes.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import { ok, type Result } from '../kernel/result.ts'
import { readEnvelope, type Envelope } from '../log/envelope.ts'
import { MeteredSource, openAge, type OpenedAge } from './bundle-age.ts'
import { BundleFault, fileFailure } from './bundle-fault.ts'
import { ByteReader, TarReader, type TarFile } from './tar-reader.ts'

const readBytes = 256 * 1024

/** What is known of a bundle before its data. */
export interface BundleOpening {
  readonly statement: Statement
  readonly envelope: Envelope
  /** Index of the identity that opened it. */
  readonly identity: number
  /** The data files to come, in order. */
  readonly files: readonly DataFile[]
  readonly info: BagInfo
}

/**
 * Takes in a bundle piece by piece, in this order; lines without their newline. An error stops the reading, and what
 * was taken so far must be undone: fixity of a file is known at its end, completeness at `onEnd`.
 */
export interface BundleHandler {
  onStatement(opening: BundleOpening): MaybePromise<Result<true>>
  onFile(file: DataFile): MaybePromise<Result<true>>
  onCommitLine(log: Id, seq: number, line: Uint8Array): MaybePromise<Result<true>>
  /** `from` is the first commit of the file, not of the body. */
  onBodyLine(log: Id, from: number, line: Uint8Array): MaybePromise<Result<true>>
  onCheckpoint(log: Id, note: Uint8Array): MaybePromise<Result<true>>
  /** Only a reader of hand-overs has it; others refuse the file. */
  onHistory?(file: Uint8Array): MaybePromise<Result<true>>
  onEvidence(hash: Digest, content: AsyncIterable<Uint8Array>): MaybePromise<Result<true>>
  onEnd(): MaybePromise<Result<true>>
}

export interface ReadBundleOptions {
  /** A path, or the bytes of the file. */
  readonly source: string | AsyncIterable<Uint8Array>
  /** `AGE-SECRET-KEY-1…`, tried in order. */
  readonly identities: readonly string[]
  readonly handler: BundleHandler
  readonly limits?: Partial<BundleLimits>
  readonly signal?: AbortSignal
}

export interface ReadBundleResult {
  readonly statement: Statement
  /** Length of the `.liandang` file. */
  readonly bytes: number
  /** SHA-256 of the `.liandang` file, hex. */
  readonly sha256: Digest
}

/**
 * Reads a bundle from a stream with flat memory and verifies the file: age, gzip, tar, paths, fixity, statement. What
 * the commits say is for the handler.
 *
 * Errors: `bundle/not-a-bundle`, `bundle/wrong-recipient`, `bundle/truncated`, `bundle/damaged`, `bundle/unsafe-path`,
 * `bundle/too-large`, `bundle/ratio`, `bundle/layout`, `bundle/fixity`, `bundle/folder-unusable`, `call/cancelled`, and
 * those of the handler.
 */
export async function readBundle(options: ReadBundleOptions): Promise<Result<ReadBundleResult>> {
  const limits = { ...bundleLimits, ...options.limits }
  const { source } = options
  const bytes = typeof source === 'string' ? createReadStream(source, { highWaterMark: readBytes }) : source
  const metered = new MeteredSource(bytes, limits.ciphertextBytes, options.signal)
  try {
    const age = await openAge(metered, options.identities)
    const statement = await readTar(new ByteReader(decompressed(age, metered, limits)), age, options, limits)
    return ok({ statement, bytes: metered.bytes, sha256: metered.digest() })
  } catch (error) {
    const failure = error instanceof BundleFault ? error.failure : fileFailure(error)
    if (failure === null) throw error
    return { ok: false, error: failure }
  } finally {
    await metered.close()
  }
}

/** The tar, with every failure below it named for what it is and a stop for what grows without end. */
async function* decompressed(
  age: OpenedAge,
  metered: MeteredSource,
  limits: BundleLimits,
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: readBytes })
  let compressed = 0
  let bytes = 0
  async function* plaintext(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of age.plaintext) {
        compressed += piece.length
        yield piece
      }
    } catch {
      throw age.reason()
    }
  }
  const failed = new Promise<void>((resolve, reject) => {
    pipeline(Readable.from(plaintext(), { objectMode: false }), gunzip, (error) => {
      if (error) reject(error)
      else resolve()
    })
  })
  // The reader of `gunzip` meets the same error; this promise is there for what comes after the last byte.
  failed.catch(() => undefined)
  try {
    for await (const piece of gunzip as AsyncIterable<Uint8Array>) {
      bytes += piece.length
      if (bytes > limits.plaintextBytes)
        throw new BundleFault('bundle/too-large', { limit: limits.plaintextBytes })
      if (bytes > limits.ratioFreeBytes && bytes > limits.ratio * metered.bytes) {
        throw new BundleFault('bundle/ratio', { limit: limits.ratio })
      }
      yield piece
    }
    await failed
    requireAllUsed(gunzip, compressed)
  } catch (error) {
    throw compressionFault(error)
  } finally {
    gunzip.destroy()
  }
}

/** Nothing may hide behind the compressed stream. */
function requireAllUsed(gunzip: Gunzip, compressed: number): void {
  if (gunzip.bytesWritten !== compressed) throw new BundleFault('bundle/damaged', { reason: 'after-the-end' })
}

function compressionFault(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'Z_BUF_ERROR') return new BundleFault('bundle/truncated', { reason: 'gzip' })
  return String(error.code).startsWith('Z_') ? new BundleFault('bundle/damaged', { reason: 'gzip' }) : error
}

async function readTar(
  bytes: ByteReader,
  age: OpenedAge,
  options: ReadBundleOptions,
  limits: BundleLimits,
): Promise<Statement> {
  const { handler, signal } = options
  const tar = new TarReader(bytes)
  try {
    const { opening, entries } = await readTagFiles(tar, age, limits)
    accepted(await handler.onStatement(opening))
    let payload = 0
    for (const [index, entry] of entries.entries()) {
      if (signal?.aborted) throw new BundleFault('call/cancelled')
      const file = await nextFile(tar, entry.path, entries, index)
      payload += file.size
      const content = new HashedContent(tar)
      await readData(opening.files[index] as DataFile, file, content, handler, limits)
      if (content.digest() !== entry.sha256) throw new BundleFault('bundle/fixity', { file: index })
    }
    if ((await tar.next()) !== null) throw new BundleFault('bundle/layout', { reason: 'unlisted' })
    if (payload !== opening.info.bytes) throw new BundleFault('bundle/fixity', { reason: 'payload-oxum' })
    accepted(await handler.onEnd())
    return opening.statement
  } finally {
    await bytes.close()
  }
}

async function nextFile(
  tar: TarReader,
  path: string,
  entries: readonly ManifestEntry[],
  index: number,
): Promise<TarFile> {
  const file = await tar.next()
  if (file === null) throw new BundleFault('bundle/layout', { reason: 'missing', file: index })
  if (file.path === path) return file
  const twice = entries.slice(0, index).some((entry) => entry.path === file.path)
  throw new BundleFault('bundle/layout', { reason: twice ? 'duplicate' : 'order', file: index })
}

/** The present file of a tar, hashed as it is read. */
class HashedContent implements AsyncIterable<Uint8Array> {
  readonly #tar: TarReader
  readonly #hash = createHash('sha256')

  constructor(tar: TarReader) {
    this.#tar = tar
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (let piece = await this.#tar.read(); piece !== null; piece = await this.#tar.read()) {
      this.#hash.update(piece)
      yield piece
    }
  }

  digest(): Digest {
    return this.#hash.digest('hex')
  }

  async whole(size: number, limit: number): Promise<Uint8Array> {
    requireSize(size, limit)
    const pieces: Uint8Array[] = []
    for await (const piece of this) pieces.push(piece)
    return Buffer.concat(pieces)
  }

  async drain(): Promise<void> {
    for await (const _ of this);
  }
}

function requireSize(size: number, limit: number): void {
  if (size > limit) throw new BundleFault('bundle/too-large', { bytes: size, limit })
}

async function readTagFiles(
  tar: TarReader,
  age: OpenedAge,
  limits: BundleLimits,
): Promise<{ opening: BundleOpening; entries: readonly ManifestEntry[] }> {
  const content = new Map<string, Uint8Array>()
  const hashes = new Map<string, Digest>()
  for (const [index, name] of tagFiles.entries()) {
    const file = await tar.next()
    if (file?.path !== name) throw new BundleFault('bundle/layout', { reason: 'tag-file', file: index })
    const hashed = new HashedContent(tar)
    content.set(name, await hashed.whole(file.size, limits.tagFileBytes))
    hashes.set(name, hashed.digest())
  }
  if (textOf(content, 'bagit.txt') !== bagitText) throw new BundleFault('bundle/layout', { reason: 'bagit' })
  const info = accepted(readBagInfo(textOf(content, 'bag-info.txt')))
  if (info.bytes > limits.plaintextBytes) {
    throw new BundleFault('bundle/too-large', { bytes: info.bytes, limit: limits.plaintextBytes })
  }
  const entries = accepted(readManifest(textOf(content, 'manifest-sha256.txt'), limits.files))
  if (entries.length !== info.files) throw new BundleFault('bundle/fixity', { reason: 'payload-oxum' })
  const listed = accepted(readManifest(textOf(content, 'tagmanifest-sha256.txt'), listedTagFiles.length))
  if (listed.map((entry) => entry.path).join() !== listedTagFiles.join()) {
    throw new BundleFault('bundle/layout', { reason: 'tagmanifest' })
  }
  for (const entry of listed) {
    if (hashes.get(entry.path) !== entry.sha256)
      throw new BundleFault('bundle/fixity', { reason: 'tag-file' })
  }
  const envelope = readEnvelope(content.get('bundle.dsse.json') as Uint8Array, limits.tagFileBytes)
  if (!envelope.ok) throw new BundleFault('bundle/layout', { reason: 'envelope' })
  const statement = accepted(readStatement(envelope.value))
  if (statement.manifestSha256 !== hashes.get('manifest-sha256.txt')) {
    throw new BundleFault('bundle/fixity', { reason: 'manifest' })
  }
  const files = accepted(checkLayout(statement, entries))
  return { opening: { statement, envelope: envelope.value, identity: age.identity, files, info }, entries }
}

function textOf(content: ReadonlyMap<string, Uint8Array>, name: string): string {
  const text = fromUtf8(content.get(name) as Uint8Array)
  if (text === null) throw new BundleFault('bundle/layout', { reason: 'utf8' })
  return text
}

function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw new BundleFault(result.error.code, result.error.detail)
  return result.value
}

async function readData(
  file: DataFile,
  { size }: TarFile,
  content: HashedContent,
  handler: BundleHandler,
  limits: BundleLimits,
): Promise<void> {
  accepted(await handler.onFile(file))
  switch (file.kind) {
    case 'commits':
      return await readCommitLines(file, content, handler)
    case 'bodies':
      await readLines(content, maximumBodyLineBytes, (line) => handler.onBodyLine(file.log, file.from, line))
      return
    case 'checkpoint':
      accepted(await handler.onCheckpoint(file.log, await content.whole(size, maximumCheckpointBytes)))
      return
    case 'evidence':
      requireSize(size, limits.evidenceBytes)
      accepted(await handler.onEvidence(file.hash, content))
      return await content.drain()
    case 'history':
      if (handler.onHistory === undefined) throw new BundleFault('bundle/layout', { reason: 'kind' })
      accepted(await handler.onHistory(await content.whole(size, maximumHistoryBytes)))
      return
    case 'keys':
      requireSize(size, limits.tagFileBytes)
      return await content.drain()
  }
}

async function readCommitLines(
  file: SegmentFile,
  content: HashedContent,
  handler: BundleHandler,
): Promise<void> {
  const { log, from, to } = file
  const lines = await readLines(content, maximumCommitLineBytes, (line, index) => {
    if (from + index > to) throw new BundleFault('bundle/layout', { reason: 'lines', log })
    return handler.onCommitLine(log, from + index, line)
  })
  if (lines !== to - from + 1) throw new BundleFault('bundle/layout', { reason: 'lines', log })
}

/** Hands out lines as they come; never holds more than one. Returns how many there were. */
async function readLines(
  content: AsyncIterable<Uint8Array>,
  maximumBytes: number,
  take: (line: Uint8Array, index: number) => MaybePromise<Result<true>>,
): Promise<number> {
  let count = 0
  let parts: Uint8Array[] = []
  let held = 0
  for await (const piece of content) {
    let start = 0
    for (let end = piece.indexOf(0x0a); end >= 0; end = piece.indexOf(0x0a, start)) {
      const part = piece.subarray(start, end)
      requireSize(held + part.length, maximumBytes)
      const line = held === 0 ? part : Buffer.concat([...parts, part])
      if (line.length === 0 || count >= maximumLines)
        throw new BundleFault('bundle/layout', { reason: 'lines' })
      const taken = take(line, count)
      accepted(taken instanceof Promise ? await taken : taken)
      count += 1
      parts = []
      held = 0
      start = end + 1
    }
    if (start < piece.length) {
      parts.push(piece.subarray(start))
      held += piece.length - start
      requireSize(held, maximumBytes)
    }
  }
  if (held > 0) throw new BundleFault('bundle/layout', { reason: 'lines' })
  return count
}
