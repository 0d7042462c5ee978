import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type LocalWeb, startLocalWeb } from '../../src-main/local-web/server.ts'

export const coreEntry = fileURLToPath(new URL('../helpers/echo-core.ts', import.meta.url))

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

export interface Asked {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** A server with a small page and an echo core, and someone who asks it for things, header by header. */
export async function visitLocalWeb() {
  const directory = mkdtempSync(join(tmpdir(), 'liandang-local-web-'))
  const rendererDirectory = join(directory, 'renderer')
  mkdirSync(join(rendererDirectory, 'assets'), { recursive: true })
  writeFileSync(
    join(rendererDirectory, 'index.html'),
    '<meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>',
  )
  writeFileSync(join(rendererDirectory, 'assets', 'page.js'), 'export const page = 1')
  writeFileSync(join(rendererDirectory, 'notes.secret'), 'not a type that is served')
  writeFileSync(join(directory, 'outside.txt'), 'outside')
  const lines: string[] = []

  /** Another server on the same vault and page. */
  function start(port = 0): Promise<LocalWeb> {
    const log = (line: string) => lines.push(line)
    return startLocalWeb({ vaultDirectory: directory, port, rendererDirectory, coreEntry, log })
  }

  const localWeb = await start()

  function open(path: string, asked: Asked = {}): Promise<IncomingMessage> {
    const { promise, reject, resolve } = Promise.withResolvers<IncomingMessage>()
    const { body, headers = {}, method = 'GET' } = asked
    const { hostname, port } = new URL(localWeb.address)
    const outgoing = request({ hostname, port, path, method, headers }, resolve)
    outgoing.once('error', reject)
    outgoing.end(body)
    return promise
  }

  async function ask(path: string, asked: Asked = {}): Promise<Answer> {
    const response = await open(path, asked)
    const chunks: Buffer[] = []
    for await (const chunk of response) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    return { status: response.statusCode ?? 0, headers: response.headers, text }
  }

  function pathOf(address: string): string {
    return address.slice(localWeb.address.length)
  }

  async function launch(path = pathOf(localWeb.launchAddress()), headers: Record<string, string> = {}) {
    const answer = await ask(path, { headers })
    const set = answer.headers['set-cookie']?.[0]
    return { ...answer, set, cookie: set?.split(';')[0] ?? '' }
  }

  const { cookie } = await launch()

  /** As the page itself would post. */
  function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return ask(path, {
      method: 'POST',
      headers: { cookie, origin: localWeb.address, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  }

  async function call(procedure: string, input: unknown): Promise<unknown> {
    return JSON.parse((await post('/api/call', { id: crypto.randomUUID(), procedure, input })).text)
  }

  return {
    ask,
    call,
    /** Of the session that is open from the beginning. */
    cookie,
    directory,
    launch,
    lines,
    localWeb,
    open,
    pathOf,
    post,
    start,
    async leave() {
      await localWeb.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export type Visit = Awaited<ReturnType<typeof visitLocalWeb>>

/** The messages of an event stream, one by one. */
export async function* eventsOf(response: IncomingMessage): AsyncGenerator<string, void> {
  for await (const line of createInterface({ input: response })) {
    if (line.startsWith('data: ')) yield line.slice('data: '.length)
  }
}

export async function next(events: AsyncGenerator<string, void>): Promise<unknown> {
  const step = await events.next()
  return step.done === true ? undefined : JSON.parse(step.value)
}
