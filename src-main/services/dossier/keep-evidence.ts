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

/** What is held already, by content. */
type HeldEvidence = ReadonlyMap<Digest, EvidenceEntry>

/**
 * What the same compartment holds already of these files, in a record that the member may read. Other compartments, and
 * what the member may not read, are never looked into, so that nobody learns by attaching a file that somebody else did.
 * A body may say any content of its file: only what was opened and is that content counts.
 */
export async function heldEvidence(
  session: Session,
  layout: VaultLayout,
  database: Database,
  files: readonly { readonly content: Digest; readonly size: number }[],
): Promise<HeldEvidence> {
  const held = new Map<Digest, EvidenceEntry>()
  for (const { content, size } of files) {
    if (held.has(content)) continue
    for (const entry of entriesOfContent(session, layout, database, content)) {
      if (entry.size !== size || !(await session.evidence.holds({ ...entry, content }))) continue
      held.set(content, entry)
      break
    }
  }
  return held
}

/**
 * Gives files their places in the vault. What `held` names is not stored again: the entry then names the file that is
 * there.
 *
 * Errors: `vault/disk-full`.
 */
export function keepEvidence(
  layout: VaultLayout,
  database: Database,
  files: readonly Waiting[],
  held: HeldEvidence,
): Result<KeptEvidence> {
  const fresh = new Map<Digest, Waiting>()
  const entries = files.map((file): EvidenceEntry => {
    const { path: _, ...entry } = file
    const known = held.get(file.content)
    const there = known !== undefined && hasEvidence(layout, known.hash) ? known : fresh.get(file.content)
    if (there === undefined) fresh.set(file.content, file)
    return there === undefined ? entry : { ...entry, hash: there.hash, key: there.key }
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

/** The evidence of records the member may read that is said to have this content, and whose file is here; each file once. */
function entriesOfContent(
  session: Session,
  layout: VaultLayout,
  database: Database,
  content: Digest,
): readonly EvidenceEntry[] {
  const sight = sightOf(session)
  const found = new Map<string, EvidenceEntry>()
  for (const { hash, record, revision, category } of placesOfContent(database, content)) {
    if (!sight.sees(category) || !hasEvidence(layout, hash)) continue
    const body = readRevisionBody(database, record, revision)
    const entry = body?.evidence.find((one) => one.hash === hash && one.content === content)
    if (entry !== undefined) found.set(`${hash} ${entry.key}`, entry)
  }
  return [...found.values()]
}

/** Clears away what a core that ended in the middle of a submission had given a place already. */
export function sweepLostEvidence(session: Session, layout: VaultLayout): void {
  for (const name of businessCompartments(session)) {
    const database = session.vault.compartments.get(name)?.database
    if (database !== undefined) sweepEvidence(layout, database)
  }
}
