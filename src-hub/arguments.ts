import { parseArgs } from 'node:util'
import { directiveDecisions, type DirectiveDecision } from '../src-shared/log/operations.ts'

export const commands = [
  'serve',
  'init',
  'ingest',
  'card',
  'trust',
  'waiting',
  'show',
  'decide',
  'directives',
] as const
export type Command = (typeof commands)[number]

export const defaultPort = 17400
export const defaultHost = '127.0.0.1'

export interface HubArguments {
  readonly command: Command
  readonly data: string
  readonly name: string
  readonly url: string | undefined
  readonly port: number
  readonly host: string
  readonly trust: readonly string[]
  readonly receipts: string | undefined
  readonly out: string | undefined
  readonly unit: string | undefined
  readonly decision: DirectiveDecision | undefined
  readonly officer: string | undefined
  readonly words: string
  readonly json: boolean
  readonly files: readonly string[]
}

/** A refusal names the argument, and the command whose usage helps. */
export interface Misused {
  readonly code: 'hub/command-unknown' | 'hub/argument-missing' | 'hub/argument-wrong'
  /** As it is typed: `--officer`, or what stands without a name. */
  readonly argument: string
  readonly command: Command | null
}

type Values = NonNullable<ReturnType<typeof parse>>['values']
type Problem = Pick<Misused, 'code' | 'argument'>

const missing = (argument: string): Problem => ({ code: 'hub/argument-missing', argument })
const wrong = (argument: string): Problem => ({ code: 'hub/argument-wrong', argument })

/** What the command line asks for. */
export function readArguments(given: readonly string[]): HubArguments | 'help' | Misused {
  const parsed = parse(given)
  if (parsed === null) {
    const argument = given.find((word) => word.startsWith('-') && parse([word, 'x']) === null) ?? ''
    const command = commands.find((one) => given.includes(one)) ?? null
    return { code: 'hub/command-unknown', argument, command }
  }
  if (parsed.values.help === true) return 'help'
  const { values, positionals } = parsed
  const [first, ...rest] = positionals
  const command = commands.find((one) => one === first) ?? (first === undefined ? 'serve' : undefined)
  if (command === undefined) return { code: 'hub/command-unknown', argument: first ?? '', command: null }
  const problem = problemOf(command, values, rest)
  if (problem !== null) return { ...problem, command }
  return {
    command,
    data: values.data ?? 'hub-data',
    name: values.name ?? '上级节点',
    url: values.url,
    port: Number(values.port ?? defaultPort),
    host: values.host ?? defaultHost,
    trust: values.trust ?? [],
    receipts: values.receipts,
    out: values.out,
    unit: values.unit,
    decision: directiveDecisions.find((one) => one === values.decision),
    officer: values.officer?.trim(),
    words: values.words?.trim() ?? '',
    json: values.json ?? false,
    files: rest,
  }
}

const needed: Readonly<Partial<Record<Command, readonly (keyof Values)[]>>> = {
  card: ['out'],
  ingest: ['receipts'],
  decide: ['decision', 'officer', 'out'],
  directives: ['unit', 'out'],
}

/** What a command takes without a name, as its usage calls it. */
const unnamed: Readonly<Partial<Record<Command, string>>> = {
  ingest: 'FILE',
  trust: 'FILE',
  show: '版本',
  decide: '版本',
}

/** What is wrong with a known command; null when it can be done. */
function problemOf(command: Command, values: Values, rest: readonly string[]): Problem | null {
  const port = Number(values.port ?? defaultPort)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return wrong('--port')
  const taken = unnamed[command]
  if (taken !== undefined && rest.length === 0) return missing(taken)
  if (taken === undefined ? rest.length > 0 : taken === '版本' && rest.length > 1)
    return wrong(rest.at(-1) ?? '')
  if (taken === '版本' && !/^[0-9a-f]{8,64}$/.test(rest[0] ?? '')) return wrong(rest[0] ?? '')
  const absent = needed[command]?.find((name) => String(values[name] ?? '').trim() === '')
  if (absent !== undefined) return missing(`--${absent}`)
  if (command !== 'decide') return null
  const decision = directiveDecisions.find((one) => one === values.decision)
  if (decision === undefined) return wrong('--decision')
  const words = values.words?.trim() ?? ''
  if ((values.officer?.trim().length ?? 0) > 100) return wrong('--officer')
  if (words.length > 2000) return wrong('--words')
  return words === '' && (decision === 'return' || decision === 'reject') ? missing('--words') : null
}

function parse(given: readonly string[]) {
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        name: { type: 'string' },
        url: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        trust: { type: 'string', multiple: true },
        receipts: { type: 'string' },
        out: { type: 'string' },
        unit: { type: 'string' },
        decision: { type: 'string' },
        officer: { type: 'string' },
        words: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
  } catch {
    return null
  }
}

const usages: Readonly<Record<Command, string>> = {
  serve: `  hub [serve] --data DIR [--port ${defaultPort}] [--host ${defaultHost}] [--trust trust.json]…
      接收各单位的同步包并出具回执 · takes bundles of units and answers with receipts`,
  init: `  hub init --data DIR [--name 名称] [--url https://…]
      新建节点 · makes a node`,
  ingest: `  hub ingest FILE… --receipts DIR --data DIR
      从 U 盘等介质接收 · takes bundles from a stick and writes receipts`,
  card: `  hub card --out FILE --data DIR
      导出登记卡，交给各单位 · writes the card for the units`,
  trust: `  hub trust FILE… --data DIR
      登记单位 · registers units`,
  waiting: `  hub waiting [--unit 单位] --data DIR
      第一步：列出各单位等待上级办理的事项 · step 1: lists what units put to this node`,
  show: `  hub show 版本 [--unit 单位] --data DIR
      第二步：查看一项的内容、全部意见和签字；版本抄前八位即可
      step 2: shows one with all opinions; the first eight digits of the revision do`,
  decide: `  hub decide 版本 --decision sign|return|uphold|reject --officer 姓名 [--words 理由] --out DIR --data DIR
      第三步：办理。待上级签署的：sign 签署、return 退回；待上级审核的：uphold 采纳、reject 不予采纳。
      退回和不予采纳必须用 --words 写明理由。写出的文件交给该单位。
      step 3: decides. What waits for a signature: sign or return; what was referred: uphold or reject.
      To return or reject wants --words. The files it writes are for the unit.`,
  directives: `  hub directives --unit 单位 --out DIR --data DIR
      文件丢失时，重新写出已办理的上级交办文件 · writes the directives of a unit anew`,
}

const officers: readonly Command[] = ['waiting', 'show', 'decide', 'directives']

/** How one command is typed. */
export function usageOf(command: Command): string {
  return usages[command]
}

export const usage = `廉档上级节点 · the upstream node of Liandang

${commands
  .filter((one) => !officers.includes(one))
  .map(usageOf)
  .join('\n')}

上级办理 · deciding what units put to this node

${officers.map(usageOf).join('\n')}

  --json   每行一条机器可读的结果 · machine-readable lines
  --help   显示本说明 · shows this

  退出码 · exit code: 0 全部办妥 · all done, 1 有一项没有办 · something was refused, 2 用法错误 · misused
`
