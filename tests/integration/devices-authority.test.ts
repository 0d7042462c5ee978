import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  carry,
  enrol,
  exported,
  deviceOf,
  isVerified,
  must,
  receive,
  tablesOf,
} from '../helpers/two-devices.ts'
import { fewPeople, newJob, passwordOf, VaultFixture } from '../helpers/vault-fixture.ts'

let first: VaultFixture
let second: VaultFixture
const by = 'approver'
const watched = { idleMinutes: 5, clipboardSeconds: 30, watermark: true }

beforeAll(async () => {
  first = await VaultFixture.found({ people: fewPeople })
  second = await enrol(first, '办公室二', by)
})

afterAll(() => {
  first.close()
  second.close()
})

async function memberOf(vault: VaultFixture, login: string): Promise<string> {
  return (await vault.session(login)).vault.member.id
}

test('a member removed on one device is removed on the other, with what they signed there since', async () => {
  const cadre = await second.openCadre('张三丰')
  await carry(second, first, by)
  const row = await second.submit(cadre)
  const member = await memberOf(first, 'collector')
  // One member at a time works at a device, and a new key for its database needs it alone.
  first.leave()
  must(await first.call('secadmin', 'member.remove', { member, job: newJob() }))
  first.leave()
  // Where the key ends among the dossiers says who can open them: here, with what has come from the other device.
  const { head } = (await first.session(by)).vault.authority
  const key = head.members.get(member)!.keys[0]!.key
  must(await first.call(by, 'member.bound', { member, key, compartment: 'archive', last: [] }))
  const views = await carry(first, second, by, 'collector')
  expect(views[0]?.derived).toContain('archive')
  const { authority } = (await second.session(by)).vault
  expect(authority.head.members.get(member)?.keys.some(({ inForce }) => inForce)).toBe(false)
  second.leave()
  const password = passwordOf('collector')
  expect((await second.locked('session.unlock', { login: 'collector', password })).ok).toBe(false)
  const back = await carry(second, first, by)
  expect(back.flatMap(({ voids }) => voids).map(({ code }) => code)).toContain('authority/after-removal')
  await carry(first, second, by)
  expect(await tablesOf(second, by)).toEqual(await tablesOf(first, by))
  expect((await first.record(row.record, by).catch(() => null))?.revisions ?? []).toEqual([])
  expect(await isVerified(first, by)).toBe(true)
  expect(await isVerified(second, by)).toBe(true)
})

test('authority changed on both at once is a fork that both show, and neither is stopped by it', async () => {
  must(await first.call('secadmin', 'settings.set', watched))
  must(await second.call('secadmin', 'settings.set', { ...watched, idleMinutes: 7 }))
  await first.refresh()
  await second.refresh()
  const [there] = await exported(first, await deviceOf(second, by), by)
  const [here] = await exported(second, await deviceOf(first, by), by)
  const onSecond = must(await receive(second, there!, by))
  const onFirst = must(await receive(first, here!, by))
  expect([onFirst.forked, onSecond.forked]).toEqual([true, true])
  await first.refresh()
  await second.refresh()
  const forks = [first, second].map(async (vault) => (await vault.session(by)).vault.authority.forked)
  expect(await forks[0]).toBe(await forks[1])
  expect((await first.session(by)).vault.authority.head.settings.idleMinutes).toBe(10)
  // Reading still is entered, and what is entered is taken in by the other.
  await carry(first, second, by)
  await carry(second, first, by)
  expect(await tablesOf(second, by)).toEqual(await tablesOf(first, by))
  expect(await isVerified(first, by)).toBe(true)
  expect(await isVerified(second, by)).toBe(true)
})
