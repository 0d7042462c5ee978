import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readPassword } from '../../../src-main/cli/password.ts'
import type { Terminal } from '../../../src-main/cli/terminal.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'liandang-password-'))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

/** A terminal under the hand of the test; `shown` is all that was written to it. */
function terminalWith(isTerminal: boolean) {
  const stream = new PassThrough()
  const shown: string[] = []
  const raw: boolean[] = []
  const keys = isTerminal
    ? { isTTY: true as const, setRawMode: (mode: boolean) => (raw.push(mode), stream as never) }
    : {}
  const terminal: Terminal = {
    input: Object.assign(stream, keys),
    out: (line) => void shown.push(line),
    note: (line) => void shown.push(line),
    screen: (text) => void shown.push(text),
    signal: new AbortController().signal,
  }
  return { terminal, stream, shown, raw }
}

describe('a password typed on a terminal', () => {
  it('is read key by key and never shown', async () => {
    const { terminal, stream, shown, raw } = terminalWith(true)
    const password = readPassword(terminal, undefined)
    for (const key of ['秘', '密', '-', 'x', '\u007F', '2', '0', '2', '6']) stream.write(key)
    stream.write('\r')
    expect(await password).toBe('秘密-2026')
    expect(shown.join('')).not.toMatch(/[秘密x26]{2}/)
    expect(raw).toEqual([true, false])
  })

  it('may arrive in pieces that end in the middle of a line', async () => {
    const { terminal, stream } = terminalWith(true)
    const password = readPassword(terminal, undefined)
    stream.write('long ')
    stream.write('password\nrest')
    expect(await password).toBe('long password')
  })

  it.each([
    ['an interrupt', 'secret\u0003'],
    ['nothing', '\r'],
  ])('is none after %s, and the terminal is as it was', async (_, typed) => {
    const { terminal, stream, raw } = terminalWith(true)
    const password = readPassword(terminal, undefined)
    stream.write(typed)
    expect(await password).toBeNull()
    expect(raw).toEqual([true, false])
  })

  it('is none when the terminal goes away', async () => {
    const { terminal, stream } = terminalWith(true)
    const password = readPassword(terminal, undefined)
    stream.end('half')
    expect(await password).toBeNull()
  })
})

describe('a password from elsewhere', () => {
  it.each([
    ['one\n', 'one'],
    ['one\r\ntwo\n', 'one'],
    ['one', 'one'],
    [' with spaces \n', ' with spaces '],
    ['\n', null],
    ['', null],
  ])('is the first line of what is piped in: %j', async (text, expected) => {
    const { terminal, stream } = terminalWith(false)
    stream.end(text)
    expect(await readPassword(terminal, undefined)).toBe(expected)
  })

  it('is the first line of a file, whoever made it', async () => {
    const file = join(directory, 'password')
    writeFileSync(file, '\uFEFFfrom a file\r\n')
    expect(await readPassword(terminalWith(true).terminal, file)).toBe('from a file')
    expect(await readPassword(terminalWith(true).terminal, join(directory, 'other'))).toBeNull()
    writeFileSync(file, 'x'.repeat(5000))
    expect(await readPassword(terminalWith(true).terminal, file)).toBeNull()
  })
})
