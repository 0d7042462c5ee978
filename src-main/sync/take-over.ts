import { readBundle, type ReadBundleOptions } from '../../src-shared/node/bundle-reader.ts'
import type { Statement } from '../../src-shared/bundle/statement.ts'
import { fromUtf8 } from '../../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../src-shared/kernel/primitives.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import type { Envelope } from '../../src-shared/log/envelope.ts'
import { verifyHandOver, type ForeignDossier, type HandOverFiles } from '../../src-shared/transfer/verify.ts'
import { parseEvidence, type EvidenceEntry } from '../vault/evidence-entries.ts'

export interface HandOverReading {
  readonly primitives: Primitives
  readonly source: ReadBundleOptions['source']
  readonly identities: readonly string[]
  readonly signal: AbortSignal
  /** Takes a piece of evidence in; what was taken must be undone where the reading fails. */
  takeEvidence?(hash: Digest, content: AsyncIterable<Uint8Array>): Promise<void>
}

export interface ReadHandOver {
  readonly dossier: ForeignDossier
  readonly files: HandOverFiles
  /** The files that revisions name, each once. */
  readonly evidence: readonly EvidenceEntry[]
  /** SHA-256 of the package, hex, and its length. */
  readonly sha256: Digest
  readonly bytes: number
}

/**
 * Reads and verifies a whole package of another unit.
 *
 * Errors: `transfer/history`, `vault/evidence-missing`, those of `readBundle` and
 * of `verifyHandOver`.
 */
export async function readHandOver(reading: HandOverReading): Promise<Result<ReadHandOver>> {
  const { primitives } = reading
  let opened: { readonly statement: Statement; readonly envelope: Envelope } | null = null
  let history: Uint8Array | null = null
  let verified: { readonly dossier: ForeignDossier; readonly files: HandOverFiles } | null = null
  let evidence: readonly EvidenceEntry[] = []
  const checkpoints = new Map<Id, string>()
  const came = new Set<Digest>()
  const other = () => err('transfer/history', { reason: 'kind' })
  const read = await readBundle({
    source: reading.source,
    identities: reading.identities,
    signal: reading.signal,
    handler: {
      onStatement: ({ statement, envelope }) => {
        opened = { statement, envelope }
        return statement.kind === 'handover' ? ok(true) : other()
      },
      onFile: () => ok(true),
      onCommitLine: other,
      onBodyLine: other,
      onHistory: (file) => {
        history = file
        return ok(true)
      },
      onCheckpoint: (log, note) => {
        checkpoints.set(log, fromUtf8(note) ?? '')
        return ok(true)
      },
      onEvidence: async (hash, content) => {
        came.add(hash)
        await reading.takeEvidence?.(hash, content)
        return ok(true)
      },
      onEnd: () => {
        if (opened === null || history === null) return other()
        const files = { ...opened, history, checkpoints }
        const dossier = verifyHandOver(primitives, files)
        if (!dossier.ok) return dossier
        verified = { dossier: dossier.value, files }
        evidence = evidenceOf(dossier.value)
        const missing = evidence.find(({ hash }) => !came.has(hash))
        return missing === undefined ? ok(true) : err('vault/evidence-missing', { hash: missing.hash })
      },
    },
  })
  if (!read.ok) return read
  const { dossier, files } = verified as unknown as { dossier: ForeignDossier; files: HandOverFiles }
  return ok({ dossier, files, evidence, sha256: read.value.sha256, bytes: read.value.bytes })
}

/** Every file that a revision of the dossier names. */
export function evidenceOf({ records, bodies }: ForeignDossier): readonly EvidenceEntry[] {
  const entries = new Map<Digest, EvidenceEntry>()
  for (const { state } of records)
    for (const { revision } of state.revisions)
      for (const entry of parseEvidence(bodies.get(revision) ?? { salt: '' })) entries.set(entry.hash, entry)
  return [...entries.values()]
}
