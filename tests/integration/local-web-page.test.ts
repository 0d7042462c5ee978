import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium as playwright, type Page } from '@playwright/test'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromium, chromiumArguments } from '../../scripts/chromium.mjs'
import { findSystemTool } from '../../scripts/system-tool.mjs'
import { type LocalWeb, startLocalWeb } from '../../src-main/local-web/server.ts'
import type { Disconnection } from '../../src-renderer/bridge/index.ts'
import type { CoreEvent } from '../../src-shared/contract/channel.ts'
import type { Result } from '../../src-shared/kernel/result.ts'

const executablePath = findSystemTool(chromium)
const coreEntry = fileURLToPath(new URL('../helpers/echo-core.ts', import.meta.url))
const bridge = fileURLToPath(new URL('../../src-renderer/bridge/index.ts', import.meta.url))

/** What the page of this test puts where the test can reach it. The echo core's procedures are not the contract's. */
interface TestedPage {
  readonly call: (
    procedure: string,
    input: unknown,
    options?: { signal: AbortSignal },
  ) => Promise<Result<unknown>>
  readonly events: CoreEvent[]
  readonly disconnections: Disconnection[]
  readonly refused: string[]
  /** The event stream is open: from now on nothing is missed. */
  readonly listening: boolean
  waited?: Promise<Result<unknown>>
  controller?: AbortController
}

declare global {
  var tested: TestedPage
}

const pageScript = `
import { call, onDisconnected, subscribe } from ${JSON.stringify(bridge)}
const tested = { call, events: [], disconnections: [], refused: [], listening: false }
globalThis.EventSource = class extends EventSource {
  constructor(address) {
    super(address)
    this.addEventListener('core', () => { tested.listening = true })
  }
}
document.addEventListener('securitypolicyviolation', (event) => tested.refused.push(event.effectiveDirective))
subscribe((event) => tested.events.push(event))
onDisconnected((reason) => tested.disconnections.push(reason))
globalThis.tested = tested
`

const pageText = `<!doctype html>
<html><head>
<meta charset="utf-8"><meta property="csp-nonce" nonce="__CSP_NONCE__"><title>page</title>
<style nonce="__CSP_NONCE__">body { color: rgb(1, 2, 3) }</style>
<script type="module" src="./page.js"></script>
</head><body>page</body></html>
`

let directory: string
let localWeb: LocalWeb
let browser: Browser
let context: BrowserContext

async function openPage(address: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(address)
  await page.waitForFunction(() => 'tested' in globalThis && globalThis.tested.listening)
  return page
}

describe.skipIf(executablePath === undefined)('the page in Chromium (skipped without one)', () => {
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'liandang-page-'))
    writeFileSync(join(directory, 'page.js'), pageScript)
    writeFileSync(join(directory, 'index.html'), pageText)
    const rendererDirectory = join(directory, 'out')
    await build({
      root: directory,
      configFile: false,
      logLevel: 'silent',
      build: { outDir: rendererDirectory },
    })
    localWeb = await startLocalWeb({
      vaultDirectory: directory,
      port: 0,
      rendererDirectory,
      coreEntry,
      log: () => undefined,
    })
    browser = await playwright.launch({ executablePath: executablePath ?? '', args: chromiumArguments })
  })

  // A session of its own for every test: the streams of pages just closed are not counted against the next.
  beforeEach(async () => {
    context = await browser.newContext()
    const page = await openPage(localWeb.launchAddress())
    await page.close()
  })

  afterEach(() => context.close())

  afterAll(async () => {
    await browser.close()
    await localWeb.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('is at the bare address after its launch and can call the core', async () => {
    const page = await openPage(localWeb.launchAddress())
    expect(page.url()).toBe(`${localWeb.address}/`)
    const answer = await page.evaluate(() => globalThis.tested.call('echo', { 姓名: '张三' }))
    expect(answer).toEqual({ ok: true, value: { 姓名: '张三' } })
  })

  it('comes back without a token as long as the server runs', async () => {
    const page = await openPage(localWeb.address)
    expect(await page.evaluate(() => globalThis.tested.call('echo', 1))).toEqual({ ok: true, value: 1 })
  })

  it('may use styles that carry the nonce, and no other style, script or address', async () => {
    const page = await openPage(localWeb.address)
    const seen = await page.evaluate(async () => {
      const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''
      const style = (text: string, styleNonce: string) => {
        const element = document.createElement('style')
        element.nonce = styleNonce
        element.textContent = text
        document.head.append(element)
      }
      style('body { background-color: rgb(4, 5, 6) }', nonce)
      style('body { color: rgb(9, 9, 9) }', 'guessed')
      const script = document.createElement('script')
      script.textContent = 'globalThis.injected = true'
      document.body.append(script)
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => 'fetched',
        () => 'refused',
      )
      const { backgroundColor, color } = getComputedStyle(document.body)
      return { backgroundColor, color, fetched, injected: 'injected' in globalThis }
    })
    expect(seen).toEqual({
      backgroundColor: 'rgb(4, 5, 6)',
      color: 'rgb(1, 2, 3)',
      fetched: 'refused',
      injected: false,
    })
    const refused = await page.evaluate(() => globalThis.tested.refused.toSorted())
    expect(refused).toEqual(['connect-src', 'script-src-elem', 'style-src-elem'])
  })

  it('cancels what it has called', async () => {
    const page = await openPage(localWeb.address)
    await page.evaluate(() => {
      const controller = new AbortController()
      const { tested } = globalThis
      tested.controller = controller
      tested.waited = tested.call('wait', 'job', { signal: controller.signal })
    })
    await page.waitForFunction(() => globalThis.tested.events.some((event) => event.type === 'progress'))
    const answer = await page.evaluate(() => {
      globalThis.tested.controller?.abort()
      return globalThis.tested.waited
    })
    expect(answer).toEqual({ ok: false, error: { code: 'call/cancelled' } })
    const before = await page.evaluate(() =>
      globalThis.tested.call('echo', 1, { signal: AbortSignal.abort() }),
    )
    expect(before).toEqual({ ok: false, error: { code: 'call/cancelled' } })
  })

  it('hears what the core tells', async () => {
    const page = await openPage(localWeb.address)
    await page.evaluate(() => globalThis.tested.call('announce', 'archive'))
    await page.waitForFunction(() => globalThis.tested.events.length > 0)
    const events = await page.evaluate(() => globalThis.tested.events)
    expect(events).toEqual([{ type: 'changed', compartment: 'archive' }])
    expect(await page.evaluate(() => globalThis.tested.disconnections)).toEqual([])
  })

  it.each(['session.lock', 'crash'])('is loaded anew after %s, in every window', async (procedure) => {
    const pages = [await openPage(localWeb.address), await openPage(localWeb.address)]
    const loaded = pages.map((page) => page.waitForEvent('load'))
    await pages[0]?.evaluate((name) => void globalThis.tested.call(name, {}), procedure)
    await Promise.all(loaded)
    for (const page of pages) {
      expect(await page.evaluate(() => globalThis.tested.call('echo', 2))).toEqual({ ok: true, value: 2 })
    }
  })

  it('is told that it has no session when the server does not know it', async () => {
    const page = await openPage(localWeb.address)
    await context.clearCookies()
    const answer = await page.evaluate(() => globalThis.tested.call('echo', 1))
    expect(answer).toMatchObject({ ok: false, error: { code: 'call/not-permitted' } })
    expect(await page.evaluate(() => globalThis.tested.disconnections)).toEqual(['no-session'])
  })

  it('is told when other pages have taken all event streams', async () => {
    for (let count = 0; count < 4; count += 1) await openPage(localWeb.address)
    const fifth = await context.newPage()
    await fifth.goto(localWeb.address)
    await fifth.waitForFunction(() => globalThis.tested.disconnections.length > 0)
    expect(await fifth.evaluate(() => globalThis.tested.disconnections)).toEqual(['too-many-pages'])
  })

  it('is told when the program behind it has ended', async () => {
    const other = await startLocalWeb({
      vaultDirectory: directory,
      port: 0,
      rendererDirectory: join(directory, 'out'),
      coreEntry,
      log: () => undefined,
    })
    const page = await openPage(other.launchAddress())
    await other.close()
    await page.waitForFunction(() => globalThis.tested.disconnections.length > 0)
    expect(await page.evaluate(() => globalThis.tested.disconnections)).toEqual(['unreachable'])
    expect(await page.evaluate(() => globalThis.tested.call('echo', 1))).toEqual({
      ok: false,
      error: { code: 'call/core-ended' },
    })
  })
})
