import { parseArgs } from 'node:util'
import { defaultPort } from './server.ts'

export interface LocalWebArguments {
  /** Undefined: the vault of this user of the machine. */
  readonly vault: string | undefined
  readonly port: number
  readonly open: boolean
}

/** Undefined if the words make no sense; the caller shows the usage. */
export function readArguments(words: readonly string[]): LocalWebArguments | undefined {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { vault: { type: 'string' }, port: { type: 'string' }, open: { type: 'boolean' } },
    })
    const port = values.port === undefined ? defaultPort : portNumber(values.port)
    if (port === undefined || values.vault === '') return undefined
    return { vault: values.vault, port, open: values.open === true }
  } catch {
    return undefined
  }
}

function portNumber(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 65_536
  return port <= 65_535 ? port : undefined
}
