import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dispatch } from '../../src-main/core/dispatch.ts'
import type { CoreContext } from '../../src-main/services/context.ts'
import { openDatabase } from '../../src-main/vault/database.ts'
import { clearLeftovers } from '../../src-main/vault/leftovers.ts'
import type { Compartment } from '../../src-shared/access/roles.ts'
import { foundUnit } from '../helpers/founding.ts'
import { flipBit } from '../property/log/flips.ts'
import {
  fewPeople,
  foundingOf,
  loan,
  passwordOf,
  VaultFixture,
  type RawKeys,
} from '../helpers/vault-fixture.ts'

let founded: VaultFixture
let vault: VaultFixture
let keys: RawKeys
let now: number

beforeAll(async () => {
  founded = await VaultFixture.found({ people: fewPeople })
  await founded.archive(await founded.submit(await founded.openCadre('张三丰')))
  keys = await founded.keys('approver')
})

afterAll(() => founded.close())

beforeEach(() => {
  vault = founded.copy()
  now = Date.UTC(2026, 10, 22, 2, 0, 0)
})

afterEach(() => vault.close())

const signal = new AbortController().signal

function context(): CoreContext {
  return { ...vault.context(), now: () => now }
}

/** Tries to open the vault in a core of its own, as after a restart; the code of the refusal, or `open`. */
async function attempt(login = 'approver', password = passwordOf(login)): Promise<string> {
  const core = context()
  const result = await dispatch(core, 'session.unlock', { login, password }, signal)
  core.session?.vault.close()
  return result.ok ? 'open' : result.error.code
}

async function waitSeconds(): Promise<number> {
  const status = await dispatch(context(), 'session.status', {}, signal)
  return (status as { value: { waitSeconds: number } }).value.waitSeconds
}

/** Every file of the vault and what is in it, but for the count of attempts. */
function snapshot(): Record<string, string> {
  const files = readdirSync(vault.directory, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== 'attempts.json',
  )
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')]
    }),
  )
}

function slots(): readonly string[] {
  return readdirSync(vault.layout.keySlots).map((name) => join(vault.layout.keySlots, name))
}

/** The only slot that a password opens. */
async function slotOf(login: string): Promise<string> {
  const member = (await founded.session(login)).vault.member.id
  return join(vault.layout.keySlots, `${member}.json`)
}

describe('a wrong password', () => {
  test('says no more than an unknown login does', async () => {
    expect(await attempt('approver', 'wrong password')).toBe('vault/wrong-password')
    expect(await attempt('nobody', passwordOf('approver'))).toBe('vault/wrong-password')
  })

  test('is free a few times, then costs a wait that doubles, also after a restart', async () => {
    for (let time = 0; time < 5; time++)
      expect(await attempt('approver', 'wrong')).toBe('vault/wrong-password')
    expect(await waitSeconds()).toBe(10)
    expect(await attempt('approver')).toBe('vault/slow-down')
    now += 9_000
    expect(await attempt('approver')).toBe('vault/slow-down')
    now += 1_000
    expect(await attempt('approver', 'wrong')).toBe('vault/wrong-password')
    expect(await waitSeconds()).toBe(20)
    now += 20_000
    expect(await attempt('approver')).toBe('open')
    expect(await waitSeconds()).toBe(0)
  })

  test('never costs more than a quarter of an hour', async () => {
    writeFileSync(vault.layout.attemptsFile, `{"failed":90000,"last":${now},"type":"liandang/attempts/1"}`)
    expect(await waitSeconds()).toBe(900)
  })

  test('is counted before it is tried: a core that dies at it wins nothing', async () => {
    const tries = Array.from({ length: 6 }, () =>
      dispatch(context(), 'session.unlock', { login: 'approver', password: 'wrong' }, signal),
    )
    expect(await waitSeconds()).toBeGreaterThan(0)
    expect(await attempt('approver')).toBe('vault/slow-down')
    // None of them goes on in a vault that is cleared away.
    await Promise.all(tries)
  })

  test('costs its wait and no more when the clock is set back', async () => {
    for (let time = 0; time < 5; time++) await attempt('approver', 'wrong')
    now -= 30 * 24 * 3600 * 1000
    expect(await waitSeconds()).toBe(10)
    now += 10_000
    expect(await waitSeconds()).toBe(0)
    expect(await attempt('approver')).toBe('open')
  })

  test('is not forgotten by damaging the count, and the wait then ends', async () => {
    writeFileSync(vault.layout.attemptsFile, 'nonsense')
    now = Math.ceil(statSync(vault.layout.attemptsFile).mtimeMs)
    expect(await attempt('approver')).toBe('vault/slow-down')
    now += 15 * 60 * 1000
    expect(await attempt('approver')).toBe('open')
  })
})

describe('a vault is not opened, and nothing in it changes, when', () => {
  async function expectRefused(code: string, login = 'approver'): Promise<void> {
    const before = snapshot()
    expect(await attempt(login)).toBe(code)
    expect(snapshot()).toEqual(before)
  }

  test('it is not there', async () => {
    rmSync(vault.layout.vaultFile)
    await expectRefused('vault/none')
  })

  test.each([
    ['is cut short', (bytes: Uint8Array) => bytes.subarray(0, 100)],
    ['is empty', () => new Uint8Array(0)],
    ['is not of this form', () => new TextEncoder().encode('{"type":"liandang/keyslot/1"}')],
  ])('the member’s key slot %s', async (_how, damage) => {
    const slot = await slotOf('approver')
    writeFileSync(slot, damage(new Uint8Array(readFileSync(slot))))
    await expectRefused('vault/slot-damaged')
    expect(await attempt('collector')).toBe('open')
  })

  test('any bit of the member’s key slot has changed', async () => {
    const slot = await slotOf('approver')
    const whole = new Uint8Array(readFileSync(slot))
    for (let bit = 5; bit < 8 * whole.length; bit += 8 * 31 + 1) {
      writeFileSync(slot, flipBit(whole, bit))
      await expectRefused('vault/slot-damaged')
      rmSync(vault.layout.attemptsFile, { force: true })
    }
  })

  test('the member’s key slot is another’s', async () => {
    const [approver, collector] = [await slotOf('approver'), await slotOf('collector')]
    copyFileSync(collector, approver)
    await expectRefused('vault/slot-damaged')
    for (const slot of slots()) rmSync(slot)
    await expectRefused('vault/wrong-password')
  })

  test('the file of keyrings is gone, cut short, or changed in any bit that counts', async () => {
    const path = vault.layout.keyringFile
    const whole = new Uint8Array(readFileSync(path))
    const text = new TextDecoder().decode(whole)
    const member = (await founded.session('approver')).vault.member.id
    const door = text.indexOf('"wrap":"', text.indexOf(member, text.indexOf('"control":{"epoch"'))) + 40
    for (const bytes of [
      whole.subarray(0, whole.length / 2),
      new Uint8Array(0),
      flipBit(whole, 8),
      flipBit(whole, 8 * door),
      flipBit(whole, 8 * (text.indexOf('"sealed":"') + 40)),
    ]) {
      writeFileSync(path, bytes)
      await expectRefused('vault/damaged')
    }
    // What is behind the door stands in the chain too, and the file is made whole again from it.
    const archive = text.indexOf('"wrap":"', text.indexOf(member, text.indexOf('"archive":{"epoch"'))) + 40
    writeFileSync(path, flipBit(whole, 8 * archive))
    expect(await attempt('approver')).toBe('open')
    expect(new Uint8Array(readFileSync(path))).toEqual(whole)
    rmSync(path)
    await expectRefused('vault/damaged')
  })

  test('its marker is another unit’s', async () => {
    const text = readFileSync(vault.layout.vaultFile, 'utf8')
    const other = text.replace(/(?<="unit":")./, (digit) => (digit === '0' ? '1' : '0'))
    expect(other).not.toBe(text)
    writeFileSync(vault.layout.vaultFile, other)
    await expectRefused('vault/damaged')
    writeFileSync(vault.layout.vaultFile, 'not a vault')
    await expectRefused('vault/damaged')
  })

  test('two databases were swapped', async () => {
    const [archive, discipline] = [vault.layout.database('archive'), vault.layout.database('discipline')]
    renameSync(archive, `${archive}.aside`)
    renameSync(discipline, archive)
    renameSync(`${archive}.aside`, discipline)
    await expectRefused('vault/damaged')
    await expectRefused('vault/damaged', 'collector')
    expect(await attempt('auditor')).toBe('open')
  })

  test('a database is another vault’s', async () => {
    const other = founded.copy()
    const key = new Uint8Array(32).fill(7)
    rmSync(other.layout.database('archive'))
    const made = openDatabase(other.layout.database('archive'), key, 'business', 'new')
    if (made.ok) made.value.close()
    copyFileSync(other.layout.database('archive'), vault.layout.database('archive'))
    other.close()
    await expectRefused('vault/damaged')
  })

  test.each(['control', 'archive', 'discipline'] as const)('the database of %s is missing', async (name) => {
    rmSync(vault.layout.database(name))
    await expectRefused('vault/damaged')
    expect(existsSync(vault.layout.database(name))).toBe(false)
  })

  test.each([0, 1, 100, 512, 4095, 4096, 4096 * 3 + 17])('a database is cut to %i bytes', async (length) => {
    truncateSync(vault.layout.database('archive'), length)
    await expectRefused('vault/damaged')
  })

  test('a database is a folder', async () => {
    rmSync(vault.layout.database('archive'))
    mkdirSync(vault.layout.database('archive'))
    await expectRefused('vault/damaged')
  })

  test.each(['control', 'archive'] as const)('the database of %s is of a newer program', async (name) => {
    change(name, (database) => database.pragma('user_version = 99'))
    await expectRefused('vault/from-the-future')
  })

  test('the root of trust or the device’s key was changed', async () => {
    change('control', (database) =>
      database.exec(`UPDATE secret SET value = randomblob(32) WHERE name = 'unit-root-public-key'`),
    )
    await expectRefused('authority/not-founded')
    vault.close()
    vault = founded.copy()
    change('control', (database) =>
      database.exec(`UPDATE secret SET value = randomblob(32) WHERE name = 'device-seed'`),
    )
    await expectRefused('authority/device')
    change('control', (database) => database.exec('DELETE FROM secret'))
    await expectRefused('vault/damaged')
  })

  function change(
    name: Compartment,
    what: (database: import('../../src-main/vault/database.ts').Database) => void,
  ) {
    const kind = name === 'control' ? 'control' : 'business'
    const opened = openDatabase(
      vault.layout.database(name),
      keys.databases.get(name) as Uint8Array,
      kind,
      'existing',
    )
    if (!opened.ok) throw new Error(opened.error.code)
    what(opened.value)
    opened.value.close()
  }
})

describe('damage that comes while the vault is open', () => {
  test('is said to be damage, by what reads it and by what writes', async () => {
    const cadre = await vault.openCadre('李四')
    vault.leave()
    await vault.enter('collector')
    const path = vault.layout.database('archive')
    const bytes = readFileSync(path)
    for (let page = 1; page < bytes.length / 4096; page++) bytes[4096 * page + 2000]! ^= 1
    writeFileSync(path, bytes)
    const page = { search: '', after: null, limit: 10 }
    expect(await vault.refusal('collector', 'cadre.list', page)).toBe('vault/damaged')
    expect(await vault.refusal('collector', 'record.submit', loan(cadre))).toBe('vault/damaged')
  })

  test('is a database that another program holds: it is in use', async () => {
    const { session } = await vault.enter('collector')
    // Otherwise it waits five seconds for the other to be done.
    session?.vault.compartments.get('archive')?.database.pragma('busy_timeout = 1')
    const other = openDatabase(
      vault.layout.database('archive'),
      keys.databases.get('archive') as Uint8Array,
      'business',
      'existing',
    )
    if (!other.ok) throw new Error(other.error.code)
    other.value.exec('BEGIN IMMEDIATE')
    const input = { name: '李四', identityNumber: null, post: null }
    expect(await vault.refusal('collector', 'cadre.open', input)).toBe('vault/in-use')
    other.value.exec('ROLLBACK')
    other.value.close()
    expect(await vault.refusal('collector', 'cadre.open', input)).toBe(null)
  })
})

describe('one core', () => {
  test('is for one member: a second who asks at the same moment is refused', async () => {
    const core = context()
    const both = await Promise.all(
      (['collector', 'approver'] as const).map((login) =>
        dispatch(core, 'session.unlock', { login, password: passwordOf(login) }, signal),
      ),
    )
    expect(both.map((result) => (result.ok ? 'open' : result.error.code)).sort()).toEqual([
      'call/not-permitted',
      'open',
    ])
    const later = await dispatch(
      core,
      'session.unlock',
      { login: 'first', password: passwordOf('first') },
      signal,
    )
    expect(later).toMatchObject({ ok: false, error: { code: 'call/not-permitted' } })
    core.session?.vault.close()
  })

  test('keeps nothing of what an earlier one left half received or half sent', async () => {
    for (const folder of [vault.layout.incoming, vault.layout.outgoing]) {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'a'.repeat(32)), 'ciphertext without a key')
    }
    clearLeftovers(vault.layout)
    expect([existsSync(vault.layout.incoming), existsSync(vault.layout.outgoing)]).toEqual([false, false])
    expect((await vault.verify(keys)).verified).toBe(true)
  })
})

describe('a founding that broke off', () => {
  test('leaves no vault, and the next founding starts afresh', async () => {
    const broken = founded.copy()
    rmSync(broken.layout.vaultFile)
    expect(await broken.locked('session.status', {})).toMatchObject({ value: { vault: 'none' } })
    const again = await foundUnit(broken.core(), foundingOf({ people: fewPeople }))
    expect(again.ok).toBe(true)
    await broken.submit(await broken.openCadre('王五'))
    expect((await broken.verify(await broken.keys('approver'))).verified).toBe(true)
    expect(await broken.locked('unit.found', foundingOf())).toMatchObject({ error: { code: 'vault/exists' } })
    broken.close()
  })
})
