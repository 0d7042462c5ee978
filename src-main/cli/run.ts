import { bundle } from './bundle.ts'
import { demo } from './demo/command.ts'
import { hub } from './hub.ts'
import { misused } from './member.ts'
import { rebuild } from './rebuild.ts'
import { receive } from './receive.ts'
import { exitCodes, type Terminal } from './terminal.ts'
import { usage } from './usage.ts'
import { verify } from './verify.ts'

type Command = (terminal: Terminal, words: readonly string[]) => number | Promise<number>

const commands: Readonly<Record<string, Command>> = { bundle, demo, help, hub, rebuild, receive, verify }

/** Runs the command that the first word names; resolves to the exit code. */
export async function runCli(terminal: Terminal, words: readonly string[]): Promise<number> {
  const [name, ...rest] = words
  if (name === '--help' || name === '-h') return help(terminal)
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) return misused(terminal)
  if (command !== hub && rest.includes('--help')) return help(terminal)
  return await command(terminal, rest)
}

function help(terminal: Terminal): number {
  terminal.out(usage)
  return exitCodes.done
}
