import { spawn } from 'node:child_process'
import { programEntry } from './programs.ts'
import { exitCodes, type Terminal } from './terminal.ts'

/** Runs the upstream node as a program of its own: it shares the rules with the core, and no code. */
export function hub(terminal: Terminal, words: readonly string[]): Promise<number> {
  return runProgram(terminal, programEntry('hub'), words)
}

/** Runs a program of the product with this terminal as its own; resolves to its exit code. */
export function runProgram(terminal: Terminal, entry: string, words: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [entry, ...words], { stdio: 'inherit' })
    const stop = () => child.kill('SIGTERM')
    const finish = (code: number) => {
      terminal.signal.removeEventListener('abort', stop)
      resolve(code)
    }
    child.once('error', () => finish(exitCodes.failed))
    child.once('exit', (code) => finish(code ?? exitCodes.failed))
    terminal.signal.addEventListener('abort', stop, { once: true })
  })
}
