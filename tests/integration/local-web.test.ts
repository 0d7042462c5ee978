import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalWeb, startLocalWeb } from '../../src-main/local-web/server.ts'

const coreEntry = fileURLToPath(new URL('../helpers/echo-core.ts', import.meta.url))

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

interface Asked {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

let directory: string
let rendererDirectory: string
let localWeb: LocalWeb
let cookie: string
const lines: string[] = []

function start(port = 0): Promise<LocalWeb> {
  const log = (line: string) => lines.push(line)
  return startLocalWeb({ vaultDirectory: directory, port, rendererDirectory, coreEntry, log })
}

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
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: Buffer.concat(chunks).toString('utf8'),
  }
}

/** As the page itself would post. */
function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return ask(path, {
    method: 'POST',
    headers: { cookie, origin: localWeb.address, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

function pathOf(address: string): string {
  return address.slice(localWeb.address.length)
}

async function launch(path = pathOf(localWeb.launchAddress()), headers: Record<string, string> = {}) {
  const answer = await ask(path, { headers })
  const set = answer.headers['set-cookie']?.[0]
  return { ...answer, set, cookie: set?.split(';')[0] ?? '' }
}

async function call(procedure: string, input: unknown): Promise<unknown> {
  return JSON.parse((await post('/api/call', { id: crypto.randomUUID(), procedure, input })).text)
}

/** The messages of an event stream, one by one. */
async function* eventsOf(response: IncomingMessage): AsyncGenerator<string, void> {
  for await (const line of createInterface({ input: response })) {
    if (line.startsWith('data: ')) yield line.slice('data: '.length)
  }
}

async function next(events: AsyncGenerator<string, void>): Promise<unknown> {
  const step = await events.next()
  return step.done === true ? undefined : JSON.parse(step.value)
}

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'liandang-local-web-'))
  rendererDirectory = join(directory, 'renderer')
  mkdirSync(join(rendererDirectory, 'assets'), { recursive: true })
  writeFileSync(
    join(rendererDirectory, 'index.html'),
    '<meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>',
  )
  writeFileSync(join(rendererDirectory, 'assets', 'page.js'), 'export const page = 1')
  writeFileSync(join(rendererDirectory, 'notes.secret'), 'not a type that is served')
  writeFileSync(join(directory, 'outside.txt'), 'outside')
  localWeb = await start()
  cookie = (await launch()).cookie
})

afterAll(async () => {
  await localWeb.close()
  rmSync(directory, { recursive: true, force: true })
})

describe('the launch address', () => {
  it('opens a session with a strict cookie and leads to the page', async () => {
    const answer = await launch()
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(answer.set).toMatch(/^liandang-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect((await ask('/', { headers: { cookie: answer.cookie } })).status).toBe(200)
  })

  it('also works under /launch', async () => {
    const token = pathOf(localWeb.launchAddress()).slice('/?'.length)
    expect((await launch(`/launch?${token}`)).status).toBe(303)
  })

  it('works once', async () => {
    const path = pathOf(localWeb.launchAddress())
    expect((await launch(path)).status).toBe(303)
    const second = await launch(path)
    expect(second.status).toBe(401)
    expect(second.set).toBeUndefined()
  })

  it('leads the page that used it on, when the browser goes back to it', async () => {
    const path = pathOf(localWeb.launchAddress())
    const first = await launch(path)
    const again = await launch(path, { cookie: first.cookie })
    expect(again.status).toBe(303)
    expect(again.set).toBeUndefined()
    expect((await ask('/', { headers: { cookie: first.cookie } })).status).toBe(200)
  })

  it('closes the session it opened, with its event stream, when someone else presents it', async () => {
    const path = pathOf(localWeb.launchAddress())
    const first = await launch(path)
    const stream = await open('/api/events', { headers: { cookie: first.cookie } })
    const closed = new Promise((resolve) => stream.once('error', resolve))
    stream.resume()
    expect((await launch(path, { cookie })).status).toBe(401)
    expect(String(await closed)).toContain('aborted')
    expect((await ask('/', { headers: { cookie: first.cookie } })).status).toBe(401)
    expect((await ask('/', { headers: { cookie } })).status).toBe(200)
  })

  it('is not accepted with a token that was never given', async () => {
    expect((await launch(`/?token=${'A'.repeat(43)}`)).status).toBe(401)
    expect((await launch('/?token=')).status).toBe(401)
  })

  it('is not used up by a request for the head alone', async () => {
    const path = pathOf(localWeb.launchAddress())
    expect((await ask(path, { method: 'HEAD' })).status).toBe(404)
    expect((await launch(path)).status).toBe(303)
  })

  it('under localhost leads to the one address that keeps the drafts, unused', async () => {
    const path = pathOf(localWeb.launchAddress())
    const port = new URL(localWeb.address).port
    const moved = await ask(path, { headers: { host: `localhost:${port}` } })
    expect(moved.status).toBe(308)
    expect(moved.headers.location).toBe(`${localWeb.address}${path}`)
    expect((await launch(path)).status).toBe(303)
  })
})

describe('a request without a session', () => {
  it.each(['/', '/assets/page.js', '/api/session', '/api/events', '/nowhere'])(
    'gets nothing of %s',
    async (path) => {
      const answer = await ask(path)
      expect(answer.status).toBe(401)
      expect(answer.text).not.toContain('page =')
    },
  )

  it('gets no answer to a call', async () => {
    const answer = await post('/api/call', { procedure: 'echo', input: 1 }, { cookie: '' })
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'call/not-permitted' } })
  })

  it('is not helped by the cookie of another port or a made-up one', async () => {
    const value = cookie.split('=')[1]
    for (const other of [`liandang-1=${value}`, `${cookie}x`, `x${cookie}`, cookie.split('=')[0] ?? '']) {
      expect((await ask('/api/session', { headers: { cookie: other } })).status).toBe(401)
    }
    expect((await ask('/api/session', { headers: { cookie: `a=b; ${cookie}; c=d` } })).status).toBe(200)
  })
})

describe('a request from somewhere else', () => {
  it('is refused when it was meant for another host name (DNS rebinding)', async () => {
    const port = new URL(localWeb.address).port
    const wrong = [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.evil:${port}`,
    ]
    for (const host of wrong) {
      expect((await ask('/', { headers: { cookie, host } })).status).toBe(403)
      expect((await launch(pathOf(localWeb.launchAddress()), { host })).status).toBe(403)
    }
  })

  it('is refused when another origin posts it, or none', async () => {
    const port = new URL(localWeb.address).port
    const body = { procedure: 'echo', input: 1 }
    const wrong = ['http://evil.example', 'null', 'http://127.0.0.1:1', `http://localhost:${port}`, '']
    for (const origin of wrong) expect((await post('/api/call', body, { origin })).status).toBe(403)
    const headers = { cookie, 'content-type': 'application/json' }
    const none = await ask('/api/call', { method: 'POST', headers, body: JSON.stringify(body) })
    expect(none.status).toBe(403)
  })

  it('is refused when another site fetches what only the page needs', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { cookie, 'sec-fetch-site': site }
      expect((await ask('/api/events', { headers })).status).toBe(403)
      expect((await ask('/assets/page.js', { headers })).status).toBe(403)
      expect((await ask('/', { headers })).status).toBe(200)
    }
    const foreign = { cookie, origin: 'http://evil.example' }
    expect((await ask('/api/session', { headers: foreign })).status).toBe(403)
  })
})

describe('the page', () => {
  it('carries the nonce of its own response and a fresh one each time', async () => {
    const first = await ask('/', { headers: { cookie } })
    const second = await ask('/', { headers: { cookie } })
    const nonce = /'nonce-([^']+)'/.exec(String(first.headers['content-security-policy']))?.[1]
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(first.text).toBe(`<meta property="csp-nonce" nonce="${nonce}"><style nonce="${nonce}"></style>`)
    expect(second.text).not.toBe(first.text)
  })

  it('comes under the strict policy, is never stored and tells no referrer', async () => {
    for (const path of ['/', '/assets/page.js', '/api/session', '/nowhere']) {
      const { headers } = await ask(path, { headers: { cookie } })
      expect(String(headers['content-security-policy']).replace(/nonce-[^']+/, 'nonce')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce'; img-src 'self' data: blob:; " +
          "font-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
      )
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      })
    }
  })

  it('has its files under their own types', async () => {
    const script = await ask('/assets/page.js?x=1', { headers: { cookie } })
    expect(script).toMatchObject({ status: 200, text: 'export const page = 1' })
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
  })

  it('leads to nothing outside its folder and to no other kind of file', async () => {
    const paths = [
      '/../outside.txt',
      '/assets/../../outside.txt',
      '/..%2foutside.txt',
      '/%2e%2e/outside.txt',
      '/assets/..%5c..%5coutside.txt',
      '/notes.secret',
      '/assets',
      '/assets/',
      '//outside.txt',
      '/%',
      '/%00',
    ]
    for (const path of paths) {
      const answer = await ask(path, { headers: { cookie } })
      expect({ path, found: answer.status < 400 || answer.text.includes('outside') }).toEqual({
        path,
        found: false,
      })
    }
  })
})

describe('a call', () => {
  it('reaches the core and comes back', async () => {
    expect(await call('echo', { 姓名: '张三' })).toEqual({ ok: true, value: { 姓名: '张三' } })
    expect(await call('about', {})).toMatchObject({ value: { vaultDirectory: directory } })
  })

  it('answers 200 also when the core refuses', async () => {
    const answer = await post('/api/call', { procedure: 'nonsense', input: {} })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toEqual({ ok: false, error: { code: 'call/unknown-procedure' } })
  })

  it('is cancelled by its own id and only by its own session', async () => {
    const stranger = (await launch()).cookie
    const stream = await open('/api/events', { headers: { cookie } })
    const events = eventsOf(stream)
    await next(events)
    const waiting = post('/api/call', { id: 'mine', procedure: 'wait', input: 'job' })
    expect(await next(events)).toMatchObject({ type: 'progress' })
    await post('/api/cancel', { id: 'mine' }, { cookie: stranger })
    await post('/api/cancel', { id: 'other' })
    const twice = await post('/api/call', { id: 'mine', procedure: 'echo', input: 1 })
    expect(JSON.parse(twice.text)).toMatchObject({ error: { code: 'call/invalid-input' } })
    expect(JSON.parse((await post('/api/cancel', { id: 'mine' })).text)).toEqual({ ok: true, value: null })
    expect(JSON.parse((await waiting).text)).toEqual({ ok: false, error: { code: 'call/cancelled' } })
    stream.destroy()
  })

  it('of more than two mebibytes is refused before it is read', async () => {
    const answer = await post('/api/call', { procedure: 'echo', input: 'x'.repeat(2 * 1024 * 1024) })
    expect(answer.status).toBe(413)
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'format/too-large' } })
    const fits = await post('/api/call', { procedure: 'echo', input: 'x'.repeat(1.5 * 1024 * 1024) })
    expect(JSON.parse(fits.text)).toMatchObject({ ok: true })
  })

  it('that is not of its form is an error value', async () => {
    const bodies = [
      '',
      'nonsense',
      '[]',
      '{}',
      '{"procedure":1}',
      '{"procedure":"echo","more":1}',
      '{"__proto__":{}}',
    ]
    for (const body of [...bodies, '{"procedure":"echo","id":"a b"}']) {
      const answer = await post('/api/call', body)
      expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'call/invalid-input' } })
    }
    const plain = await post('/api/call', '{"procedure":"echo"}', { 'content-type': 'text/plain' })
    expect(plain.status).toBe(415)
  })

  it('whose answer cannot be written down is an internal error, and the server goes on', async () => {
    const answer = await post('/api/call', { procedure: 'unserialisable' })
    expect(answer.status).toBe(500)
    expect(JSON.parse(answer.text)).toEqual({ ok: false, error: { code: 'call/internal' } })
    expect(await call('echo', 1)).toEqual({ ok: true, value: 1 })
  })
})

describe('the event stream', () => {
  it('begins with the mark of the core and carries what the core tells, to every page', async () => {
    const streams = [
      await open('/api/events', { headers: { cookie } }),
      await open('/api/events', { headers: { cookie } }),
    ]
    const marks = streams.map(eventsOf)
    const session = JSON.parse((await ask('/api/session', { headers: { cookie } })).text)
    for (const events of marks) expect(await next(events)).toBe(session.value.core)
    await call('announce', 'archive')
    for (const events of marks)
      expect(await next(events)).toEqual({ type: 'changed', compartment: 'archive' })
    for (const stream of streams) stream.destroy()
  })

  it('is refused to a fifth page of a session, but not to the page of another', async () => {
    const own = { cookie: (await launch()).cookie }
    const streams = []
    for (let page = 0; page < 4; page += 1) streams.push(await open('/api/events', { headers: own }))
    expect((await ask('/api/events', { headers: own })).status).toBe(429)
    const other = await open('/api/events', { headers: { cookie: (await launch()).cookie } })
    expect(other.statusCode).toBe(200)
    for (const stream of [...streams, other]) stream.destroy()
  })

  it('tells of a crash, after which another core answers under another mark', async () => {
    const stream = await open('/api/events', { headers: { cookie } })
    const events = eventsOf(stream)
    const before = await next(events)
    expect(await call('crash', {})).toEqual({ ok: false, error: { code: 'call/core-ended' } })
    expect(await next(events)).toMatchObject({
      type: 'locked',
      reason: 'ended',
      failure: { code: 'call/core-ended' },
    })
    expect(await call('echo', 1)).toEqual({ ok: true, value: 1 })
    const session = JSON.parse((await ask('/api/session', { headers: { cookie } })).text)
    expect(session.value.core).not.toBe(before)
    stream.destroy()
  })

  it('tells of a lock that was asked for', async () => {
    const stream = await open('/api/events', { headers: { cookie } })
    const events = eventsOf(stream)
    await next(events)
    expect(await call('session.lock', {})).toEqual({ ok: true, value: null })
    expect(await next(events)).toEqual({ type: 'locked', reason: 'asked' })
    stream.destroy()
  })
})

describe('the server', () => {
  it('listens on 127.0.0.1 and falls back to a free port with a notice', async () => {
    const occupied = createServer()
    occupied.listen(0, '127.0.0.1')
    await once(occupied, 'listening')
    const { port } = occupied.address() as { port: number }
    lines.length = 0
    const other = await start(port)
    expect(other.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(new URL(other.address).port).not.toBe(String(port))
    expect(lines).toEqual([expect.stringContaining(`${port}`)])
    await other.close()
    occupied.close()
  })

  it('ends its core and its open streams when it is closed', async () => {
    const other = await start()
    const path = other.launchAddress().slice(other.address.length)
    const opened = await fetch(new URL(path, other.address), { redirect: 'manual' })
    const own = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
    const stream = await fetch(new URL('/api/events', other.address), { headers: { cookie: own } })
    const about = await fetch(new URL('/api/call', other.address), {
      method: 'POST',
      headers: { cookie: own, origin: other.address, 'content-type': 'application/json' },
      body: JSON.stringify({ procedure: 'about' }),
    })
    const { value } = (await about.json()) as { value: { pid: number } }
    await other.close()
    expect(() => process.kill(value.pid, 0)).toThrow('ESRCH')
    await expect(stream.text()).rejects.toThrow('terminated')
  })

  it('does not start without a built page', async () => {
    const empty = mkdtempSync(join(directory, 'empty-'))
    const options = { vaultDirectory: directory, port: 0, coreEntry, log: () => undefined }
    await expect(startLocalWeb({ ...options, rendererDirectory: empty })).rejects.toThrow('not built')
  })
})
