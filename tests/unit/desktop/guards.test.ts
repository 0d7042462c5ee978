import { describe, expect, it } from 'vitest'
import { guardContents, guardSession } from '../../../src-main/desktop/guards.ts'
import { FakeContents, preventable } from './doubles.ts'

type Guarded = Parameters<typeof guardSession>[0]

/** A session that remembers its handlers. */
function guardedSession() {
  const handlers: Record<string, (...words: unknown[]) => unknown> = {}
  const keep = (name: string) => (handler: unknown) => {
    handlers[name] = handler as (...words: unknown[]) => unknown
  }
  const spelling: boolean[] = []
  guardSession({
    setPermissionRequestHandler: keep('request'),
    setPermissionCheckHandler: keep('check'),
    setDevicePermissionHandler: keep('device'),
    setDisplayMediaRequestHandler: keep('display'),
    setSpellCheckerEnabled: (on: boolean) => spelling.push(on),
    webRequest: { onBeforeRequest: keep('load') },
    on: (name: string, handler: unknown) => keep(name)(handler),
  } as unknown as Guarded)
  return { handlers, spelling }
}

function decision(handler: ((...words: unknown[]) => unknown) | undefined, ...words: unknown[]): unknown {
  let decided: unknown = 'undecided'
  handler?.(...words, (value: unknown) => {
    decided = value
  })
  return decided
}

describe('a permission', () => {
  it.each(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'usb'])(
    'for %s is denied, asked or checked',
    (permission) => {
      const { handlers } = guardedSession()
      expect(decision(handlers['request'], {}, permission)).toBe(false)
      expect(handlers['check']?.({}, permission)).toBe(false)
    },
  )

  it('for a device or the screen is denied', () => {
    const { handlers } = guardedSession()
    expect(handlers['device']?.({})).toBe(false)
    expect(decision(handlers['display'], {})).toBeNull()
  })
})

describe('a request of the page', () => {
  it.each(['app://liandang/assets/a.js', 'data:image/png;base64,AA==', 'blob:app://liandang/0-1'])(
    'for %s is let through',
    (url) => {
      expect(decision(guardedSession().handlers['load'], { url })).toEqual({ cancel: false })
    },
  )

  it.each([
    'https://example.org/',
    'http://127.0.0.1:17326/',
    'ws://example.org/',
    'file:///etc/passwd',
    'ftp://example.org/',
    'app://other/',
    'blob:https://example.org/0',
    'filesystem:app://liandang/temporary/x',
  ])('for %s is cancelled: the shell makes no network call', (url) => {
    expect(decision(guardedSession().handlers['load'], { url })).toEqual({ cancel: true })
  })

  it('never fetches a dictionary', () => {
    expect(guardedSession().spelling).toEqual([false])
  })
})

describe('a download', () => {
  it('of what the page made is allowed, of anything else prevented', () => {
    const download = guardedSession().handlers['will-download']
    const own = preventable('blob:app://liandang/0')
    const foreign = preventable('https://example.org/a.exe')
    download?.(own, { getURL: () => own.url })
    download?.(foreign, { getURL: () => foreign.url })
    expect([own.prevented, foreign.prevented]).toEqual([false, true])
  })
})

describe('the window', () => {
  it('opens no other window', () => {
    const contents = new FakeContents()
    guardContents(contents as unknown as Parameters<typeof guardContents>[0])
    expect(contents.openWindow?.({ url: 'app://liandang/' })).toEqual({ action: 'deny' })
    expect(contents.openWindow?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' })
  })

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('stays on its page at %s', (name) => {
    const contents = new FakeContents()
    guardContents(contents as unknown as Parameters<typeof guardContents>[0])
    const outward = [
      'https://example.org/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'app://other/',
      'data:,x',
    ]
    for (const url of outward) {
      const event = preventable(url)
      contents.emit(name, event)
      expect({ url, prevented: event.prevented }).toEqual({ url, prevented: true })
    }
    const home = preventable('app://liandang/#/dossiers')
    contents.emit(name, home)
    expect(home.prevented).toBe(false)
  })

  it('holds no webview', () => {
    const contents = new FakeContents()
    guardContents(contents as unknown as Parameters<typeof guardContents>[0])
    const event = preventable('app://liandang/')
    contents.emit('will-attach-webview', event, {}, {})
    expect(event.prevented).toBe(true)
  })
})
