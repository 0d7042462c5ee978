import type { ForkOptions, UtilityProcess } from 'electron'
import type { FromCore } from '../../src-shared/contract/channel.ts'
import type { CorePort } from '../core/client.ts'
import { type CoreProgram, coreArguments, coreEnvironment } from '../core/host/fork-core.ts'

type Fork = (entry: string, words: string[], options: ForkOptions) => UtilityProcess

/** Starts the core as an Electron utility process; to be called when the application is ready. */
export function utilityCorePort(fork: Fork, program: CoreProgram): CorePort {
  const child = fork(program.entry, coreArguments(program), {
    env: coreEnvironment(process.env),
    execArgv: [],
    serviceName: 'liandang-core',
    stdio: 'inherit',
  })
  return {
    send: (message) => child.postMessage(message),
    onMessage(callback) {
      child.on('message', (message: unknown) => callback(message as FromCore))
    },
    onExit(callback) {
      child.once('exit', callback)
    },
    kill: () => child.kill(),
  }
}
