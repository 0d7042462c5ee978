import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueKinds } from '../../src-shared/contract/views.ts'
import type { InputOf } from '../../src-shared/contract/index.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { regrant } from '../helpers/grant.ts'
import { newJob, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let cadre: Id
let archived: Row
let waiting: Row
let hash: string

const identityNumber = '11010519491231002X'
const page = { after: null, limit: 500 } as const

/** Every category of the catalogue in force is of level 3 or 4, so whoever is of level 2 sees names, and nothing else. */
const lowered = 'clerk'

const profile: InputOf<'import.preview'>['profile'] = {
  name: '借贷',
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  source: '财务科',
  cadre: { nameColumn: 0, identityColumn: 1 },
  category: { kind: 'fixed', category: 'C6' },
  fields: {
    C6: [
      { column: 2, field: 'relation' },
      { column: 3, field: 'direction' },
      { column: 4, field: 'description' },
      { column: 5, field: 'amount' },
    ],
  },
  money: { unit: '元', currency: 'CNY' },
  declined: [],
  none: [],
  blank: [],
}
const table = Buffer.from('姓名,身份证号,关系,方向,说明,金额\n孙七,,本人,借出,借款,1\n,,本人,借出,无名,1\n')

beforeAll(async () => {
  vault = await VaultFixture.found()
  const opened = await vault.value('collector', 'cadre.open', {
    name: '张三丰',
    identityNumber,
    post: '镇长',
  })
  cadre = opened.cadre
  const evidence = await vault.upload('collector', '借据.txt', Buffer.from('今借到'))
  archived = await vault.submit(cadre, { evidence: [{ upload: evidence }] })
  await vault.archive(archived)
  hash = (await vault.record(archived.record)).revisions[0]?.evidence[0]?.hash ?? ''
  waiting = await vault.submit(cadre)
  await vault.value('collector', 'copy.make', {
    cadre,
    categories: null,
    record: null,
    purpose: { kind: 'report', words: '' },
    folder: null,
  })
  await vault.value('collector', 'correction.request', {
    cadre,
    category: 'C6',
    record: archived.record,
    field: 'amount',
    words: '金额不对',
    receivedOn: '2026-11-20',
    way: 'letter',
    reference: '',
  })
  const upload = await vault.upload('collector', '借贷.csv', table, 'table')
  const preview = await vault.value('collector', 'import.preview', { upload, profile, job: newJob() })
  expect(preview.quarantined).toBeGreaterThan(0)
  if (preview.accepted > 0)
    await vault.value('collector', 'import.commit', {
      session: preview.session,
      reason: '导入',
      job: newJob(),
    })
  for (const role of ['collector', 'reviewer'] as const) await regrant(vault, lowered, role, 2)
})

afterAll(() => vault.close())

describe('a member of level 2', () => {
  test('finds dossiers by name, without number, counts or marks', async () => {
    const list = (search: string) => vault.value(lowered, 'cadre.list', { search, ...page })
    const [line] = (await list('张三丰')).items
    expect(line).toMatchObject({ identityTail: null, incomplete: false, archived: 0, waiting: 0 })
    expect((await list('002X')).items).toEqual([])
    expect((await list('002X')).total).toBe(0)
    expect((await vault.value('collector', 'cadre.list', { search: '002X', ...page })).total).toBe(1)
  })

  test('opens a dossier that is empty, and is asked for no purpose', async () => {
    const dossier = await vault.value(lowered, 'cadre.read', { cadre, at: null, purpose: null })
    expect(dossier).toMatchObject({ identityNumber: null, records: [], cadre: { archived: 0, waiting: 0 } })
  })

  test('reaches no record, evidence or history by its id', async () => {
    for (const { record } of [archived, waiting])
      expect(await vault.refusal(lowered, 'record.read', { record })).toBe('call/not-found')
    const reading = { revision: archived.revision, hash, offset: 0, length: 4 }
    expect(await vault.refusal(lowered, 'evidence.read', reading)).toBe('call/not-found')
    const at = '2026-11-22T23:00:00.000Z'
    expect((await vault.value(lowered, 'cadre.read', { cadre, at })).records).toEqual([])
  })

  test('has empty queues and a workbench that counts nothing of it', async () => {
    for (const kind of queueKinds) {
      const queue = await vault.value(lowered, 'review.queue', { kind, ...page })
      expect(queue).toMatchObject({ items: [], batches: [] })
    }
    const bench = await vault.value(lowered, 'workbench.read', {})
    expect(bench).toMatchObject({ archived: 0, quarantined: 0, recent: [] })
    expect(bench.queues.every(({ count }) => count === 0)).toBe(true)
  })

  test('is shown no batch, no row of it and no quarantine of others', async () => {
    const [batch] = await vault.value('collector', 'import.batches', {})
    expect(await vault.value(lowered, 'import.batches', {})).toEqual([])
    expect(await vault.value(lowered, 'quarantine.list', { after: 0, limit: 10 })).toMatchObject({
      rows: [],
      total: 0,
    })
    const rows = { batch: batch?.batch ?? '', kind: 'to-review', offset: 0, limit: 10 } as const
    expect(await vault.value(lowered, 'review.batch', rows)).toEqual({ rows: [], total: 0 })
  })

  test('imports into no category above', async () => {
    const upload = await vault.upload(lowered, '借贷.csv', table, 'table')
    const suggested = await vault.value(lowered, 'import.suggest', { upload })
    expect(JSON.stringify(suggested.suggestion)).not.toContain('C6')
    expect(await vault.refusal(lowered, 'import.preview', { upload, profile, job: newJob() })).toBe(
      'import/mapping-incomplete',
    )
  })

  test('enters, judges and withdraws nothing above', async () => {
    expect(await vault.decide(waiting, lowered)).toMatchObject({ error: { code: 'review/no-such-revision' } })
    expect(await vault.return(waiting, lowered)).toMatchObject({ error: { code: 'review/no-such-revision' } })
    const withdrawal = { record: waiting.record, revision: waiting.revision, reason: '' }
    expect(await vault.refusal(lowered, 'record.withdraw', withdrawal)).toBe('call/not-found')
  })

  test('copies nothing, and sees no row of the register about it', async () => {
    const wanted = {
      cadre,
      categories: null,
      record: null,
      purpose: { kind: 'report', words: '' },
      folder: null,
    }
    expect(await vault.refusal(lowered, 'copy.make', wanted)).toBe('disclosure/nothing-to-copy')
    expect(await vault.refusal(lowered, 'copy.issue', { cadre, recipient: '本人' })).toBe(
      'disclosure/nothing-to-copy',
    )
    const list = { id: null, kind: null, cadre: null, ...page } as const
    expect((await vault.value('approver', 'register.list', list)).items).toHaveLength(2)
    expect((await vault.value(lowered, 'register.list', list)).items).toEqual([])
    expect((await vault.value(lowered, 'disclosure.tasks', {})).toCorrect).toEqual([])
    const asked = {
      cadre,
      category: 'C6',
      record: archived.record,
      field: '',
      words: '不对',
      receivedOn: '2026-11-20',
      way: 'letter',
      reference: '',
    } as const
    expect(await vault.refusal(lowered, 'correction.request', asked)).toBe('call/not-found')
  })
})
