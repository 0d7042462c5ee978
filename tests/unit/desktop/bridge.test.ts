import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CoreEvent } from '../../../src-shared/contract/channel.ts'
import type { DesktopBridge } from '../../../src-shared/contract/desktop-bridge.ts'
import { ok, type Result } from '../../../src-shared/kernel/result.ts'

/** The page's bridge, new, in a window that the desktop shell has prepared. */
async function pageInDesktop() {
  let tell: (event: CoreEvent) => void = () => undefined
  const called: { procedure: string; input: unknown }[] = []
  const told: number[] = []
  let cancels = 0
  let reloads = 0
  const liandang: DesktopBridge = {
    call(procedure, input, onStarted) {
      called.push({ procedure, input })
      onStarted?.(() => {
        cancels += 1
      })
      return Promise.resolve(ok(null) as Result<unknown>)
    },
    subscribe(listener) {
      tell = listener
      return () => undefined
    },
    copied: (seconds) => told.push(seconds),
  }
  vi.stubGlobal('window', { liandang, location: { reload: () => (reloads += 1) } })
  vi.resetModules()
  const bridge = await import('../../../src-renderer/bridge/index.ts')
  return {
    bridge,
    called,
    told,
    cancels: () => cancels,
    reloads: () => reloads,
    tell: (event: CoreEvent) => tell(event),
  }
}

afterEach(() => vi.unstubAllGlobals())

describe('the bridge of the page under desktop', () => {
  it('leaves the clipboard to the shell', async () => {
    const { bridge, told } = await pageInDesktop()
    expect(bridge.tellCopied(30)).toBe(true)
    expect(told).toEqual([30])
  })

  it('calls through the shell', async () => {
    const { bridge, called } = await pageInDesktop()
    expect(await bridge.call('session.lock', {})).toEqual({ ok: true, value: null })
    expect(called).toEqual([{ procedure: 'session.lock', input: {} }])
  })

  it('cancels when its signal says so, before or while the call is made', async () => {
    const { bridge, cancels } = await pageInDesktop()
    await bridge.call('session.lock', {}, { signal: AbortSignal.abort() })
    expect(cancels()).toBe(1)
    const controller = new AbortController()
    const answer = bridge.call('session.lock', {}, { signal: controller.signal })
    controller.abort()
    await answer
    expect(cancels()).toBe(2)
  })

  it('tells every listener what the core tells, until it leaves, and reloads on a lock', async () => {
    const { bridge, reloads, tell } = await pageInDesktop()
    const heard: string[] = []
    const leave = bridge.subscribe((event) => heard.push(`first ${event.type}`))
    bridge.subscribe((event) => heard.push(`second ${event.type}`))
    tell({ type: 'changed', compartment: 'archive' })
    leave()
    expect(reloads()).toBe(0)
    tell({ type: 'locked', reason: 'asked' })
    expect(heard).toEqual(['first changed', 'second changed', 'second locked'])
    expect(reloads()).toBe(1)
  })

  it('is never out of reach', async () => {
    const { bridge } = await pageInDesktop()
    bridge.onDisconnected(() => expect.unreachable())
    expect(await bridge.call('session.status', {})).toMatchObject({ ok: true })
  })
})
