import type { Random } from '../../src-main/cli/demo/random.ts'
import { utf8 } from '../../src-shared/kernel/bytes.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import type { CoreProcess } from './core-process.ts'
import type { Ledger } from './ledger.ts'
import { loan, newJob, previewTable, savingsTable, stemsOf } from './small-office.ts'

/** A desk at which one member works until their core is gone. */
export interface Desk {
  readonly core: CoreProcess
  readonly ledger: Ledger
  readonly random: Random
  /** A number that was not given before. */
  next(): number
}

/** Null when the core went before it answered; throws when it refused. */
function unlessGone<T>(result: Result<T>): T | null {
  if (result.ok) return result.value
  if (result.error.code === 'call/core-ended') return null
  throw new Error(`${result.error.code} ${JSON.stringify(result.error.detail ?? {})}`)
}

/** Enters one record after the other, and now and then opens a dossier, as fast as the answers come. */
export async function enter(desk: Desk): Promise<void> {
  while ((desk.random.chance(15) ? await openOne(desk) : await submitOne(desk)) !== null);
}

/** Enters records with evidence. */
export async function enterWithEvidence(desk: Desk): Promise<void> {
  while ((await submitWithEvidence(desk)) !== null);
}

/** Imports what was previewed, and goes on entering. */
export async function importThenEnter(desk: Desk, session: Id): Promise<void> {
  const { core, ledger } = desk
  ledger.unanswered.batches += 1
  const done = unlessGone(await core.call('import.commit', { session, reason: '集中填报', job: newJob() }))
  if (done === null) return
  ledger.unanswered.batches -= 1
  ledger.batches.add(done.batch)
  await enter(desk)
}

export async function previewNext({ core, next }: Desk): Promise<Id> {
  return (await previewTable(core, savingsTable(next()))).session
}

/** Writes bundles of everything into a folder, and goes on entering. */
export async function exportThenEnter(desk: Desk, folder: string): Promise<void> {
  const written = unlessGone(await desk.core.call('sync.export', { folder, kind: 'full', job: newJob() }))
  if (written !== null) await enter(desk)
}

export async function openOne({ core, ledger, next }: Desk): Promise<Id | null> {
  const name = `干部${stemsOf(next())}`
  ledger.unanswered.cadres += 1
  const opened = unlessGone(await core.call('cadre.open', { name, identityNumber: null, post: null }))
  if (opened === null) return null
  ledger.unanswered.cadres -= 1
  ledger.cadres.add(opened.cadre)
  return opened.cadre
}

async function submitOne(desk: Desk): Promise<Id | null> {
  const description = `第${desk.next()}笔`
  const record = await submit(desk, description, null)
  if (record === null) return null
  // One of them is compared in full; the ledger knows the digests of all.
  const { unread } = desk.ledger
  if (unread.at(-1)?.evidence === null) unread.pop()
  unread.push({ record, description, evidence: null })
  return record
}

async function submitWithEvidence(desk: Desk): Promise<Id | null> {
  const { core, ledger } = desk
  const number = desk.next()
  const evidence = utf8(`借条第${number}号 `.repeat(8_000))
  const begun = unlessGone(
    await core.call('upload.begin', {
      purpose: 'evidence',
      name: '借条.txt',
      size: evidence.length,
      mediaType: '',
    }),
  )
  if (begun === null) return null
  const { upload } = begun
  const step = Math.ceil(evidence.length / 3)
  for (let offset = 0; offset < evidence.length; offset += step) {
    const bytes = evidence.subarray(offset, offset + step)
    if (unlessGone(await core.call('upload.append', { upload, offset, bytes })) === null) return null
  }
  const description = `附佐证第${number}笔`
  const record = await submit(desk, description, upload)
  if (record !== null) ledger.unread.push({ record, description, evidence })
  return record
}

async function submit(
  { core, ledger, random }: Desk,
  description: string,
  upload: Id | null,
): Promise<Id | null> {
  const cadre = random.pick([...ledger.cadres])
  ledger.unanswered.records += 1
  const submitted = unlessGone(await core.call('record.submit', loan(cadre, description, upload)))
  if (submitted === null) return null
  ledger.unanswered.records -= 1
  ledger.records.set(submitted.record, submitted.revision)
  return submitted.record
}
