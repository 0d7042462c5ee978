import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCoreProcess, type CoreProcess, type CoreSurroundings } from '../chaos/core-process.ts'
import { searchCanary } from '../helpers/canary.ts'
import { must } from '../helpers/two-devices.ts'
import { foundingOf, loan } from '../helpers/vault-fixture.ts'
import { mustFound } from '../helpers/founding.ts'

/**
 * What memory holds of a locked application. Locking ends the process that had the keys; the one that takes its place
 * has read nothing but the unit’s marker. It is made to dump its memory, which is searched; and so is, to show that the
 * search would find it, a core that is open.
 */
const words = {
  password: 'Kanaliya-7431-鹤鸣',
  cadre: '亓官㙍犇',
  loan: '借给鹧鸪坪同乡修桥',
}

let place: string
/** Where the cores run, and so where the system writes what they leave. */
let work: string
let dumps: string
let surroundings: CoreSurroundings

beforeAll(async () => {
  place = mkdtempSync(join(realpathSync(tmpdir()), 'liandang-dump-'))
  ;[work, dumps] = ['work', 'dumps'].map((name) => join(place, name)) as [string, string]
  mkdirSync(work)
  mkdirSync(dumps)
  surroundings = { vaultDirectory: join(place, 'vault'), workingDirectory: work }
  const core = startCoreProcess(surroundings)
  const founding = foundingOf()
  const members = founding.members.map((member) => ({ ...member, password: words.password }))
  await mustFound(core, { ...founding, members })
  await core.lock()
})

afterAll(() => rmSync(place, { recursive: true, force: true }))

/**
 * Makes a core fall over with SIGABRT, dumps allowed for it alone, and keeps what the system writes of its memory: the
 * pages that were ever touched, for which GNU tar leaves out the holes. False where the system writes none.
 */
async function fell(core: CoreProcess): Promise<boolean> {
  spawnSync('prlimit', ['--pid', String(core.pid), '--core=unlimited:unlimited'])
  expect(await core.abort()).toBe('SIGABRT')
  const name = readdirSync(work).find((file) => file.startsWith('core'))
  if (name === undefined) return false
  const { status } = spawnSync('tar', ['-S', '-C', work, '-cf', join(dumps, 'dump.tar'), name])
  rmSync(join(work, name))
  expect(status).toBe(0)
  return true
}

async function found(): Promise<readonly string[]> {
  const matches = await searchCanary(dumps, Object.values(words))
  rmSync(join(dumps, 'dump.tar'))
  return [...new Set(matches.map(({ word }) => word))]
}

async function workOnce(core: CoreProcess): Promise<void> {
  await core.value('session.unlock', { login: 'collector', password: words.password })
  const opened = must(await core.call('cadre.open', { name: words.cadre, identityNumber: null, post: null }))
  const entry = loan(opened.cadre)
  const values = { ...entry.values, description: words.loan }
  await core.value('record.submit', { ...entry, values })
  await core.value('cadre.read', {
    cadre: opened.cadre,
    at: null,
    purpose: { kind: 'check', words: '' },
  })
}

test.skipIf(process.platform !== 'linux')(
  'a core dump of the locked application holds no password and no dossier; one of the open application does (on Linux, where a core file is written)',
  async (context) => {
    const open = startCoreProcess(surroundings)
    await workOnce(open)
    if (!(await fell(open))) return context.skip('the system writes no core file')
    expect(await found()).toEqual(expect.arrayContaining([words.cadre, words.loan]))

    const second = startCoreProcess(surroundings)
    await workOnce(second)
    await second.lock()
    // What a host starts in its place.
    const locked = startCoreProcess(surroundings)
    expect(await locked.value('session.status', {})).toMatchObject({ vault: 'locked' })
    expect(await fell(locked)).toBe(true)
    expect(await found()).toEqual([])
  },
  300_000,
)
