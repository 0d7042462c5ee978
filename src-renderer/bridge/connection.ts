import type { CoreEvent } from '../../src-shared/contract/channel.ts'
import type { Result } from '../../src-shared/kernel/result.ts'

/**
 * Why the page cannot reach the core any more: its session is over (`no-session`), the program behind it has ended
 * (`unreachable`), or other pages of the same browser have taken all its lines (`too-many-pages`). Only under
 * local-web; what is on the screen is no longer kept up to date.
 */
export type Disconnection = 'no-session' | 'unreachable' | 'too-many-pages'

/** One way to reach the core; the rest of the page does not know which. */
export interface Connection {
  call(procedure: string, input: unknown, signal: AbortSignal | undefined): Promise<Result<unknown>>
}

/** What a connection tells the page. */
export interface ConnectionListener {
  event(event: CoreEvent): void
  disconnected(reason: Disconnection): void
  /** The page has missed events: what it shows may be of a core that is gone. */
  outdated(): void
}
