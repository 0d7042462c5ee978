import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRendererFiles } from '../../../src-main/core/host/renderer-files.ts'
import { isPageAddress, pageAddress } from '../../../src-main/desktop/address.ts'
import { pageResponder, pageSchemePrivileges } from '../../../src-main/desktop/protocol.ts'

let directory: string
let respond: (request: Request) => Response

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'liandang-desktop-'))
  const renderer = join(directory, 'renderer')
  mkdirSync(join(renderer, 'assets'), { recursive: true })
  writeFileSync(join(directory, 'secret.txt'), 'outside')
  writeFileSync(
    join(renderer, 'index.html'),
    '<meta nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>',
  )
  writeFileSync(join(renderer, 'assets', '样 式.css'), 'body {}')
  symlinkSync(join(directory, 'secret.txt'), join(renderer, 'link.txt'))
  respond = pageResponder(readRendererFiles(renderer))
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Electron gives the address as it was asked for; the platform's Request would tidy it up. */
function ask(url: string, method = 'GET'): Response {
  return respond({ url, method } as Request)
}

describe('the scheme of the page', () => {
  it('has an origin and is secure, and may bypass nothing', () => {
    expect(pageSchemePrivileges).toEqual({
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true },
    })
  })

  it('serves the page with the nonce of this response and no other', async () => {
    const first = ask(pageAddress)
    const nonce = /'nonce-([^']+)'/.exec(first.headers.get('content-security-policy') ?? '')?.[1]
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(await first.text()).toBe(`<meta nonce="${nonce}"><style nonce="${nonce}"></style>`)
    expect(first.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await ask(pageAddress).text()).not.toContain(nonce)
  })

  it('serves what lies in the folder of the page, by its encoded name', async () => {
    const answer = ask(`${pageAddress}assets/${encodeURIComponent('样 式.css')}?v=1#x`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(await answer.text()).toBe('body {}')
  })

  it('puts every answer under the policy, refusals too', () => {
    for (const answer of [ask(pageAddress), ask('app://liandang/missing.js'), ask('app://other/')]) {
      expect(answer.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; script-src 'self'; /,
      )
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })

  it.each([
    '../secret.txt',
    'assets/../../secret.txt',
    '..%2fsecret.txt',
    '%2e%2e/secret.txt',
    '%2e%2e%2fsecret.txt',
    'assets/..%5c..%5csecret.txt',
    '..\\secret.txt',
    '%252e%252e/secret.txt',
    '/etc/passwd',
    '//etc/passwd',
    'link.txt',
    'assets',
    '%',
    'index.html%00',
  ])('finds nothing at %j', async (path) => {
    const answer = ask(`app://liandang/${path}`)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('')
  })

  it.each(['app://evil.example/index.html', 'file:///index.html', 'https://liandang/', 'nonsense'])(
    'refuses %s',
    (url) => {
      expect(ask(url).status).toBe(403)
    },
  )

  it('answers only to reading', () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'HEAD']) expect(ask(pageAddress, method).status).toBe(403)
  })
})

describe('the address of the page', () => {
  it('is told by its scheme and host', () => {
    expect(isPageAddress(pageAddress)).toBe(true)
    expect(isPageAddress('app://liandang/#/dossiers')).toBe(true)
    expect(isPageAddress('app://liandang.example/')).toBe(false)
    expect(isPageAddress('app:liandang')).toBe(false)
    expect(isPageAddress('not an address')).toBe(false)
  })
})
