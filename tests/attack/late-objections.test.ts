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
  let cadre: string
  let row: { readonly record: string; readonly revision: string }
  let other: typeof row
  let leaf: Digest
  let otherLeaf: Digest

  beforeAll(async () => {
    home = await VaultFixture.found()
    cadre = await home.openCadre('李明')
    away = await enrol(home, '办公室二')
    const submissions: Digest[] = []
    const archived: (typeof row)[] = []
    for (const _ of [1, 2]) {
      const entered = await home.submit(cadre)
      submissions.push(await newestLeaf(home))
      await home.review(entered, 'agree', 'agree')
      must(await home.sign(entered))
      archived.push(entered)
    }
    ;[row, other] = archived as [typeof row, typeof row]
    await carry(home, away)
    // Of another matter, and before the return is known here.
    await findError('misentry')
    const { vault } = await away.session('clerk')
    const leaves = archived.map(({ record, revision }, at) => {
      const rows = [{ record, revision }]
      const returned = { op: 'review.return' as const, entity: newId(nodePrimitives), rows }
      return forge(vault, 'archive', author(vault, submissions[at] as Digest), [
        { operation: returned, body: { reasons: ['incomplete'], marks: [], words: '金额不符' } },
      ]).leaf
    })
    ;[leaf, otherLeaf] = leaves as [Digest, Digest]
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

  async function newestLeaf(fixture: VaultFixture): Promise<Digest> {
    const database = await archiveOf(fixture)
    return (database.prepare('SELECT leaf FROM log WHERE size > 0').get() as { leaf: Digest }).leaf
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
    expect(named).toEqual(['review/late-objection', 'review/late-objection'])
  })

  describe('that somebody looked into', () => {
    const words = '已核对原件，金额无误'
    let approverName: string
    beforeAll(async () => {
      const { vault, names } = await home.session('approver')
      approverName = names.members.get(vault.member.id)?.name ?? ''
    })

    async function lateOf(login: 'approver' | 'inspector' | 'collector') {
      const { late } = await home.value(login, 'workbench.read', {})
      return late.filter(({ record }) => record === other.record).map(({ wants, by }) => ({ wants, by }))
    }

    function answer(outcome: 'unfounded' | 'founded', fault: string | null = null) {
      return { ...other, objection: otherLeaf, outcome, fault, words }
    }

    test('is answered by those who answer for the entry, and by nobody else', async () => {
      const may = async (login: 'approver' | 'inspector' | 'first') => {
        const view = await home.value(login, 'record.read', { record: other.record })
        return view.revisions[0]?.late[0]?.maySettle
      }
      expect([await may('approver'), await may('inspector'), await may('first')]).toEqual([true, true, false])
      const refused = async (login: 'approver' | 'first', input: ReturnType<typeof answer>) =>
        await home.refusal(login, 'objection.settle', input)
      expect(await refused('first', answer('unfounded'))).toBe('call/not-permitted')
      expect(await refused('approver', answer('founded', 'a'.repeat(32)))).toBe('review/fault-unknown')
      expect(await refused('approver', { ...answer('unfounded'), objection: leaf })).toBe(
        'review/objection-unknown',
      )
    })

    test('stands with the answer beside it, and waits for nobody any more', async () => {
      expect(await lateOf('inspector')).toHaveLength(1)
      await home.value('approver', 'objection.settle', answer('founded'))
      const view = await home.value('inspector', 'record.read', { record: other.record })
      const late = view.revisions[0]?.late[0]
      const said = { outcome: 'founded', fault: null, words, hand: { name: approverName } }
      expect(late).toMatchObject({ act: 'return', words: '金额不符', maySettle: false, answers: [said] })
      expect(await lateOf('approver')).toEqual([])
      expect(await home.refusal('inspector', 'objection.settle', answer('unfounded'))).toBe(
        'review/objection-settled',
      )
    })

    test('asks those who enter it for a correction, until one is handed in', async () => {
      expect(await lateOf('collector')).toEqual([{ wants: 'correct', by: approverName }])
      await home.submit(cadre, { record: other.record, parent: other.revision })
      expect(await lateOf('collector')).toEqual([])
    })

    test('is named by the verification with who answered, on every device', async () => {
      await carry(home, away)
      expect(await tablesOf(away)).toEqual(await tablesOf(home))
      const report = await home.verify(await home.keys())
      const named = report.compartments.flatMap(({ voids }) => voids.map(({ answers }) => answers ?? null))
      const { id } = (await home.session('approver')).vault.member
      expect(named).toHaveLength(2)
      expect(named).toEqual(
        expect.arrayContaining([[], [expect.objectContaining({ member: id, outcome: 'founded' })]]),
      )
    })

    test('is the same after the tables were derived anew', async () => {
      const before = await tablesOf(home)
      await home.value('inspector', 'log.rebuild', { job: newId(nodePrimitives) })
      expect(await tablesOf(home)).toEqual(before)
    })
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
