import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline as run, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack, type Pack } from 'tar-stream'
import {
  bagInfoText,
  bagitText,
  bundleLimits,
  checkLayout,
  listedTagFiles,
  manifestText,
  tagFiles,
  type ManifestEntry,
  type TagFile,
} from '../bundle/layout.ts'
import { bundleType, signStatement, type Statement, type StatementDraft } from '../bundle/statement.ts'
import { concatBytes, utf8 } from '../kernel/bytes.ts'
import type { Failure } from '../kernel/errors.ts'
import type { Digest } from '../kernel/ids.ts'
import type { Signer } from '../kernel/primitives.ts'
import { ok, type Result } from '../kernel/result.ts'
import { envelopeText } from '../log/envelope.ts'
import { encryptStream } from './age.ts'
import { paddingBlock, paddingRest } from './bundle-age.ts'
import { BundleFault, fileFailure, isPastMedium } from './bundle-fault.ts'
import { syncDirectory } from './files.ts'

const pieceBytes = 256 * 1024

/** Bytes in pieces of any size. */
export type Content = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

/** One data file of a bundle. It is opened twice, to measure and to write, and must say the same both times. */
export interface BundleEntry {
  readonly path: string
  open(): Content
}

export interface PackOptions {
  /** `age1…`: the compartment's identity, and the upstream node's when it goes there. */
  readonly recipients: readonly string[]
  /** The device's key, or the upstream node's. */
  readonly signer: Signer
  readonly statement: StatementDraft
  /** In the order of the layout. */
  readonly entries: Iterable<BundleEntry>
  readonly signal?: AbortSignal
  /** Bytes of data files written so far, and of all. */
  readonly progress?: (done: number, total: number) => void
  /** Largest file to write; at most what a reader takes. */
  readonly maximumBytes?: number
}

export interface WriteBundleOptions extends PackOptions {
  readonly path: string
}

export interface WrittenBundle {
  readonly path: string
  readonly bytes: number
  /** SHA-256 of the file, hex. */
  readonly sha256: Digest
}

/**
 * Writes a bundle with flat memory: under another name first, flushed, then renamed, so that a file with the right
 * name is a whole one.
 *
 * Errors: `bundle/layout` (the entries are not those of the statement), `bundle/too-large`, `bundle/folder-unusable`,
 * `bundle/medium` (its file system takes no file so large), `vault/disk-full`, `call/cancelled`.
 */
export async function writeBundle(options: WriteBundleOptions): Promise<Result<WrittenBundle>> {
  const { path } = options
  const partial = `${path}.partial`
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = await open(partial, 'w', 0o600)
    try {
      const written = await writeTo(file, packBundle(options))
      await rename(partial, path)
      syncDirectory(dirname(path))
      return ok({ path, ...written })
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
  } catch (error) {
    return refusalOf(error)
  }
}

/** Writes, flushes and closes. */
async function writeTo(
  file: FileHandle,
  content: AsyncIterable<Uint8Array>,
): Promise<Omit<WrittenBundle, 'path'>> {
  try {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const piece of content) {
      hash.update(piece)
      await writePiece(file, piece, bytes)
      bytes += piece.length
    }
    await file.sync()
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    await file.close()
  }
}

async function writePiece(file: FileHandle, piece: Uint8Array, before: number): Promise<void> {
  try {
    for (let done = 0; done < piece.length; ) done += (await file.write(piece, done)).bytesWritten
  } catch (error) {
    if (isPastMedium(error, before, before + piece.length)) throw new BundleFault('bundle/medium')
    throw error
  }
}

/** A small bundle in memory, such as a receipt. Errors: those of {@link writeBundle}. */
export async function bundleBytes(options: PackOptions): Promise<Result<Uint8Array>> {
  try {
    const pieces: Uint8Array[] = []
    for await (const piece of packBundle(options)) pieces.push(piece)
    return ok(concatBytes(...pieces))
  } catch (error) {
    return refusalOf(error)
  }
}

/** Lines for a data file, in pieces worth writing. */
export function* jsonLines(lines: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  const newline = Uint8Array.of(0x0a)
  let parts: Uint8Array[] = []
  let bytes = 0
  for (const line of lines) {
    const part = typeof line === 'string' ? Buffer.from(line, 'utf8') : line
    parts.push(part, newline)
    bytes += part.length + 1
    if (bytes < pieceBytes) continue
    yield Buffer.concat(parts)
    parts = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(parts)
}

function refusalOf(error: unknown): Result<never> {
  const failure: Failure | null = error instanceof BundleFault ? error.failure : fileFailure(error)
  if (failure === null) throw error
  return { ok: false, error: failure }
}

interface MeasuredEntry extends ManifestEntry {
  readonly size: number
  readonly source: BundleEntry
}

async function* packBundle(options: PackOptions): AsyncGenerator<Uint8Array> {
  const entries = await measure(options)
  const tags = tagsOf(options, entries)
  const limit = options.maximumBytes ?? bundleLimits.ciphertextBytes
  const archive = pack()
  const gzip = createGzip({ chunkSize: pieceBytes })
  run(archive, gzip, () => undefined)
  // A failure on this side ends the archive, and with it the stream that is read below.
  fill(archive, tags, entries, options).catch((error: unknown) => archive.destroy(error as Error))
  const plaintext = Readable.toWeb(Readable.from(padded(gzip))) as ReadableStream<Uint8Array>
  let bytes = 0
  for await (const piece of await encryptStream(options.recipients, plaintext)) {
    bytes += piece.length
    if (bytes > limit) throw new BundleFault('bundle/too-large', { limit })
    yield piece
  }
}

async function measure(options: PackOptions): Promise<readonly MeasuredEntry[]> {
  const measured: MeasuredEntry[] = []
  for (const source of options.entries) {
    const hash = createHash('sha256')
    let size = 0
    for await (const piece of source.open()) {
      if (options.signal?.aborted) throw new BundleFault('call/cancelled')
      hash.update(piece)
      size += piece.length
    }
    measured.push({ path: source.path, sha256: hash.digest('hex'), size, source })
  }
  return measured
}

function tagsOf(options: PackOptions, entries: readonly MeasuredEntry[]): ReadonlyMap<TagFile, Uint8Array> {
  const bytes = entries.reduce((sum, entry) => sum + entry.size, 0)
  const manifest = utf8(manifestText(entries))
  const statement: Statement = { ...options.statement, type: bundleType, manifestSha256: sha256(manifest) }
  const layout = checkLayout(statement, entries)
  if (!layout.ok) throw new BundleFault(layout.error.code, layout.error.detail)
  const tags = new Map<TagFile, Uint8Array>([
    ['bagit.txt', utf8(bagitText)],
    [
      'bag-info.txt',
      utf8(bagInfoText({ date: statement.createdAt.slice(0, 10), bytes, files: entries.length })),
    ],
    ['manifest-sha256.txt', manifest],
    ['bundle.dsse.json', utf8(envelopeText(signStatement(statement, options.signer)))],
  ])
  const listed = listedTagFiles.map((path) => ({ path, sha256: sha256(tags.get(path) as Uint8Array) }))
  return tags.set('tagmanifest-sha256.txt', utf8(manifestText(listed)))
}

function sha256(bytes: Uint8Array): Digest {
  return createHash('sha256').update(bytes).digest('hex')
}

async function fill(
  archive: Pack,
  tags: ReadonlyMap<TagFile, Uint8Array>,
  entries: readonly MeasuredEntry[],
  { signal, progress }: PackOptions,
): Promise<void> {
  for (const name of tagFiles) {
    const content = tags.get(name) as Uint8Array
    await pipeline(Readable.from([content]), archive.entry(headerOf(name, content.length)))
  }
  const total = entries.reduce((sum, entry) => sum + entry.size, 0)
  let done = 0
  async function* checked(entry: MeasuredEntry): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256')
    for await (const piece of entry.source.open()) {
      if (signal?.aborted) throw new BundleFault('call/cancelled')
      hash.update(piece)
      yield piece
      done += piece.length
      progress?.(done, total)
    }
    // The manifest is out already: better no bundle than one that every reader refuses.
    if (hash.digest('hex') !== entry.sha256) throw new Error('an entry changed while it was packed')
  }
  for (const entry of entries) {
    await pipeline(Readable.from(checked(entry)), archive.entry(headerOf(entry.path, entry.size)))
  }
  archive.finalize()
}

/** Nothing about the machine or the moment: one content has one tar. */
function headerOf(name: string, size: number) {
  return { name, size, type: 'file', mode: 0o644, uid: 0, gid: 0, mtime: new Date(0) } as const
}

async function* padded(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of compressed) {
    bytes += piece.length
    yield piece
  }
  yield paddingMember(bytes)
}

/**
 * An empty gzip member (RFC 1952 §2.2) whose extra field fills the length up: see `paddingBlock`. Every gzip reads a
 * file of several members as one.
 */
function paddingMember(before: number): Uint8Array {
  const fixed = 26
  const filling = (((paddingRest - before - fixed) % paddingBlock) + paddingBlock) % paddingBlock
  const member = Buffer.alloc(fixed + filling)
  Buffer.from('1f8b08040000000000ff', 'hex').copy(member)
  member.writeUInt16LE(4 + filling, 10)
  member.write('LD', 12, 'latin1')
  member.writeUInt16LE(filling, 14)
  member.writeUInt8(0x03, 16 + filling)
  return member
}
