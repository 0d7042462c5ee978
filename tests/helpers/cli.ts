import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../src-main/cli/main.ts', import.meta.url))

export interface Ended {
  /** Null when a signal ended the program. */
  readonly code: number | null
  readonly out: string
  readonly note: string
}

/** Runs `liandang` as a process, with `input` piped into it, to its end. */
export async function runLiandang(words: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [entry, ...words], { stdio: ['pipe', 'pipe', 'pipe'] })
  const ended = { out: '', note: '' }
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (ended.out += piece))
  child.stderr.setEncoding('utf8').on('data', (piece: string) => (ended.note += piece))
  // A program that does not read what is piped in may be gone before it is written.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, ...ended }
}
