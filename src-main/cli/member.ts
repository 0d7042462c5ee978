import { existsSync, realpathSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { newId } from '../../src-shared/kernel/ids.ts'
import { err, type Result } from '../../src-shared/kernel/result.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import type { SessionView } from '../../src-shared/contract/views.ts'
import { forbidCoreDumps } from '../core/host/core-dumps.ts'
import { defaultVaultDirectory } from '../core/host/vault-directory.ts'
import { lockVault } from '../core/host/vault-lock.ts'
import { startCore, type Core } from './core.ts'
import { failureText } from './failures.ts'
import { readPassword } from './password.ts'
import { exitCodes, progressLine, type Terminal } from './terminal.ts'
import { usage } from './usage.ts'

/** What every command says that works on a vault as a member. */
export interface MemberOptions {
  readonly vault: string
  readonly login: string
  readonly passwordFile: string | undefined
  readonly json: boolean
}

const memberOptions = {
  vault: { type: 'string' },
  login: { type: 'string' },
  'password-file': { type: 'string' },
  json: { type: 'boolean' },
} as const

export interface ReadArguments {
  readonly options: MemberOptions
  readonly positionals: readonly string[]
  /** The command's own options, by name. */
  readonly own: Readonly<Record<string, string | boolean | undefined>>
}

type OwnOptions = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>

/** Null when the words make no sense or name nobody. */
export function readMemberArguments(
  words: readonly string[],
  own: OwnOptions,
  files: { readonly least: number; readonly most: number },
): ReadArguments | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: { ...memberOptions, ...own },
    })
    const { vault, login, 'password-file': passwordFile, json, ...rest } = values
    if (typeof login !== 'string' || positionals.length < files.least || positionals.length > files.most)
      return null
    const options: MemberOptions = {
      vault: typeof vault === 'string' ? vault : defaultVaultDirectory(),
      login,
      passwordFile: typeof passwordFile === 'string' ? passwordFile : undefined,
      json: json === true,
    }
    return { options, positionals, own: rest as ReadArguments['own'] }
  } catch {
    return null
  }
}

/** A member at work in an unlocked vault. */
export interface MemberAtWork {
  readonly core: Core
  readonly session: SessionView
  /** Runs long work under a new job id, with a line that shows how far it is. */
  job<T>(label: string, work: (job: string) => Promise<Result<T>>): Promise<Result<T>>
}

/**
 * Opens the vault as the member, works, and ends the process that held the keys. Only one program at a time works on
 * a vault, so nothing is done while another has it.
 *
 * Errors: `vault/none`, `vault/in-use`, those of `session.unlock`, and of the work.
 */
export async function asMember<T>(
  terminal: Terminal,
  options: MemberOptions,
  work: (member: MemberAtWork) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (!existsSync(options.vault)) return err('vault/none')
  const directory = realpathSync(options.vault)
  const lock = await lockVault(directory)
  if (!lock.ok) return lock
  forbidCoreDumps()
  const core = startCore(directory, terminal.signal)
  try {
    const status = await core.call('session.status', {})
    if (!status.ok) return status
    if (status.value.vault === 'none') return err('vault/none')
    const password = await readPassword(terminal, options.passwordFile)
    if (password === null) return err('vault/wrong-password', { reason: 'no-password' })
    const session = await core.unlock(options.login, password)
    if (!session.ok) return session
    return await work({ core, session: session.value, job: jobOf(terminal, core) })
  } finally {
    await core.stop()
    lock.value.release()
  }
}

function jobOf(terminal: Terminal, core: Core): MemberAtWork['job'] {
  return async (label, work) => {
    const job = newId(nodePrimitives)
    const line = progressLine(terminal, label)
    const unsubscribe = core.subscribe((event) => {
      if (event.type === 'progress' && event.job === job) line.show(event.done, event.total)
    })
    const result = await work(job)
    unsubscribe()
    line.clear()
    return result
  }
}

/** Prints a refusal and gives the exit code for it, or hands on the value. */
export function reported<T>(terminal: Terminal, result: Result<T>, done: (value: T) => number): number {
  if (result.ok) return done(result.value)
  terminal.note(failureText(result.error))
  return exitCodes.failed
}

export function misused(terminal: Terminal): number {
  terminal.note(usage)
  return exitCodes.failed
}
