import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queueKinds } from '../../src-shared/contract/views.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { newJob, talk, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let cadre: Id
let row: Row
let waiting: Row
let hash: string
const before = new Map<string, unknown>()

/** Business members whose keys do not open discipline. */
const outsiders = ['collector', 'clerk', 'property', 'deputy'] as const

/** All that a member sees without opening a dossier, which would leave an entry. */
async function sight(login: string): Promise<unknown> {
  const page = { after: null, limit: 500 }
  const queues = []
  for (const kind of queueKinds) queues.push(await vault.value(login, 'review.queue', { kind, ...page }))
  const { bundles, compartments, upstream } = await vault.value(login, 'sync.status', {})
  return {
    unit: await vault.value(login, 'unit.read', {}),
    status: (await vault.value(login, 'session.status', {})).session?.compartments,
    workbench: await vault.value(login, 'workbench.read', {}),
    cadres: await vault.value(login, 'cadre.list', { search: '', ...page }),
    queues,
    log: await vault.value(login, 'log.list', { compartment: 'archive', ...page }),
    sync: { bundles, upstream, archive: compartments.filter(({ compartment }) => compartment !== 'control') },
  }
}

beforeAll(async () => {
  vault = await VaultFixture.found()
  cadre = await vault.openCadre('张三丰')
  await vault.archive(await vault.submit(cadre))
  for (const login of outsiders) before.set(login, await sight(login))
  const upload = await vault.upload('inspector', '谈话.txt', Buffer.from('谈话记录'))
  row = { ...(await vault.submit(cadre, talk(cadre, upload), 'inspector')), compartment: 'discipline' }
  await vault.archive(row)
  const again = await vault.upload('inspector', '再谈.txt', Buffer.from('再谈记录'))
  waiting = { ...(await vault.submit(cadre, talk(cadre, again), 'inspector')), compartment: 'discipline' }
  const { revisions } = await vault.value('inspector', 'record.read', { record: row.record })
  hash = revisions[0]!.evidence[0]!.hash
})

afterAll(() => vault.close())

describe.each(outsiders)('a member without the key of discipline (%s)', (login) => {
  test('sees the same after a talk was recorded as before', async () => {
    expect(await sight(login)).toEqual(before.get(login))
    expect(JSON.stringify(await sight(login))).not.toContain('discipline')
  })

  test('sees nothing of it in the dossier', async () => {
    const dossier = await vault.value(login, 'cadre.read', { cadre, at: null })
    expect(dossier.records.map(({ category }) => category)).toEqual(['C6'])
    expect(dossier.cadre).toMatchObject({ archived: 1, waiting: 0 })
    expect(JSON.stringify(dossier)).not.toContain('谈话')
  })

  test('reaches none of it by its ids', async () => {
    expect(await vault.refusal(login, 'record.read', { record: row.record })).toBe('call/not-found')
    const reading = { revision: row.revision, hash, offset: 0, length: 10 }
    expect(await vault.refusal(login, 'evidence.read', reading)).toBe('call/not-found')
    const listing = { compartment: 'discipline', after: null, limit: 10 } as const
    expect(await vault.refusal(login, 'log.list', listing)).toBe('vault/compartment-closed')
  })

  test('verifies only what they can open', async () => {
    const { compartments } = await vault.value(login, 'log.verify', { job: newJob() })
    expect(compartments.map(({ compartment }) => compartment)).toEqual(['control', 'archive'])
  })
})

describe('without the key of discipline', () => {
  test('nobody enters, reviews, opens, settles or signs a talk', async () => {
    const closed = { ok: false, error: { code: 'vault/compartment-closed' } }
    const upload = await vault.upload('collector', '谈话.txt', Buffer.from('谈话记录'))
    expect(await vault.call('collector', 'record.submit', talk(cadre, upload))).toMatchObject(closed)
    expect(await vault.decide(waiting, 'clerk')).toMatchObject(closed)
    expect(await vault.return(waiting, 'clerk')).toMatchObject(closed)
    expect(await vault.open(waiting, 'deputy')).toMatchObject(closed)
    expect(await vault.adjudicate(waiting, 'deputy')).toMatchObject(closed)
    expect(await vault.sign(waiting, 'deputy')).toMatchObject(closed)
    const input = { record: waiting.record, revision: waiting.revision, reason: '' }
    expect(await vault.refusal('collector', 'record.withdraw', input)).toBe('call/not-found')
    expect(await vault.status(waiting, 'inspector')).toBe('submitted')
  })

  test('administrators and the auditor open neither archive nor discipline', async () => {
    for (const login of ['sysadmin', 'secadmin', 'auditor']) {
      const { session } = await vault.value(login, 'session.status', {})
      expect(session?.compartments).toEqual(['control'])
      for (const compartment of ['archive', 'discipline'] as const)
        expect(await vault.refusal(login, 'log.list', { compartment, after: null, limit: 1 })).toBe(
          'vault/compartment-closed',
        )
      const workbench = await vault.value(login, 'workbench.read', {})
      expect(workbench).toMatchObject({ queues: [], dossiers: 0, archived: 0, recent: [] })
      expect(JSON.stringify(await vault.value(login, 'unit.read', {}))).not.toContain('discipline')
    }
  })
})

describe('with the key of discipline', () => {
  test('a talk is part of the dossier, the queues and the counts', async () => {
    const dossier = await vault.value('inspector', 'cadre.read', { cadre, at: null })
    expect(dossier.records.map(({ category }) => category).sort()).toEqual(['C6', 'E3', 'E3'])
    expect(dossier.cadre).toMatchObject({ archived: 2, waiting: 1 })
    const queue = await vault.value('first', 'review.queue', { kind: 'to-review', after: null, limit: 10 })
    expect(queue.items.map(({ record }) => record)).toContain(waiting.record)
  })

  test('an approver still enters nothing, and a reviewer still signs nothing', async () => {
    const upload = await vault.upload('approver', '谈话.txt', Buffer.from('谈话记录'))
    expect(await vault.refusal('approver', 'record.submit', talk(cadre, upload))).toBe('call/not-permitted')
    expect(await vault.sign(waiting, 'first')).toMatchObject({ error: { code: 'call/not-permitted' } })
  })
})
