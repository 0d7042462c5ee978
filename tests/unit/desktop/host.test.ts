import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { coreLimitIsZero, forbidCoreDumps } from '../../../src-main/core/host/core-dumps.ts'
import { coreEnvironment } from '../../../src-main/core/host/fork-core.ts'
import { defaultVaultDirectory } from '../../../src-main/core/host/vault-directory.ts'
import { vaultLockFile } from '../../../src-main/core/host/vault-lock.ts'
import { type HostedProcess, openProcessPort } from '../../../src-main/core/process-port.ts'
import { browserCommand } from '../../../src-main/local-web/browser.ts'
import type { FromCore } from '../../../src-shared/contract/channel.ts'

const ready: FromCore = { kind: 'ready' }

describe('the port of a core', () => {
  function hosted(more: object) {
    const exits: number[] = []
    const emitter = Object.assign(new EventEmitter(), { exit: (code: number) => exits.push(code), ...more })
    return { emitter, exits, process: emitter as unknown as HostedProcess }
  }

  it('is the parent port under Electron', async () => {
    const posted: unknown[] = []
    const parentPort = Object.assign(new EventEmitter(), {
      postMessage: (message: unknown) => posted.push(message),
    })
    const port = openProcessPort(hosted({ parentPort, send: () => expect.unreachable() }).process)
    const heard: unknown[] = []
    port.onMessage((message) => heard.push(message))
    parentPort.emit('message', { data: { kind: 'cancel', id: 1 } })
    await port.send(ready)
    expect(heard).toEqual([{ kind: 'cancel', id: 1 }])
    expect(posted).toEqual([ready])
  })

  it('is the channel of a child process elsewhere, and tells when a message has left', async () => {
    let left: (error: null) => void = () => undefined
    const sent: unknown[] = []
    const send = (message: unknown, _handle: undefined, _options: undefined, callback: typeof left) => {
      sent.push(message)
      left = callback
      return true
    }
    const port = openProcessPort(hosted({ parentPort: null, connected: true, send }).process)
    let isSent = false
    const sending = port.send(ready).then(() => {
      isSent = true
    })
    await Promise.resolve()
    expect({ sent, isSent }).toEqual({ sent: [ready], isSent: false })
    left(null)
    await sending
    expect(isSent).toBe(true)
  })

  it('ends the process when the host goes away, or has gone before', () => {
    const later = hosted({ connected: true, send: () => true })
    openProcessPort(later.process)
    expect(later.exits).toEqual([])
    later.emitter.emit('disconnect')
    expect(later.exits).toEqual([0])
    const before = hosted({ connected: false, send: () => true })
    openProcessPort(before.process)
    expect(before.exits).toEqual([0])
  })

  it('leaves an interrupt of the terminal to the host', () => {
    const core = hosted({ connected: true, send: () => true })
    openProcessPort(core.process)
    expect(core.emitter.listenerCount('SIGINT')).toBe(1)
    core.emitter.emit('SIGINT')
    expect(core.exits).toEqual([])
  })

  it('cannot be opened without a host', () => {
    expect(() => openProcessPort(hosted({}).process)).toThrow('only as the child of a host')
  })
})

describe('the environment of a core', () => {
  it('has nothing that opens a debugger or loads code', () => {
    const environment = {
      PATH: '/bin',
      NODE_OPTIONS: '--inspect',
      NODE_PATH: '/x',
      node_options: '--inspect',
      GONE: undefined,
    }
    expect(coreEnvironment(environment)).toEqual({ PATH: '/bin' })
  })
})

describe('the vault of this user', () => {
  const home = '/home/zhang'

  it('is where each system keeps data of programs', () => {
    expect(defaultVaultDirectory({ platform: 'linux', environment: {}, home })).toBe(
      '/home/zhang/.local/share/liandang',
    )
    expect(defaultVaultDirectory({ platform: 'linux', environment: { XDG_DATA_HOME: '/data' }, home })).toBe(
      '/data/liandang',
    )
    expect(defaultVaultDirectory({ platform: 'linux', environment: { XDG_DATA_HOME: 'data' }, home })).toBe(
      '/home/zhang/.local/share/liandang',
    )
    expect(defaultVaultDirectory({ platform: 'darwin', environment: {}, home })).toBe(
      '/home/zhang/Library/Application Support/liandang',
    )
    const windows = { platform: 'win32', home: 'C:\\Users\\zhang' } as const
    const roaming = 'C:\\Users\\zhang\\AppData\\Roaming'
    expect(defaultVaultDirectory({ ...windows, environment: { APPDATA: 'D:\\Data' } })).toBe(
      'D:\\Data\\liandang',
    )
    expect(defaultVaultDirectory({ ...windows, environment: {} })).toBe(`${roaming}\\liandang`)
  })

  it('is locked by a file beside it, and at the root of a drive inside it', () => {
    expect(vaultLockFile('/data/liandang')).toBe('/data/liandang.lock')
    expect(vaultLockFile('/')).toBe('/liandang.lock')
  })
})

describe('core dumps', () => {
  it('are recognised as forbidden only by a limit of zero', () => {
    const limits = (soft: string) =>
      `Limit                     Soft Limit\nMax core file size        ${soft}    unlimited    bytes \n`
    expect(coreLimitIsZero(limits('0'))).toBe(true)
    expect(coreLimitIsZero(limits('unlimited'))).toBe(false)
    expect(coreLimitIsZero(limits('1'))).toBe(false)
    expect(coreLimitIsZero('')).toBe(false)
  })

  it.runIf(process.platform === 'linux')('of this process are forbidden where prlimit is there', () => {
    const forbidden = forbidCoreDumps()
    expect(coreLimitIsZero(readFileSync('/proc/self/limits', 'utf8'))).toBe(forbidden)
  })
})

describe('the browser of the system', () => {
  const address = 'http://127.0.0.1:17326/?token=x'

  it('is opened by the program of each system, never through a shell', () => {
    expect(browserCommand(address, 'win32', {})).toEqual(['rundll32', 'url.dll,FileProtocolHandler', address])
    expect(browserCommand(address, 'darwin', {})).toEqual(['open', address])
    expect(browserCommand(address, 'linux', { DISPLAY: ':0' })).toEqual(['xdg-open', address])
    expect(browserCommand(address, 'linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open', address])
  })

  it('is not even tried without a screen', () => {
    expect(browserCommand(address, 'linux', {})).toBeUndefined()
  })
})
