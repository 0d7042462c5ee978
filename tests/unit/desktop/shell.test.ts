import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { startCoreClient } from '../../../src-main/core/client.ts'
import { lockOnAbsence } from '../../../src-main/desktop/absence.ts'
import { utilityCorePort } from '../../../src-main/desktop/core-port.ts'
import { menuTemplate } from '../../../src-main/desktop/menu.ts'
import { quietChromium } from '../../../src-main/desktop/switches.ts'
import { vaultArgument } from '../../../src-main/desktop/vault-argument.ts'
import { showPage, windowOptions } from '../../../src-main/desktop/window.ts'
import { wordsFor } from '../../../src-main/desktop/words.ts'
import { desktopChannels } from '../../../src-shared/contract/desktop-bridge.ts'
import { FakeContents, fakeClient, preventable } from './doubles.ts'

type Fork = Parameters<typeof utilityCorePort>[0]
type ForkOptions = Parameters<Fork>[2]
type MenuItem = ReturnType<typeof menuTemplate>[number]

describe('absence', () => {
  type Monitor = Parameters<typeof lockOnAbsence>[0]

  function watch(platform: NodeJS.Platform) {
    const monitor = new EventEmitter() as EventEmitter & { state: string }
    monitor.state = 'active'
    Object.assign(monitor, { getSystemIdleState: () => monitor.state })
    let locks = 0
    let tick: (() => void) | undefined
    lockOnAbsence(monitor as unknown as Monitor, {
      platform,
      lock: () => {
        locks += 1
      },
      every: (_milliseconds, callback) => {
        tick = callback
      },
    })
    return { monitor, locks: () => locks, tick: () => tick?.(), polls: () => tick !== undefined }
  }

  it.each(['suspend', 'lock-screen', 'user-did-resign-active'])('locks at %s', (name) => {
    const { locks, monitor } = watch('win32')
    monitor.emit(name)
    expect(locks()).toBe(1)
  })

  it('does not lock when the person comes back', () => {
    const { locks, monitor } = watch('win32')
    for (const name of ['resume', 'unlock-screen', 'user-did-become-active']) monitor.emit(name)
    expect(locks()).toBe(0)
  })

  it('on Linux asks for a locked screen and locks once for each', () => {
    const { locks, monitor, tick } = watch('linux')
    for (const state of ['active', 'idle', 'locked', 'locked', 'active', 'unknown', 'locked']) {
      monitor.state = state
      tick()
    }
    expect(locks()).toBe(2)
  })

  it('elsewhere is told and does not ask', () => {
    expect(watch('win32').polls()).toBe(false)
  })
})

describe('the core under Electron', () => {
  function utility() {
    const child = new EventEmitter() as EventEmitter & { posted: unknown[]; kills: number }
    child.posted = []
    child.kills = 0
    Object.assign(child, {
      postMessage: (message: unknown) => child.posted.push(message),
      kill: () => (child.kills += 1),
    })
    const forked: { entry: string; words: string[]; options: ForkOptions }[] = []
    const fork = (entry: string, words: string[], options: ForkOptions) => {
      forked.push({ entry, words, options })
      return child as unknown as ReturnType<Fork>
    }
    return {
      child,
      forked,
      spawn: () => utilityCorePort(fork, { entry: '/core.js', vaultDirectory: '/vault' }),
    }
  }

  it('is a utility process that is told its vault and inherits no way to debug it', () => {
    process.env['NODE_OPTIONS'] = '--no-warnings'
    const { forked, spawn } = utility()
    spawn()
    delete process.env['NODE_OPTIONS']
    expect(forked).toMatchObject([
      { entry: '/core.js', words: ['--vault', '/vault'], options: { execArgv: [] } },
    ])
    expect(forked[0]?.options.env).not.toHaveProperty('NODE_OPTIONS')
    expect(forked[0]?.options.env).toHaveProperty('PATH')
  })

  it('carries calls, answers and its own end', async () => {
    const { child, spawn } = utility()
    const client = startCoreClient({ spawn })
    const answer = client.call('echo', 1)
    expect(child.posted).toEqual([{ kind: 'call', id: 1, procedure: 'echo', input: 1 }])
    child.emit('message', { kind: 'result', id: 1, result: { ok: true, value: 1 } })
    expect(await answer).toEqual({ ok: true, value: 1 })
    const pending = client.call('echo', 2)
    const stopped = client.stop()
    expect(child.kills).toBe(1)
    child.emit('exit', 15)
    await stopped
    expect(await pending).toMatchObject({ error: { code: 'call/core-ended' } })
  })
})

describe('the window of the page', () => {
  function shown() {
    const window = new EventEmitter() as EventEmitter & {
      loaded: string[]
      shows: number
      webContents: FakeContents
    }
    window.loaded = []
    window.shows = 0
    window.webContents = new FakeContents()
    Object.assign(window, {
      loadURL: (url: string) => Promise.resolve(window.loaded.push(url)),
      show: () => (window.shows += 1),
    })
    const core = fakeClient()
    showPage(window as unknown as Parameters<typeof showPage>[0], core.client)
    return { core, window }
  }

  it('is isolated, sandboxed and cannot reach Node', () => {
    const options = windowOptions({ title: '廉档', preload: '/preload.cjs', developerTools: false })
    expect(options).toMatchObject({ width: 1366, height: 768, minWidth: 1024, minHeight: 700, title: '廉档' })
    expect(options.webPreferences).toEqual({
      preload: '/preload.cjs',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      disableBlinkFeatures: 'Auxclick',
      safeDialogs: true,
      devTools: false,
    })
  })

  it('loads the page and appears when it is drawn', () => {
    const { window } = shown()
    expect(window.loaded).toEqual(['app://liandang/'])
    expect(window.shows).toBe(0)
    window.emit('ready-to-show')
    expect(window.shows).toBe(1)
  })

  it('passes on what the core tells and reloads only on a lock', () => {
    const { core, window } = shown()
    const { webContents } = window
    core.publish({ type: 'changed', compartment: 'archive' })
    expect(webContents.reloads).toBe(0)
    core.publish({ type: 'locked', reason: 'asked' })
    expect(webContents.reloads).toBe(1)
    expect(webContents.sent).toEqual([
      [desktopChannels.event, { type: 'changed', compartment: 'archive' }],
      [desktopChannels.event, { type: 'locked', reason: 'asked' }],
    ])
  })

  it('tells nothing to a page that is gone and forgets the core when it is closed', () => {
    const { core, window } = shown()
    window.webContents.destroyed = true
    core.publish({ type: 'locked', reason: 'asked' })
    expect(window.webContents).toMatchObject({ reloads: 0, sent: [] })
    window.emit('closed')
    expect(core.listeners.size).toBe(0)
  })

  it('loads the page anew when its process crashes', () => {
    const { window } = shown()
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(window.webContents.reloads).toBe(0)
    window.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    expect(window.webContents.reloads).toBe(1)
  })

  it('keeps the title of the program', () => {
    const { window } = shown()
    const event = preventable('')
    window.emit('page-title-updated', event)
    expect(event.prevented).toBe(true)
  })
})

describe('the menu', () => {
  function rolesOf(items: readonly MenuItem[]): unknown[] {
    return items.flatMap(({ role, submenu }) => [role, ...(Array.isArray(submenu) ? rolesOf(submenu) : [])])
  }

  it('has what a keyboard needs and neither reload nor developer tools', () => {
    const roles = rolesOf(menuTemplate(wordsFor('zh-CN'))).filter((role) => role !== undefined)
    expect(roles.toSorted()).toEqual([
      'copy',
      'cut',
      'paste',
      'quit',
      'redo',
      'resetZoom',
      'selectAll',
      'togglefullscreen',
      'undo',
      'zoomIn',
      'zoomOut',
    ])
  })

  it('names every item in Chinese, and in English only on a system of another language', () => {
    expect(wordsFor('zh-CN').copy).toBe('复制')
    expect(wordsFor('zh-TW').copy).toBe('复制')
    expect(wordsFor('').copy).toBe('复制')
    expect(wordsFor('en-GB').copy).toBe('Copy')
    expect(wordsFor('zhx').copy).toBe('Copy')
    expect(wordsFor('en').alreadyRunning('vault.lock')).toContain('vault.lock')
  })
})

describe('the command line of the shell', () => {
  it('names the vault, among the words of Chromium and the system', () => {
    expect(vaultArgument(['liandang', '--no-sandbox', '.', '--vault', '/v'])).toBe('/v')
    expect(vaultArgument(['liandang', '--vault=/v', '--enable-features=a,b'])).toBe('/v')
    expect(vaultArgument(['liandang'])).toBeUndefined()
    expect(vaultArgument(['liandang', '--vault'])).toBeUndefined()
    expect(vaultArgument(['liandang', '--vault='])).toBeUndefined()
  })

  it('keeps Chromium from calling out, reporting crashes or caching', () => {
    const switches: string[] = []
    quietChromium({ appendSwitch: (name) => switches.push(name) })
    expect(switches).toEqual(
      expect.arrayContaining(['disable-background-networking', 'disable-breakpad', 'disable-http-cache']),
    )
  })
})
