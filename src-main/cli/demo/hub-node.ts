import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { programEntry } from '../programs.ts'

/** An upstream node on this machine, in processes of its own. */
export interface HubNode {
  /** `http://127.0.0.1:port` */
  readonly address: string
  readonly dataDirectory: string
  /** The card that is given to units, fetched from the node. */
  card(): Promise<string>
  /** Registers a unit by its trust file. */
  trust(file: string): Promise<void>
  /** Takes in bundles as from a stick, with a line of the node's answer for each. */
  ingest(files: readonly string[], receipts: string): Promise<readonly IngestedBundle[]>
  stop(): Promise<void>
}

export interface IngestedBundle {
  readonly bundle: string
  readonly repeated: boolean
  readonly commits: number
  readonly voids: number
  /** Path of the receipt. */
  readonly receipt: string
}

/** The node said no, or could not be started. */
export class HubFailed extends Error {
  readonly output: string

  constructor(command: string, output: string) {
    super(`hub ${command}`)
    this.output = output
  }
}

const portAttempts = 5

/** Makes a node in this directory, which must not be there yet, and starts it on a free port, which its card names. */
export async function startHubNode(dataDirectory: string): Promise<HubNode> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(dataDirectory, await freePort())
    } catch (error) {
      // Another program may have taken the port in between; the keys name the address, so they are made anew.
      if (attempt === portAttempts) throw error
      rmSync(dataDirectory, { recursive: true, force: true })
    }
  }
}

async function startOn(dataDirectory: string, port: number): Promise<HubNode> {
  const address = `http://127.0.0.1:${port}`
  const words = [
    'serve',
    '--data',
    dataDirectory,
    '--port',
    String(port),
    '--url',
    address,
    '--name',
    '示例县纪委监委（演示）',
    '--json',
  ]
  // Over the channel the node notices when this program ends, however it ends.
  const child = spawn(process.execPath, [programEntry('hub'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const said = collect(child)
  const listening = await firstLine(child)
  if (listening === null) throw new HubFailed('serve', said())
  return {
    address,
    dataDirectory,
    async card() {
      const response = await fetch(`${address}/v1/card`)
      if (!response.ok) throw new HubFailed('card', String(response.status))
      return await response.text()
    },
    async trust(file) {
      await runHub(['trust', file, '--data', dataDirectory, '--json'])
    },
    async ingest(files, receipts) {
      const lines = await runHub([
        'ingest',
        ...files,
        '--receipts',
        receipts,
        '--data',
        dataDirectory,
        '--json',
      ])
      return lines.map((line) => JSON.parse(line) as IngestedBundle)
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.disconnect()
      await exited
    },
  }
}

/** Runs the hub's program once and returns the lines it printed. */
async function runHub(words: readonly string[]): Promise<readonly string[]> {
  const child = spawn(process.execPath, [programEntry('hub'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line))
  const said = collect(child)
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new HubFailed(words[0] ?? '', [...lines, said()].join('\n'))
  return lines
}

const keptOutput = 4000

/** The end of what a child writes to standard error. */
function collect(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    text = (text + piece).slice(-keptOutput)
  })
  return () => text
}

/** The first line on standard output, or null when the program ended without one. */
function firstLine(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(null))
    child.once('exit', () => resolve(null))
    if (child.stdout !== null) createInterface({ input: child.stdout }).once('line', resolve)
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** Writes what a node is given to trust a unit. */
export function writeTrust(directory: string, unit: string, unitRootPublicKey: string): string {
  const file = join(directory, 'trust.json')
  writeFileSync(file, `${JSON.stringify({ unit, unitRootPublicKey })}\n`)
  return file
}
