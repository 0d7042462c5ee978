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

/** What the command line asks for; null when it cannot be understood. */
export function readArguments(given: readonly string[]): HubArguments | 'help' | null {
  const parsed = parse(given)
  if (parsed === null) return null
  if (parsed.values.help === true) return 'help'
  const { values, positionals } = parsed
  const [first, ...rest] = positionals
  const command = commands.find((one) => one === first) ?? (first === undefined ? 'serve' : undefined)
  const port = Number(values.port ?? defaultPort)
  if (command === undefined || !Number.isInteger(port) || port < 0 || port > 65_535) return null
  const decision = directiveDecisions.find((one) => one === values.decision)
  if (command === 'decide' && !isDecisionWhole(decision, values.officer, values.words, values.out))
    return null
  if (command === 'directives' && (values.unit === undefined || values.out === undefined)) return null
  const takesOne = command === 'show' || command === 'decide'
  if (takesOne && rest.length !== 1) return null
  const takesFiles = command === 'ingest' || command === 'trust' || takesOne
  if (takesFiles ? rest.length === 0 : rest.length > 0) return null
  if (command === 'ingest' && values.receipts === undefined) return null
  if (command === 'card' && values.out === undefined) return null
  return {
    command,
    data: values.data ?? 'hub-data',
    name: values.name ?? '上级节点',
    url: values.url,
    port,
    host: values.host ?? defaultHost,
    trust: values.trust ?? [],
    receipts: values.receipts,
    out: values.out,
    unit: values.unit,
    decision,
    officer: values.officer?.trim(),
    words: values.words?.trim() ?? '',
    json: values.json ?? false,
    files: rest,
  }
}

/** Who decides, what, and where the file goes; reasons where something is sent back. */
function isDecisionWhole(
  decision: DirectiveDecision | undefined,
  officer: string | undefined,
  words: string | undefined,
  out: string | undefined,
): boolean {
  if (decision === undefined || out === undefined) return false
  const length = officer?.trim().length ?? 0
  return length > 0 && length <= 100 && (words ?? '').trim().length <= 2000
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

export const usage = `廉档上级节点 · the upstream node of Liandang

  hub [serve] --data DIR [--port ${defaultPort}] [--host ${defaultHost}] [--trust trust.json]…
      接收各单位的同步包并出具回执 · takes bundles of units and answers with receipts
  hub init --data DIR [--name 名称] [--url https://…]
      新建节点 · makes a node
  hub ingest FILE… --receipts DIR --data DIR
      从 U 盘等介质接收 · takes bundles from a stick and writes receipts
  hub card --out FILE --data DIR
      导出登记卡，交给各单位 · writes the card for the units
  hub trust FILE… --data DIR
      登记单位 · registers units

  hub waiting [--unit 单位] --data DIR
      列出各单位等待上级办理的事项 · lists what units put to this node
  hub show 版本 [--unit 单位] --data DIR
      查看一项的内容、全部意见和签字 · shows one with all opinions
  hub decide 版本 --decision sign|return|uphold|reject --officer 姓名 [--words 理由] --out DIR --data DIR
      办理一项：签署、退回、采纳、不予采纳（退回和不予采纳必须写理由）· decides one, writes the directive
  hub directives --unit 单位 --out DIR --data DIR
      重新写出已办理的上级交办文件 · writes the directives of a unit anew

  --json   每行一条机器可读的结果 · machine-readable lines
`
