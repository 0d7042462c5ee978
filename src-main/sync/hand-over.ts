import type { AuthorityHistory } from '../../src-shared/access/authority.ts'
import {
  checkpointPath,
  evidencePath as bundleEvidencePath,
  historyPath,
} from '../../src-shared/bundle/layout.ts'
import { fromHex, fromUtf8, toBase64, toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives, Signer } from '../../src-shared/kernel/primitives.ts'
import { err, type Result } from '../../src-shared/kernel/result.ts'
import { readCommit, type SignedCommit } from '../../src-shared/log/chain.ts'
import { checkpointOrigin, signCheckpoint } from '../../src-shared/log/checkpoint.ts'
import type { Operation } from '../../src-shared/log/operations.ts'
import { emptyFrontier, frontierRoot } from '../../src-shared/log/merkle.ts'
import { ProofTree } from '../../src-shared/log/proof-tree.ts'
import { writeBundle, jsonLines, type WrittenBundle } from '../../src-shared/node/bundle-writer.ts'
import { historyLine, maximumHistoryCommits, type HistoryCommit } from '../../src-shared/transfer/history.ts'
import { readBodyBytes } from '../vault/body-table.ts'
import type { Database } from '../vault/database.ts'
import { authorityEntries, leavesOf, readEntry, type StoredEntry } from '../vault/entry-table.ts'
import { evidenceChunks, hasEvidence } from '../vault/evidence-store.ts'
import { parseEvidence } from '../vault/evidence-entries.ts'
import type { VaultLayout } from '../vault/layout.ts'
import { readLog, type LogRow } from '../vault/log-table.ts'
import { bodyOf } from '../vault/names.ts'
import { sightAt } from '../vault/sight-table.ts'
import { leavesOfDossiers } from '../vault/transfer-history.ts'

export interface HandOverInput {
  readonly primitives: Primitives
  readonly layout: VaultLayout
  readonly unit: Id
  readonly device: { readonly id: Id; readonly signer: Signer }
  readonly history: AuthorityHistory
  readonly database: Database
  readonly control: Database
  readonly transfer: Id
  /** The commit that hands over. */
  readonly handOver: Digest
  /** The dossier with those merged into it. */
  readonly cadres: ReadonlySet<Id>
  /** Those of the categories that go. */
  readonly records: ReadonlySet<Id>
  readonly recipient: string
  readonly path: string
  readonly createdAt: string
  readonly signal: AbortSignal
  progress(done: number, total: number): void
}

/**
 * Writes what another unit needs to take a dossier over: the commits of its records with their bodies, evidence, the
 * unit's authority chain, and the place of every commit in its log. Bodies that speak of somebody else stay.
 *
 * Errors: `vault/evidence-missing`, `transfer/too-large`, those of `writeBundle`.
 */
export async function writeHandOver(input: HandOverInput): Promise<Result<WrittenBundle>> {
  const { primitives, database, layout, unit } = input
  const leaves = new Set([...leavesOfDossiers(database, input.cadres, [...input.records]), input.handOver])
  const entries = [...leaves].flatMap((leaf) => readEntry(database, leaf) ?? []).sort(compareEntries)
  const chain = authorityEntries(input.control)
  if (entries.length + chain.length > maximumHistoryCommits)
    return err('transfer/too-large', { commits: entries.length + chain.length })
  const logs = [...new Set(entries.map(({ log }) => log))]
    .sort()
    .map((log) => readLog(database, log) as LogRow)
  const lines = [...chainLines(input, chain, entries), ...archiveLines(input, entries, logs)]
  const hashes = evidenceIn(database, lines)
  const missing = hashes.find((hash) => !hasEvidence(layout, hash))
  if (missing !== undefined) return err('vault/evidence-missing', { hash: missing })
  const checkpoints = logs.map(({ log, size, frontier }) => {
    const root = frontierRoot(primitives, frontier)
    const origin = checkpointOrigin(unit, log)
    return { log, note: signCheckpoint(primitives, { origin, size, root }, input.device.signer) }
  })
  return await writeBundle({
    path: input.path,
    recipients: [input.recipient],
    signer: input.device.signer,
    statement: {
      id: input.transfer,
      kind: 'handover',
      unit,
      compartment: 'archive',
      device: input.device.id,
      createdAt: input.createdAt,
      logs: logs.map(({ log, size, frontier }) => ({
        log,
        from: 0,
        to: size - 1,
        rootBefore: toHex(frontierRoot(primitives, emptyFrontier)),
        rootAfter: toHex(frontierRoot(primitives, frontier)),
      })),
      prerequisites: [],
      receipts: [],
    },
    entries: [
      { path: historyPath, open: () => jsonLines(lines.map(historyLine)) },
      ...checkpoints.map(({ log, note }) => ({ path: checkpointPath(log), open: () => [utf8(note)] })),
      ...hashes.map((hash) => ({
        path: bundleEvidencePath(hash),
        open: () => evidenceChunks(layout, hash),
      })),
    ],
    signal: input.signal,
    progress: input.progress,
  })
}

function compareEntries(a: StoredEntry, b: StoredEntry): number {
  if (a.depth !== b.depth) return a.depth - b.depth
  return a.leaf < b.leaf ? -1 : 1
}

function commitOf(primitives: Primitives, entry: StoredEntry): SignedCommit {
  const commit = readCommit(primitives, entry.envelope)
  if (!commit.ok) throw new Error('a commit that was stored does not read')
  return commit.value
}

/** The chain needs no bodies to be followed; a reader wants the names of those who signed, and the catalogues. */
function chainLines(
  { primitives, control, history, records, database }: HandOverInput,
  chain: readonly StoredEntry[],
  entries: readonly StoredEntry[],
): readonly HistoryCommit[] {
  const members = new Set(entries.map((entry) => commitOf(primitives, entry).header.member))
  const used = versionsUsed(primitives, database, entries, records)
  const catalogues = new Set(
    history.head.catalogueVersions.flatMap(({ version, body }) => (used.has(version) ? [body] : [])),
  )
  const goes = (operation: Operation) =>
    operation.op === 'unit.found' ||
    (operation.op === 'member.add' && members.has(operation.entity)) ||
    catalogues.has(operation.digest)
  return chain.map((entry) => {
    const commit = commitOf(primitives, entry)
    const bodies = commit.header.ops.map((operation) =>
      goes(operation) ? textOf(control, operation.digest) : null,
    )
    return { commit, bodies, depth: entry.depth, proof: [], sight: {} }
  })
}

function versionsUsed(
  primitives: Primitives,
  database: Database,
  entries: readonly StoredEntry[],
  records: ReadonlySet<Id>,
): ReadonlySet<number> {
  const versions = new Set<number>()
  for (const entry of entries)
    for (const operation of commitOf(primitives, entry).header.ops) {
      if (operation.op !== 'record.submit' || !records.has(operation.entity)) continue
      const version = bodyOf(database, operation.digest)?.['catalogueVersion']
      if (typeof version === 'number') versions.add(version)
    }
  return versions
}

function archiveLines(
  { primitives, database, records, cadres, transfer }: HandOverInput,
  entries: readonly StoredEntry[],
  logs: readonly LogRow[],
): readonly HistoryCommit[] {
  const trees = new Map(
    logs.map((log) => {
      const leaves = leavesOf(database, log).map((leaf) => fromHex(leaf) as Uint8Array)
      return [log.log, new ProofTree(primitives, leaves)]
    }),
  )
  return entries.map((entry) => {
    const commit = commitOf(primitives, entry)
    const bodies = commit.header.ops.map((operation) =>
      isAboutThis(operation, records, cadres, transfer) ? textOf(database, operation.digest) : null,
    )
    const proof = trees.get(entry.log)?.proof(entry.seq).map(toBase64) ?? []
    return { commit, bodies, depth: entry.depth, proof, sight: sightAt(database, entry.log, entry.seq) }
  })
}

/** Whether a body speaks of this dossier and of nobody else, and can be read at all by another unit. */
function isAboutThis(
  operation: Operation,
  records: ReadonlySet<Id>,
  cadres: ReadonlySet<Id>,
  transfer: Id,
): boolean {
  switch (operation.op) {
    case 'record.submit':
      return cadres.has(operation.cadre) && records.has(operation.entity)
    case 'cadre.open':
    case 'cadre.stage':
      return cadres.has(operation.entity)
    case 'transfer.hand-over':
      return operation.entity === transfer
    case 'record.withdraw':
    case 'review.return':
    case 'review.open':
    case 'review.adjudicate':
    case 'review.escalate':
    case 'review.convene':
    case 'review.sign':
      return operation.rows.every(({ record }) => records.has(record))
    default:
      return false
  }
}

function textOf(database: Database, digest: Digest): string | null {
  const bytes = readBodyBytes(database, digest)
  return bytes === null ? null : fromUtf8(bytes)
}

function evidenceIn(database: Database, lines: readonly HistoryCommit[]): readonly Digest[] {
  const hashes = new Set<Digest>()
  for (const { commit, bodies } of lines)
    for (const [index, operation] of commit.header.ops.entries()) {
      if (operation.op !== 'record.submit' || bodies[index] === null) continue
      for (const { hash } of parseEvidence(bodyOf(database, operation.digest) ?? { salt: '' }))
        hashes.add(hash)
    }
  return [...hashes].sort()
}
