import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyEntry } from '../helpers/access-list.ts'
import { OneDesk } from '../helpers/one-desk.ts'
import { fewPeople, newJob, VaultFixture } from '../helpers/vault-fixture.ts'

let founded: VaultFixture
let desk: OneDesk

beforeAll(async () => {
  founded = await VaultFixture.found({ people: fewPeople })
  desk = new OneDesk(founded.copy())
})
afterAll(() => {
  desk.close()
  founded.close()
})

async function readings(): Promise<readonly string[]> {
  const filter = { ...everyEntry, kinds: ['dossier' as const] }
  const { items } = await desk.value('auditor', 'access.list', { filter, after: null, limit: 100 })
  return items.map(({ state, subject }) => `${state} ${subject?.cadreName}`)
}

test('an auditor reads what was entered before and after a new epoch of the audit keyring', async () => {
  const open = async (name: string) => {
    const { cadre } = await desk.value('collector', 'cadre.open', { name, identityNumber: null, post: null })
    await desk.value('collector', 'cadre.read', { cadre, at: null })
  }
  await open('张三丰')
  expect(await readings()).toEqual(['good 张三丰'])
  await desk.value('auditor', 'epoch.start', { keyring: 'audit', job: newJob() })
  await open('李四光')
  expect(await readings()).toEqual(['good 李四光', 'good 张三丰'])
  const { vault } = await desk.session('auditor')
  expect(vault.identities.get('audit')).toHaveLength(2)
})
