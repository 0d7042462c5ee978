import { parseArgs } from 'node:util'

export const commands = ['serve', 'init', 'ingest', 'card', 'trust'] as const
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
  const takesFiles = command === 'ingest' || command === 'trust'
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
    json: values.json ?? false,
    files: rest,
  }
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

  --json   每行一条机器可读的结果 · machine-readable lines
`
