import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { commitAuthority } from '../../src-main/vault/vault.ts'
import { newId, type Id } from '../../src-shared/kernel/ids.ts'
import { prepareBody } from '../../src-shared/log/header.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { OneDesk } from '../helpers/one-desk.ts'
import { loan, newJob, VaultFixture, type FixturePerson } from '../helpers/vault-fixture.ts'

let founded: VaultFixture
let cadre: Id
let row: { readonly record: Id; readonly revision: string }
let desk: OneDesk

beforeAll(async () => {
  founded = await VaultFixture.found()
  cadre = await founded.openCadre('张三丰')
  row = await founded.submit(cadre)
  for (const login of ['first', 'second']) await founded.decide(row, login)
})
afterAll(() => founded.close())
beforeEach(() => {
  desk = new OneDesk(founded.copy())
})
afterEach(() => desk.close())

describe('a role', () => {
  test('that is granted waits for a confirmation, and one that is revoked ends at once', async () => {
    const member = await desk.memberId('collector')
    const grant = { role: 'reviewer' as const, level: 3 as const, categories: ['*'] }
    await desk.value('secadmin', 'member.grant', { member, grant })
    const roles = async () => (await desk.value('collector', 'session.status', {})).session?.member.roles
    expect(await roles()).toEqual(['collector'])
    expect(await desk.confirm(member, 'approver')).toEqual({ confirmed: 1, handedOver: 0 })
    expect(await roles()).toEqual(['collector', 'reviewer'])
    const grants = [{ role: 'reviewer' as const, deputyFor: null }]
    await desk.value('secadmin', 'member.revoke', { member, grants })
    expect(await roles()).toEqual(['collector'])
    expect((await desk.value('approver', 'member.tasks', {})).epochs).toEqual([])
  })

  test('whose level sinks loses the discipline compartment, which gets a new key', async () => {
    const member = await desk.memberId('first')
    const grant = { role: 'reviewer' as const, level: 3 as const, categories: ['*'] }
    await desk.value('secadmin', 'member.grant', { member, grant })
    expect((await desk.value('collector', 'member.tasks', {})).epochs).toEqual([])
    expect((await desk.value('approver', 'member.tasks', {})).epochs).toEqual(['discipline'])
    await desk.confirm(member, 'collector')
    const opened = await desk.unlock('first')
    expect(opened.ok && opened.value.compartments).toEqual(['control', 'archive'])
    expect(await desk.startEpochs('approver')).toEqual(['discipline'])
  })

  test('reaches only its level and categories, in the lists of what may be entered too', async () => {
    const { member } = await desk.invite('newcomer', 'collector', 2)
    await desk.confirm(member, 'approver')
    const session = await desk.unlock('newcomer')
    expect(session.ok && session.value.member.level).toBe(2)
    expect(await desk.refusal('newcomer', 'record.submit', loan(cadre))).toBe(
      'authority/category-not-granted',
    )
    const dossier = await desk.value('newcomer', 'cadre.read', { cadre, at: null })
    expect(dossier.records).toEqual([])
  })

  test('of the last approver is not taken away', async () => {
    const revoked = { grants: [{ role: 'approver' as const, deputyFor: null }] }
    const other = await desk.memberId('deputy')
    await desk.value('secadmin', 'member.revoke', { ...revoked, member: other })
    const last = await desk.memberId('approver')
    expect(await desk.refusal('secadmin', 'member.revoke', { ...revoked, member: last })).toBe(
      'member/last-approver',
    )
  })
})

describe('a deputy', () => {
  const sign = (login: string) =>
    desk.refusal(login, 'review.open', { compartment: 'archive', rows: [{ ...row }] })

  test('acts from the first day to the last, and says as whose deputy', async () => {
    const member = await desk.memberId('collector')
    const deputyFor = await desk.memberId('approver')
    const deputy = { role: 'approver' as const, deputyFor, from: '2026-11-24', until: '2026-11-25' }
    await desk.value('secadmin', 'member.deputise', { member, deputy })
    await desk.confirm(member, 'approver')
    const standing = async (day: number) => {
      desk.setDay(day)
      const { grants } = (await desk.value('collector', 'member.tasks', {})).own
      return grants.find((grant) => grant.deputyFor === deputyFor)?.standing
    }
    expect(await standing(0)).toBe('not-yet')
    expect(await sign('collector')).toBe('call/not-permitted')
    expect(await standing(2)).toBe('in-force')
    // Whoever entered a record does not open its opinions, deputy or not; the right to the call is there.
    expect(await sign('collector')).toMatch(/^review\//)
    expect(await standing(3)).toBe('in-force')
    expect(await standing(4)).toBe('over')
    expect(await sign('collector')).toBe('call/not-permitted')
    const { expired } = await desk.value('secadmin', 'member.tasks', {})
    expect(expired).toMatchObject([{ member, grant: { role: 'approver', deputyFor } }])
    const grants = [{ role: 'approver' as const, deputyFor }]
    await desk.value('secadmin', 'member.revoke', { member, grants })
    expect((await desk.value('approver', 'member.tasks', {})).epochs).toContain('seal')
  })

  test('stands in only for who holds the role', async () => {
    const member = await desk.memberId('collector')
    const deputyFor = await desk.memberId('first')
    const deputy = { role: 'approver' as const, deputyFor, from: '2026-11-24', until: '2026-11-25' }
    expect(await desk.refusal('secadmin', 'member.deputise', { member, deputy })).toBe('member/not-granted')
  })
})

describe('the dossier about a member', () => {
  test('is said once by anyone who works on dossiers, and closed to the member from then on', async () => {
    const tie = async (login: string, by: string, about: Id | null) => {
      const member = await desk.memberId(login)
      return await desk.refusal(by, 'member.tie', { member, cadre: about })
    }
    expect((await desk.value('collector', 'member.tasks', {})).own).toMatchObject({
      dossier: 'unanswered',
      mayAnswer: true,
    })
    for (const login of ['collector', 'first', 'approver', 'inspector']) {
      expect(await tie(login, 'collector', cadre)).toBe(null)
    }
    expect((await desk.value('collector', 'member.tasks', {})).own.mayAnswer).toBe(false)
    expect(await desk.refusal('collector', 'record.submit', loan(cadre))).toBe('review/about-oneself')
    const rows = [{ ...row, decision: 'agree' as const, reasons: [], marks: [], words: '' }]
    expect(await desk.refusal('first', 'review.decide', { compartment: 'archive', rows })).toBe(
      'review/about-oneself',
    )
    const named = { compartment: 'archive' as const, rows: [{ ...row }] }
    expect(await desk.refusal('approver', 'review.open', named)).toBe('review/about-oneself')
    expect(await desk.refusal('deputy', 'review.open', named)).toBe(null)
    expect(await desk.refusal('approver', 'review.sign', { ...named, words: '' })).toBe(
      'review/about-oneself',
    )
    const outcome = [{ ...row, outcome: 'uphold' as const }]
    expect(
      await desk.refusal('inspector', 'review.adjudicate', {
        compartment: 'archive',
        rows: outcome,
        words: '核',
      }),
    ).toBe('review/about-oneself')
    // To say otherwise takes a responsible person whom it does not concern.
    expect(await tie('collector', 'collector', null)).toBe('member/oneself')
    expect(await tie('first', 'collector', null)).toBe('call/not-permitted')
    expect(await tie('collector', 'approver', null)).toBe(null)
  })

  test('that does not exist is said too, and nobody asks again', async () => {
    const member = await desk.memberId('collector')
    await desk.value('collector', 'member.tie', { member, cadre: null })
    expect((await desk.value('collector', 'member.tasks', {})).own).toMatchObject({
      dossier: 'none',
      mayAnswer: false,
    })
  })
})

describe('a chain that has split', () => {
  test('takes nothing new until the secadmin and an approver have settled on a side', async () => {
    const { vault } = await desk.session('secadmin')
    const parting = vault.authority.head.leaf
    const set = (idleMinutes: number) => {
      const body = prepareBody(nodePrimitives, {})
      const settings = { idleMinutes, clipboardSeconds: 30, watermark: true }
      const entity = newId(nodePrimitives)
      const operation = { op: 'settings.set', entity, digest: body.digest, ...settings } as const
      const at = new Date(vault.now()).toISOString()
      return commitAuthority(vault, 'secadmin', at, [operation], [body], parting).ok
    }
    expect([set(5), set(7)]).toEqual([true, true])
    const minutes = async () => (await desk.value('secadmin', 'settings.read', {})).idleMinutes
    expect(await minutes()).toBe(10)
    const { fork } = await desk.value('secadmin', 'member.tasks', {})
    expect(fork?.maySettle).toBe(true)
    expect(fork?.sides.map(({ acts }) => acts.map(({ what }) => what))).toEqual([
      ['settings.set'],
      ['settings.set'],
    ])
    const change = { idleMinutes: 9, clipboardSeconds: 30, watermark: true }
    expect(await desk.refusal('secadmin', 'settings.set', change)).toBe('authority/forked')
    const [kept, lost] = fork?.sides.map(({ first }) => first) ?? []
    expect(await desk.refusal('approver', 'fork.confirm', { kept: kept ?? '' })).toBe('call/not-found')
    await desk.value('secadmin', 'fork.settle', { kept: kept ?? '' })
    expect(await minutes()).toBe(10)
    const asked = await desk.value('approver', 'member.tasks', {})
    expect(asked.fork?.sides.map(({ proposedBy, mayConfirm }) => [proposedBy, mayConfirm])).toEqual([
      ['用户 secadmin', true],
      [null, false],
    ])
    expect(await desk.refusal('approver', 'fork.confirm', { kept: lost ?? '' })).toBe('call/not-found')
    await desk.value('approver', 'fork.confirm', { kept: kept ?? '' })
    expect((await desk.value('approver', 'member.tasks', {})).fork).toBe(null)
    expect([5, 7]).toContain(await minutes())
    expect(await desk.refusal('secadmin', 'settings.set', change)).toBe(null)
  })
})

describe('a small unit', () => {
  const four: readonly FixturePerson[] = [
    { login: 'collector', roles: ['collector', 'sysadmin', 'secadmin'] },
    { login: 'first', roles: ['reviewer'] },
    { login: 'second', roles: ['reviewer'] },
    { login: 'approver', roles: ['approver'], cleared: true },
  ]

  test('confirms by the approver only, and resets by secadmin and approver together', async () => {
    const small = new OneDesk(await VaultFixture.found({ people: four, policy: 'small' }))
    try {
      const { member } = await small.invite('newcomer', 'reviewer', 3, 'collector')
      expect((await small.value('first', 'member.tasks', {})).confirmations).toEqual([])
      expect((await small.value('newcomer', 'member.tasks', {})).own.confirmers).toEqual(['用户 approver'])
      await small.confirm(member, 'approver')
      await small.value('collector', 'member.reset', { member, password: 'another password' })
      small.knows('newcomer', 'another password')
      const back = await small.unlock('newcomer')
      expect(back.ok && back.value.member.roles).toEqual([])
      await small.confirm(member, 'approver')
      const only = await small.memberId('approver')
      const input = { member: only, job: newJob() }
      expect(await small.refusal('collector', 'member.remove', input)).toBe('member/last-approver')
    } finally {
      small.close()
    }
  })
})
