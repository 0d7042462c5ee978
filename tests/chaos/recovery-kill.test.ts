import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seededRandom } from '../../src-main/cli/demo/random.ts'
import type { FoundedUnit } from '../../src-shared/contract/views.ts'
import { enoughSheets, foundUnit, mustFound } from '../helpers/founding.ts'
import { startCoreProcess, type CoreProcess } from './core-process.ts'
import { someTurns, touched } from './moments.ts'
import { foundingOf, newJob, password } from './small-office.ts'

let root: string

beforeAll(() => {
  root = mkdtempSync(join(realpathSync(tmpdir()), 'liandang-recovery-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

function start(vaultDirectory: string): CoreProcess {
  return startCoreProcess({ vaultDirectory, environment: { NODE_COMPILE_CACHE: join(root, 'compiled') } })
}

function newFolder(name: string): string {
  const folder = join(root, name)
  mkdirSync(folder)
  return folder
}

it('a core killed between the sheets and their check has founded nothing', async () => {
  const vault = newFolder('founding')
  const first = start(vault)
  const founded = await first.value('unit.found', foundingOf(null))
  expect(readdirSync(vault)).toContain('keyrings.json')
  expect(await first.kill()).toBe('SIGKILL')

  const second = start(vault)
  expect(await second.value('session.status', {})).toMatchObject({ vault: 'none' })
  expect(await second.value('unit.founding', {})).toEqual({ state: 'broke-off' })
  expect(await second.call('unit.complete', { sheets: enoughSheets(founded) })).toMatchObject({
    error: { code: 'recovery/no-founding' },
  })
  expect(await second.call('session.unlock', { login: 'approver', password })).toMatchObject({
    error: { code: 'vault/none' },
  })
  expect((await foundUnit(second, foundingOf(null))).ok).toBe(true)
  await second.value('session.unlock', { login: 'approver', password })
  expect(await second.value('log.verify', { job: newJob() })).toMatchObject({ verified: true })
  expect(await second.lock()).toBe(0)
})

/** A reset by what it touches; the core is killed a while after each of these. */
const steps: readonly ((vault: string) => Promise<void>)[] = [
  (vault) => touched(join(vault, 'keyslots'), /^pending-/),
  (vault) => touched(vault, /^keyrings\.json\.new$/),
  (vault) => touched(vault, /^keyrings\.json$/),
  (vault) => touched(vault, /^control\.db-wal$/),
  (vault) => touched(join(vault, 'keyslots'), /^[0-9a-f]{32}\.json$/),
]

/** Before the new password has been stretched, however slow this process is to pull the plug. */
const atOnce = async () => undefined

it('a reset with the sheets that is cut off leaves the old password or the new one', async () => {
  const random = seededRandom(7)
  const vault = newFolder('reset')
  const founder = start(vault)
  const unit: FoundedUnit = await mustFound(founder, foundingOf(null))
  expect(await founder.lock()).toBe(0)

  let present = password
  const outcomes: string[] = []
  for (const [index, step] of [atOnce, ...steps, ...steps].entries()) {
    const next = `another password ${index}`
    const core = start(vault)
    expect(await core.value('session.status', {})).toMatchObject({ vault: 'locked' })
    const reached = step(vault)
    const using = core.call('recovery.use', { sheets: enoughSheets(unit), login: 'approver', password: next })
    await Promise.race([reached.then(() => someTurns(random, 500)), using])
    expect(await core.kill()).toBe('SIGKILL')
    const result = await using
    const known = await passwordThatOpens(vault, [present, next])
    if (result.ok) expect(known).toBe(next)
    outcomes.push(known === next ? 'new' : 'old')
    present = known
  }
  // Both came to pass, or the moments were badly chosen.
  expect(new Set(outcomes)).toEqual(new Set(['old', 'new']))

  const last = start(vault)
  await last.value('session.unlock', { login: 'approver', password: present })
  expect(await last.value('log.verify', { job: newJob() })).toMatchObject({ verified: true })
  expect(await last.lock()).toBe(0)
  expect(readdirSync(join(vault, 'keyslots')).filter((name) => name.startsWith('pending-'))).toEqual([])
}, 300_000)

/** Tries each in a core of its own; exactly one must open the vault. */
async function passwordThatOpens(vault: string, candidates: readonly string[]): Promise<string> {
  const opening: string[] = []
  for (const candidate of candidates) {
    const core = start(vault)
    const opened = await core.call('session.unlock', { login: 'approver', password: candidate })
    if (opened.ok) opening.push(candidate)
    await core.kill()
  }
  expect(opening).toHaveLength(1)
  return opening[0] ?? ''
}
