import { isDigest, type Digest, type Id } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { maximumBodyBytes, maximumHeaderBytes } from '../log/header.ts'
import { maximumNoteLength } from '../log/note.ts'
import { mayWithholdBodies, type Statement } from './statement.ts'

/**
 * Where things stand in a bundle. The files come in this order, so that a reader checks each as it streams by:
 * {@link tagFiles}, then the data files in the order of the manifest, which is
 *
 * 1. the logs, a file of commits at a time and right behind it the file of their bodies. Commits come after all they
 *    have seen: whatever `prev`, `deps` and `authority` name is held by the reader or stands earlier;
 * 2. a checkpoint for each log;
 * 3. evidence;
 * 4. public keys.
 */
export const tagFiles = [
  'bagit.txt',
  'bag-info.txt',
  'manifest-sha256.txt',
  'tagmanifest-sha256.txt',
  'bundle.dsse.json',
] as const
export type TagFile = (typeof tagFiles)[number]

/** What `tagmanifest-sha256.txt` lists, in its order. */
export const listedTagFiles: readonly TagFile[] = [
  'bagit.txt',
  'bag-info.txt',
  'manifest-sha256.txt',
  'bundle.dsse.json',
]

/** Commits in a file of commits, and bodies in a file of bodies. */
export const maximumLines = 10_000

/**
 * What a reader takes before it refuses. Nothing of a bundle is held in memory, so its size is bounded by the time and
 * the disk of whoever reads it; 100,000 files are 500 million commits.
 */
export interface BundleLimits {
  /** The `.liandang` file. */
  readonly ciphertextBytes: number
  /** The tar inside. */
  readonly plaintextBytes: number
  readonly files: number
  /** How far the tar may be larger than what was read of the file, past the first `ratioFreeBytes`. */
  readonly ratio: number
  readonly ratioFreeBytes: number
  /** One file before the data, and `data/keys.json`. */
  readonly tagFileBytes: number
  /** One piece of evidence. */
  readonly evidenceBytes: number
}

export const bundleLimits: BundleLimits = {
  // Whatever the tar may be: what is sealed does not compress, and age adds 16 bytes to every 64 KiB.
  ciphertextBytes: 65 * 1024 ** 3,
  plaintextBytes: 64 * 1024 ** 3,
  files: 100_000,
  ratio: 100,
  ratioFreeBytes: 16 * 1024 * 1024,
  tagFileBytes: 32 * 1024 * 1024,
  // 2 GiB and what sealing adds: 16 bytes to every 64 KiB, and a header.
  evidenceBytes: 2 * 1024 ** 3 + 1024 ** 2,
}

/** An envelope is the header in base64 with a few fixed members. */
export const maximumCommitLineBytes = Math.ceil(maximumHeaderBytes / 3) * 4 + 1024
export const maximumBodyLineBytes = maximumBodyBytes
export const maximumCheckpointBytes = 4 * maximumNoteLength

/** A file of commits or of bodies: those of `from` … `to`, inclusive. */
export interface SegmentFile {
  readonly kind: 'commits' | 'bodies'
  readonly log: Id
  readonly from: number
  readonly to: number
}

export type DataFile =
  | SegmentFile
  | { readonly kind: 'checkpoint'; readonly log: Id }
  | { readonly kind: 'evidence'; readonly hash: Digest }
  | { readonly kind: 'keys' }
  /** Of a hand-over: the commits of one dossier and of the authority chain, in place of logs. */
  | { readonly kind: 'history' }

export function commitsPath(log: Id, from: number, to: number): string {
  return `data/logs/${log}/${from}-${to}.jsonl`
}

export function bodiesPath(log: Id, from: number, to: number): string {
  return `data/bodies/${log}/${from}-${to}.jsonl`
}

export function checkpointPath(log: Id): string {
  return `data/checkpoints/${log}.txt`
}

/** `hash` is SHA-256 of the ciphertext, hex. */
export function evidencePath(hash: Digest): string {
  return `data/evidence/${hash.slice(0, 2)}/${hash}`
}

export const keysPath = 'data/keys.json'
export const historyPath = 'data/history.jsonl'

const segmentPattern = /^data\/(logs|bodies)\/([0-9a-f]{32})\/(0|[1-9]\d{0,14})-(0|[1-9]\d{0,14})\.jsonl$/
const checkpointPattern = /^data\/checkpoints\/([0-9a-f]{32})\.txt$/
const evidencePattern = /^data\/evidence\/([0-9a-f]{2})\/([0-9a-f]{64})$/

/**
 * What a path of the known layout holds. Null for any other path: nothing else is ever opened, so there is nothing to
 * escape with.
 */
export function parseDataPath(path: string): DataFile | null {
  if (path === keysPath) return { kind: 'keys' }
  if (path === historyPath) return { kind: 'history' }
  const segment = segmentPattern.exec(path)
  if (segment !== null) {
    const [, folder, log, first, last] = segment as unknown as [string, string, string, string, string]
    const from = Number(first)
    const to = Number(last)
    if (to < from || to - from >= maximumLines) return null
    return { kind: folder === 'logs' ? 'commits' : 'bodies', log, from, to }
  }
  const checkpoint = checkpointPattern.exec(path)
  if (checkpoint !== null) return { kind: 'checkpoint', log: checkpoint[1] as string }
  const evidence = evidencePattern.exec(path)
  if (evidence === null) return null
  const hash = evidence[2] as string
  return hash.startsWith(evidence[1] as string) ? { kind: 'evidence', hash } : null
}

/** Whether a name could lead out of a folder, or means something else on another system. */
export function isUnsafePath(path: string): boolean {
  return (
    !/^[\x21-\x7e]{1,200}$/.test(path) ||
    /[\\:*?"<>|]/.test(path) ||
    path.startsWith('/') ||
    path.split('/').some((part) => part === '' || part === '.' || part === '..')
  )
}

/** One line of a manifest. */
export interface ManifestEntry {
  readonly path: string
  /** SHA-256, hex. */
  readonly sha256: Digest
}

/** Two spaces, as `sha256sum -c` wants it (BagIt 1.0, RFC 8493 §2.1.3). */
export function manifestText(entries: readonly ManifestEntry[]): string {
  return entries.map((entry) => `${entry.sha256}  ${entry.path}\n`).join('')
}

/** Errors: `bundle/layout`, `bundle/unsafe-path`, `bundle/too-large`. */
export function readManifest(text: string, maximumEntries: number): Result<readonly ManifestEntry[]> {
  const lines = text.split('\n')
  if (lines.pop() !== '') return err('bundle/layout', { reason: 'manifest' })
  if (lines.length > maximumEntries) {
    return err('bundle/too-large', { files: lines.length, limit: maximumEntries })
  }
  const entries: ManifestEntry[] = []
  for (const [line, text] of lines.entries()) {
    const sha256 = text.slice(0, 64)
    const path = text.slice(66)
    if (!isDigest(sha256) || text.slice(64, 66) !== '  ')
      return err('bundle/layout', { reason: 'manifest', line })
    if (isUnsafePath(path)) return err('bundle/unsafe-path', { line })
    entries.push({ path, sha256 })
  }
  return ok(entries)
}

export const bagitText = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'

/** What `bag-info.txt` says: when, and how much data there is. */
export interface BagInfo {
  /** YYYY-MM-DD. */
  readonly date: string
  readonly bytes: number
  readonly files: number
}

export function bagInfoText(info: BagInfo): string {
  return `Bagging-Date: ${info.date}\nPayload-Oxum: ${info.bytes}.${info.files}\n`
}

/** Errors: `bundle/layout`. */
export function readBagInfo(text: string): Result<BagInfo> {
  const match = /^Bagging-Date: (\d{4}-\d\d-\d\d)\nPayload-Oxum: (0|[1-9]\d{0,14})\.(0|[1-9]\d{0,8})\n$/.exec(
    text,
  )
  if (match === null) return err('bundle/layout', { reason: 'bag-info' })
  return ok({ date: match[1] as string, bytes: Number(match[2]), files: Number(match[3]) })
}

const rank = { history: 0, commits: 0, bodies: 0, checkpoint: 1, evidence: 2, keys: 3 } as const

/**
 * Whether the data files are those the statement asks for, each once, in order: the commits of each log without a
 * gap or overlap from `from` to `to`, their bodies behind them (left out only where the kind may), one checkpoint a
 * log. Returns what each file is.
 *
 * Errors: `bundle/layout`, `bundle/fixity` (evidence that is not named by its hash).
 */
export function checkLayout(
  statement: Statement,
  entries: readonly ManifestEntry[],
): Result<readonly DataFile[]> {
  const ranges = new Map(statement.logs.map((range) => [range.log, { next: range.from, to: range.to }]))
  const unchecked = new Set(ranges.keys())
  const files: DataFile[] = []
  const seen = new Set<string>()
  let before: DataFile | null = null
  for (const { path, sha256 } of entries) {
    const refuse = (reason: string) => err('bundle/layout', { reason, file: files.length })
    if (seen.has(path)) return refuse('duplicate')
    seen.add(path)
    const file = parseDataPath(path)
    if (file === null) return refuse('unknown-path')
    if (before !== null && rank[file.kind] < rank[before.kind]) return refuse('order')
    const isOfLogs = file.kind === 'commits' || file.kind === 'bodies'
    if (statement.kind === 'handover' ? isOfLogs : file.kind === 'history') return refuse('kind')
    if (before?.kind === 'commits' && file.kind !== 'bodies' && !mayWithholdBodies(statement.kind)) {
      return refuse('bodies-missing')
    }
    if (file.kind === 'commits') {
      const range = ranges.get(file.log)
      if (range === undefined || file.from !== range.next || file.to > range.to) return refuse('range')
      range.next = file.to + 1
    } else if (file.kind === 'bodies') {
      const follows = before?.kind === 'commits' && isSameSegment(before, file)
      if (!follows) return refuse('bodies-apart')
    } else if (file.kind === 'checkpoint') {
      if (!unchecked.delete(file.log)) return refuse('checkpoint')
    } else if (file.kind === 'evidence' && file.hash !== sha256) {
      return err('bundle/fixity', { reason: 'evidence-name', file: files.length })
    }
    files.push(file)
    before = file
  }
  if (statement.kind === 'handover') {
    if (files[0]?.kind !== 'history') return err('bundle/layout', { reason: 'history-missing' })
    return unchecked.size > 0 ? err('bundle/layout', { reason: 'checkpoint-missing' }) : ok(files)
  }
  for (const range of ranges.values()) {
    if (range.next !== range.to + 1) return err('bundle/layout', { reason: 'commits-missing' })
  }
  if (before?.kind === 'commits' && !mayWithholdBodies(statement.kind)) {
    return err('bundle/layout', { reason: 'bodies-missing' })
  }
  if (unchecked.size > 0) return err('bundle/layout', { reason: 'checkpoint-missing' })
  return ok(files)
}

function isSameSegment(a: SegmentFile, b: SegmentFile): boolean {
  return a.log === b.log && a.from === b.from && a.to === b.to
}
