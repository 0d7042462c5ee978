import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockVault, vaultLockFile } from '../../src-main/core/host/vault-lock.ts'
import { runLocalWeb } from '../../src-main/local-web/run.ts'

const coreEntry = fileURLToPath(new URL('../helpers/echo-core.ts', import.meta.url))
const lockModule = new URL('../../src-main/core/host/vault-lock.ts', import.meta.url).href
const runModule = new URL('../../src-main/local-web/run.ts', import.meta.url).href

let directory: string
let vaultDirectory: string
let rendererDirectory: string
const children: ChildProcess[] = []

/** Runs the program inside this process, with its terminal and browser under the hand of the test. */
function runHere(words: readonly string[]) {
  const stop = new AbortController()
  const input = new PassThrough()
  const lines: string[] = []
  const browsed: string[] = []
  let told = Promise.withResolvers<void>()
  const exitCode = runLocalWeb({
    arguments: words,
    coreEntry,
    rendererDirectory,
    input,
    print(line) {
      lines.push(line)
      told.resolve()
      told = Promise.withResolvers()
    },
    openBrowser(address, failed) {
      browsed.push(address)
      failed()
    },
    stop: stop.signal,
  })
  async function line(text: string): Promise<string> {
    for (;;) {
      const found = lines.find((candidate) => candidate.includes(text))
      if (found !== undefined) return found
      await told.promise
    }
  }
  return { browsed, exitCode, input, line, lines, stop: () => stop.abort() }
}

/** Evaluates a module in a process of its own and waits until it has printed the text. */
async function runThere(source: string, until: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', source], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  let text = ''
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    text += String(chunk)
    if (text.includes(until)) break
  }
  child.stdout.resume()
  return child
}

function lockThere(): Promise<ChildProcess> {
  return runThere(
    `import { lockVault } from ${JSON.stringify(lockModule)}
     const lock = await lockVault(${JSON.stringify(vaultDirectory)})
     process.stdout.write(lock.ok ? 'locked' : 'refused')
     setInterval(() => undefined, 1e6)`,
    'ed',
  )
}

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'liandang-run-')))
  vaultDirectory = join(directory, 'vault')
  rendererDirectory = join(directory, 'renderer')
  mkdirSync(rendererDirectory)
  writeFileSync(join(rendererDirectory, 'index.html'), '<p>page</p>')
})

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  rmSync(directory, { recursive: true, force: true })
})

describe('the program that serves the page', () => {
  it('says where it is, gives a new address on Enter, and stops cleanly', async () => {
    const program = runHere(['--vault', vaultDirectory, '--port', '0'])
    const started = await program.line('廉档 已启动')
    expect(started).toMatch(
      /^廉档 已启动 · Liandang is running: http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/,
    )
    expect(statSync(vaultDirectory).mode & 0o777).toBe(0o700)
    program.input.write('\n')
    const another = await program.line('New address')
    expect(another.split('token=')[1]).not.toBe(started.split('token=')[1])
    program.stop()
    expect(await program.exitCode).toBe(0)
    expect(existsSync(vaultLockFile(vaultDirectory))).toBe(false)
    expect(program.browsed).toEqual([])
  })

  it('opens the browser when asked, and says so when there is none', async () => {
    const program = runHere(['--vault', vaultDirectory, '--port', '0', '--open'])
    expect(await program.line('No browser')).toContain('浏览器')
    const started = await program.line('is running')
    expect(program.browsed).toEqual([started.slice(started.indexOf('http'))])
    program.stop()
    await program.exitCode
  })

  it('does not start twice on one vault, however it is named', async () => {
    const first = runHere(['--vault', vaultDirectory, '--port', '0'])
    await first.line('is running')
    const second = runHere(['--vault', join(directory, '.', 'renderer', '..', 'vault'), '--port', '0'])
    expect(await second.exitCode).toBe(1)
    expect(second.lines).toHaveLength(1)
    expect(second.lines[0]).toContain(`已在使用这个档案库（进程 ${process.pid}）`)
    first.stop()
    await first.exitCode
    const third = runHere(['--vault', vaultDirectory, '--port', '0'])
    await third.line('is running')
    third.stop()
    expect(await third.exitCode).toBe(0)
  })

  it('says what is missing when the page is not built', async () => {
    rmSync(join(rendererDirectory, 'index.html'))
    const program = runHere(['--vault', vaultDirectory])
    expect(await program.exitCode).toBe(1)
    expect(program.lines).toEqual([expect.stringContaining('npm run build')])
    expect(existsSync(vaultDirectory)).toBe(false)
  })

  it.each([['--port', '70000'], ['--port', 'x'], ['--port', '-1'], ['--vault', ''], ['--other'], ['word']])(
    'shows its usage for %s %s',
    async (...words) => {
      const program = runHere(words.filter((word) => word !== undefined))
      expect(await program.exitCode).toBe(2)
      expect(program.lines).toEqual([expect.stringContaining('--vault DIR')])
    },
  )

  it('stops on a signal, with its core and without leaving a lock', async () => {
    const child = await runThere(
      `import { runLocalWeb } from ${JSON.stringify(runModule)}
       const stop = new AbortController()
       process.on('SIGTERM', () => stop.abort())
       process.exitCode = await runLocalWeb({
         arguments: ['--vault', ${JSON.stringify(vaultDirectory)}, '--port', '0'],
         coreEntry: ${JSON.stringify(coreEntry)}, rendererDirectory: ${JSON.stringify(rendererDirectory)},
         input: process.stdin, print: (line) => process.stdout.write(line + '\\n'), openBrowser() {}, stop: stop.signal,
       })
       process.stdin.destroy()`,
      'running',
    )
    expect(existsSync(vaultLockFile(vaultDirectory))).toBe(true)
    child.kill('SIGTERM')
    // The core shares the standard output: 'close' comes only when it is gone too.
    expect(await once(child, 'close')).toEqual([0, null])
    expect(existsSync(vaultLockFile(vaultDirectory))).toBe(false)
  })
})

describe('the lock beside a vault', () => {
  const file = () => vaultLockFile(vaultDirectory)

  it('is held by one process at a time', async () => {
    const child = await lockThere()
    expect(await lockVault(vaultDirectory)).toEqual({
      ok: false,
      error: { code: 'vault/in-use', detail: { pid: child.pid, file: 'vault.lock', sameComputer: true } },
    })
    expect(statSync(file()).mode & 0o777).toBe(0o600)
  })

  it('is given to one of many who ask at once', async () => {
    const locks = await Promise.all(Array.from({ length: 8 }, () => lockVault(vaultDirectory)))
    expect(locks.filter((lock) => lock.ok)).toHaveLength(1)
    for (const lock of locks) if (lock.ok) lock.value.release()
  })

  it('that a killed process left behind does not keep anyone out', async () => {
    const child = await lockThere()
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(existsSync(file())).toBe(true)
    const lock = await lockVault(vaultDirectory)
    expect(lock.ok).toBe(true)
    if (lock.ok) lock.value.release()
    expect(existsSync(file())).toBe(false)
  })

  it('of a process whose number another program now has does not keep anyone out', async () => {
    const leftover = { endpoint: '\0liandang-gone', host: hostname(), pid: process.pid }
    writeFileSync(file(), JSON.stringify(leftover))
    const lock = await lockVault(vaultDirectory)
    expect(lock.ok).toBe(true)
    if (lock.ok) lock.value.release()
  })

  it('that is no lock at all does not keep anyone out', async () => {
    for (const text of ['', '{', '{"pid":1}', 'null']) {
      writeFileSync(file(), text)
      const lock = await lockVault(vaultDirectory)
      expect(lock.ok).toBe(true)
      if (lock.ok) lock.value.release()
    }
  })

  it('of another computer is respected, because nothing here can tell whether it is in use', async () => {
    writeFileSync(file(), JSON.stringify({ endpoint: 'x', host: `not-${hostname()}`, pid: process.pid }))
    const lock = await lockVault(vaultDirectory)
    expect(lock).toMatchObject({
      ok: false,
      error: { code: 'vault/in-use', detail: { sameComputer: false } },
    })
  })

  it('of somebody else is not removed when one lets go late', async () => {
    const lock = await lockVault(vaultDirectory)
    const theirs = JSON.stringify({ endpoint: 'theirs', host: hostname(), pid: process.pid })
    writeFileSync(file(), theirs)
    if (lock.ok) lock.value.release()
    expect(readFileSync(file(), 'utf8')).toBe(theirs)
  })
})
