import { uploadChunkBytes } from '../../../src-shared/contract/dossier.ts'
import type { InputOf, OutputOf } from '../../../src-shared/contract/index.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import { entryPurpose } from '../../../src-shared/disclosure/purpose.ts'
import type { DemoCadre } from './cadres.ts'
import { newJob, type Desk } from './office.ts'
import type { Entry } from './plan.ts'
import type { DemoRecord } from './property.ts'
import type { DemoTable } from './table.ts'

/** A record as it was submitted. */
export interface Submitted<Mark> {
  readonly record: Id
  readonly revision: Digest
  readonly entry: Entry<Mark>
}

/** Opens the dossiers that no table brings; ids by the place of the cadre in the list. */
export async function openDossiers(
  desk: Desk,
  cadres: readonly DemoCadre[],
): Promise<ReadonlyMap<number, Id>> {
  const dossiers = new Map<number, Id>()
  for (const [index, { name, identityNumber, numbered, imported, post }] of cadres.entries()) {
    if (imported) continue
    const number = numbered ? identityNumber : null
    const opened = await desk.call('cadre.open', { name, identityNumber: number, post: post.title })
    dossiers.set(index, opened.cadre)
  }
  return dossiers
}

export async function submitAll<Mark>(
  desk: Desk,
  dossiers: ReadonlyMap<number, Id>,
  entries: readonly Entry<Mark>[],
): Promise<readonly Submitted<Mark>[]> {
  const submitted: Submitted<Mark>[] = []
  for (const entry of entries) {
    const cadre = dossiers.get(entry.cadre)
    if (cadre === undefined) throw new RangeError('an entry for a dossier that was not opened')
    submitted.push({ ...(await submitNew(desk, cadre, entry.record)), entry })
  }
  return submitted
}

async function submitNew(
  desk: Desk,
  cadre: Id,
  { evidence: files, ...content }: DemoRecord,
): Promise<OutputOf<'record.submit'>> {
  const evidence: { upload: Id }[] = []
  for (const { name, mediaType, bytes } of files) {
    evidence.push({ upload: await upload(desk, { purpose: 'evidence', name, mediaType }, bytes) })
  }
  return await desk.call('record.submit', {
    ...content,
    ...firstOf(cadre),
    values: { ...content.values },
    evidence,
  })
}

function firstOf(cadre: Id) {
  return { record: null, parent: null, settles: [], cadre }
}

async function upload(
  desk: Desk,
  { purpose, name, mediaType }: Omit<InputOf<'upload.begin'>, 'size'>,
  bytes: Uint8Array,
): Promise<Id> {
  const begun = await desk.call('upload.begin', { purpose, name, mediaType, size: bytes.length })
  for (let offset = 0; offset < bytes.length; offset += uploadChunkBytes) {
    const piece = bytes.subarray(offset, offset + uploadChunkBytes)
    await desk.call('upload.append', { upload: begun.upload, offset, bytes: piece })
  }
  return begun.upload
}

/** What an import did, and the mapping that was suggested for it. */
export type ImportOutcome = OutputOf<'import.commit'> & Pick<OutputOf<'import.preview'>, 'repeats'>

/** Imports a table under the mapping that the program suggests. */
export async function importTable(desk: Desk, table: DemoTable): Promise<ImportOutcome> {
  const about = { purpose: 'table', name: table.name, mediaType: 'text/csv' } as const
  const file = await upload(desk, about, table.bytes)
  const { suggestion } = await desk.call('import.suggest', { upload: file })
  const profile = { ...suggestion, source: '本人填报汇总' } as InputOf<'import.preview'>['profile']
  const preview = await desk.call('import.preview', { upload: file, profile, job: newJob() })
  const reason = '年度集中填报'
  const done = await desk.call('import.commit', { session: preview.session, reason, job: newJob() })
  return { ...done, repeats: preview.repeats }
}

/** Enters again what was sent back, as its reviewer asked. */
export async function resubmit<Mark>(desk: Desk, { record, entry }: Submitted<Mark>): Promise<void> {
  const view = await desk.call('record.read', { record, purpose: entryPurpose })
  const [before] = view.revisions
  const { evidence, ...content } = entry.record
  await desk.call('record.submit', {
    ...content,
    record,
    parent: null,
    settles: [],
    cadre: view.cadre,
    values: { ...content.values, note: '已按退回意见补充说明。' },
    reason: '退回补正',
    evidence: evidence.length === 0 ? [] : (before?.evidence ?? []).map(({ hash }) => ({ kept: hash })),
  })
}

/** Enters a correction of what is archived. */
export async function correct<Mark>(
  desk: Desk,
  { record, entry }: Submitted<Mark>,
  changes: InputOf<'record.submit'>['values'],
): Promise<void> {
  const view = await desk.call('record.read', { record, purpose: entryPurpose })
  const { evidence: _, ...content } = entry.record
  await desk.call('record.submit', {
    ...content,
    record,
    parent: view.head,
    settles: [],
    cadre: view.cadre,
    values: { ...content.values, ...changes },
    reason: '测绘面积更正',
    evidence: [],
  })
}
