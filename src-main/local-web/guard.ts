import type { IncomingHttpHeaders } from 'node:http'

/** Why a request is turned away before anything else is looked at. */
export type Refusal = 'host' | 'origin' | 'fetch-site'

/**
 * The page's one address. `localhost` is understood too, but a browser keeps drafts by origin, so pages are sent on
 * to this one.
 */
export function canonicalOrigin(port: number): string {
  return `http://127.0.0.1:${port}`
}

/**
 * Checks that a request was meant for this server and made by its own page. A name of an attacker that resolves to
 * 127.0.0.1 (DNS rebinding) shows in Host; a form or script of another site shows in Origin or Sec-Fetch-Site.
 */
export function refusalOf(
  request: { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders },
  port: number,
): Refusal | undefined {
  const { host, origin } = request.headers
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return 'host'
  const mayLackOrigin = request.method === 'GET' || request.method === 'HEAD'
  if (origin === undefined ? !mayLackOrigin : origin !== `http://${host}`) return 'origin'
  const site = request.headers['sec-fetch-site']
  // Following a link from elsewhere to the page itself is no harm; fetching its data from elsewhere is.
  const isPage = request.path === '/' || request.path === '/launch'
  if (!isPage && site !== undefined && site !== 'same-origin' && site !== 'none') return 'fetch-site'
  return undefined
}

/** Cookies are shared by all ports of an address: the name tells the servers of one machine apart. */
export function sessionCookieName(port: number): string {
  return `liandang-${port}`
}

/** The value for Set-Cookie (RFC 6265); no Secure, because the address is plain http on the loopback. */
export function sessionCookie(port: number, session: string): string {
  return `${sessionCookieName(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`
}

export function sessionOf(headers: IncomingHttpHeaders, port: number): string | undefined {
  const prefix = `${sessionCookieName(port)}=`
  for (const pair of (headers.cookie ?? '').split(';')) {
    const text = pair.trim()
    if (text.startsWith(prefix)) return text.slice(prefix.length)
  }
  return undefined
}
