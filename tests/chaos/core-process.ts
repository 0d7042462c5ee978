import { fork } from 'node:child_process'
import { once } from 'node:events'
import { programEntry } from '../../src-main/cli/programs.ts'
import { coreArguments, coreEnvironment } from '../../src-main/core/host/fork-core.ts'
import type { CoreEvent, FromCore } from '../../src-shared/contract/channel.ts'
import type { InputOf, OutputOf, ProcedureName } from '../../src-shared/contract/index.ts'
import { err, type Result } from '../../src-shared/kernel/result.ts'

export interface CoreSurroundings {
  readonly vaultDirectory: string
  readonly environment?: Readonly<Record<string, string>>
  readonly workingDirectory?: string
}

/** One core process from its start to its end. Nothing takes its place. */
export interface CoreProcess {
  readonly pid: number
  /** Errors: those of the procedure, and `call/core-ended` when the answer never came. */
  call<Name extends ProcedureName>(name: Name, input: InputOf<Name>): Promise<Result<OutputOf<Name>>>
  /** The value of a call that must not be refused; throws the code of one that is. */
  value<Name extends ProcedureName>(name: Name, input: InputOf<Name>): Promise<OutputOf<Name>>
  /** Resolves when so many more answers than now have arrived here. */
  answers(count: number): Promise<void>
  /** Resolves with the next event of this type. */
  event(type: CoreEvent['type']): Promise<void>
  /** Ends it with SIGKILL; resolves with the signal that ended it once all that it had said has arrived. */
  kill(): Promise<NodeJS.Signals | null>
  /** Lets it fall over with SIGABRT; resolves as {@link kill} does. */
  abort(): Promise<NodeJS.Signals | null>
  /** Stops it where it is while this work is done, and lets it go on. */
  whilePaused(work: () => Promise<void>): Promise<void>
  /** Locks it, which ends it; resolves with its exit code. */
  lock(): Promise<number | null>
  /** All that it wrote to standard output and standard error so far. */
  printed(): Buffer
}

/** Starts a core as a host does, with its output kept here. */
export function startCoreProcess(surroundings: CoreSurroundings): CoreProcess {
  const child = fork(programEntry('core'), coreArguments(surroundings), {
    serialization: 'advanced',
    execArgv: [],
    env: { ...coreEnvironment(process.env), ...surroundings.environment },
    ...(surroundings.workingDirectory === undefined ? {} : { cwd: surroundings.workingDirectory }),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const pending = new Map<number, (result: Result<unknown>) => void>()
  const waiting = new Set<{ count: number; resolve: () => void }>()
  const listening = new Set<{ type: string; resolve: () => void }>()
  const printed: Buffer[] = []
  let lastId = 0
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece: Buffer) => printed.push(piece))
  }
  // Not `exit`: answers that were on their way when the process died arrive after that.
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  void closed.then(() => {
    for (const settle of pending.values()) settle(err('call/core-ended'))
    pending.clear()
  })
  child.on('message', (message) => received(message as FromCore))

  function received(message: FromCore): void {
    if (message.kind === 'event') {
      for (const listener of listening) {
        if (listener.type !== message.event.type) continue
        listening.delete(listener)
        listener.resolve()
      }
    } else if (message.kind === 'result') {
      pending.get(message.id)?.(message.result)
      pending.delete(message.id)
      for (const waiter of waiting) {
        waiter.count -= 1
        if (waiter.count > 0) continue
        waiting.delete(waiter)
        waiter.resolve()
      }
    }
  }

  const call: CoreProcess['call'] = (name, input) => {
    lastId += 1
    const id = lastId
    return new Promise((resolve) => {
      pending.set(id, resolve as (result: Result<unknown>) => void)
      if (child.connected) child.send({ kind: 'call', id, procedure: name, input }, () => undefined)
      else void closed.then(() => resolve(err('call/core-ended')))
    })
  }

  return {
    pid: child.pid as number,
    call,
    async value(name, input) {
      const result = await call(name, input)
      if (result.ok) return result.value
      const { code, detail = {} } = result.error
      throw new Error(`${name}: ${code} ${JSON.stringify(detail)} ${Buffer.concat(printed).toString('utf8')}`)
    },
    answers: (count) =>
      count === 0
        ? Promise.resolve()
        : new Promise((resolve) => void waiting.add({ count, resolve: () => resolve() })),
    event: (type) => new Promise((resolve) => void listening.add({ type, resolve: () => resolve() })),
    async kill() {
      child.kill('SIGKILL')
      const [, signal] = await closed
      return signal
    },
    async abort() {
      child.kill('SIGABRT')
      const [, signal] = await closed
      return signal
    },
    async whilePaused(work) {
      child.kill('SIGSTOP')
      try {
        await work()
      } finally {
        child.kill('SIGCONT')
      }
    },
    async lock() {
      const locked = await call('session.lock', {})
      if (!locked.ok) throw new Error(`session.lock: ${locked.error.code}`)
      const [code] = await closed
      return code
    },
    printed: () => Buffer.concat(printed),
  }
}
