import type { Result } from '../kernel/result.ts'
import type { CoreEvent } from './channel.ts'

/** All that the page sees of the desktop shell around it, as `window.liandang`; other hosts have none. */
export interface DesktopBridge {
  /** `onStarted` is given the function that cancels the call: an AbortSignal cannot cross into the page's world. */
  call(procedure: string, input: unknown, onStarted?: (cancel: () => void) => void): Promise<Result<unknown>>
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: CoreEvent) => void): () => void
  /** Something of ours was copied just now: the shell clears it from the clipboard after so many seconds. */
  copied(seconds: number): void
}

/** The names of the messages between the preload and the shell; nothing else is listened to. */
export const desktopChannels = {
  /** page → shell, answered: `{id, procedure, input}`, the id a UUID of the page's choice. */
  call: 'liandang:call',
  /** page → shell: the id of the call to cancel. */
  cancel: 'liandang:cancel',
  /** page → shell: the seconds that what was copied may stay. */
  copied: 'liandang:copied',
  /** shell → page: a `CoreEvent`. */
  event: 'liandang:event',
} as const
