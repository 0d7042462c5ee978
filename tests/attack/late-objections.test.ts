import { join } from 'node:path'
import Driver from 'sqlcipher'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenVault } from '../../src-main/vault/vault.ts'
import { newId, type Digest } from '../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { bundleOf, packed } from '../helpers/bundle-fixture.ts'
import { forge } from '../helpers/forgery.ts'
import { deliver, hubWithUnit, type HubFixture } from '../helpers/hub-fixture.ts'
import { carry, enrol, isVerified, must, tablesOf } from '../helpers/two-devices.ts'
import { VaultFixture } from '../helpers/vault-fixture.ts'

/**
 * A member with a patched client, on a device whose log is still short, writes a return that names nothing but the
 * submission, and so stands before opinions and signature of a record that was archived long since.
 */
describe('a return that is dated back before a signature', () => {
  let home: VaultFixture
  let away: VaultFixture
  let row: { readonly record: string; readonly revision: string }
  let leaf: Digest

  beforeAll(async () => {
    home = await VaultFixture.found()
    const cadre = await home.openCadre('李明')
    away = await enrol(home, '办公室二')
    row = await home.submit(cadre)
    const submission = (await archiveOf(home)).prepare('SELECT leaf FROM log WHERE size > 0').get() as {
      leaf: Digest
    }
    await home.review(row, 'agree', 'agree')
    must(await home.sign(row))
    await carry(home, away)
    // Of another matter, and before the return is known here.
    await findError('misentry')
    const { vault } = await away.session('clerk')
    const rows = [{ record: row.record, revision: row.revision }]
    const returned = { op: 'review.return' as const, entity: newId(nodePrimitives), rows }
    const made = forge(vault, 'archive', author(vault, submission.leaf), [
      { operation: returned, body: { reasons: ['incomplete'], marks: [], words: '金额不符' } },
    ])
    leaf = made.leaf
    await carry(away, home)
    await carry(home, away)
  })
  afterAll(() => {
    home.close()
    away.close()
  })

  async function findError(kind: 'misentry' | 'omission') {
    const traced = [(await home.session('collector')).vault.member.id]
    const words = { fields: [], traced, words: '登记错误' }
    await home.value('inspector', 'fault.find', { ...row, kind, found: 'check', ...words })
  }

  function author(vault: OpenVault, dep: Digest) {
    const { id, signer } = vault.member
    return { member: id, role: 'reviewer' as const, signer, deps: [dep] }
  }

  async function archiveOf(fixture: VaultFixture) {
    const store = (await fixture.session('inspector')).vault.compartments.get('archive')
    if (store === undefined) throw new Error('no archive')
    return store.database
  }

  test('stands before the signature in the order of commits', async () => {
    const database = await archiveOf(home)
    const depth = database.prepare('SELECT depth FROM entry WHERE leaf = ?').get(leaf) as { depth: number }
    const signed = database.prepare('SELECT max(depth) AS depth FROM entry').get() as { depth: number }
    expect(depth.depth).toBeLessThan(signed.depth)
  })

  test('leaves the record archived on every device, with the same tables', async () => {
    for (const fixture of [home, away]) {
      const view = await fixture.value('approver', 'record.read', { record: row.record })
      expect(view.head).toBe(row.revision)
      expect(view.revisions.map(({ status }) => status)).toEqual(['archived'])
    }
    expect(await tablesOf(away)).toEqual(await tablesOf(home))
  })

  test('is named with its words at the record, as a late objection', async () => {
    const view = await home.value('approver', 'record.read', { record: row.record })
    expect(view.revisions[0]?.late).toMatchObject([{ act: 'return', words: '金额不符' }])
    expect(view.revisions[0]?.late[0]?.hand.commit).toBe(leaf)
    expect(view.voids).toMatchObject([{ commit: leaf, code: 'review/late-objection' }])
  })

  test('waits for those who answer for the entry, and for nobody else', async () => {
    for (const [login, count] of [
      ['approver', 1],
      ['inspector', 1],
      ['first', 0],
      ['collector', 0],
    ] as const) {
      const { late } = await home.value(login, 'workbench.read', {})
      expect(late.filter(({ record }) => record === row.record)).toHaveLength(count)
    }
  })

  test('is named by the verification, which finds nothing wrong', async () => {
    expect(await isVerified(home)).toBe(true)
    const report = await home.verify(await home.keys())
    const named = report.compartments.flatMap(({ voids }) => voids.map(({ code }) => code))
    expect(named).toEqual(['review/late-objection'])
  })

  test('waits for nobody any more once somebody who had seen it has registered the error', async () => {
    await findError('omission')
    const { late } = await home.value('approver', 'workbench.read', {})
    expect(late).toEqual([])
  })
})

describe('a return that is dated back, sent to the node above', () => {
  let fixture: HubFixture

  beforeAll(async () => {
    fixture = await hubWithUnit({})
  })
  afterAll(async () => await fixture.close())

  test('leaves the record archived there and is named in the receipt', async () => {
    const { hub, unit } = fixture
    const other = unit.addDevice()
    const { record, revision } = unit.submit()
    unit.meet(unit.device, other)
    const made = unit.commit(
      { member: unit.members.reviewerOne, role: 'reviewer', compartment: 'archive', device: other },
      [{ operation: { op: 'review.return', entity: record, rows: [{ record, revision }] } }],
    )
    unit.archive(record, revision)
    unit.meet(unit.device, other)
    for (const compartment of ['control', 'archive'] as const) {
      const recipients = [hub.card.recipients[compartment]]
      expect(await deliver(hub, await packed(bundleOf(unit, { compartment, recipients })))).toBe('taken')
    }
    const database = new Driver(join(fixture.directory, 'hub.db'), { readonly: true })
    const voids = database.prepare('SELECT leaf, code FROM void WHERE record = ?').all(record)
    const found = database.prepare('SELECT archived, state FROM record WHERE record = ?').get(record)
    database.close()
    expect(voids).toEqual([{ leaf: made.commit.leaf, code: 'review/late-objection' }])
    const { archived, state } = found as { archived: number; state: string }
    expect(archived).toBe(1)
    expect(JSON.parse(state)).toMatchObject({
      head: revision,
      revisions: [{ late: [{ act: 'return', hand: { commit: made.commit.leaf } }] }],
    })
  })
})
