import type { CoreEvent, FromCore, ToCore } from '../../src-shared/contract/channel.ts'
import type { FailureDetail } from '../../src-shared/kernel/errors.ts'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'

/** The host's end of the channel to one core process. */
export interface CorePort {
  /** Throws only if the message cannot be cloned. */
  send(message: ToCore): void
  onMessage(callback: (message: FromCore) => void): void
  /** Called once, also when the process could not be started; the code is null if a signal ended it. */
  onExit(callback: (code: number | null) => void): void
  /** Ends the process, by force if it does not follow. */
  kill(): void
}

export interface Clock {
  /** Milliseconds, never going backward. */
  now(): number
  /** Calls back once after that many milliseconds unless the returned function is called first. */
  after(milliseconds: number, callback: () => void): () => void
}

export interface CoreClientOptions {
  /** Starts one core process. */
  readonly spawn: () => CorePort
  readonly clock?: Clock
  /**
   * Keeps a second, locked core ready while somebody is at work, so that the next member need not wait for one to start.
   * It has opened nothing and knows no key.
   */
  readonly keepSpare?: boolean
}

export interface CallOptions {
  /** Asks the core to give up. The answer stays the core's: work that was already done is reported as done. */
  readonly signal?: AbortSignal
}

/** A host's view of the core: one that answers calls, whichever process is behind it at the moment. */
export interface CoreClient {
  /**
   * Errors beside the core's own: `call/core-ended` when the process ended first or was given up,
   * `call/invalid-input` for an input that cannot be sent, `call/cancelled` when the signal was aborted before.
   */
  call(procedure: string, input: unknown, options?: CallOptions): Promise<Result<unknown>>
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: CoreEvent) => void): () => void
  /** The first core answered for the first time; `call/core-ended` if it was given up or stopped before. */
  whenReady(): Promise<Result<undefined>>
  /** How many core processes were started so far: a page that knew another number is out of date. */
  generation(): number
  /** Ends the core for good; resolves when its process is gone. */
  stop(): Promise<void>
}

/** So many ends within the window are no accident: starting again would only burn the machine. */
const crashLimit = 5
const crashWindowMilliseconds = 30_000
/** Keys may stay in memory no longer than this after someone asked to lock, even if the core is busy. */
const lockDeadlineMilliseconds = 5_000

/** The member who has just come in is served first; the machine may have two cores and a slow disk. */
const spareDelayMilliseconds = 3_000

const lockProcedure = 'session.lock'
const unlockProcedures: readonly string[] = ['session.unlock', 'session.resume']

interface PendingCall {
  readonly procedure: string
  settle(result: Result<unknown>): void
}

interface RunningCore {
  port: CorePort | undefined
  readonly pending: Map<number, PendingCall>
  ended: boolean
  lockAsked: boolean
  /** It said yes to a lock, or locks by itself, and is about to end: what is called now is for the next core. */
  leaving: boolean
  /** Resolves when it has ended and the next one, if any, has been started. */
  readonly gone: PromiseWithResolvers<void>
  forced: boolean
  cancelLockDeadline: (() => void) | undefined
}

const systemClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/**
 * Starts the core and keeps one running. Locking and crashing look alike from here: the process ends, what was
 * pending is settled with `call/core-ended`, a new and locked core is started at once, and `locked` is published.
 */
export function startCoreClient(options: CoreClientOptions): CoreClient {
  const clock = options.clock ?? systemClock
  const listeners = new Set<(event: CoreEvent) => void>()
  const ready = Promise.withResolvers<Result<undefined>>()
  const stopped = Promise.withResolvers<void>()
  let crashes: readonly number[] = []
  let current: RunningCore | undefined
  let spare: RunningCore | undefined
  let cancelSpare: (() => void) | undefined
  let stopping = false
  let started = 0
  let lastId = 0

  function publish(event: CoreEvent): void {
    for (const listener of [...listeners]) listener(event)
  }

  function start(): void {
    cancelSpare?.()
    current = spare ?? launch()
    spare = undefined
    started += 1
  }

  function prepareSpare(): void {
    if (options.keepSpare !== true || spare !== undefined) return
    cancelSpare?.()
    cancelSpare = clock.after(spareDelayMilliseconds, () => {
      if (!stopping) spare ??= launch()
    })
  }

  function launch(): RunningCore {
    const core: RunningCore = {
      port: undefined,
      pending: new Map(),
      ended: false,
      lockAsked: false,
      leaving: false,
      gone: Promise.withResolvers(),
      forced: false,
      cancelLockDeadline: undefined,
    }
    try {
      const port = options.spawn()
      core.port = port
      port.onMessage((message) => received(core, message))
      port.onExit((code) => exited(core, code))
    } catch {
      queueMicrotask(() => exited(core, null))
    }
    return core
  }

  function received(core: RunningCore, message: FromCore): void {
    if (core.ended) return
    if (message.kind === 'ready') ready.resolve(ok(undefined))
    else if (message.kind === 'event') publish(message.event)
    else if (message.kind === 'leaving') {
      core.leaving = true
      lockRequested(core)
    } else {
      const call = core.pending.get(message.id)
      if (call === undefined) return
      core.pending.delete(message.id)
      if (call.procedure === lockProcedure) {
        if (message.result.ok) core.leaving = true
        else lockRefused(core)
      }
      if (message.result.ok && unlockProcedures.includes(call.procedure)) prepareSpare()
      call.settle(message.result)
    }
  }

  function exited(core: RunningCore, code: number | null): void {
    if (core.ended) return
    core.ended = true
    core.cancelLockDeadline?.()
    for (const call of core.pending.values()) call.settle(err('call/core-ended'))
    core.pending.clear()
    if (core === spare) {
      // Nobody missed it: the next member waits for one to start.
      spare = undefined
      core.gone.resolve()
      return
    }
    current = undefined
    if (stopping) stopped.resolve()
    else if (core.lockAsked && (code === 0 || core.forced)) {
      start()
      publish({ type: 'locked', reason: 'asked' })
    } else crashed(code)
    core.gone.resolve()
  }

  function crashed(code: number | null): void {
    const now = clock.now()
    crashes = [...crashes.filter((at) => now - at < crashWindowMilliseconds), now]
    const restarted = crashes.length < crashLimit
    const detail: FailureDetail = { restarted, crashes: crashes.length, exitCode: code ?? 'signal' }
    if (restarted) start()
    else ready.resolve(err('call/core-ended', detail))
    publish({ type: 'locked', reason: 'ended', failure: { code: 'call/core-ended', detail } })
  }

  function lockRequested(core: RunningCore): void {
    core.lockAsked = true
    core.cancelLockDeadline ??= clock.after(lockDeadlineMilliseconds, () => {
      core.forced = true
      core.port?.kill()
    })
  }

  /** The core said no (it is locked already, say), so there is nothing to force. */
  function lockRefused(core: RunningCore): void {
    if ([...core.pending.values()].some((call) => call.procedure === lockProcedure)) return
    core.lockAsked = false
    core.cancelLockDeadline?.()
    core.cancelLockDeadline = undefined
  }

  function call(procedure: string, input: unknown, callOptions: CallOptions = {}): Promise<Result<unknown>> {
    const { signal } = callOptions
    const core = current
    if (signal?.aborted === true) return Promise.resolve(err('call/cancelled'))
    if (core === undefined || stopping) return Promise.resolve(err('call/core-ended'))
    if (core.leaving) return core.gone.promise.then(() => call(procedure, input, callOptions))
    lastId += 1
    const id = lastId
    return new Promise((resolve) => {
      const cancel = () => core.port?.send({ kind: 'cancel', id })
      core.pending.set(id, {
        procedure,
        settle(result) {
          signal?.removeEventListener('abort', cancel)
          resolve(result)
        },
      })
      signal?.addEventListener('abort', cancel, { once: true })
      try {
        core.port?.send({ kind: 'call', id, procedure, input })
        if (procedure === lockProcedure) lockRequested(core)
      } catch {
        core.pending.get(id)?.settle(err('call/invalid-input', { procedure }))
        core.pending.delete(id)
      }
    })
  }

  start()
  return {
    call,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    whenReady: () => ready.promise,
    generation: () => started,
    stop() {
      stopping = true
      ready.resolve(err('call/core-ended'))
      cancelSpare?.()
      const gone = Promise.all([stopped.promise, spare?.gone.promise]).then(() => undefined)
      spare?.port?.kill()
      if (current === undefined) stopped.resolve()
      else if (current.port !== undefined) current.port.kill()
      return gone
    },
  }
}
