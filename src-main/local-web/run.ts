import { createInterface } from 'node:readline'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { forbidCoreDumps } from '../core/host/core-dumps.ts'
import { defaultVaultDirectory, prepareVaultDirectory } from '../core/host/vault-directory.ts'
import { lockVault } from '../core/host/vault-lock.ts'
import { readArguments } from './arguments.ts'
import { startLocalWeb } from './server.ts'
import { words } from './words.ts'

export interface LocalWebProgram {
  /** The words after the program's name. */
  readonly arguments: readonly string[]
  readonly coreEntry: string
  readonly rendererDirectory: string
  /** A line from here (Enter) asks for a new address. */
  readonly input: NodeJS.ReadableStream
  readonly print: (line: string) => void
  readonly openBrowser: (address: string, failed: () => void) => void
  /** Aborted when the program shall end. */
  readonly stop: AbortSignal
}

/** Runs until told to stop; resolves to the exit code: 0 stopped, 1 could not start, 2 misused. */
export async function runLocalWeb(program: LocalWebProgram): Promise<number> {
  const { coreEntry, print, rendererDirectory, stop } = program
  const wanted = readArguments(program.arguments)
  if (wanted === undefined) {
    print(words.usage)
    return 2
  }
  if (!existsSync(join(rendererDirectory, 'index.html'))) {
    print(words.notBuilt(rendererDirectory))
    return 1
  }
  const vaultDirectory = prepareVaultDirectory(wanted.vault ?? defaultVaultDirectory())
  const lock = await lockVault(vaultDirectory)
  if (!lock.ok) {
    const { file, pid } = lock.error.detail ?? {}
    print(words.alreadyRunning(String(file), String(pid ?? '?')))
    return 1
  }
  try {
    if (!forbidCoreDumps()) print(words.coreDumps)
    const localWeb = await startLocalWeb({
      vaultDirectory,
      port: wanted.port,
      rendererDirectory,
      coreEntry,
      log: print,
    })
    const address = localWeb.launchAddress()
    print(words.started(address))
    print(words.useOnce)
    const lines = createInterface({ input: program.input })
    lines.on('line', () => print(words.newAddress(localWeb.launchAddress())))
    if (wanted.open) program.openBrowser(address, () => print(words.noBrowser))
    await aborted(stop)
    lines.close()
    await localWeb.close()
    print(words.stopped)
    return 0
  } finally {
    lock.value.release()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
