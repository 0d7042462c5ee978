import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { dispatch } from '../../src-main/core/dispatch.ts'
import type { CoreContext } from '../../src-main/services/context.ts'
import type { ProcedureName } from '../../src-shared/contract/index.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import { openedAccess } from '../helpers/access-entries.ts'
import { fewPeople, passwordOf, VaultFixture } from '../helpers/vault-fixture.ts'

let founded: VaultFixture
let vault: VaultFixture
/** Milliseconds since 1970; minutes before what the fixture's own clock says. */
let now: number

beforeAll(async () => {
  founded = await VaultFixture.found({ people: fewPeople })
})

afterAll(() => founded.close())

beforeEach(() => {
  vault = founded.copy()
  now = Date.UTC(2026, 10, 22, 0, 30, 0)
})

afterEach(() => vault.close())

const signal = new AbortController().signal
const newPassword = '换过一次的新口令一二三四'
const store = 'gnome_libsecret'
const systemKey = { id: '5'.repeat(32), key: Buffer.alloc(32, 9).toString('base64') }

/** A core of its own, as after a restart. */
function core(host?: 'desktop'): CoreContext {
  return { ...vault.context(), ...(host === undefined ? {} : { host }), now: () => now }
}

async function ask(context: CoreContext, name: ProcedureName, input: object) {
  return (await dispatch(context, name, input, signal)) as Result<Record<string, unknown>>
}

function codeOf(result: Result<unknown>): string {
  return result.ok ? 'done' : result.error.code
}

/** Logs in at a core of its own and out again; the code of the refusal, or `done`. */
async function logIn(login: string, password = passwordOf(login), keyFile: string | null = null) {
  const context = core()
  const result = await ask(context, 'session.unlock', { login, password, keyFile })
  context.session?.vault.close()
  return codeOf(result)
}

/** A core at which the member is at work. */
async function atWork(login: string, host?: 'desktop'): Promise<CoreContext> {
  const context = core(host)
  const result = await ask(context, 'session.unlock', { login, password: passwordOf(login) })
  if (!result.ok) throw new Error(result.error.code)
  return context
}

async function newKeyFile(context: CoreContext, folder: string | null = null) {
  const made = await ask(context, 'keyfile.new', { folder })
  if (!made.ok) throw new Error(made.error.code)
  return made.value as { readonly name: string; readonly content: string }
}

const files = () => readdirSync(vault.layout.keySlots).sort()

describe('changing one’s own password', () => {
  test('needs the old one, and then the new one opens and the old one does not', async () => {
    const context = await atWork('collector')
    const change = (old: string) => ask(context, 'member.password', { old, new: newPassword, keyFile: null })
    expect(codeOf(await change('not the password'))).toBe('vault/wrong-password')
    expect(await logIn('collector')).toBe('done')
    expect(codeOf(await change(passwordOf('collector')))).toBe('done')
    context.session?.vault.close()
    expect(await logIn('collector', newPassword)).toBe('done')
    expect(await logIn('collector')).toBe('vault/wrong-password')
    expect(await logIn('approver')).toBe('done')
  })

  test('is no quicker way to guess than the lock screen', async () => {
    const context = await atWork('collector')
    const change = (old: string) => ask(context, 'member.password', { old, new: newPassword, keyFile: null })
    for (let time = 0; time < 5; time++) {
      expect(codeOf(await change(`guess ${time}`))).toBe('vault/wrong-password')
    }
    expect(codeOf(await change(passwordOf('collector')))).toBe('vault/slow-down')
    expect(await logIn('approver')).toBe('vault/slow-down')
    now += 10_000
    expect(codeOf(await change(passwordOf('collector')))).toBe('done')
    context.session?.vault.close()
  })

  test('to a short one, or to the same, is refused', async () => {
    const context = await atWork('collector')
    const old = passwordOf('collector')
    for (const wrong of ['nine char', old]) {
      const result = await ask(context, 'member.password', { old, new: wrong, keyFile: null })
      expect(codeOf(result)).toBe('call/invalid-input')
    }
    context.session?.vault.close()
  })

  test('replaces the slot whole: a slot half written beside it is none', async () => {
    const context = await atWork('collector')
    const id = context.session?.vault.member.id ?? ''
    const before = readFileSync(join(vault.layout.keySlots, `${id}.json`))
    writeFileSync(join(vault.layout.keySlots, `${id}.json.new`), before.subarray(0, 100))
    expect(await logIn('collector')).toBe('done')
    const old = passwordOf('collector')
    expect(codeOf(await ask(context, 'member.password', { old, new: newPassword, keyFile: null }))).toBe(
      'done',
    )
    expect(files()).not.toContain(`${id}.json.new`)
    context.session?.vault.close()
    expect(await logIn('collector', newPassword)).toBe('done')
  })
})

describe('a key file', () => {
  const password = passwordOf('collector')

  async function withKeyFile() {
    const context = await atWork('collector')
    const { content } = await newKeyFile(context)
    expect(codeOf(await ask(context, 'keyfile.set', { password, keyFile: null, next: content }))).toBe('done')
    return { context, content }
  }

  test('is asked for beside the password from then on, of this member alone', async () => {
    expect((await ask(core(), 'session.status', {})) as unknown).toMatchObject({ value: { keyFiles: false } })
    const { content, context } = await withKeyFile()
    context.session?.vault.close()
    expect((await ask(core(), 'session.status', {})) as unknown).toMatchObject({ value: { keyFiles: true } })
    expect(await logIn('collector')).toBe('vault/key-file-needed')
    expect(await logIn('collector', password, content)).toBe('done')
    expect(await logIn('collector', password, `${content}\r\n`)).toBe('done')
    expect(await logIn('collector', 'not the password', content)).toBe('vault/wrong-password')
    expect(await logIn('approver')).toBe('done')
    // Who carries one may always give it.
    expect(await logIn('approver', passwordOf('approver'), content)).toBe('done')
  })

  test('of somebody else, or gone bad, is named as such', async () => {
    const { content, context } = await withKeyFile()
    const other = await newKeyFile(context)
    context.session?.vault.close()
    expect(await logIn('collector', password, other.content)).toBe('vault/key-file-wrong')
    const bad = content.replace(
      /"secret":"./,
      (found) => `${found.slice(0, -1)}${found.endsWith('0') ? 1 : 0}`,
    )
    for (const wrong of [bad, content.slice(0, 90), '{}', '照片']) {
      expect(await logIn('collector', password, wrong)).toBe('vault/key-file-wrong')
    }
  })

  test('with the right id and another secret opens nothing', async () => {
    const { content, context } = await withKeyFile()
    const other = await newKeyFile(context)
    context.session?.vault.close()
    const mine = JSON.parse(content) as { id: string }
    const theirs = JSON.parse(other.content) as { secret: string }
    const { keyFileText } = await import('../../src-main/vault/key-file.ts')
    const forged = keyFileText({ id: mine.id, secret: new Uint8Array(Buffer.from(theirs.secret, 'hex')) })
    expect(await logIn('collector', password, forged)).toBe('vault/wrong-password')
  })

  test('that is missing counts as an attempt: it is no free way to learn who has one', async () => {
    const { context } = await withKeyFile()
    context.session?.vault.close()
    for (let time = 0; time < 5; time++) expect(await logIn('collector')).toBe('vault/key-file-needed')
    expect(await logIn('approver')).toBe('vault/slow-down')
  })

  test('stays needed when the password changes, and can be replaced and switched off', async () => {
    const { content, context } = await withKeyFile()
    const without = { old: password, new: newPassword, keyFile: null }
    expect(codeOf(await ask(context, 'member.password', without))).toBe('vault/key-file-needed')
    expect(codeOf(await ask(context, 'member.password', { ...without, keyFile: content }))).toBe('done')
    expect(await logIn('collector', newPassword)).toBe('vault/key-file-needed')
    const next = (await newKeyFile(context)).content
    const set = (keyFile: string | null, to: string | null) =>
      ask(context, 'keyfile.set', { password: newPassword, keyFile, next: to })
    expect(codeOf(await set(content, next))).toBe('done')
    expect(await logIn('collector', newPassword, content)).toBe('vault/key-file-wrong')
    expect(await logIn('collector', newPassword, next)).toBe('done')
    expect(codeOf(await set(next, null))).toBe('done')
    context.session?.vault.close()
    expect(await logIn('collector', newPassword)).toBe('done')
  })

  test('is written into a folder, over nothing and never into the vault', async () => {
    const context = await atWork('collector')
    const stick = join(vault.outside, 'stick')
    mkdirSync(stick)
    const { name, content } = await newKeyFile(context, stick)
    expect(readFileSync(join(stick, name), 'utf8')).toBe(`${content}\n`)
    expect(name).not.toContain('collector')
    for (const folder of [vault.directory, vault.layout.keySlots, join(stick, 'missing')]) {
      expect(codeOf(await ask(context, 'keyfile.new', { folder }))).toBe('bundle/folder-unusable')
    }
    context.session?.vault.close()
  })

  test('is named in the slot by its id, and nothing else of it stands on the disk', async () => {
    const { content, context } = await withKeyFile()
    const { id, secret } = JSON.parse(content) as { id: string; secret: string }
    const slot = readFileSync(join(vault.layout.keySlots, `${context.session?.vault.member.id}.json`), 'utf8')
    expect(slot).toContain(id)
    expect(slot).not.toContain(secret)
    context.session?.vault.close()
  })
})

describe('what the operating system keeps', () => {
  const password = passwordOf('collector')
  const resume = (login = 'collector', keys: readonly object[] = [systemKey], host?: 'desktop') => {
    const context = core(host)
    return ask(context, 'session.resume', { login, store, keys }).then((result) => {
      context.session?.vault.close()
      return codeOf(result)
    })
  }

  async function switchOn() {
    const context = await atWork('collector', 'desktop')
    const made = await ask(context, 'systemslot.make', { password, keyFile: null, store, key: systemKey })
    expect(made).toEqual({ ok: true, value: { replaced: null } })
    return context
  }

  test('opens the vault without the password, for its own login and key alone', async () => {
    const context = await switchOn()
    expect(await ask(context, 'account.read', { store })).toMatchObject({
      value: { systemUnlock: { isOn: true, refusal: null } },
    })
    context.session?.vault.close()
    expect(await ask(core('desktop'), 'session.status', {})).toMatchObject({ value: { systemUnlock: true } })
    expect(await resume('Collector', [systemKey], 'desktop')).toBe('done')
    expect(await resume('approver', [systemKey], 'desktop')).toBe('vault/system-slot-none')
    expect(await resume('collector', [], 'desktop')).toBe('vault/system-slot-none')
    const otherKey = { id: systemKey.id, key: Buffer.alloc(32, 8).toString('base64') }
    expect(await resume('collector', [otherKey], 'desktop')).toBe('vault/system-slot-none')
    expect(await logIn('collector')).toBe('done')
  })

  test('is refused under every host but desktop, and where the storage protects nothing', async () => {
    const context = await switchOn()
    context.session?.vault.close()
    expect(await resume()).toBe('vault/system-storage-unsafe')
    expect(await ask(core(), 'session.status', {})).toMatchObject({ value: { systemUnlock: false } })
    const web = await atWork('approver')
    const input = { password: passwordOf('approver'), keyFile: null, store, key: systemKey }
    expect(codeOf(await ask(web, 'systemslot.make', input))).toBe('vault/system-storage-unsafe')
    expect(await ask(web, 'account.read', { store })).toMatchObject({
      value: { systemUnlock: { isOn: false, refusal: 'host' } },
    })
    web.session?.vault.close()
    const desktop = await atWork('approver', 'desktop')
    for (const unsafe of ['basic_text', 'unknown', 'unavailable', undefined]) {
      const result = await ask(desktop, 'systemslot.make', { ...input, store: unsafe })
      expect(codeOf(result)).toBe('vault/system-storage-unsafe')
    }
    expect(codeOf(await ask(desktop, 'systemslot.make', { ...input, key: undefined }))).toBe(
      'vault/system-storage-unsafe',
    )
    desktop.session?.vault.close()
  })

  test('is switched on only by who knows the password', async () => {
    const context = await atWork('collector', 'desktop')
    const input = { password: 'not the password', keyFile: null, store, key: systemKey }
    expect(codeOf(await ask(context, 'systemslot.make', input))).toBe('vault/wrong-password')
    context.session?.vault.close()
    expect(await resume('collector', [systemKey], 'desktop')).toBe('vault/system-slot-none')
  })

  test('ends with a new password, and with being switched off', async () => {
    const context = await switchOn()
    const change = { old: password, new: newPassword, keyFile: null }
    expect(codeOf(await ask(context, 'member.password', change))).toBe('done')
    expect(await resume('collector', [systemKey], 'desktop')).toBe('vault/system-slot-none')
    const again = { password: newPassword, keyFile: null, store, key: systemKey }
    expect(codeOf(await ask(context, 'systemslot.make', again))).toBe('done')
    expect(await resume('collector', [systemKey], 'desktop')).toBe('done')
    const dropped = await ask(context, 'systemslot.drop', {})
    expect(dropped).toEqual({ ok: true, value: { dropped: systemKey.id } })
    context.session?.vault.close()
    expect(await resume('collector', [systemKey], 'desktop')).toBe('vault/system-slot-none')
  })

  test('put back from an old copy of the vault opens nothing once the slot was written anew', async () => {
    const context = await switchOn()
    const name = files().find((file) => file.endsWith('.system.json')) ?? ''
    const aside = join(vault.outside, name)
    copyFileSync(join(vault.layout.keySlots, name), aside)
    const change = { old: password, new: newPassword, keyFile: null }
    expect(codeOf(await ask(context, 'member.password', change))).toBe('done')
    context.session?.vault.close()
    expect(existsSync(join(vault.layout.keySlots, name))).toBe(false)
    copyFileSync(aside, join(vault.layout.keySlots, name))
    expect(await resume('collector', [systemKey], 'desktop')).toBe('vault/system-slot-none')
  })

  test('that was changed in any part opens nothing', async () => {
    const context = await switchOn()
    context.session?.vault.close()
    const name = files().find((file) => file.endsWith('.system.json')) ?? ''
    const path = join(vault.layout.keySlots, name)
    const text = readFileSync(path, 'utf8')
    for (let at = 5; at < text.length; at += 37) {
      const changed = text[at] === 'b' ? 'c' : 'b'
      writeFileSync(path, text.slice(0, at) + changed + text.slice(at + 1))
      expect(await resume('collector', [systemKey], 'desktop')).toBe('vault/system-slot-none')
    }
    writeFileSync(path, text)
    expect(await resume('collector', [systemKey], 'desktop')).toBe('done')
  })
})

describe('the auditor sees', () => {
  const seen = async (kind: string) => (await openedAccess(vault)).filter((entry) => entry.kind === kind)

  test('who came in, when, and how', async () => {
    const context = await atWork('collector', 'desktop')
    const id = context.session?.vault.member.id
    const input = { password: passwordOf('collector'), keyFile: null, store, key: systemKey }
    await ask(context, 'systemslot.make', input)
    context.session?.vault.close()
    now += 60_000
    const resumed = core('desktop')
    await ask(resumed, 'session.resume', { login: 'collector', store, keys: [systemKey] })
    resumed.session?.vault.close()
    const entries = (await seen('unlock')).filter((entry) => entry.member === id).slice(-2)
    expect(entries.map(({ at, subject }) => [at, subject])).toEqual([
      ['2026-11-22T00:30:00.000Z', { what: 'password' }],
      ['2026-11-22T00:31:00.000Z', { what: 'system' }],
    ])
  })

  test('how often it failed before, from when to when, and no login name', async () => {
    expect(await logIn('collector', 'wrong')).toBe('vault/wrong-password')
    now += 60_000
    expect(await logIn('nobody', 'wrong')).toBe('vault/wrong-password')
    expect(await logIn('secretive-login-name', 'wrong')).toBe('vault/wrong-password')
    const text = readFileSync(vault.layout.attemptsFile, 'utf8')
    expect(text).not.toMatch(/collector|nobody|secretive/)
    now += 60_000
    expect(await logIn('approver')).toBe('done')
    expect(await seen('unlock-failed')).toMatchObject([
      {
        count: 3,
        at: '2026-11-22T00:32:00.000Z',
        subject: { since: '2026-11-22T00:30:00.000Z', until: '2026-11-22T00:31:00.000Z' },
      },
    ])
    // Once is enough.
    expect(await logIn('approver')).toBe('done')
    expect(await seen('unlock-failed')).toHaveLength(1)
  })

  test('that the count itself was damaged', async () => {
    writeFileSync(vault.layout.attemptsFile, 'nonsense')
    now = Date.now() + 3_600_000
    expect(await logIn('approver')).toBe('done')
    expect(await seen('unlock-failed')).toMatchObject([{ subject: { what: 'count-damaged' } }])
  })
})

describe('the settings of the unit', () => {
  const changed = { idleMinutes: 5, clipboardSeconds: 0, watermark: false }

  test('are for everyone to read and for the secadmin to change', async () => {
    expect(await vault.value('collector', 'settings.read', {})).toEqual({
      idleMinutes: 10,
      clipboardSeconds: 30,
      watermark: true,
    })
    expect(await vault.refusal('collector', 'settings.set', changed)).toBe('call/not-permitted')
    await vault.value('secadmin', 'settings.set', changed)
    vault.leave()
    expect(await vault.value('collector', 'settings.read', {})).toEqual(changed)
  })

  test.each([
    { ...changed, idleMinutes: 0 },
    { ...changed, idleMinutes: 121 },
    { ...changed, clipboardSeconds: 601 },
  ])('stay within their bounds: %o', async (wrong) => {
    expect(await vault.refusal('secadmin', 'settings.set', wrong)).toBe('call/invalid-input')
  })
})
