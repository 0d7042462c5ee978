import { EventEmitter } from 'node:events'
import type { CoreClient } from '../../../src-main/core/client.ts'
import type { serveCalls } from '../../../src-main/desktop/calls.ts'
import type { desktopBridge } from '../../../src-main/preload/api.ts'
import type { CoreEvent } from '../../../src-shared/contract/channel.ts'
import { ok, type Result } from '../../../src-shared/kernel/result.ts'

type IpcOfShell = Parameters<typeof serveCalls>[0]
type IpcOfPage = Parameters<typeof desktopBridge>[0]

/** Electron's pieces by hand, as far as the shell uses them: the binary is not there when the tests run. */

export interface FakeFrame {
  readonly url: string
  readonly parent: object | null
}

/** The window's web contents: an emitter that remembers what it was told. */
export class FakeContents extends EventEmitter {
  readonly sent: unknown[][] = []
  reloads = 0
  destroyed = false
  openWindow: ((details: { url: string }) => { action: string }) | undefined

  isDestroyed(): boolean {
    return this.destroyed
  }

  send(...words: unknown[]): void {
    this.sent.push(words)
  }

  reloadIgnoringCache(): void {
    this.reloads += 1
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openWindow = handler
  }
}

/** A navigation or request that can be prevented. */
export function preventable(url: string) {
  return {
    url,
    prevented: false,
    preventDefault() {
      this.prevented = true
    },
  }
}

/** The two ends of Electron's inter-process channel in one place, with the page's frame as the sender. */
export function fakeIpc(sender: object, frame: () => FakeFrame | null) {
  type Handler = (event: unknown, message: unknown) => unknown
  const handlers = new Map<string, Handler>()
  const mainListeners = new EventEmitter()
  const pageListeners = new EventEmitter()
  const event = () => ({ sender, senderFrame: frame() })
  const main = {
    handle: (channel: string, handler: Handler) => handlers.set(channel, handler),
    on: (channel: string, listener: Handler) => mainListeners.on(channel, listener),
  } as unknown as IpcOfShell
  const page = {
    async invoke(channel: string, message: unknown) {
      // What crosses is a copy, as in the real channel.
      return structuredClone(await handlers.get(channel)?.(event(), structuredClone(message)))
    },
    send: (channel: string, message: unknown) => mainListeners.emit(channel, event(), message),
    on: (channel: string, listener: (...words: unknown[]) => void) => pageListeners.on(channel, listener),
    off: (channel: string, listener: (...words: unknown[]) => void) => pageListeners.off(channel, listener),
  } as unknown as IpcOfPage
  return {
    main,
    page,
    /** What the shell sends to the page. */
    toPage: (channel: string, message: unknown) => pageListeners.emit(channel, { sender: page }, message),
    listening: (channel: string) => pageListeners.listenerCount(channel),
  }
}

/** A core client that remembers its calls; `wait` is answered only when it is cancelled. */
export function fakeClient() {
  const calls: { readonly procedure: string; readonly input: unknown }[] = []
  const listeners = new Set<(event: CoreEvent) => void>()
  const client: Pick<CoreClient, 'call' | 'subscribe'> = {
    call(procedure, input, options) {
      calls.push({ procedure, input })
      if (procedure !== 'wait') return Promise.resolve(ok(input))
      return new Promise<Result<unknown>>((resolve) => {
        options?.signal?.addEventListener('abort', () => resolve(ok('cancelled')))
      })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return {
    client,
    calls,
    listeners,
    publish(event: CoreEvent) {
      for (const listener of [...listeners]) listener(event)
    },
  }
}
