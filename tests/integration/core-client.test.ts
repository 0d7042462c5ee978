import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CoreClient, startCoreClient } from '../../src-main/core/client.ts'
import { forkCore } from '../../src-main/core/host/fork-core.ts'
import type { CoreEvent } from '../../src-shared/contract/channel.ts'

const entry = fileURLToPath(new URL('../helpers/echo-core.ts', import.meta.url))
let vaultDirectory: string
let client: CoreClient

function start(): CoreClient {
  return startCoreClient({ spawn: () => forkCore({ entry, vaultDirectory }) })
}

function nextEvent(type: CoreEvent['type']): Promise<CoreEvent> {
  return new Promise((resolve) => {
    const unsubscribe = client.subscribe((event) => {
      if (event.type !== type) return
      unsubscribe()
      resolve(event)
    })
  })
}

async function corePid(): Promise<number> {
  const about = await client.call('about', {})
  return about.ok ? (about.value as { pid: number }).pid : 0
}

beforeEach(() => {
  vaultDirectory = mkdtempSync(join(tmpdir(), 'liandang-core-client-'))
})

afterEach(async () => {
  await client.stop()
  rmSync(vaultDirectory, { recursive: true, force: true })
})

describe('a client of a core in a process of its own', () => {
  it('carries a call and its answer, bytes and all', async () => {
    client = start()
    expect(await client.whenReady()).toEqual({ ok: true, value: undefined })
    const input = { 姓名: '张三', bytes: new Uint8Array([0, 255]), nothing: null }
    expect(await client.call('echo', input)).toEqual({ ok: true, value: input })
    expect(await client.call('about', {})).toMatchObject({ value: { vaultDirectory } })
    expect(await corePid()).not.toBe(process.pid)
  })

  it('cancels a call in the core, which answers for itself', async () => {
    client = start()
    const controller = new AbortController()
    const begun = nextEvent('progress')
    const answer = client.call('wait', 'job', { signal: controller.signal })
    await begun
    controller.abort()
    expect(await answer).toEqual({ ok: false, error: { code: 'call/cancelled' } })
  })

  it('refuses an input that cannot cross between processes', async () => {
    client = start()
    const answer = await client.call('echo', { toString: () => '' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'call/invalid-input' } })
    expect(await client.call('echo', 1)).toEqual({ ok: true, value: 1 })
  })

  it('settles what was pending when the core crashes, starts another, and says that the vault is locked', async () => {
    client = start()
    const before = await corePid()
    const locked = nextEvent('locked')
    const waiting = client.call('wait', 'job')
    const crash = await client.call('crash', {})
    expect(crash).toEqual({ ok: false, error: { code: 'call/core-ended' } })
    expect(await waiting).toEqual({ ok: false, error: { code: 'call/core-ended' } })
    expect(await locked).toEqual({
      type: 'locked',
      reason: 'ended',
      failure: { code: 'call/core-ended', detail: { restarted: true, crashes: 1, exitCode: 1 } },
    })
    const after = await corePid()
    expect(after).toBeGreaterThan(0)
    expect(after).not.toBe(before)
    expect(client.generation()).toBe(2)
  })

  it('knows a lock that was asked for from a crash, and has a new process afterwards', async () => {
    client = start()
    const before = await corePid()
    const locked = nextEvent('locked')
    expect(await client.call('session.lock', {})).toEqual({ ok: true, value: null })
    expect(await client.call('echo', 'at once')).toEqual({ ok: true, value: 'at once' })
    expect(await locked).toEqual({ type: 'locked', reason: 'asked' })
    expect(await corePid()).not.toBe(before)
  })

  it('gives up on a core that never starts, and says so', async () => {
    writeFileSync(join(vaultDirectory, 'broken'), '')
    client = start()
    const ready = await client.whenReady()
    expect(ready).toMatchObject({ error: { detail: { restarted: false, crashes: 5, exitCode: 3 } } })
    expect(client.generation()).toBe(5)
    expect(await client.call('echo', 1)).toEqual({ ok: false, error: { code: 'call/core-ended' } })
  })

  it('gives up on a core whose program is missing', async () => {
    client = startCoreClient({
      spawn: () => forkCore({ entry: join(vaultDirectory, 'missing.js'), vaultDirectory }),
    })
    expect(await client.whenReady()).toMatchObject({ ok: false, error: { code: 'call/core-ended' } })
  })

  it('ends the core when stopped and answers no more', async () => {
    client = start()
    const pid = await corePid()
    await client.stop()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    expect(await client.call('echo', 1)).toEqual({ ok: false, error: { code: 'call/core-ended' } })
  })
})

describe('a core whose host is killed', () => {
  it('ends with it', async () => {
    client = start()
    const forkModule = new URL('../../src-main/core/host/fork-core.ts', import.meta.url).href
    const host = spawn(
      process.execPath,
      [
        '--input-type=module-typescript',
        '--eval',
        `import { forkCore } from ${JSON.stringify(forkModule)}
         const core = forkCore({ entry: ${JSON.stringify(entry)}, vaultDirectory: ${JSON.stringify(vaultDirectory)} })
         core.onMessage((message) => process.stdout.write(message.kind === 'ready' ? 'r' : String(message.result.value.pid) + ';'))
         core.send({ kind: 'call', id: 1, procedure: 'about', input: {} })
         setInterval(() => undefined, 1e6)`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let text = ''
    for await (const chunk of host.stdout.iterator({ destroyOnReturn: false })) {
      text += String(chunk)
      if (text.endsWith(';')) break
    }
    const pid = Number(/\d+/.exec(text)?.[0])
    expect(() => process.kill(pid, 0)).not.toThrow()
    host.kill('SIGKILL')
    // The core holds the same standard output: 'close' comes only when both are gone, or never.
    host.stdout.resume()
    const [code, signal] = (await once(host, 'close')) as [number | null, string | null]
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' })
  })
})
