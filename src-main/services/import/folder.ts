import { createHash } from 'node:crypto'
import { readFile, readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { ImportRun, RunFile } from '../../../src-shared/contract/import.ts'
import { importProfileSchema, type ImportProfile } from '../../../src-shared/import/profile.ts'
import { newId, type Id } from '../../../src-shared/kernel/ids.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import type { Database } from '../../vault/database.ts'
import {
  dropRun,
  finishRunFile,
  insertRun,
  readRunFiles,
  readRuns,
  refuseRunFile,
  type StoredRun,
  type StoredRunFile,
} from '../../vault/import-runs.ts'
import { batchOfDigest } from '../../vault/import-tables.ts'
import { openCompartment } from '../../vault/vault.ts'
import { catalogueOf } from '../catalogue/read.ts'
import { moment, type UnlockedContext, type UnlockedHandler } from '../context.ts'
import { maximumTableBytes } from '../dossier/uploads.ts'
import { importedFiles } from '../sync/browse.ts'
import { writeTable } from './commit.ts'
import { requireProfile, suggestTable } from './import.ts'
import { mapTable } from './map-table.ts'
import type { TableFile } from './table-file.ts'

const maximumFiles = 2000

/** Names of the files that can be imported, in order. Links and folders within are not followed. */
async function filesOf(folder: string): Promise<Result<readonly string[]>> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const names = entries
      .filter((entry) => entry.isFile() && !/^[.~]/.test(entry.name))
      .map((entry) => entry.name)
      .filter((name) => importedFiles.some((extension) => name.toLowerCase().endsWith(extension)))
    if (names.length > maximumFiles) return err('import/too-large', { reason: 'files', limit: maximumFiles })
    return ok(names.sort((a, b) => a.localeCompare(b, 'zh-CN', { numeric: true })))
  } catch {
    return err('bundle/folder-unusable')
  }
}

async function readOne(
  folder: string,
  name: string,
): Promise<Result<TableFile & { readonly digest: string }>> {
  try {
    const path = join(folder, name)
    const { size } = await stat(path)
    if (size > maximumTableBytes) return err('import/too-large', { bytes: size, limit: maximumTableBytes })
    const bytes = new Uint8Array(await readFile(path))
    return ok({ name, bytes, digest: createHash('sha256').update(bytes).digest('hex') })
  } catch {
    return err('bundle/folder-unusable')
  }
}

export const importCheckFolder: UnlockedHandler<'import.check-folder'> = async (context, input, signal) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const folder = resolve(input.folder)
  const names = await filesOf(folder)
  if (!names.ok) return names
  if (names.value.length === 0) return err('import/nothing-to-accept')
  const { database } = archive.value
  const files: StoredRunFile[] = []
  for (const [index, name] of names.value.entries()) {
    context.emit({ type: 'progress', job: input.job, done: index, total: names.value.length })
    const checked = await checkFile(context, database, catalogue.value, folder, name, signal)
    if (signal.aborted) return err('call/cancelled')
    files.push(checked)
  }
  const run = { run: newId(context.primitives), folder, member: session.vault.member.id, at: moment(context) }
  insertRun(database, run, files)
  return ok(runView(run, files))
}

async function checkFile(
  context: UnlockedContext,
  database: Database,
  catalogue: Catalogue,
  folder: string,
  name: string,
  signal: AbortSignal,
): Promise<StoredRunFile> {
  const empty = { name, digest: '', profile: '', batch: null, accepted: 0, quarantined: 0 }
  const refused = (failure: string, found: Partial<StoredRunFile> = {}): StoredRunFile => ({
    ...empty,
    ...found,
    state: 'refused',
    failure,
  })
  const file = await readOne(folder, name)
  if (!file.ok) return refused(file.error.code)
  const { digest, bytes } = file.value
  if (batchOfDigest(database, digest) !== null) return refused('import/imported-before', { digest })
  const suggested = await suggestTable(context.session, bytes, {}, signal)
  if (!suggested.ok) return refused(suggested.error.code, { digest })
  const { suggestion } = suggested.value
  const profile = JSON.stringify(suggestion)
  const fits = requireProfile(context, catalogue, suggestion)
  if (!fits.ok) return refused(fits.error.code, { digest, profile })
  const mapped = await mapTable(context, file.value, catalogue, suggestion, () => undefined, signal)
  if (!mapped.ok) return refused(mapped.error.code, { digest, profile })
  const { accepted, refused: rows } = mapped.value.sorted
  const counts = { digest, profile, accepted: accepted.length, quarantined: rows.length }
  if (accepted.length === 0) return refused('import/nothing-to-accept', counts)
  return { ...empty, ...counts, state: 'waiting', failure: null }
}

function runView(run: StoredRun, files: readonly StoredRunFile[]): ImportRun {
  return {
    run: run.run,
    folder: run.folder,
    at: run.at,
    files: files.map(
      ({ name, state, profile, accepted, quarantined, batch, failure }): RunFile => ({
        name,
        state,
        profileName: profileOf(profile)?.name ?? '',
        accepted,
        quarantined,
        batch,
        failure,
      }),
    ),
  }
}

function profileOf(stored: string): ImportProfile | null {
  if (stored === '') return null
  const parsed = importProfileSchema.safeParse(JSON.parse(stored))
  return parsed.success ? (parsed.data as ImportProfile) : null
}

export const importRuns: UnlockedHandler<'import.runs'> = ({ session }) => {
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const { database } = archive.value
  const runs = readRuns(database, session.vault.member.id)
  return ok(runs.map((run) => runView(run, readRunFiles(database, run.run))))
}

export const importDropRun: UnlockedHandler<'import.drop-run'> = ({ session }, input) => {
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  dropRun(archive.value.database, input.run, session.vault.member.id)
  return ok(null)
}

/** File by file; each is mapped again as it is now, and written whole with its place in the run, or not at all. */
export const importRun: UnlockedHandler<'import.run'> = async (context, input, signal) => {
  const { session } = context
  const archive = openCompartment(session.vault, 'archive')
  if (!archive.ok) return archive
  const catalogue = catalogueOf(session)
  if (!catalogue.ok) return catalogue
  const { database } = archive.value
  const run = readRuns(database, session.vault.member.id).find((one) => one.run === input.run)
  if (run === undefined) return err('call/not-found')
  const files = readRunFiles(database, run.run)
  const waiting = files.filter((file) => file.state === 'waiting')
  for (const [index, file] of waiting.entries()) {
    if (signal.aborted) return err('call/cancelled')
    context.emit({ type: 'progress', job: input.job, done: index, total: waiting.length })
    const result = await importOne(context, catalogue.value, run, file, input.reason, signal)
    if (!result.ok && result.error.code === 'call/cancelled') return result
    if (!result.ok) refuseRunFile(database, run.run, file.name, result.error.code)
  }
  return ok(runView(run, readRunFiles(database, run.run)))
}

async function importOne(
  context: UnlockedContext,
  catalogue: Catalogue,
  run: StoredRun,
  file: StoredRunFile,
  reason: string,
  signal: AbortSignal,
): Promise<Result<Id>> {
  const read = await readOne(run.folder, file.name)
  if (!read.ok) return read
  const profile = profileOf(file.profile)
  if (profile === null || read.value.digest !== file.digest) return err('import/file-changed')
  const fits = requireProfile(context, catalogue, profile)
  if (!fits.ok) return fits
  const mapped = await mapTable(context, read.value, catalogue, profile, () => undefined, signal)
  if (!mapped.ok) return mapped
  if (mapped.value.sorted.accepted.length === 0) return err('import/nothing-to-accept')
  // The progress of the run is told by files; that of one commit by nobody.
  const written = await writeTable(context, mapped.value, reason, run.run, signal, (database, imported) =>
    finishRunFile(database, run.run, file.name, imported),
  )
  return written.ok ? ok(written.value.batch) : written
}
