import type { CoreEvent } from '../../src-shared/contract/channel.ts'
import type { DesktopBridge } from '../../src-shared/contract/desktop-bridge.ts'
import type { InputOf, OutputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import type { Purpose } from '../../src-shared/disclosure/purpose.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import type { Connection, ConnectionListener, Disconnection } from './connection.ts'
import { connectLocalWeb } from './local-web.ts'

export interface CallOptions {
  /** Asks the core to give up. The answer stays the core's: work that was already done is reported as done. */
  readonly signal?: AbortSignal
}

export type { Disconnection } from './connection.ts'

declare global {
  interface Window {
    readonly liandang?: DesktopBridge
  }
}

const eventListeners = new Set<(event: CoreEvent) => void>()
const disconnectionListeners = new Set<(reason: Disconnection) => void>()
let connection: Connection | undefined
let disconnection: Disconnection | undefined
let askPurpose: PurposeAsker | null = null

/**
 * Calls a use case of the core. Never rejects: refusals are error values, `call/core-ended` also when the core cannot
 * be reached and `call/not-permitted` when the session is over (then `onDisconnected` tells so too).
 */
export async function call<Name extends ProcedureName>(
  procedure: Name,
  input: InputOf<Name>,
  options: CallOptions = {},
): Promise<Result<OutputOf<Name>>> {
  let result = await connected().call(procedure, input, options.signal)
  // The core holds back what is read for a purpose until it knows one; whoever is asked says it once for a dossier.
  if (!result.ok && result.error.code === 'access/purpose-needed' && askPurpose !== null) {
    const purpose = await askPurpose(String(result.error.detail?.['cadre'] ?? ''), options.signal)
    if (purpose !== null) result = await connected().call(procedure, { ...input, purpose }, options.signal)
  }
  // The core answers a procedure with what the contract says of it.
  return result as Result<OutputOf<Name>>
}

/** Asks the member what they read a dossier for; null when they do not say, or the page has gone on. */
export type PurposeAsker = (cadre: string, signal: AbortSignal | undefined) => Promise<Purpose | null>

/** Names who is asked; returns the function that ends it. */
export function onPurposeNeeded(asker: PurposeAsker): () => void {
  askPurpose = asker
  return () => {
    if (askPurpose === asker) askPurpose = null
  }
}

/** Tells of progress, changes and locks; returns the function that ends the subscription. */
export function subscribe(listener: (event: CoreEvent) => void): () => void {
  eventListeners.add(listener)
  connected()
  return () => eventListeners.delete(listener)
}

/** Calls back when the core is out of reach, at once if it is already; returns the function that ends it. */
export function onDisconnected(listener: (reason: Disconnection) => void): () => void {
  disconnectionListeners.add(listener)
  connected()
  if (disconnection !== undefined) listener(disconnection)
  return () => disconnectionListeners.delete(listener)
}

/** Tells the shell that something was copied; false where there is none, and the page clears the clipboard itself. */
export function tellCopied(seconds: number): boolean {
  window.liandang?.copied(seconds)
  return window.liandang !== undefined
}

function connected(): Connection {
  connection ??= window.liandang === undefined ? connectLocalWeb(listener) : connectDesktop(window.liandang)
  return connection
}

const listener: ConnectionListener = {
  event(event) {
    for (const eventListener of [...eventListeners]) eventListener(event)
    // What this page holds in memory belongs to a session that is over.
    if (event.type === 'locked') window.location.reload()
  },
  disconnected(reason) {
    if (disconnection === reason) return
    disconnection = reason
    for (const disconnectionListener of [...disconnectionListeners]) disconnectionListener(reason)
  },
  outdated: () => window.location.reload(),
}

function connectDesktop(bridge: DesktopBridge): Connection {
  bridge.subscribe((event) => listener.event(event))
  return {
    call: (procedure, input, signal) =>
      bridge.call(procedure, input, (cancel) => {
        if (signal?.aborted === true) cancel()
        else signal?.addEventListener('abort', cancel, { once: true })
      }),
  }
}
