import { isSettled, lookAgain, type ArrivalState } from '../../../src-shared/import/arrivals.ts'
import type { Arrival, ArrivalList } from '../../../src-shared/contract/sources.ts'
import { profileTargets } from '../../../src-shared/import/profile.ts'
import type { Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok } from '../../../src-shared/kernel/result.ts'
import type { Database } from '../../vault/database.ts'
import { batchOfDigest } from '../../vault/import-tables.ts'
import { readSourceFolders, type StoredSource } from '../../vault/source-projection.ts'
import { openCompartment } from '../../vault/vault.ts'
import type { Session, UnlockedContext, UnlockedHandler } from '../context.ts'
import { suggestTable } from '../import/import.ts'
import { findSource, mayDeliver, seenSources } from './sources.ts'
import type { KnownFile } from './known-files.ts'
import { lookInto, readSettled, type FolderEntry } from './watched-folder.ts'

/** Files that are read in one look, so that a full folder keeps nobody waiting. */
const mostReads = 8

export const sourceArrivals: UnlockedHandler<'source.arrivals'> = async (context, _input, signal) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const folders = readSourceFolders(database)
  const files: Arrival[] = []
  const failures: ArrivalList['failures'][number][] = []
  let reads = mostReads
  for (const source of seenSources(session, database)) {
    const folder = folders.get(source.source)
    if (folder === undefined || source.profile.ended || !mayDeliver(session, source.profile)) continue
    const entries = await lookInto(folder)
    if (!entries.ok) {
      failures.push({ source: source.source, failure: entries.error.code })
      continue
    }
    session.arrivals.keep(source.source, new Set(entries.value.map(({ file }) => file)))
    for (const entry of entries.value) {
      if (signal.aborted) return err('call/cancelled')
      const looked = await look(context, source, folder, entry, reads > 0, signal)
      if (looked.isRead) reads -= 1
      session.arrivals.set(source.source, entry.file, looked.known)
      files.push(arrivalOf(database, source.source, entry, looked.known))
    }
  }
  return ok({ files, failures })
}

async function look(
  context: UnlockedContext,
  source: StoredSource,
  folder: string,
  entry: FolderEntry,
  mayRead: boolean,
  signal: AbortSignal,
): Promise<{ readonly known: KnownFile; readonly isRead: boolean }> {
  const { session } = context
  const before = session.arrivals.get(source.source, entry.file)
  const now = context.now()
  const looked = lookAgain(before, entry.mark, now)
  // Since it was read nothing about it has changed.
  if (before !== undefined && before.since === looked.since && before.digest !== null)
    return { known: before, isRead: false }
  const unread = { ...looked, digest: null, failure: entry.failure }
  if (entry.failure !== null || !mayRead || !isSettled(looked, now)) return { known: unread, isRead: false }
  const read = await readSettled(folder, entry.file, entry.mark)
  // Still being written after all: the time of waiting begins anew.
  if (!read.ok) return { known: { ...unread, since: now }, isRead: true }
  const { digest, bytes } = read.value
  const failure = await refusalOf(session, source, bytes, signal)
  return { known: { ...looked, digest, failure }, isRead: true }
}

/** Why a file is none that this source delivers, as an error code; null for one that can be mapped and previewed. */
async function refusalOf(
  session: Session,
  { profile }: StoredSource,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<string | null> {
  const table = await suggestTable(session, bytes, {}, signal)
  if (!table.ok) return table.error.code
  const { from, suggestion, sample } = table.value
  if (sample.length === 0) return 'import/nothing-to-accept'
  // A guess from the headings may be wrong, and is mended in the next step; a mapping that was used before is none.
  const isOther =
    from === 'remembered' &&
    profileTargets(suggestion).every(({ category }) => !profile.categories.includes(category))
  return isOther ? 'source/other-category' : null
}

function arrivalOf(database: Database, source: Id, { file, mark }: FolderEntry, known: KnownFile): Arrival {
  const { digest, failure } = known
  return {
    source,
    file,
    bytes: mark.size,
    modifiedAt: new Date(mark.modified).toISOString(),
    state: stateOf(database, known),
    digest,
    failure,
  }
}

function stateOf(database: Database, { digest, failure }: KnownFile): ArrivalState {
  if (digest !== null && batchOfDigest(database, digest) !== null) return 'taken'
  if (failure !== null) return 'refused'
  return digest === null ? 'arriving' : 'ready'
}

/** Errors: `call/not-found`, `import/file-changed`, `import/imported-before`, `import/too-large`. */
export const sourceTake: UnlockedHandler<'source.take'> = async ({ session }, { source, file, digest }) => {
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const found = findSource(session, database, source)
  const folder = readSourceFolders(database).get(source)
  const known = session.arrivals.get(source, file)
  if (found === null || folder === undefined || known === undefined) return err('call/not-found')
  if (!mayDeliver(session, found.profile)) return err('authority/category-not-granted')
  if (batchOfDigest(database, digest) !== null) return err('import/imported-before')
  const read = await readSettled(folder, file, known)
  if (!read.ok) return read
  if (read.value.digest !== digest) return err('import/file-changed')
  const upload = session.uploads.hold('table', file, read.value.bytes)
  return upload.ok ? ok({ upload: upload.value, name: file }) : upload
}
