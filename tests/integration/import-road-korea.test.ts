import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHub, type Hub } from '../../src-hub/index.ts'
import type { Role } from '../../src-shared/access/roles.ts'
import { hubCardBytes } from '../../src-shared/bundle/hub-card.ts'
import { uploadChunkBytes } from '../../src-shared/contract/dossier.ts'
import type { ImportPreview } from '../../src-shared/contract/import.ts'
import type { BatchRow, QueueKind } from '../../src-shared/contract/views.ts'
import { startTestCore, type TestCore } from '../helpers/core.ts'
import { isMoney } from '../../src-shared/catalogue/values.ts'
import { mustFound } from '../helpers/founding.ts'

// Public data, not part of the project: 3,028 rows of 183 officials, 2012.
const file = fileURLToPath(new URL('../../../shared/data/korea-assembly-property.csv', import.meta.url))
const present = existsSync(file)
if (!present) console.warn('skipped: ../shared/data/korea-assembly-property.csv is not there')

const password = 'road-of-a-batch'
const job = '0'.repeat(32)

function member(login: string, role: Role) {
  return { name: `用户${login}`, login, password, roles: [role], cleared: false, categories: ['*' as const] }
}

describe.skipIf(!present)('a real table of 3,028 rows goes the whole road to the receipt', () => {
  const directory = mkdtempSync(join(tmpdir(), 'liandang-road-'))
  const bundles = mkdtempSync(join(directory, 'bundles-'))
  let core: TestCore
  let hub: Hub
  let preview: ImportPreview
  let batch: string

  beforeAll(async () => {
    const opened = await openHub({ dataDirectory: join(directory, 'hub'), create: { name: '示例上级' } })
    if (!opened.ok) throw new Error(opened.error.code)
    hub = opened.value
    core = startTestCore(join(directory, 'vault'))
    const founded = await mustFound(core, {
      unit: { name: '示例单位', creditCode: null },
      policy: 'normal',
      device: '一号机',
      members: [
        member('enters', 'collector'),
        member('first', 'reviewer'),
        member('second', 'reviewer'),
        member('signs', 'approver'),
        member('sysadmin', 'sysadmin'),
        member('secadmin', 'secadmin'),
        member('auditor', 'auditor'),
      ],
      recovery: { threshold: 2, holders: ['甲', '乙', '丙'] },
      hubCard: new TextDecoder().decode(hubCardBytes(hub.card)),
    })
    const trusted = await hub.trust({ unit: founded.unit, unitRootPublicKey: founded.unitRootPublicKey })
    if (!trusted.ok) throw new Error(trusted.error.code)
  })

  afterAll(async () => {
    await core.stop()
    await hub.close()
    rmSync(directory, { recursive: true, force: true })
  })

  async function upload(): Promise<string> {
    const bytes = new Uint8Array(readFileSync(file))
    const begun = {
      purpose: 'table',
      name: 'property.csv',
      size: bytes.length,
      mediaType: 'text/csv',
    } as const
    const { upload: id } = await core.value('upload.begin', begun)
    for (let offset = 0; offset < bytes.length; offset += uploadChunkBytes) {
      const piece = bytes.subarray(offset, offset + uploadChunkBytes)
      await core.value('upload.append', { upload: id, offset, bytes: piece })
    }
    return id
  }

  async function rowsOf(kind: QueueKind): Promise<readonly BatchRow[]> {
    const { rows } = await core.value('review.batch', { batch, kind, offset: 0, limit: 5000 })
    return rows
  }

  const named = (rows: readonly BatchRow[]) => rows.map(({ record, revision }) => ({ record, revision }))

  test('the preview accounts for every row and writes nothing', async () => {
    await core.signIn('enters', password)
    const profiles = await core.value('import.profiles', {})
    const profile = profiles.find((candidate) => candidate.id === 'korea-assembly')?.profile
    if (profile === undefined) throw new Error('the profile is not shipped')
    preview = await core.value('import.preview', {
      upload: await upload(),
      profile: structuredClone(profile) as never,
      job,
    })
    expect(preview.accepted + preview.quarantined).toBe(3028)
    expect(preview).toMatchObject({
      rows: 3028,
      repeats: 25,
      declined: 107,
      cadres: { known: 0, opened: 183, ambiguous: 0 },
    })
    expect((await core.value('workbench.read', {})).dossiers).toBe(0)
  })

  test('the import is one signed commit; what could not be read is in quarantine, whole', async () => {
    const before = await core.value('log.list', { compartment: 'archive', after: null, limit: 10 })
    const done = await core.value('import.commit', { session: preview.session, reason: '首次导入', job })
    batch = done.batch
    expect(done).toMatchObject({ accepted: preview.accepted, quarantined: preview.quarantined, opened: 183 })
    const after = await core.value('log.list', { compartment: 'archive', after: null, limit: 10 })
    expect(after.items.length - before.items.length).toBe(1)
    expect(after.items[0]?.operations).toBe(preview.accepted + 183)
    const quarantine = await core.value('quarantine.list', { after: 0, limit: 500 })
    expect(quarantine.total).toBe(preview.quarantined)
    expect(quarantine.rows.every((row) => row.cells.length === 6 && row.problems.length > 0)).toBe(true)
  })

  test('a dossier without an ID number is there and marked incomplete', async () => {
    const { items, total } = await core.value('cadre.list', { search: '', after: null, limit: 500 })
    expect(total).toBe(183)
    expect(items.every((line) => line.incomplete)).toBe(true)
  })

  test('two reviewers decide the batch as a table, one commit each', async () => {
    for (const login of ['first', 'second']) {
      await core.signIn(login, password)
      const rows = await rowsOf('to-review')
      expect(rows).toHaveLength(preview.accepted)
      const decisions = named(rows).map((row) => ({
        ...row,
        decision: 'agree' as const,
        reasons: [],
        marks: [],
        words: '',
      }))
      const signed = await core.value('review.decide', { compartment: 'archive', rows: decisions })
      expect(signed).toEqual({ done: preview.accepted, refused: [] })
    }
  })

  test('repeats are kept and flagged, declined stays declined, and a blank amount is never nought', async () => {
    await core.signIn('signs', password)
    const rows = await rowsOf('to-open')
    expect(rows).toHaveLength(preview.accepted)
    expect(rows.filter((row) => row.flags.some((flag) => flag.startsWith('repeat-of:')))).toHaveLength(25)
    expect(rows.filter((row) => row.declaration === 'declined')).toHaveLength(107)
    const amounts = rows.flatMap((row) =>
      Object.values(row.values).flatMap((value) => (isMoney(value) ? [value.amount] : [])),
    )
    // The file itself says 0 in a few rows, and `-` in 130.
    const cells = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/)
    expect(amounts.filter((amount) => amount === 0)).toHaveLength(
      cells.filter((line) => line.endsWith(',0')).length,
    )
    expect(rows.length - amounts.length).toBe(cells.filter((line) => line.endsWith(',-')).length)
  })

  test('the approver opens and signs the batch, and all of it is archived', async () => {
    const opened = await core.value('review.open', {
      compartment: 'archive',
      rows: named(await rowsOf('to-open')),
    })
    expect(opened).toEqual({ done: preview.accepted, refused: [] })
    const rows = named(await rowsOf('to-sign'))
    const signed = await core.value('review.sign', { compartment: 'archive', rows, words: '同意归档' })
    expect(signed).toEqual({ done: preview.accepted, refused: [], awaitingAbove: 0 })
    expect((await core.value('workbench.read', {})).archived).toBe(preview.accepted)
  })

  test('the vault verifies, and the upstream node takes it in and answers with a receipt', async () => {
    const report = await core.value('log.verify', { job })
    expect(report.verified).toBe(true)
    const sent = await core.value('sync.export', { folder: bundles, kind: 'update', job })
    expect(readdirSync(bundles)).toHaveLength(sent.length)
    for (const bundle of sent) {
      const taken = await hub.ingest(join(bundles, bundle.file))
      if (!taken.ok) throw new Error(taken.error.code)
      const { receipt } = taken.value
      const begun = { purpose: 'bundle', name: 'receipt', size: receipt.length, mediaType: '' } as const
      const { upload: id } = await core.value('upload.begin', begun)
      await core.value('upload.append', { upload: id, offset: 0, bytes: receipt })
      const view = await core.value('sync.receive', { upload: id })
      expect(view).toMatchObject({ bundle: bundle.sha256, voids: [] })
    }
    const status = await core.value('sync.status', {})
    const archive = status.compartments.find((compartment) => compartment.compartment === 'archive')
    expect(archive?.acknowledged).toBe(archive?.commits)
    expect(status.bundles.every((bundle) => bundle.acknowledgedAt !== null)).toBe(true)
  })
})
