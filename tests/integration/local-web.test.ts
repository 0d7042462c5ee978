import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Visit, visitLocalWeb } from './local-web-visitor.ts'

let visit: Visit

beforeAll(async () => {
  visit = await visitLocalWeb()
})

afterAll(() => visit.leave())

describe('the launch address', () => {
  it('opens a session with a strict cookie and leads to the page', async () => {
    const answer = await visit.launch()
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(answer.set).toMatch(/^liandang-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect((await visit.ask('/', { headers: { cookie: answer.cookie } })).status).toBe(200)
  })

  it('also works under /launch', async () => {
    const token = visit.pathOf(visit.localWeb.launchAddress()).slice('/?'.length)
    expect((await visit.launch(`/launch?${token}`)).status).toBe(303)
  })

  it('works once', async () => {
    const path = visit.pathOf(visit.localWeb.launchAddress())
    expect((await visit.launch(path)).status).toBe(303)
    const second = await visit.launch(path)
    expect(second.status).toBe(401)
    expect(second.set).toBeUndefined()
  })

  it('leads the page that used it on, when the browser goes back to it', async () => {
    const path = visit.pathOf(visit.localWeb.launchAddress())
    const first = await visit.launch(path)
    const again = await visit.launch(path, { cookie: first.cookie })
    expect(again.status).toBe(303)
    expect(again.set).toBeUndefined()
    expect((await visit.ask('/', { headers: { cookie: first.cookie } })).status).toBe(200)
  })

  it('closes the session it opened, with its event stream, when someone else presents it', async () => {
    const path = visit.pathOf(visit.localWeb.launchAddress())
    const first = await visit.launch(path)
    const stream = await visit.open('/api/events', { headers: { cookie: first.cookie } })
    const closed = new Promise((resolve) => stream.once('error', resolve))
    stream.resume()
    expect((await visit.launch(path, { cookie: visit.cookie })).status).toBe(401)
    expect(String(await closed)).toContain('aborted')
    expect((await visit.ask('/', { headers: { cookie: first.cookie } })).status).toBe(401)
    expect((await visit.ask('/', { headers: { cookie: visit.cookie } })).status).toBe(200)
  })

  it('is not accepted with a token that was never given', async () => {
    expect((await visit.launch(`/?token=${'A'.repeat(43)}`)).status).toBe(401)
    expect((await visit.launch('/?token=')).status).toBe(401)
  })

  it('is not used up by a request for the head alone', async () => {
    const path = visit.pathOf(visit.localWeb.launchAddress())
    expect((await visit.ask(path, { method: 'HEAD' })).status).toBe(404)
    expect((await visit.launch(path)).status).toBe(303)
  })

  it('under localhost leads to the one address that keeps the drafts, unused', async () => {
    const path = visit.pathOf(visit.localWeb.launchAddress())
    const port = new URL(visit.localWeb.address).port
    const moved = await visit.ask(path, { headers: { host: `localhost:${port}` } })
    expect(moved.status).toBe(308)
    expect(moved.headers.location).toBe(`${visit.localWeb.address}${path}`)
    expect((await visit.launch(path)).status).toBe(303)
  })
})

describe('a request without a session', () => {
  it.each(['/', '/assets/page.js', '/api/session', '/api/events', '/nowhere'])(
    'gets nothing of %s',
    async (path) => {
      const answer = await visit.ask(path)
      expect(answer.status).toBe(401)
      expect(answer.text).not.toContain('page =')
    },
  )

  it('gets no answer to a call', async () => {
    const answer = await visit.post('/api/call', { procedure: 'echo', input: 1 }, { cookie: '' })
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'call/not-permitted' } })
  })

  it('is not helped by the cookie of another port or a made-up one', async () => {
    const value = visit.cookie.split('=')[1]
    for (const other of [
      `liandang-1=${value}`,
      `${visit.cookie}x`,
      `x${visit.cookie}`,
      visit.cookie.split('=')[0] ?? '',
    ]) {
      expect((await visit.ask('/api/session', { headers: { cookie: other } })).status).toBe(401)
    }
    expect(
      (await visit.ask('/api/session', { headers: { cookie: `a=b; ${visit.cookie}; c=d` } })).status,
    ).toBe(200)
  })
})

describe('a request from somewhere else', () => {
  it('is refused when it was meant for another host name (DNS rebinding)', async () => {
    const port = new URL(visit.localWeb.address).port
    const wrong = [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      '127.0.0.1:1',
      `127.0.0.1.evil:${port}`,
    ]
    for (const host of wrong) {
      expect((await visit.ask('/', { headers: { cookie: visit.cookie, host } })).status).toBe(403)
      expect((await visit.launch(visit.pathOf(visit.localWeb.launchAddress()), { host })).status).toBe(403)
    }
  })

  it('is refused when another origin posts it, or none', async () => {
    const port = new URL(visit.localWeb.address).port
    const body = { procedure: 'echo', input: 1 }
    const wrong = ['http://evil.example', 'null', 'http://127.0.0.1:1', `http://localhost:${port}`, '']
    for (const origin of wrong) expect((await visit.post('/api/call', body, { origin })).status).toBe(403)
    const headers = { cookie: visit.cookie, 'content-type': 'application/json' }
    const none = await visit.ask('/api/call', { method: 'POST', headers, body: JSON.stringify(body) })
    expect(none.status).toBe(403)
  })

  it('is refused when another site fetches what only the page needs', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { cookie: visit.cookie, 'sec-fetch-site': site }
      expect((await visit.ask('/api/events', { headers })).status).toBe(403)
      expect((await visit.ask('/assets/page.js', { headers })).status).toBe(403)
      expect((await visit.ask('/', { headers })).status).toBe(200)
    }
    const foreign = { cookie: visit.cookie, origin: 'http://evil.example' }
    expect((await visit.ask('/api/session', { headers: foreign })).status).toBe(403)
  })
})

describe('the page', () => {
  it('carries the nonce of its own response and a fresh one each time', async () => {
    const first = await visit.ask('/', { headers: { cookie: visit.cookie } })
    const second = await visit.ask('/', { headers: { cookie: visit.cookie } })
    const nonce = /'nonce-([^']+)'/.exec(String(first.headers['content-security-policy']))?.[1]
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(first.text).toBe(`<meta property="csp-nonce" nonce="${nonce}"><style nonce="${nonce}"></style>`)
    expect(second.text).not.toBe(first.text)
  })

  it('comes under the strict policy, is never stored and tells no referrer', async () => {
    for (const path of ['/', '/assets/page.js', '/api/session', '/nowhere']) {
      const { headers } = await visit.ask(path, { headers: { cookie: visit.cookie } })
      expect(String(headers['content-security-policy']).replace(/nonce-[^']+/, 'nonce')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce'; img-src 'self' data: blob:; frame-src blob:; " +
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
    const script = await visit.ask('/assets/page.js?x=1', { headers: { cookie: visit.cookie } })
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
      const answer = await visit.ask(path, { headers: { cookie: visit.cookie } })
      expect({ path, found: answer.status < 400 || answer.text.includes('outside') }).toEqual({
        path,
        found: false,
      })
    }
  })
})
