import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

export interface RendererFile {
  readonly contentType: string
  /** The bytes to send; the page itself carries the nonce wherever its text has the placeholder. */
  body(nonce: string): Buffer<ArrayBuffer>
}

/** The files of the built page by absolute URL path: `/index.html`, `/assets/…`. */
export interface RendererFiles {
  /** The file at a path as it stands in a URL, percent-encoded; `/` is the page. Undefined for anything else. */
  find(urlPath: string): RendererFile | undefined
}

/** Stands in the built `index.html` wherever the nonce of a response belongs. */
const noncePlaceholder = '__CSP_NONCE__'

const contentTypes: Readonly<Record<string, string>> = {
  '.bcmap': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

/**
 * Reads the whole built page into memory, once. What is served later is looked up in this list and never on the
 * disk, so that no path, link or race can lead outside. Links and files of other types are left out.
 */
export function readRendererFiles(directory: string): RendererFiles {
  const files = new Map<string, RendererFile>()
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const contentType = contentTypes[extname(entry.name).toLowerCase()]
    if (!entry.isFile() || contentType === undefined) continue
    const path = join(entry.parentPath, entry.name)
    const urlPath = path.slice(join(directory, '/').length).replaceAll('\\', '/')
    const bytes = readFileSync(path)
    files.set(`/${urlPath}`, {
      contentType,
      body: contentType.startsWith('text/html') ? page(bytes) : () => bytes,
    })
  }
  return { find: (urlPath) => files.get(decoded(urlPath)) }
}

function page(bytes: Buffer): (nonce: string) => Buffer<ArrayBuffer> {
  const text = bytes.toString('utf8')
  return (nonce) => Buffer.from(text.replaceAll(noncePlaceholder, nonce))
}

function decoded(urlPath: string): string {
  if (urlPath === '/') return '/index.html'
  try {
    return decodeURIComponent(urlPath)
  } catch {
    return ''
  }
}
