import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'

/** Held by the one host that works on a vault. */
export interface VaultLock {
  readonly file: string
  release(): void
}

const holderSchema = z.strictObject({
  /** Tells this holder from every other, whatever its process id. */
  endpoint: z.string().max(200),
  host: z.string().max(300),
  pid: z.int().positive(),
})
type Holder = z.infer<typeof holderSchema>

const attempts = 3

/**
 * Takes the lock file beside the vault, so that one host at a time works on it. Errors: `vault/in-use` with the
 * holder's `pid` and the lock `file`'s name.
 *
 * A process id alone proves nothing after a power cut, when another program may carry it. The holder therefore also
 * listens on a local endpoint that ends with its process, and a file whose endpoint is silent is left over. A file
 * written by another computer cannot be judged from here and is respected.
 */
export async function lockVault(vaultDirectory: string): Promise<Result<VaultLock>> {
  const file = vaultLockFile(vaultDirectory)
  const mine: Holder = { endpoint: newEndpoint(), host: hostname(), pid: process.pid }
  const server = await listen(mine.endpoint)
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (write(file, mine)) return ok({ file, release: () => release(file, mine, server) })
    const holder = read(file)
    if (holder !== undefined && (await isAlive(holder))) {
      server.close()
      return err('vault/in-use', {
        pid: holder.pid,
        file: basename(file),
        sameComputer: holder.host === mine.host,
      })
    }
    // Only the leftover that was judged: another starter may have replaced it in the meantime.
    if (read(file)?.endpoint === holder?.endpoint) rmSync(file, { force: true })
  }
  server.close()
  return err('vault/in-use', { file: basename(file) })
}

/** Beside the vault, so that copying or moving the vault does not take the lock along. */
export function vaultLockFile(vaultDirectory: string): string {
  const name = basename(vaultDirectory)
  // The root of a drive has no beside.
  return name === '' ? join(vaultDirectory, 'liandang.lock') : join(dirname(vaultDirectory), `${name}.lock`)
}

function write(file: string, holder: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  // Two starters that both removed the same leftover: the one whose text stayed has the lock.
  return read(file)?.endpoint === holder.endpoint
}

function read(file: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

function release(file: string, mine: Holder, server: Server): void {
  if (read(file)?.endpoint === mine.endpoint) rmSync(file, { force: true })
  server.close()
}

async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return true
  if (!processExists(holder.pid)) return false
  return await answers(holder.endpoint)
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A name that nobody can guess or occupy: an abstract socket, a named pipe, or a socket file where those lack. */
function newEndpoint(): string {
  const name = `liandang-${randomBytes(16).toString('hex')}`
  if (process.platform === 'linux') return `\0${name}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  return join(tmpdir(), name)
}

function listen(endpoint: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen(endpoint, () => {
      // The lock must not keep a program alive that has nothing else to do.
      server.unref()
      resolve(server)
    })
  })
}

function answers(endpoint: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(endpoint)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT')
    })
  })
}
