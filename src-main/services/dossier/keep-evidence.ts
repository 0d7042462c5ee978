import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import type { Database } from '../../vault/database.ts'
import type { EvidenceEntry } from '../../vault/evidence-entries.ts'
import { displaceEvidence, hasEvidence, placeEvidence, removeEvidence } from '../../vault/evidence-store.ts'
import { noteEvidence, placesOfContent, settleEvidence, sweepEvidence } from '../../vault/evidence-table.ts'
import type { VaultLayout } from '../../vault/layout.ts'
import { businessCompartments, type Session } from '../context.ts'
import { readRevisionBody } from './bodies.ts'
import { sightOf } from './sight.ts'

/** A file that is sealed among what is arriving. */
interface Waiting extends EvidenceEntry {
  readonly content: Digest
  readonly path: string
}

export interface KeptEvidence {
  /** As the body names them, one for each file that was handed in. */
  readonly entries: readonly EvidenceEntry[]
  /** To be called once what names them was written, in its transaction or after it. */
  settle(): void
  /** What names them was not written: the files wait again. */
  takeBack(): void
  /** What names them was not written, and nobody will try again. */
  discard(): void
}

/**
 * Gives files their places in the vault. What the same compartment holds already, in a record that the member may read,
 * is not stored again: the entry then names the file that is there. Other compartments, and what the member may not
 * read, are never looked into, so that nobody learns by attaching a file that somebody else did.
 *
 * Errors: `vault/disk-full`.
 */
export function keepEvidence(
  session: Session,
  layout: VaultLayout,
  database: Database,
  files: readonly Waiting[],
): Result<KeptEvidence> {
  const fresh = new Map<Digest, Waiting>()
  const entries = files.map((file): EvidenceEntry => {
    const { path: _, ...entry } = file
    const held = heldAlready(session, layout, database, file.content) ?? fresh.get(file.content)
    if (held === undefined) fresh.set(file.content, file)
    return held === undefined ? entry : { ...entry, hash: held.hash, key: held.key }
  })
  const placed = [...fresh.values()]
  const hashes = placed.map(({ hash }) => hash)
  const takeBack = () => {
    displaceEvidence(layout, placed)
    settleEvidence(database, hashes)
  }
  try {
    if (placed.length > 0) noteEvidence(database, hashes)
    placeEvidence(layout, placed)
  } catch {
    takeBack()
    return err('vault/disk-full')
  }
  const settle = () => settleEvidence(database, hashes)
  const discard = () => {
    for (const hash of hashes) removeEvidence(layout, hash)
    settle()
  }
  return ok({ entries, settle, takeBack, discard })
}

/** The piece of evidence of a record the member may read that has this content, and its file here. */
function heldAlready(
  session: Session,
  layout: VaultLayout,
  database: Database,
  content: Digest,
): EvidenceEntry | undefined {
  const sight = sightOf(session)
  for (const { hash, record, revision, category } of placesOfContent(database, content)) {
    if (!sight.sees(category) || !hasEvidence(layout, hash)) continue
    const body = readRevisionBody(database, record, revision)
    const found = body?.evidence.find((entry) => entry.hash === hash && entry.content === content)
    if (found !== undefined) return found
  }
  return undefined
}

/** Clears away what a core that ended in the middle of a submission had given a place already. */
export function sweepLostEvidence(session: Session, layout: VaultLayout): void {
  for (const name of businessCompartments(session)) {
    const database = session.vault.compartments.get(name)?.database
    if (database !== undefined) sweepEvidence(layout, database)
  }
}
