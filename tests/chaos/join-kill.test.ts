import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  admit,
  askToJoin,
  isVerified,
  packageFor,
  passphrase,
  tablesOf,
  type Joining,
  type Package,
} from '../helpers/two-devices.ts'
import { fewPeople, newJob, VaultFixture } from '../helpers/vault-fixture.ts'
import { startCoreProcess } from './core-process.ts'

let unit: VaultFixture
let joining: Joining
let files: Package
const by = 'approver'

beforeAll(async () => {
  unit = await VaultFixture.found({ people: fewPeople })
  await unit.archive(await unit.submit(await unit.openCadre('张三丰')))
  joining = await askToJoin('办公室二')
  await admit(unit, joining)
  files = await packageFor(unit, joining.device, by)
})

afterAll(() => {
  unit.close()
  joining.vault.close()
})

const receiving = () => ({ path: files.path, code: files.code, passphrase, job: newJob() })

test('a computer that is killed while it joins has no vault, and joins with the same files', async () => {
  const { directory, layout } = joining.vault
  const core = startCoreProcess({ vaultDirectory: directory })
  const answer = core.call('join.receive', receiving())
  await core.event('progress')
  expect(await core.kill()).toBe('SIGKILL')
  const answered = await answer
  expect(answered.ok ? null : answered.error.code).toBe('call/core-ended')
  expect(existsSync(layout.vaultFile)).toBe(false)
  expect(existsSync(layout.database('control'))).toBe(false)

  // What a computer leaves that died while its files were moved into place: all of it belongs to no vault.
  mkdirSync(layout.keySlots, { recursive: true })
  for (const compartment of ['control', 'archive'] as const) {
    copyFileSync(unit.layout.database(compartment), layout.database(compartment))
  }
  copyFileSync(unit.layout.keyringFile, layout.keyringFile)

  const again = startCoreProcess({ vaultDirectory: directory })
  await again.value('join.receive', receiving())
  await again.lock()
  expect(existsSync(join(directory, 'joining'))).toBe(false)
  expect(await isVerified(joining.vault, by)).toBe(true)
  const there = (await tablesOf(joining.vault, by)) as Record<string, unknown>
  const here = (await tablesOf(unit, by)) as Record<string, unknown>
  expect(there['archive/revision']).toEqual(here['archive/revision'])
})
