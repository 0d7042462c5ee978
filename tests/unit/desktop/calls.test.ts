import { describe, expect, it } from 'vitest'
import { serveCalls } from '../../../src-main/desktop/calls.ts'
import { isFromPage } from '../../../src-main/desktop/sender.ts'
import { desktopBridge } from '../../../src-main/preload/api.ts'
import { desktopChannels } from '../../../src-shared/contract/desktop-bridge.ts'
import { type FakeFrame, fakeClient, fakeIpc } from './doubles.ts'

const mainFrame: FakeFrame = { url: 'app://liandang/index.html', parent: null }

function setUp(frame: () => FakeFrame | null = () => mainFrame) {
  const contents = {}
  const ipc = fakeIpc(contents, frame)
  const core = fakeClient()
  serveCalls(ipc.main, core.client, (event) => isFromPage(event, contents as typeof event.sender))
  return { bridge: desktopBridge(ipc.page), contents, core, ipc }
}

describe('the sender of a message', () => {
  const page = {}

  it('is the main frame of our own window on our own page', () => {
    expect(isFromPage({ sender: page, senderFrame: mainFrame }, page)).toBe(true)
    expect(isFromPage({ sender: page, senderFrame: { ...mainFrame, url: 'app://liandang/' } }, page)).toBe(
      true,
    )
  })

  it.each([
    'https://liandang/index.html',
    'file:///opt/liandang/index.html',
    'app://liandang.evil.example/index.html',
    'app://evil.example/app://liandang/',
    'app://user@liandang/index.html',
    'app://liandang:1/index.html',
    'apps://liandang/index.html',
    'about:blank',
    'data:text/html,page',
    'blob:app://liandang/0',
    '',
  ])('is refused at the address %j', (url) => {
    expect(isFromPage({ sender: page, senderFrame: { url, parent: null } }, page)).toBe(false)
  })

  it('is refused in a frame inside the page, even on our own address', () => {
    expect(isFromPage({ sender: page, senderFrame: { ...mainFrame, parent: mainFrame } }, page)).toBe(false)
  })

  it('is refused when its frame is gone, its window is another, or ours is closed', () => {
    expect(isFromPage({ sender: page, senderFrame: null }, page)).toBe(false)
    expect(isFromPage({ sender: {}, senderFrame: mainFrame }, page)).toBe(false)
    expect(isFromPage({ sender: page, senderFrame: mainFrame }, undefined)).toBe(false)
  })
})

describe('a call of the page', () => {
  it('is forwarded to the core and its answer brought back', async () => {
    const { bridge, core } = setUp()
    expect(await bridge.call('dossier.list', { limit: 5 })).toEqual({ ok: true, value: { limit: 5 } })
    expect(core.calls).toEqual([{ procedure: 'dossier.list', input: { limit: 5 } }])
  })

  it('is cancelled alone among others', async () => {
    const { bridge } = setUp()
    const cancels: (() => void)[] = []
    const first = bridge.call('wait', 1, (cancel) => cancels.push(cancel))
    const second = bridge.call('wait', 2, (cancel) => cancels.push(cancel))
    cancels[1]?.()
    expect(await second).toEqual({ ok: true, value: 'cancelled' })
    cancels[0]?.()
    expect(await first).toEqual({ ok: true, value: 'cancelled' })
  })

  it('from a foreign frame is refused and never reaches the core', async () => {
    const { bridge, core } = setUp(() => ({ url: 'https://evil.example/', parent: null }))
    const refused = { ok: false, error: { code: 'call/not-permitted', detail: { reason: 'sender' } } }
    expect(await bridge.call('session.unlock', {})).toEqual(refused)
    expect(core.calls).toEqual([])
  })

  it('cannot be cancelled from a foreign frame', async () => {
    let frame = mainFrame
    const { bridge } = setUp(() => frame)
    let cancel: () => void = () => undefined
    let settled = false
    const answer = bridge.call('wait', 1, (given) => {
      cancel = given
    })
    void answer.then(() => {
      settled = true
    })
    frame = { ...mainFrame, parent: mainFrame }
    cancel()
    // Everything that is under way has had its turn.
    await new Promise((resolve) => setImmediate(resolve))
    expect(settled).toBe(false)
    frame = mainFrame
    cancel()
    expect(await answer).toMatchObject({ ok: true })
  })

  it('that is not of its form is an error value', async () => {
    const { core, ipc } = setUp()
    const id = crypto.randomUUID()
    const messages = [
      null,
      1,
      [],
      {},
      { id: 1, procedure: 'echo' },
      { id },
      { id, procedure: 'echo', more: 1 },
    ]
    for (const message of [...messages, { id, procedure: 'x'.repeat(101) }]) {
      const answer: unknown = await ipc.page.invoke(desktopChannels.call, message)
      expect(answer).toEqual({ ok: false, error: { code: 'call/invalid-input' } })
    }
    expect(core.calls).toEqual([])
  })

  it('under an id that is still running is refused', async () => {
    const { ipc } = setUp()
    const id = crypto.randomUUID()
    const first: Promise<unknown> = ipc.page.invoke(desktopChannels.call, { id, procedure: 'wait' })
    const second: unknown = await ipc.page.invoke(desktopChannels.call, { id, procedure: 'wait' })
    expect(second).toEqual({ ok: false, error: { code: 'call/invalid-input' } })
    ipc.page.send(desktopChannels.cancel, id)
    expect(await first).toEqual({ ok: true, value: 'cancelled' })
  })
})

describe('the bridge of the page', () => {
  it('offers calls, events and a word about what was copied, and nothing else', () => {
    expect(Object.keys(setUp().bridge)).toEqual(['call', 'subscribe', 'copied'])
  })

  it('hands on events without what they came with, until the subscription ends', () => {
    const { bridge, ipc } = setUp()
    const heard: unknown[][] = []
    const unsubscribe = bridge.subscribe((...words) => heard.push(words))
    ipc.toPage(desktopChannels.event, { type: 'changed', compartment: 'archive' })
    unsubscribe()
    ipc.toPage(desktopChannels.event, { type: 'changed', compartment: 'control' })
    expect(heard).toEqual([[{ type: 'changed', compartment: 'archive' }]])
    expect(ipc.listening(desktopChannels.event)).toBe(0)
  })
})
