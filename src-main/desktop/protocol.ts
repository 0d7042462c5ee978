import type { CustomScheme } from 'electron'
import { newNonce, securityHeaders } from '../core/host/content-policy.ts'
import type { RendererFiles } from '../core/host/renderer-files.ts'
import { isPageAddress, pageScheme } from './address.ts'

/** What the scheme may do: it has an origin and counts as secure (WebCrypto, IndexedDB); it bypasses nothing. */
export const pageSchemePrivileges: CustomScheme = {
  scheme: pageScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
}

/**
 * Answers requests for the page's scheme from the files read at start. Anything else is refused: other hosts, other
 * methods, and every path that is not in the list, however it is spelt.
 */
export function pageResponder(files: RendererFiles): (request: Request) => Response {
  return (request) => {
    const nonce = newNonce()
    const headers = { ...securityHeaders(nonce) }
    if (request.method !== 'GET' || !isPageAddress(request.url))
      return new Response(null, { status: 403, headers })
    const file = files.find(new URL(request.url).pathname)
    if (file === undefined) return new Response(null, { status: 404, headers })
    return new Response(file.body(nonce), {
      status: 200,
      headers: { ...headers, 'content-type': file.contentType },
    })
  }
}
