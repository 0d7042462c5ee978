import type { CoreEvent } from '../../src-shared/contract/channel.ts'
import type { InputOf, OutputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import type { SessionView } from '../../src-shared/contract/views.ts'
import { err, type Result } from '../../src-shared/kernel/result.ts'
import { startCoreClient } from '../core/client.ts'
import { forkCore } from '../core/host/fork-core.ts'
import { programEntry } from './programs.ts'

/** A core process under the command line: one member at a time, and a fresh process for each. */
export interface Core {
  /** Errors: those of the procedure, `call/core-ended`, `call/cancelled`. */
  call<Name extends ProcedureName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>>
  /** Opens the vault for one member. Errors: those of `session.unlock`. */
  unlock(login: string, password: string): Promise<Result<SessionView>>
  /** Ends the process that held the keys of the member at work; resolves when a locked one has taken its place. */
  lock(): Promise<Result<null>>
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: CoreEvent) => void): () => void
  /** Ends the core for good. */
  stop(): Promise<void>
}

/** Starts a core on the vault in this directory. Aborting cancels the call that is on its way and refuses others. */
export function startCore(vaultDirectory: string, signal?: AbortSignal): Core {
  const client = startCoreClient({
    spawn: () => forkCore({ entry: programEntry('core'), vaultDirectory }),
  })
  const call = async <Name extends ProcedureName>(name: Name, input: InputOf<Name>) =>
    (await client.call(name, input, signal === undefined ? {} : { signal })) as Result<OutputOf<Name>>
  return {
    call,
    subscribe: client.subscribe,
    unlock: (login, password) => call('session.unlock', { login, password }),
    async lock() {
      const replaced = Promise.withResolvers<Result<null>>()
      const unsubscribe = client.subscribe((event) => {
        if (event.type !== 'locked') return
        replaced.resolve(event.reason === 'asked' ? { ok: true, value: null } : err('call/core-ended'))
      })
      const locked = await call('session.lock', {})
      const outcome = locked.ok ? await replaced.promise : locked
      unsubscribe()
      return outcome
    },
    stop: () => client.stop(),
  }
}
