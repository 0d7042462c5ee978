import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { loan, VaultFixture, type Row } from '../helpers/vault-fixture.ts'

let vault: VaultFixture
let cadre: Id
let row: Row
let hash: string

/** What the access entries of a member say in this test: sealed to the auditor, opened with the auditor's key. */
const unsaid = { purpose: null } as const

beforeAll(async () => {
  vault = await VaultFixture.found()
  cadre = await vault.openCadre('张三丰')
  const upload = await vault.upload('collector', '借据.txt', Buffer.from('今借到'))
  row = await vault.submit(cadre, { evidence: [{ upload }] })
  hash = (await vault.record(row.record, 'first')).revisions[0]?.evidence[0]?.hash ?? ''
})

afterAll(() => vault.close())

const dossier = (login: string) => vault.refusal(login, 'cadre.read', { cadre, at: null, ...unsaid })
const record = (login: string) => vault.refusal(login, 'record.read', { record: row.record, ...unsaid })
const evidence = (login: string) =>
  vault.refusal(login, 'evidence.read', { revision: row.revision, hash, offset: 0, length: 4, ...unsaid })

describe('while an entry is on its way', () => {
  test.each(['collector', 'first', 'second'])(
    '%s, whose task it is, reads the dossier without being asked',
    async (login) => {
      vault.leave()
      expect(await dossier(login)).toBeNull()
      expect(await record(login)).toBeNull()
      expect(await evidence(login)).toBeNull()
    },
  )

  test.each(['approver', 'inspector', 'property'])(
    '%s, who has nothing to do with it yet, says why first',
    async (login) => {
      vault.leave()
      const expected = login === 'property' ? null : 'access/purpose-needed'
      expect(await dossier(login)).toBe(expected)
      expect(await record(login)).toBe(expected)
      expect(await evidence(login)).toBe(expected)
    },
  )
})

describe('a purpose', () => {
  test('names the dossier it is wanted for, and nothing else', async () => {
    vault.leave()
    const refused = await vault.call('inspector', 'record.read', { record: row.record, ...unsaid })
    expect(refused).toEqual({ ok: false, error: { code: 'access/purpose-needed', detail: { cadre } } })
  })

  test('is said once for a dossier and holds until the vault is locked', async () => {
    vault.leave()
    const purpose = { kind: 'lead', words: '' }
    expect(await vault.refusal('inspector', 'record.read', { record: row.record, purpose })).toBeNull()
    expect(await dossier('inspector')).toBeNull()
    expect(await evidence('inspector')).toBeNull()
    const other = await vault.openCadre('李四')
    await vault.submit(other)
    expect(await vault.refusal('inspector', 'cadre.read', { cadre: other, at: null, ...unsaid })).toBe(
      'access/purpose-needed',
    )
    vault.leave()
    expect(await dossier('inspector')).toBe('access/purpose-needed')
  })

  test('is one of the list, with words where the list asks for them', async () => {
    vault.leave()
    const refusal = (kind: string, words = '') =>
      vault.refusal('inspector', 'cadre.read', { cadre, at: null, purpose: { kind, words } })
    expect(await refusal('curiosity')).toBe('access/purpose-unknown')
    expect(await refusal('other')).toBe('access/purpose-unknown')
    expect(await dossier('inspector')).toBe('access/purpose-needed')
    expect(await refusal('other', '核对年度报告')).toBeNull()
  })

  test('of entering is for those who enter', async () => {
    vault.leave()
    const purpose = { kind: 'entry', words: '' }
    expect(await vault.refusal('approver', 'cadre.read', { cadre, at: null, purpose })).toBe(
      'access/purpose-unknown',
    )
    expect(await vault.refusal('inspector', 'cadre.read', { cadre, at: null, purpose })).toBeNull()
  })
})

describe('a task that is done', () => {
  test('leaves its record open to those who did it, and the dossier not', async () => {
    const someone = await vault.openCadre('王五')
    const done = await vault.submit(someone, loan(someone))
    await vault.archive(done)
    for (const login of ['first', 'second', 'approver']) {
      expect(await vault.refusal(login, 'record.read', { record: done.record, ...unsaid })).toBeNull()
      expect(await vault.refusal(login, 'cadre.read', { cadre: someone, at: null, ...unsaid })).toBe(
        'access/purpose-needed',
      )
    }
    vault.leave()
    expect(await vault.refusal('first', 'record.read', { record: done.record, ...unsaid })).toBe(
      'access/purpose-needed',
    )
  })

  test('of opening a dossier lets its collector look at it', async () => {
    const opened = await vault.openCadre('赵六')
    expect(await vault.refusal('collector', 'cadre.read', { cadre: opened, at: null, ...unsaid })).toBeNull()
  })
})

test('a batch is read for the queue it stands in', async () => {
  const { items } = await vault.value('first', 'review.queue', { kind: 'to-review', after: null, limit: 10 })
  expect(items.map(({ record: waiting }) => waiting)).toContain(row.record)
})
