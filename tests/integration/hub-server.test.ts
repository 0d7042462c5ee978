import { request } from 'node:http'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { once } from 'node:events'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startHubServer, type HubServer } from '../../src-hub/index.ts'
import { readHubCard } from '../../src-shared/bundle/hub-card.ts'
import { bundleMediaType } from '../../src-shared/bundle/statement.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { bundleOf, packed } from '../helpers/bundle-fixture.ts'
import { hubWithUnit, type HubFixture } from '../helpers/hub-fixture.ts'
import { openReceipt } from '../helpers/receipt-fixture.ts'

let fixture: HubFixture
let server: HubServer
let logged: string
beforeEach(async () => {
  fixture = await hubWithUnit({ limits: { ciphertextBytes: 1024 * 1024 } })
  logged = ''
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      logged += chunk
      done()
    },
  })
  server = await startHubServer(fixture.hub, { port: 0, log: pino(sink), maximumUploads: 1 })
})
afterEach(async () => {
  await server.close()
  await fixture.close()
})

async function controlBundle(): Promise<Uint8Array> {
  const recipients = [fixture.hub.card.recipients.control]
  return await packed(bundleOf(fixture.unit, { compartment: 'control', recipients }))
}

async function send(bytes: Uint8Array, unit: string = fixture.unit.id, type: string = bundleMediaType) {
  return await fetch(`${server.address}/v1/units/${unit}/bundles`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: bytes as Uint8Array<ArrayBuffer>,
  })
}

function token(): string {
  return readFileSync(join(fixture.directory, 'keys', 'operator.token'), 'utf8').trim()
}

async function status(headers: Record<string, string>, unit: string = fixture.unit.id) {
  return await fetch(`${server.address}/v1/units/${unit}/status`, { headers })
}

describe('a bundle over the network', () => {
  test('is answered with its receipt, and again with the same one', async () => {
    const { hub, unit } = fixture
    const bytes = await controlBundle()
    const first = await send(bytes)
    expect(first.status).toBe(201)
    expect(first.headers.get('content-type')).toBe(bundleMediaType)
    const receipt = new Uint8Array(await first.arrayBuffer())
    expect(await openReceipt(unit, hub.card, 'control', receipt)).toMatchObject({ seq: 0 })
    const second = await send(bytes)
    expect(second.status).toBe(200)
    expect(Buffer.from(await second.arrayBuffer()).equals(Buffer.from(receipt))).toBe(true)
  })

  test('gives the same receipt as the same file from a stick', async () => {
    const bytes = await controlBundle()
    const receipt = Buffer.from(await (await send(bytes)).arrayBuffer())
    async function* stick() {
      yield bytes
    }
    const report = await fixture.hub.ingest(stick())
    expect(report).toMatchObject({ ok: true, value: { repeated: true } })
    expect(report.ok && receipt.equals(Buffer.from(report.value.receipt))).toBe(true)
  })

  test.each([
    ['damaged', 422, 'bundle/damaged', (bytes: Uint8Array) => bytes.with(-1, (bytes.at(-1) as number) ^ 1)],
    ['cut off', 422, 'bundle/truncated', (bytes: Uint8Array) => bytes.subarray(0, 1000)],
    ['no bundle', 415, 'bundle/not-a-bundle', () => Buffer.from('hello')],
    ['too large', 413, 'bundle/too-large', () => new Uint8Array(1024 * 1024 + 1)],
  ])('that is %s is refused with %i and its code', async (_what, expected, code, change) => {
    const answer = await send(new Uint8Array(change(await controlBundle())))
    expect(answer.status).toBe(expected)
    expect(await answer.json()).toMatchObject({ code })
  })

  test('without an announced length is cut at the limit', async () => {
    const { port } = new URL(server.address)
    const before = fixture.dump()
    const upload = request({
      port,
      method: 'POST',
      path: `/v1/units/${fixture.unit.id}/bundles`,
      headers: { 'content-type': bundleMediaType },
    })
    upload.on('error', () => undefined)
    const answered = once(upload, 'response')
    for (let sent = 0; sent < 24; sent++) upload.write(new Uint8Array(65_536))
    const [response] = await answered
    expect(response.statusCode).toBe(413)
    upload.destroy()
    expect(fixture.dump()).toBe(before)
  })

  test('that breaks off leaves nothing behind', async () => {
    const bytes = await controlBundle()
    const before = fixture.dump()
    const { port } = new URL(server.address)
    const upload = request({
      port,
      method: 'POST',
      path: `/v1/units/${fixture.unit.id}/bundles`,
      headers: { 'content-type': bundleMediaType, 'content-length': bytes.length },
    })
    const failed = new Promise((resolve) => upload.on('close', resolve))
    upload.on('error', () => undefined)
    upload.write(bytes.subarray(0, 1000), () => upload.destroy())
    await failed
    await expect.poll(() => logged).toContain('bundle/truncated')
    expect(fixture.dump()).toBe(before)
    expect(readdirSync(join(fixture.directory, 'incoming'))).toEqual([])
  })

  test('of a unit that is not registered is refused before it is read', async () => {
    const answer = await send(await controlBundle(), newId(nodePrimitives))
    expect(answer.status).toBe(404)
    expect(await answer.json()).toEqual({ code: 'bundle/unknown-unit', detail: {} })
    expect((await send(await controlBundle(), 'x')).status).toBe(404)
  })

  test('waits its turn when as many are under way as the node takes', async () => {
    const { port } = new URL(server.address)
    const bytes = await controlBundle()
    const path = `/v1/units/${fixture.unit.id}/bundles`
    const headers = { 'content-type': bundleMediaType, 'content-length': bytes.length }
    const slow = request({ port, method: 'POST', path, headers })
    slow.write(bytes.subarray(0, 500))
    await expect.poll(() => readdirSync(join(fixture.directory, 'incoming')).length).toBe(1)
    const answer = await send(bytes)
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ code: 'hub/pending' })
    const answered = once(slow, 'response')
    slow.end(bytes.subarray(500))
    const [response] = await answered
    expect(response.statusCode).toBe(201)
    response.resume()
  })

  test('under a type that is none of the node’s is refused', async () => {
    const answer = await send(await controlBundle(), fixture.unit.id, 'application/json')
    expect(answer.status).toBe(415)
    expect(await answer.json()).toMatchObject({ code: 'call/invalid-input' })
  })
})

describe('what the node says of itself and of its units', () => {
  test('is its card, for everybody', async () => {
    const answer = await fetch(`${server.address}/v1/card`)
    const card = readHubCard(new Uint8Array(await answer.arrayBuffer()))
    expect(card).toEqual({ ok: true, value: fixture.hub.card })
  })

  test('is the state of a unit, for the operator alone', async () => {
    await send(await controlBundle())
    expect((await status({})).status).toBe(401)
    expect((await status({ authorization: `Bearer ${'0'.repeat(64)}` })).status).toBe(401)
    expect((await status({ authorization: `Basic ${token()}` })).status).toBe(401)
    const answer = await status({ authorization: `Bearer ${token()}` })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      unit: fixture.unit.id,
      bundles: 1,
      lastReceipt: { compartment: 'control', seq: 0 },
    })
    expect((await status({ authorization: `Bearer ${token()}` }, newId(nodePrimitives))).status).toBe(404)
  })

  test('is nothing elsewhere', async () => {
    const answer = await fetch(`${server.address}/v1/units`)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toEqual({ code: 'call/not-found', detail: {} })
  })
})

test('the journal of the node has codes and ids, and no content', async () => {
  await send(await controlBundle())
  await send(Buffer.from('hello'))
  expect(logged).toContain('"event":"taken-in"')
  expect(logged).toContain('"code":"bundle/not-a-bundle"')
  expect(logged).not.toContain('示例')
  expect(logged).not.toContain(token())
})
