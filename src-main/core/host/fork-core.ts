import { fork } from 'node:child_process'
import type { FromCore } from '../../../src-shared/contract/channel.ts'
import type { CorePort } from '../client.ts'

/** A core that has not followed a polite signal by then is ended by force. */
const forceAfterMilliseconds = 3_000

export interface CoreProgram {
  /** The core's entry: `src-main/core/main.ts` in source, `out/main/core.js` when built. */
  readonly entry: string
  readonly vaultDirectory: string
  /** Told to the core, which refuses under any other host what only the desktop shell can do. */
  readonly host?: 'desktop'
}

/** Starts the core as a child process of this one; it ends when this one does. */
export function forkCore(program: CoreProgram): CorePort {
  const child = fork(program.entry, coreArguments(program), {
    serialization: 'advanced',
    execArgv: [],
    env: coreEnvironment(process.env),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const end = Promise.withResolvers<number | null>()
  child.once('exit', (code) => end.resolve(code))
  child.on('error', () => {
    // A process that never started has no exit; every other error is followed by one.
    if (child.pid === undefined) end.resolve(null)
  })
  return {
    send(message) {
      // The callback takes the error of a channel that has closed: the exit that follows settles every call.
      if (child.connected) child.send(message, () => undefined)
    },
    onMessage(callback) {
      child.on('message', (message) => callback(message as FromCore))
    },
    onExit(callback) {
      void end.promise.then(callback)
    },
    kill() {
      child.kill('SIGTERM')
      const force = setTimeout(() => child.kill('SIGKILL'), forceAfterMilliseconds)
      force.unref()
      void end.promise.then(() => clearTimeout(force))
    },
  }
}

export function coreArguments({ vaultDirectory, host }: Omit<CoreProgram, 'entry'>): string[] {
  return ['--vault', vaultDirectory, ...(host === undefined ? [] : ['--host', host])]
}

/** The environment without what would open a debugger or load code into the process that holds the keys. */
export function coreEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const refused =
    /^(NODE_OPTIONS|NODE_PATH|NODE_REPL_EXTERNAL_MODULE|NODE_V8_COVERAGE|ELECTRON_RUN_AS_NODE)$/i
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !refused.test(entry[0]),
    ),
  )
}
