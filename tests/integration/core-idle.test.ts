import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CoreClient, startCoreClient } from '../../src-main/core/client.ts'
import { forkCore } from '../../src-main/core/host/fork-core.ts'
import type { CoreEvent } from '../../src-shared/contract/channel.ts'
import { openedAccess } from '../helpers/access-entries.ts'
import { fewPeople, passwordOf, VaultFixture } from '../helpers/vault-fixture.ts'

const hurried = fileURLToPath(new URL('../helpers/hurried-core.ts', import.meta.url))
let vault: VaultFixture
let client: CoreClient

beforeEach(async () => {
  vault = await VaultFixture.found({ people: fewPeople })
  await vault.value('secadmin', 'settings.set', { idleMinutes: 1, clipboardSeconds: 30, watermark: true })
  vault.leave()
  client = startCoreClient({ spawn: () => forkCore({ entry: hurried, vaultDirectory: vault.directory }) })
})

afterEach(async () => {
  await client.stop()
  vault.close()
})

test('a desk whose page was closed is locked by the core, which enters it in the access log', async () => {
  const locked = new Promise<CoreEvent>((resolve) => {
    client.subscribe((event) => {
      if (event.type === 'locked') resolve(event)
    })
  })
  const password = passwordOf('collector')
  expect(await client.call('session.unlock', { login: 'collector', password })).toMatchObject({ ok: true })
  expect(await locked).toEqual({ type: 'locked', reason: 'asked' })
  expect(await client.call('session.status', {})).toMatchObject({ value: { vault: 'locked' } })
  const entries = await openedAccess(vault)
  expect(entries.filter(({ kind }) => kind === 'lock')).toMatchObject([{ role: 'collector' }])
})
