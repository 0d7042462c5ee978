import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLocalWeb } from '../../src-main/local-web/server.ts'
import { coreEntry, eventsOf, next, type Visit, visitLocalWeb } from './local-web-visitor.ts'

let visit: Visit

beforeAll(async () => {
  visit = await visitLocalWeb()
})

afterAll(() => visit.leave())

describe('a call', () => {
  it('reaches the core and comes back', async () => {
    expect(await visit.call('echo', { 姓名: '张三' })).toEqual({ ok: true, value: { 姓名: '张三' } })
    expect(await visit.call('about', {})).toMatchObject({ value: { vaultDirectory: visit.directory } })
  })

  it('answers 200 also when the core refuses', async () => {
    const answer = await visit.post('/api/call', { procedure: 'nonsense', input: {} })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toEqual({ ok: false, error: { code: 'call/unknown-procedure' } })
  })

  it('is cancelled by its own id and only by its own session', async () => {
    const stranger = (await visit.launch()).cookie
    const stream = await visit.open('/api/events', { headers: { cookie: visit.cookie } })
    const events = eventsOf(stream)
    await next(events)
    const waiting = visit.post('/api/call', { id: 'mine', procedure: 'wait', input: 'job' })
    expect(await next(events)).toMatchObject({ type: 'progress' })
    await visit.post('/api/cancel', { id: 'mine' }, { cookie: stranger })
    await visit.post('/api/cancel', { id: 'other' })
    const twice = await visit.post('/api/call', { id: 'mine', procedure: 'echo', input: 1 })
    expect(JSON.parse(twice.text)).toMatchObject({ error: { code: 'call/invalid-input' } })
    expect(JSON.parse((await visit.post('/api/cancel', { id: 'mine' })).text)).toEqual({
      ok: true,
      value: null,
    })
    expect(JSON.parse((await waiting).text)).toEqual({ ok: false, error: { code: 'call/cancelled' } })
    stream.destroy()
  })

  it('of more than two mebibytes is refused before it is read', async () => {
    const answer = await visit.post('/api/call', { procedure: 'echo', input: 'x'.repeat(2 * 1024 * 1024) })
    expect(answer.status).toBe(413)
    expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'format/too-large' } })
    const fits = await visit.post('/api/call', { procedure: 'echo', input: 'x'.repeat(1.5 * 1024 * 1024) })
    expect(JSON.parse(fits.text)).toMatchObject({ ok: true })
  })

  it('with a piece of a file carries its bytes as they are, and is held to the same checks', async () => {
    const piece = { 'content-type': 'application/octet-stream' }
    const about = (input: string) => `/api/bytes?${new URLSearchParams({ procedure: 'echo', input })}`
    const answer = await visit.post(about('{"offset":7}'), 'abc', piece)
    const { value } = JSON.parse(answer.text) as { value: { offset: number; bytes: { data?: number[] } } }
    expect(value.offset).toBe(7)
    expect(Object.values(value.bytes.data ?? value.bytes)).toEqual([97, 98, 99])
    for (const input of ['', 'nonsense', '[]', '7', 'null']) {
      const refused = await visit.post(about(input), 'abc', piece)
      expect(JSON.parse(refused.text)).toMatchObject({ error: { code: 'call/invalid-input' } })
    }
    const tooLarge = await visit.post(about('{}'), 'x'.repeat(4 * 1024 * 1024 + 1), piece)
    expect(tooLarge.status).toBe(413)
    expect(JSON.parse(tooLarge.text)).toMatchObject({ error: { detail: { limitBytes: 4 * 1024 * 1024 } } })
    expect((await visit.post(about('{}'), 'abc', { ...piece, cookie: '' })).status).toBe(401)
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
      const answer = await visit.post('/api/call', body)
      expect(JSON.parse(answer.text)).toMatchObject({ ok: false, error: { code: 'call/invalid-input' } })
    }
    const plain = await visit.post('/api/call', '{"procedure":"echo"}', { 'content-type': 'text/plain' })
    expect(plain.status).toBe(415)
  })

  it('whose answer cannot be written down is an internal error, and the server goes on', async () => {
    const answer = await visit.post('/api/call', { procedure: 'unserialisable' })
    expect(answer.status).toBe(500)
    expect(JSON.parse(answer.text)).toEqual({ ok: false, error: { code: 'call/internal' } })
    expect(await visit.call('echo', 1)).toEqual({ ok: true, value: 1 })
  })
})

describe('the event stream', () => {
  it('begins with the mark of the core and carries what the core tells, to every page', async () => {
    const streams = [
      await visit.open('/api/events', { headers: { cookie: visit.cookie } }),
      await visit.open('/api/events', { headers: { cookie: visit.cookie } }),
    ]
    const marks = streams.map(eventsOf)
    const session = JSON.parse((await visit.ask('/api/session', { headers: { cookie: visit.cookie } })).text)
    for (const events of marks) expect(await next(events)).toBe(session.value.core)
    await visit.call('announce', 'archive')
    for (const events of marks)
      expect(await next(events)).toEqual({ type: 'changed', compartment: 'archive' })
    for (const stream of streams) stream.destroy()
  })

  it('is refused to a fifth page of a session, but not to the page of another', async () => {
    const own = { cookie: (await visit.launch()).cookie }
    const streams = []
    for (let page = 0; page < 4; page += 1) streams.push(await visit.open('/api/events', { headers: own }))
    expect((await visit.ask('/api/events', { headers: own })).status).toBe(429)
    const other = await visit.open('/api/events', { headers: { cookie: (await visit.launch()).cookie } })
    expect(other.statusCode).toBe(200)
    for (const stream of [...streams, other]) stream.destroy()
  })

  it('tells of a crash, after which another core answers under another mark', async () => {
    const stream = await visit.open('/api/events', { headers: { cookie: visit.cookie } })
    const events = eventsOf(stream)
    const before = await next(events)
    expect(await visit.call('crash', {})).toEqual({ ok: false, error: { code: 'call/core-ended' } })
    expect(await next(events)).toMatchObject({
      type: 'locked',
      reason: 'ended',
      failure: { code: 'call/core-ended' },
    })
    expect(await visit.call('echo', 1)).toEqual({ ok: true, value: 1 })
    const session = JSON.parse((await visit.ask('/api/session', { headers: { cookie: visit.cookie } })).text)
    expect(session.value.core).not.toBe(before)
    stream.destroy()
  })

  it('tells of a lock that was asked for', async () => {
    const stream = await visit.open('/api/events', { headers: { cookie: visit.cookie } })
    const events = eventsOf(stream)
    await next(events)
    expect(await visit.call('session.lock', {})).toEqual({ ok: true, value: null })
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
    visit.lines.length = 0
    const other = await visit.start(port)
    expect(other.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(new URL(other.address).port).not.toBe(String(port))
    expect(visit.lines).toEqual([expect.stringContaining(`${port}`)])
    await other.close()
    occupied.close()
  })

  it('ends its core and its open streams when it is closed', async () => {
    const other = await visit.start()
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
    const empty = mkdtempSync(join(visit.directory, 'empty-'))
    const options = { vaultDirectory: visit.directory, port: 0, coreEntry, log: () => undefined }
    await expect(startLocalWeb({ ...options, rendererDirectory: empty })).rejects.toThrow('not built')
  })
})
