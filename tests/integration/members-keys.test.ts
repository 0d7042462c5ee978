import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Id } from '../../src-shared/kernel/ids.ts'
import { startEpochs } from '../../src-main/vault/epoch.ts'
import { OneDesk } from '../helpers/one-desk.ts'
import { loan, newJob, passwordOf, VaultFixture } from '../helpers/vault-fixture.ts'

let founded: VaultFixture
let desk: OneDesk

beforeAll(async () => {
  founded = await VaultFixture.found()
})
afterAll(() => founded.close())
beforeEach(() => {
  desk = new OneDesk(founded.copy())
})
afterEach(() => desk.close())

const signs = (login: string, cadre: Id) => desk.call(login, 'record.submit', loan(cadre))

describe('a new member', () => {
  test('may log in at once, does nothing before a holder has confirmed, and works after that', async () => {
    const { cadre } = await desk.value('collector', 'cadre.open', {
      name: '张三丰',
      identityNumber: null,
      post: null,
    })
    const { member, fingerprint } = await desk.invite('newcomer', 'collector')
    const first = await desk.unlock('newcomer')
    expect(first.ok && first.value).toMatchObject({ compartments: ['control'], member: { roles: [] } })
    const { own } = await desk.value('newcomer', 'member.tasks', {})
    expect(own).toMatchObject({ fingerprint, isStale: false })
    expect(own.grants).toMatchObject([{ role: 'collector', standing: 'unconfirmed' }])
    expect(own.confirmers).toContain('用户 approver')
    expect(own.confirmers).not.toContain('用户 secadmin')
    expect((await signs('newcomer', cadre)).ok).toBe(false)

    const { confirmations } = await desk.value('approver', 'member.tasks', {})
    expect(confirmations).toMatchObject([{ member, fingerprint, gives: ['archive'], isReplacement: false }])
    expect(await desk.confirm(member, 'approver')).toEqual({ confirmed: 1, handedOver: 1 })
    const again = await desk.unlock('newcomer')
    expect(again.ok && again.value).toMatchObject({
      compartments: ['control', 'archive'],
      member: { roles: ['collector'] },
    })
    expect((await signs('newcomer', cadre)).ok).toBe(true)
    const { acts } = await desk.value('secadmin', 'member.read', { member })
    expect(acts.map(({ what, by }) => [what, by])).toEqual([
      ['role.confirm', '用户 approver'],
      ['role.grant', '用户 secadmin'],
      ['key.add', '用户 secadmin'],
      ['member.add', '用户 secadmin'],
    ])
  })

  test('is not confirmed by the secadmin who let them in, nor under a key that nobody compared', async () => {
    const { member } = await desk.invite('newcomer', 'collector')
    const grants = [{ role: 'collector' as const, deputyFor: null }]
    const { confirmations } = await desk.value('secadmin', 'member.tasks', {})
    expect(confirmations).toEqual([])
    const compared = { member, fingerprint: '0'.repeat(16), grants }
    expect(await desk.refusal('secadmin', 'member.confirm', compared)).toBe('member/key-changed')
    expect(await desk.refusal('approver', 'member.confirm', compared)).toBe('member/key-changed')
  })

  test('does not get a login that somebody has', async () => {
    const terms = {
      grants: [{ role: 'collector' as const, level: 3 as const, categories: ['*'] }],
      deputies: [],
    }
    const input = { name: '同名', login: ' Collector', password: passwordOf('x'), ...terms }
    expect(await desk.refusal('secadmin', 'member.invite', input)).toBe('member/login-taken')
  })

  test('of discipline is confirmed by who opens discipline, and nobody else sees the level', async () => {
    const { member } = await desk.invite('newcomer', 'reviewer', 4)
    const seen = async (login: string) => {
      const { members } = await desk.value(login, 'member.list', {})
      return members.find((one) => one.id === member)?.details?.grants[0]?.level
    }
    const { confirmations } = await desk.value('collector', 'member.tasks', {})
    expect(confirmations).toEqual([])
    expect(await seen('collector')).toBe(3)
    expect(JSON.stringify(await desk.value('collector', 'member.list', {}))).not.toContain('discipline')
    expect(await seen('inspector')).toBe(4)
    expect(await desk.confirm(member, 'inspector')).toEqual({ confirmed: 1, handedOver: 2 })
    const opened = await desk.unlock('newcomer')
    expect(opened.ok && opened.value.compartments).toEqual(['control', 'archive', 'discipline'])
  })

  test('whose keys nobody holds alone gets them from two, and the second confirms', async () => {
    // From here on no approver opens discipline, and who opens discipline does not open opinions.
    const lowered = { role: 'approver' as const, level: 3 as const, categories: ['*'] }
    const approver = await desk.memberId('approver')
    await desk.value('secadmin', 'member.grant', { member: approver, grant: lowered })
    await desk.confirm(approver, 'deputy')
    const { member } = await desk.invite('newcomer', 'approver', 4)
    expect((await desk.value('collector', 'member.tasks', {})).confirmations).toMatchObject([
      { member, grants: [{ role: 'approver', isConfirmable: false }], gives: ['archive'] },
    ])
    expect(await desk.confirm(member, 'inspector')).toEqual({ confirmed: 0, handedOver: 2 })
    expect(await desk.confirm(member, 'deputy')).toEqual({ confirmed: 1, handedOver: 1 })
    const opened = await desk.unlock('newcomer')
    expect(opened.ok && opened.value).toMatchObject({
      compartments: ['control', 'archive', 'discipline'],
      member: { roles: ['approver'], level: 4 },
    })
  })
})

describe('a forgotten password', () => {
  test('is replaced by the member in person; roles wait for a holder, older signatures stay', async () => {
    const { cadre } = await desk.value('collector', 'cadre.open', {
      name: '张三丰',
      identityNumber: null,
      post: null,
    })
    const row = await desk.value('collector', 'record.submit', loan(cadre))
    const member = await desk.memberId('collector')
    await desk.value('secadmin', 'member.reset', { member, password: 'another password' })
    const old = await desk.unlock('collector')
    expect(old.ok ? null : old.error.code).toBe('vault/wrong-password')
    desk.knows('collector', 'another password')
    const back = await desk.unlock('collector')
    expect(back.ok && back.value.member.roles).toEqual([])
    const { confirmations, epochs } = await desk.value('approver', 'member.tasks', {})
    expect(confirmations).toMatchObject([{ member, isReplacement: true }])
    expect(epochs).toEqual([])
    await desk.confirm(member, 'approver')
    const { revisions } = await desk.value('collector', 'record.read', { record: row.record })
    expect(revisions[0]?.status).toBe('submitted')
    expect((await signs('collector', cadre)).ok).toBe(true)
  })

  test('of the only auditor asks for the recovery sheets', async () => {
    const member = await desk.memberId('auditor')
    const input = { member, password: 'another password' }
    expect(await desk.refusal('secadmin', 'member.reset', input)).toBe('member/last-holder')
    const { members } = await desk.value('secadmin', 'member.list', {})
    expect(members.find((one) => one.id === member)?.details?.loss?.refusal).toBe('member/last-holder')
  })
})

describe('a suspension', () => {
  test('keeps a member out until they come back with a new password and a confirmation', async () => {
    const member = await desk.memberId('collector')
    await desk.value('secadmin', 'member.suspend', { member })
    expect((await desk.unlock('collector')).ok).toBe(false)
    expect(readdirSync(desk.vault.layout.keySlots)).not.toContain(`${member}.json`)
    const standing = async () => (await desk.value('secadmin', 'member.read', { member })).member.standing
    expect(await standing()).toBe('suspended')
    const { epochs, ends } = await desk.value('approver', 'member.tasks', {})
    expect(epochs).toEqual([])
    expect(ends).toMatchObject([{ member, cause: 'suspended', compartment: 'archive' }])
    desk.knows('collector', 'a password after that')
    await desk.value('secadmin', 'member.resume', { member, password: 'a password after that', grants: [] })
    expect(await standing()).toBe('unconfirmed')
    await desk.confirm(member, 'approver')
    expect(await standing()).toBe('working')
    const back = await desk.unlock('collector')
    expect(back.ok && back.value.member.roles).toEqual(['collector'])
  })
})

describe('a member who leaves', () => {
  test('loses everything at once, and holders make new keys for the rest', async () => {
    const { cadre } = await desk.value('clerk', 'cadre.open', {
      name: '张三丰',
      identityNumber: null,
      post: null,
    })
    const before = await desk.value('clerk', 'record.submit', loan(cadre))
    const oldKeys = (await desk.session('first')).vault.identities
    const member = await desk.memberId('first')
    const slots = desk.vault.copy()
    await desk.value('secadmin', 'member.remove', { member, job: newJob() })
    expect((await desk.value('secadmin', 'member.read', { member })).member.standing).toBe('left')
    expect((await desk.unlock('first')).ok).toBe(false)
    expect((await desk.value('secadmin', 'member.tasks', {})).epochs).toEqual([])
    expect(
      (await desk.value('secadmin', 'unit.read', {})).keyrings.find((one) => one.keyring === 'control')
        ?.epoch,
    ).toBe(2)

    expect(await desk.startEpochs('approver')).toEqual(['archive', 'discipline'])
    const { epochs, ends, rekeys } = await desk.value('approver', 'member.tasks', {})
    expect([epochs, ends, rekeys]).toEqual([[], [], []])
    const { vault } = await desk.session('clerk')
    for (const keyring of ['control', 'archive'] as const) {
      expect(vault.identities.get(keyring)?.[0]).not.toBe(oldKeys.get(keyring)?.[0])
      expect(vault.identities.get(keyring)?.[1]).toBe(oldKeys.get(keyring)?.[0])
    }
    // What was written before is still read, and work goes on.
    const { revisions } = await desk.value('clerk', 'record.read', { record: before.record })
    expect(revisions).toHaveLength(1)
    expect((await signs('clerk', cadre)).ok).toBe(true)
    // Neither the old slot nor a copy of the door it fitted opens what is there now.
    desk.leave()
    cpSync(join(slots.layout.keySlots, `${member}.json`), join(desk.vault.layout.keySlots, `${member}.json`))
    const returned = await desk.unlock('first')
    expect(returned.ok ? null : returned.error.code).toBe('authority/key-not-in-force')
    cpSync(slots.layout.keyringFile, desk.vault.layout.keyringFile)
    const forced = await desk.unlock('first')
    expect(forced.ok ? null : forced.error.code).toBe('vault/damaged')
    slots.close()
  })

  test('comes back with a role, a new password and a confirmation', async () => {
    const member = await desk.memberId('collector')
    await desk.value('secadmin', 'member.remove', { member, job: newJob() })
    const password = 'a password after that'
    const without = { member, password, grants: [] }
    expect(await desk.refusal('secadmin', 'member.resume', without)).toBe('call/invalid-input')
    const grants = [{ role: 'collector' as const, level: 2 as const, categories: ['A1'] }]
    await desk.value('secadmin', 'member.resume', { member, password, grants })
    await desk.confirm(member, 'approver')
    desk.knows('collector', password)
    const back = await desk.unlock('collector')
    expect(back.ok && back.value.member.roles).toEqual(['collector'])
  })

  test('is not let go as the only secadmin, and nobody lets themself go', async () => {
    const input = { member: await desk.memberId('secadmin'), job: newJob() }
    expect(await desk.refusal('secadmin', 'member.remove', input)).toBe('member/oneself')
    const other = await desk.invite('other', 'secadmin', 1)
    await desk.confirm(other.member, 'approver')
    expect(await desk.refusal('other', 'member.remove', input)).toBe(null)
    expect(await desk.value('other', 'member.list', {})).toMatchObject({ reviewers: 4 })
    const { members } = await desk.value('other', 'member.list', {})
    expect(members.find((one) => one.id === other.member)?.details?.loss?.refusal).toBe(
      'member/last-secadmin',
    )
  })
})

describe('new keys', () => {
  test('that broke off before the database was under them are finished after the next log-in', async () => {
    const { cadre } = await desk.value('clerk', 'cadre.open', {
      name: '张三丰',
      identityNumber: null,
      post: null,
    })
    const { vault } = await desk.session('approver')
    const at = new Date(vault.now()).toISOString()
    expect((await startEpochs(vault, { role: 'approver', at, keyrings: ['archive'] })).ok).toBe(true)
    expect((await desk.value('clerk', 'member.tasks', {})).rekeys).toEqual(['archive'])
    expect((await desk.value('sysadmin', 'member.tasks', {})).rekeys).toEqual([])
    expect(await desk.value('clerk', 'epoch.finish', { job: newJob() })).toEqual({
      compartments: ['archive'],
    })
    expect(desk.vault.events.some((event) => event.type === 'progress')).toBe(true)
    expect((await desk.value('clerk', 'member.tasks', {})).rekeys).toEqual([])
    expect((await signs('collector', cadre)).ok).toBe(true)
  })

  test('are started only by who holds the ones before', async () => {
    const input = { keyring: 'archive' as const, job: newJob() }
    expect(await desk.refusal('secadmin', 'epoch.start', input)).toBe('authority/not-a-holder')
    const discipline = { keyring: 'discipline' as const, job: newJob() }
    expect(await desk.refusal('collector', 'epoch.start', discipline)).toBe('authority/not-a-holder')
  })
})

describe('the list of members', () => {
  test('shows logins, levels and keys to the secadmin and holders only', async () => {
    const { members } = await desk.value('sysadmin', 'member.list', {})
    expect(members.map(({ name }) => name)).toContain('用户 collector')
    expect(members.every(({ details }) => details === null)).toBe(true)
    const member = await desk.memberId('collector')
    expect((await desk.value('sysadmin', 'member.read', { member })).acts).toEqual([])
    const shown = await desk.value('collector', 'unit.read', {})
    const levels = shown.members.flatMap(({ roles }) => roles.map(({ level }) => level))
    expect(Math.max(...levels)).toBe(3)
  })
})

describe('a key that was copied', () => {
  test('is replaced, gets new epochs, and what was signed with it too late was never done', async () => {
    const { cadre } = await desk.value('clerk', 'cadre.open', {
      name: '张三丰',
      identityNumber: null,
      post: null,
    })
    const own = await desk.value('collector', 'record.submit', loan(cadre))
    const forged = await desk.value('collector', 'record.submit', loan(cadre))
    const member = await desk.memberId('collector')
    await desk.value('secadmin', 'member.suspect', { member, password: 'another password', job: newJob() })
    const { ends, epochs } = await desk.value('approver', 'member.tasks', {})
    expect(epochs).toEqual(['archive'])
    expect(ends).toMatchObject([{ member, cause: 'copied', compartment: 'archive' }])
    await desk.confirm(member, 'approver')
    expect((await desk.value('approver', 'member.tasks', {})).epochs).toEqual(['archive'])
    await desk.startEpochs('approver')
    expect((await desk.value('approver', 'member.tasks', {})).ends).toHaveLength(1)

    const key = ends[0]?.key ?? ''
    const where = { member, key, compartment: 'archive' as const }
    const { items } = await desk.value('approver', 'member.commits', where)
    expect(items.map(({ action }) => action)).toEqual(['record.submit', 'record.submit'])
    const { log, seq } = items[1] ?? { log: '', seq: -1 }
    await desk.value('approver', 'member.bound', { ...where, last: [{ log, seq }] })
    expect((await desk.value('approver', 'member.tasks', {})).ends).toEqual([])
    const kept = await desk.value('approver', 'record.read', { record: own.record })
    expect(kept.revisions[0]?.status).toBe('submitted')
    expect(await desk.refusal('approver', 'record.read', { record: forged.record })).toBe('call/not-found')
    // The new key is not the old one: what it signs counts.
    desk.knows('collector', 'another password')
    expect((await signs('collector', cadre)).ok).toBe(true)
    expect(await desk.refusal('approver', 'member.bound', { ...where, last: [] })).toBe(
      'authority/action-not-permitted',
    )
  })
})
