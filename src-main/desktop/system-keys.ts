import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import type { SafeStorage } from 'electron'
import { z } from 'zod'
import { isSafeStorage } from '../../src-shared/access/system-storage.ts'
import { canonicalBytes, readCanonical } from '../../src-shared/kernel/canonical.ts'
import { err, type Result } from '../../src-shared/kernel/result.ts'
import { writeFileAtomic } from '../../src-shared/node/files.ts'
import type { CoreClient } from '../core/client.ts'

const maximumKeys = 64
const maximumBytes = 256 * 1024

const fileSchema = z.strictObject({
  type: z.literal('liandang/system-keys/1'),
  /** By the id of the slot it opens: the key in base64, encrypted by the operating system's storage, in base64. */
  keys: z.record(z.string().regex(/^[0-9a-f]{32}$/), z.string().max(4096)),
})
type StoredKeys = Readonly<Record<string, string>>

export interface SystemKeyOptions {
  readonly platform: NodeJS.Platform
  /** Lies outside the vault, so that a copy of the vault has no key beside it. */
  readonly file: string
}

type Storage = Pick<
  SafeStorage,
  'decryptStringAsync' | 'encryptStringAsync' | 'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable'
>

/**
 * Stands between the page and the core and fills in what the page must not see: the keys that the operating system's
 * storage keeps, and which storage that is. Whatever the page put there itself is thrown away.
 */
export function withSystemKeys(
  client: Pick<CoreClient, 'call'>,
  storage: Storage,
  options: SystemKeyOptions,
): Pick<CoreClient, 'call'> {
  const { file, platform } = options

  async function store(): Promise<string> {
    if (!(await storage.isAsyncEncryptionAvailable())) return 'unavailable'
    if (platform === 'win32') return 'dpapi'
    return platform === 'darwin' ? 'keychain' : storage.getSelectedStorageBackend()
  }

  async function make(input: object, call: (input: unknown) => Promise<Result<unknown>>) {
    const id = randomBytes(16).toString('hex')
    const key = randomBytes(32).toString('base64')
    const where = await store()
    // Without a key the core refuses, and nothing was written that would protect nothing.
    const isKept = isSafeStorage(where) && (await keep(id, key))
    const result = await call({ ...input, store: where, ...(isKept ? { key: { id, key } } : {}) })
    if (!result.ok) forget(id)
    else forget((result.value as { readonly replaced: string | null }).replaced)
    return result
  }

  async function keep(id: string, key: string): Promise<boolean> {
    try {
      const encrypted = (await storage.encryptStringAsync(key)).toString('base64')
      const kept = Object.entries(readKeys(file)).slice(1 - maximumKeys)
      writeKeys(file, Object.fromEntries([...kept, [id, encrypted]]))
      return true
    } catch {
      return false
    }
  }

  function forget(id: string | null): void {
    const keys = readKeys(file)
    if (id === null || keys[id] === undefined) return
    writeKeys(file, Object.fromEntries(Object.entries(keys).filter(([known]) => known !== id)))
  }

  async function allKeys(): Promise<readonly { readonly id: string; readonly key: string }[]> {
    const opened = await Promise.all(
      Object.entries(readKeys(file)).map(async ([id, encrypted]) => {
        try {
          const { result } = await storage.decryptStringAsync(Buffer.from(encrypted, 'base64'))
          return [{ id, key: result }]
        } catch {
          // Of another log-in at this machine, or of a storage that was reset: the password still opens the vault.
          return []
        }
      }),
    )
    return opened.flat()
  }

  return {
    async call(procedure, input, callOptions) {
      const call = (filled: unknown) => client.call(procedure, filled, callOptions)
      if (!isObject(input)) return await call(input)
      switch (procedure) {
        case 'account.read':
          return await call({ ...input, store: await store() })
        case 'systemslot.make':
          return await make(withoutKeys(input), call)
        case 'systemslot.drop': {
          const result = await call(input)
          if (result.ok) forget((result.value as { readonly dropped: string | null }).dropped)
          return result
        }
        case 'session.resume': {
          const where = await store()
          if (!isSafeStorage(where)) return err('vault/system-storage-unsafe')
          return await call({ ...withoutKeys(input), store: where, keys: await allKeys() })
        }
        default:
          return await call(input)
      }
    },
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function withoutKeys(input: object): object {
  return Object.fromEntries(
    Object.entries(input).filter(([name]) => !['key', 'keys', 'store'].includes(name)),
  )
}

/** A file that is damaged holds no key: people log in with their password and switch it on again. */
function readKeys(file: string): StoredKeys {
  if (!existsSync(file)) return {}
  const value = readCanonical(new Uint8Array(readFileSync(file)), maximumBytes)
  const parsed = value.ok ? fileSchema.safeParse(value.value) : null
  return parsed?.success ? parsed.data.keys : {}
}

function writeKeys(file: string, keys: StoredKeys): void {
  writeFileAtomic(file, canonicalBytes({ keys: { ...keys }, type: 'liandang/system-keys/1' }))
}
