import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withSystemKeys } from '../../../src-main/desktop/system-keys.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'

let directory: string
let file: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'liandang-system-keys-'))
  file = join(directory, 'system-keys.json')
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

type Backend = ReturnType<Parameters<typeof withSystemKeys>[1]['getSelectedStorageBackend']>

interface Surroundings {
  readonly platform?: NodeJS.Platform
  readonly isAvailable?: boolean
  readonly backend?: Backend
  readonly answer?: (procedure: string) => Result<unknown>
}

/** A storage that turns every bit over, and a core that remembers what it was asked. */
function setUp({
  platform = 'linux',
  isAvailable = true,
  backend = 'gnome_libsecret',
  answer = () => ok({ replaced: null, dropped: null }),
}: Surroundings = {}) {
  const asked: { readonly procedure: string; readonly input: Readonly<Record<string, unknown>> }[] = []
  const turned = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ 0xff))
  const core = {
    call(procedure: string, input: unknown) {
      asked.push({ procedure, input: input as Readonly<Record<string, unknown>> })
      return Promise.resolve(answer(procedure))
    },
  }
  const storage = {
    isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable),
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: (text: string) => Promise.resolve(turned(Buffer.from(text))),
    decryptStringAsync: (encrypted: Buffer) =>
      Promise.resolve({ shouldReEncrypt: false, result: turned(encrypted).toString() }),
  }
  const { call } = withSystemKeys(core, storage, { platform, file })
  return { call, asked, last: () => asked.at(-1)?.input ?? {} }
}

const password = { password: 'password of zhang', keyFile: null }

interface Sent {
  readonly id: string
  readonly key: string
}

describe('switching on the system’s key storage', () => {
  it('hands the core a new key of 32 bytes, and keeps it only as the storage encrypted it', async () => {
    const { call, last } = setUp()
    expect(await call('systemslot.make', password)).toMatchObject({ ok: true })
    const { key, store } = last() as { key: Sent; store: string }
    expect(store).toBe('gnome_libsecret')
    expect(Buffer.from(key.key, 'base64')).toHaveLength(32)
    const kept = readFileSync(file, 'utf8')
    expect(kept).toContain(key.id)
    expect(kept).not.toContain(key.key)
  })

  it('never takes a key or the name of a storage from the page', async () => {
    const { call, last } = setUp()
    const planted = { id: 'a'.repeat(32), key: Buffer.alloc(32).toString('base64') }
    await call('systemslot.make', { ...password, store: 'dpapi', key: planted })
    expect(last()['store']).toBe('gnome_libsecret')
    expect((last()['key'] as Sent).id).not.toBe(planted.id)
    await call('session.resume', { login: 'zhang', store: 'dpapi', keys: [planted] })
    expect(last()['store']).toBe('gnome_libsecret')
    expect(last()['keys']).not.toContainEqual(planted)
  })

  it('leaves no key behind when the core refuses', async () => {
    const { call } = setUp({ answer: () => err('vault/wrong-password') })
    await call('systemslot.make', password)
    expect(readFileSync(file, 'utf8')).toBe('{"keys":{},"type":"liandang/system-keys/1"}')
  })

  it.each<[string, Surroundings, string]>([
    ['there is no storage', { isAvailable: false }, 'unavailable'],
    ['the storage hides nothing', { backend: 'basic_text' }, 'basic_text'],
    ['the storage is not known', { backend: 'unknown' }, 'unknown'],
  ])('makes and keeps no key where %s', async (_what, surroundings, store) => {
    const { call, last } = setUp(surroundings)
    await call('systemslot.make', password)
    expect(last()).toEqual({ ...password, store })
    expect(existsSync(file)).toBe(false)
    const asked = await call('session.resume', { login: 'zhang' })
    expect(asked).toEqual({ ok: false, error: { code: 'vault/system-storage-unsafe' } })
  })

  it.each([
    ['win32', 'dpapi'],
    ['darwin', 'keychain'],
    ['linux', 'kwallet6'],
  ] as const)('names the storage of %s to the core', async (platform, store) => {
    const { call, last } = setUp({ platform, backend: 'kwallet6' })
    await call('account.read', {})
    expect(last()).toEqual({ store })
  })

  it('forgets the key that a new one replaces, and the one that is switched off', async () => {
    const { call, last } = setUp()
    await call('systemslot.make', password)
    const first = (last()['key'] as Sent).id
    const second = setUp({ answer: () => ok({ replaced: first }) })
    await second.call('systemslot.make', password)
    const newer = (second.last()['key'] as Sent).id
    expect(readFileSync(file, 'utf8')).not.toContain(first)
    const third = setUp({ answer: () => ok({ dropped: newer }) })
    await third.call('systemslot.drop', {})
    expect(readFileSync(file, 'utf8')).not.toContain(newer)
  })
})

describe('logging in with it', () => {
  it('hands the core the keys that are kept, which the page never gets', async () => {
    const { call, last } = setUp()
    await call('systemslot.make', password)
    const made = last()['key']
    const answer = await call('session.resume', { login: 'zhang' })
    expect(last()).toEqual({ login: 'zhang', store: 'gnome_libsecret', keys: [made] })
    expect(JSON.stringify(answer)).not.toContain((made as Sent).key)
  })

  it('knows no key when the file of keys is damaged', async () => {
    writeFileSync(file, 'nonsense')
    const { call, last } = setUp()
    await call('session.resume', { login: 'zhang' })
    expect(last()['keys']).toEqual([])
  })
})

describe('every other call', () => {
  it('goes to the core as it is', async () => {
    const { call, asked } = setUp()
    await call('session.unlock', { login: 'zhang', password: 'password of zhang', keyFile: null })
    await call('account.read', null)
    expect(asked).toEqual([
      {
        procedure: 'session.unlock',
        input: { login: 'zhang', password: 'password of zhang', keyFile: null },
      },
      { procedure: 'account.read', input: null },
    ])
  })
})
