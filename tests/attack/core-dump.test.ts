import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startCoreProcess, type CoreSurroundings } from '../chaos/core-process.ts'
import { searchCanary } from '../helpers/canary.ts'
import { must } from '../helpers/two-devices.ts'
import { foundingOf, loan } from '../helpers/vault-fixture.ts'
import { mustFound } from '../helpers/founding.ts'

/**
 * What memory holds of a locked application. Locking ends the process that had the keys; the one that takes its place
 * has read nothing but the unit’s marker. Its memory (all of it that is not a file’s) is written out by `gcore` and searched, and so is, to show that the
 * search would find it, that of a core that is open.
 */
const words = {
  password: 'Kanaliya-7431-鹤鸣',
  cadre: '亓官㙍犇',
  loan: '借给鹧鸪坪同乡修桥',
}

let place: string
let surroundings: CoreSurroundings

const mayDump = process.platform === 'linux' && spawnSync('gcore', ['-h']).error === undefined

beforeAll(async () => {
  place = mkdtempSync(join(realpathSync(tmpdir()), 'liandang-dump-'))
  mkdirSync(join(place, 'dumps'))
  surroundings = { vaultDirectory: join(place, 'vault') }
  const core = startCoreProcess(surroundings)
  const founding = foundingOf()
  const members = founding.members.map((member) => ({ ...member, password: words.password }))
  await mustFound(core, { ...founding, members })
  await core.lock()
})

afterAll(() => rmSync(place, { recursive: true, force: true }))

/** Writes the memory of a process to a file; its name, or null where the system forbids it. */
function dump(pid: number): string | null {
  const prefix = join(place, 'dumps', 'core')
  spawnSync('gcore', ['-o', prefix, String(pid)], { encoding: 'utf8' })
  const file = `${prefix}.${pid}`
  return existsSync(file) ? file : null
}

async function found(): Promise<readonly string[]> {
  const folder = join(place, 'dumps')
  const matches = await searchCanary(folder, Object.values(words))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  return [...new Set(matches.map(({ word }) => word))]
}

async function workOnce(core: ReturnType<typeof startCoreProcess>): Promise<void> {
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

test.skipIf(!mayDump)(
  'a dump of the locked application holds no password and no dossier; of the open one it does (needs gcore)',
  async (context) => {
    const open = startCoreProcess(surroundings)
    await workOnce(open)
    if (dump(open.pid) === null) {
      await open.kill()
      return context.skip('the system lets no process be dumped')
    }
    expect(await found()).toEqual(expect.arrayContaining([words.cadre, words.loan]))
    await open.lock()

    // What a host starts in its place.
    const locked = startCoreProcess(surroundings)
    expect(await locked.value('session.status', {})).toMatchObject({ vault: 'locked' })
    expect(dump(locked.pid)).not.toBe(null)
    expect(readdirSync(join(place, 'dumps'))).toHaveLength(1)
    expect(await found()).toEqual([])
    await locked.kill()
  },
  300_000,
)
