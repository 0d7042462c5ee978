import { existsSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { forbidCoreDumps } from '../../core/host/core-dumps.ts'
import { lockVault } from '../../core/host/vault-lock.ts'
import { startCore } from '../core.ts'
import { CallFailed, failureText } from '../failures.ts'
import { runProgram } from '../hub.ts'
import { misused } from '../member.ts'
import { programEntry } from '../programs.ts'
import { exitCodes, type Terminal } from '../terminal.ts'
import { playHeadless } from './headless.ts'
import { HubFailed, startHubNode } from './hub-node.ts'
import { inspectorName, openOffice } from './office.ts'
import { makePlan } from './plan.ts'
import { membersTable } from './members-table.ts'
import { playStory, type Stage } from './story.ts'
import { leaveWork } from './workload.ts'

interface DemoArguments {
  readonly headless: boolean
  readonly out: string | undefined
  readonly seed: number
  readonly port: string | undefined
}

const defaultSeed = 20_261_122

function readArguments(words: readonly string[]): DemoArguments | null {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        headless: { type: 'boolean' },
        out: { type: 'string' },
        seed: { type: 'string' },
        port: { type: 'string' },
      },
    })
    const { headless = false, out, port } = values
    const seed = values.seed === undefined ? defaultSeed : Number(values.seed)
    if (!Number.isSafeInteger(seed) || seed < 0 || out === '' || (headless && out === undefined)) return null
    return { headless, out, seed, port }
  } catch {
    return null
  }
}

/** A made-up unit goes the whole road, from the first entry to the receipt; then people can look at it. */
export async function demo(terminal: Terminal, words: readonly string[]): Promise<number> {
  const given = readArguments(words)
  if (given === null) return misused(terminal)
  const directory = prepareDirectory(given.out)
  if (directory === null) {
    terminal.note(`${given.out}：${failureText({ code: 'bundle/folder-unusable' })}`)
    return exitCodes.failed
  }
  const vaultDirectory = join(directory, 'vault')
  const hubDirectory = join(directory, 'hub')
  if (existsSync(vaultDirectory) || existsSync(hubDirectory)) {
    terminal.note(`${directory}：${failureText({ code: 'vault/exists' })}`)
    return exitCodes.failed
  }
  try {
    terminal.note(`演示单位：${directory}（种子 ${given.seed}）`)
    const hub = await startHubNode(hubDirectory)
    try {
      const play = given.headless ? headless : prepared
      const code = await inVault(terminal, vaultDirectory, (office) => {
        const plan = makePlan(given.seed, inspectorName, today())
        return play(terminal, { office, hub, plan, directory, tell: terminal.note })
      })
      if (given.headless || code !== exitCodes.done) return code
      return await openApplication(terminal, vaultDirectory, given.port)
    } finally {
      await hub.stop()
    }
  } catch (error) {
    return failed(terminal, error)
  }
}

/** Null when the folder cannot be made. */
function prepareDirectory(out: string | undefined): string | null {
  if (out === undefined) return mkdtempSync(join(realpathSync(tmpdir()), 'liandang-demo-'))
  try {
    mkdirSync(resolve(out), { recursive: true, mode: 0o700 })
    return realpathSync(resolve(out))
  } catch {
    return null
  }
}

async function inVault(
  terminal: Terminal,
  vaultDirectory: string,
  work: (office: Stage['office']) => Promise<number>,
): Promise<number> {
  mkdirSync(vaultDirectory, { mode: 0o700 })
  const lock = await lockVault(vaultDirectory)
  if (!lock.ok) throw new CallFailed('lock', lock.error)
  forbidCoreDumps()
  const core = startCore(vaultDirectory, terminal.signal)
  try {
    return await work(openOffice(core))
  } finally {
    await core.stop()
    lock.value.release()
  }
}

async function headless(terminal: Terminal, stage: Stage): Promise<number> {
  const report = await playHeadless(stage)
  terminal.out(JSON.stringify(report))
  return report.verified ? exitCodes.done : exitCodes.notVerified
}

async function prepared(_terminal: Terminal, stage: Stage): Promise<number> {
  await leaveWork(stage, await playStory(stage))
  return exitCodes.done
}

/** The application in the browser of this machine; the node stays up as long as it runs. */
async function openApplication(
  terminal: Terminal,
  vaultDirectory: string,
  port: string | undefined,
): Promise<number> {
  terminal.out('')
  for (const line of membersTable()) terminal.out(line)
  terminal.out('')
  const words = ['--vault', vaultDirectory, ...(port === undefined ? [] : ['--port', port])]
  const watched = terminal.screen !== undefined
  return await runProgram(terminal, programEntry('localWeb'), watched ? [...words, '--open'] : words)
}

/** The day in the office. */
function today(): string {
  const now = new Date()
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

function failed(terminal: Terminal, error: unknown): number {
  if (error instanceof CallFailed) terminal.note(`${error.procedure} 未能完成：${failureText(error.failure)}`)
  else if (error instanceof HubFailed) terminal.note(`上级节点 ${error.message} 未能完成：\n${error.output}`)
  else throw error
  return exitCodes.notVerified
}
