import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** Where one test's application lives: nothing of it lies anywhere else. */
export interface Premises {
  readonly directory: string
  readonly vault: string
  /** The home folder of whoever sits at the machine; folders that are browsed begin here. */
  readonly home: string
  /** Every program that the test starts keeps its temporary files here. */
  readonly temporary: string
  /** Milliseconds that the core's clock goes ahead, as text. */
  readonly clock: string
  remove(): void
}

export interface Application {
  readonly processId: number
  /** The address for one more visit, as a person gets it by pressing Enter in the terminal. */
  newAddress(): Promise<string>
  stop(): Promise<void>
}

export function newPremises(): Premises {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'liandang-e2e-'))
  const place = (name: string) => join(directory, name)
  for (const name of ['vault', 'home', 'temporary']) mkdirSync(place(name), { mode: 0o700 })
  return {
    directory,
    vault: place('vault'),
    home: place('home'),
    temporary: place('temporary'),
    clock: place('clock'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

/** The environment of every program on these premises. */
export function environmentOf(premises: Premises): NodeJS.ProcessEnv {
  const { home, temporary, clock } = premises
  return {
    ...process.env,
    HOME: home,
    USERPROFILE: home,
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    LIANDANG_TEST_CLOCK: clock,
  }
}

/** Moves the core's clock: what it signs from now on, it signs so many days away from today. */
export function setDay(premises: Premises, days: number): void {
  writeFileSync(premises.clock, String(days * 24 * 60 * 60 * 1000))
}

const programs = {
  real: fileURLToPath(new URL('../../../src-main/local-web/main.ts', import.meta.url)),
  dated: fileURLToPath(new URL('./dated-local-web.ts', import.meta.url)),
} as const

/**
 * Starts the program for the browser of this machine; `dated` lets {@link setDay} move its core's clock. Any free port
 * will do, unless the drafts of an earlier start are wanted: a browser keeps them by address.
 */
export async function startApplication(
  premises: Premises,
  program: keyof typeof programs = 'real',
  port = 0,
): Promise<Application> {
  const words = [programs[program], '--vault', premises.vault, '--port', String(port)]
  const child = spawn(process.execPath, words, {
    env: environmentOf(premises),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const nextAddress = addresses(child)
  const first = await nextAddress()
  let unused: string | null = first
  if (child.pid === undefined) throw new Error('the application has no process')
  return {
    processId: child.pid,
    async newAddress() {
      const address = unused
      unused = null
      if (address !== null) return address
      child.stdin.write('\n')
      return await nextAddress()
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const [code] = (await ended) as [number | null]
      if (code !== 0) throw new Error(`the application ended with ${code}`)
    },
  }
}

/** Reads the addresses the program prints, one a call. */
function addresses(child: ChildProcess): () => Promise<string> {
  const printed: string[] = []
  const asked: PromiseWithResolvers<string>[] = []
  if (child.stdout === null) throw new Error('the application has no output')
  createInterface({ input: child.stdout }).on('line', (line) => {
    const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)?.[0]
    if (address === undefined) return
    const waiting = asked.shift()
    if (waiting === undefined) printed.push(address)
    else waiting.resolve(address)
  })
  child.once('exit', (code) => {
    for (const waiting of asked) waiting.reject(new Error(`the application ended with ${code}`))
  })
  return () => {
    const address = printed.shift()
    if (address !== undefined) return Promise.resolve(address)
    const waiting = Promise.withResolvers<string>()
    asked.push(waiting)
    return waiting.promise
  }
}
