import { readFileSync } from 'node:fs'
import type { Terminal } from './terminal.ts'

const maximumPasswordFileBytes = 4096

/**
 * The password of the member: the first line of a file, typed without echo, or the first line of what is piped in.
 * Null when the file cannot be read or the person gives up.
 */
export async function readPassword(terminal: Terminal, file: string | undefined): Promise<string | null> {
  if (file !== undefined) return readPasswordFile(file)
  if (terminal.input.isTTY === true && terminal.input.setRawMode !== undefined) return await typed(terminal)
  return firstLine(await wholeInput(terminal.input))
}

function readPasswordFile(file: string): string | null {
  try {
    const bytes = readFileSync(file)
    return bytes.length > maximumPasswordFileBytes ? null : firstLine(bytes.toString('utf8'))
  } catch {
    return null
  }
}

function firstLine(text: string): string | null {
  const line = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)[0] ?? ''
  return line === '' ? null : line
}

async function wholeInput(input: NodeJS.ReadableStream): Promise<string> {
  input.setEncoding('utf8')
  let text = ''
  for await (const piece of input) {
    text += String(piece)
    if (text.includes('\n') || text.length > maximumPasswordFileBytes) break
  }
  return text
}

const endOfLine = ['\r', '\n', '\u0004']
const interrupt = '\u0003'
const eraseKeys = ['\u007F', '\b']

/** Raw mode: the terminal shows nothing of what is typed, and hands over every key, an interrupt included. */
function typed({ input, note, screen }: Terminal): Promise<string | null> {
  return new Promise((resolve) => {
    let characters: string[] = []
    screen?.('密码 · Password: ')
    input.setRawMode?.(true)
    input.setEncoding('utf8')
    const finish = (password: string | null) => {
      input.off('data', take)
      input.off('end', gone)
      input.setRawMode?.(false)
      input.pause()
      note('')
      resolve(password)
    }
    const gone = () => finish(null)
    const take = (piece: string) => {
      for (const character of piece) {
        if (character === interrupt) return finish(null)
        if (endOfLine.includes(character)) return finish(characters.length === 0 ? null : characters.join(''))
        if (eraseKeys.includes(character)) characters = characters.slice(0, -1)
        else characters.push(character)
      }
    }
    input.on('data', take)
    input.on('end', gone)
    input.resume()
  })
}
