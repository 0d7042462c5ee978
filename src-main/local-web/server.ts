import { randomBytes } from 'node:crypto'
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { uploadChunkBytes } from '../../src-shared/contract/dossier.ts'
import { err, ok } from '../../src-shared/kernel/result.ts'
import { type CoreClient, startCoreClient } from '../core/client.ts'
import { newNonce, securityHeaders } from '../core/host/content-policy.ts'
import { forkCore } from '../core/host/fork-core.ts'
import { readRendererFiles, type RendererFiles } from '../core/host/renderer-files.ts'
import { type Calls, createCalls } from './calls.ts'
import { createEventStreams, type EventStreams } from './events.ts'
import { canonicalOrigin, refusalOf, sessionCookie, sessionOf } from './guard.ts'
import { noSessionPage, usedTokenPage } from './pages.ts'
import { createSessions, hashOf, type Sessions } from './sessions.ts'
import { words } from './words.ts'

/** The port unless told otherwise: a browser keeps drafts by origin, so the address should stay the same. */
export const defaultPort = 17326

/** Of a call; pieces of files, each a call of its own, have a limit of theirs. */
const bodyLimitBytes = 2 * 1024 * 1024

export interface LocalWebOptions {
  readonly vaultDirectory: string
  /** 0 takes any free port; another falls back to a free one with a line in the log if it is taken. */
  readonly port: number
  /** The built page, with `index.html`. Read once. */
  readonly rendererDirectory: string
  /** The core's program: `src-main/core/main.ts` in source, `out/main/core.js` when built. */
  readonly coreEntry: string
  /** Takes lines for the person at the terminal. */
  readonly log: (line: string) => void
}

export interface LocalWeb {
  /** `http://127.0.0.1:<port>`, without a token. */
  readonly address: string
  /** A new address, good for one use, that opens a session in the browser. */
  launchAddress(): string
  /** Ends the core and every connection. */
  close(): Promise<void>
}

interface Parts {
  readonly calls: Calls
  readonly client: CoreClient
  readonly files: RendererFiles
  readonly log: (line: string) => void
  /** Names this server and the core process of the moment. */
  readonly mark: () => string
  readonly sessions: Sessions
  readonly streams: EventStreams
}

/**
 * Serves the page and the core to the browsers of this machine, on 127.0.0.1 only. Rejects if the page is not built
 * or the port cannot be had.
 */
export async function startLocalWeb(options: LocalWebOptions): Promise<LocalWeb> {
  const { coreEntry, log, vaultDirectory } = options
  const files = readRendererFiles(options.rendererDirectory)
  if (files.find('/') === undefined) throw new Error('the page is not built')
  const client = startCoreClient({
    spawn: () => forkCore({ entry: coreEntry, vaultDirectory }),
    keepSpare: true,
  })
  const server = randomBytes(8).toString('hex')
  const mark = () => `${server}:${client.generation()}`
  const sessions = createSessions()
  const streams = createEventStreams(mark)
  sessions.onRevoked((session) => streams.close(session))
  client.subscribe((event) => {
    if (event.type === 'locked' && event.reason === 'ended') {
      log(words.coreEnded(event.failure?.detail?.['restarted'] !== false))
    }
    streams.publish(event)
  })
  const parts: Parts = { calls: createCalls(client), client, files, log, mark, sessions, streams }
  const app = buildServer(parts)
  try {
    await listen(app, options.port)
  } catch (error) {
    await client.stop()
    throw error
  }
  const port = portOf(app)
  if (options.port !== 0 && port !== options.port) log(words.otherPort(options.port, port))
  await client.whenReady()
  return {
    address: canonicalOrigin(port),
    launchAddress: () => `${canonicalOrigin(port)}/?token=${sessions.newToken()}`,
    async close() {
      streams.close()
      await Promise.all([app.close(), client.stop()])
    },
  }
}

function buildServer(parts: Parts): FastifyInstance {
  const app = fastify({
    bodyLimit: bodyLimitBytes,
    // A link preview that only asks for the head must not use up a launch token.
    exposeHeadRoutes: false,
    forceCloseConnections: true,
  })
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer' },
    async (_request: unknown, body: unknown) => body,
  )
  app.addHook('onRequest', async (request, reply) => guard(parts, app, request, reply))
  app.get('/', (request, reply) => servePage(parts, app, request, reply))
  app.get('/launch', (request, reply) => servePage(parts, app, request, reply))
  app.post('/api/call', (request) => parts.calls.call(callerOf(app, request), request.body))
  app.post('/api/bytes', { bodyLimit: uploadChunkBytes }, (request) =>
    parts.calls.callWithBytes(request.query, request.body),
  )
  app.post('/api/cancel', async (request) => parts.calls.cancel(callerOf(app, request), request.body))
  app.get('/api/session', async () => ok({ core: parts.mark() }))
  app.get('/api/events', (request, reply) => {
    const headers = reply.getHeaders() as Record<string, string>
    if (parts.streams.open(callerOf(app, request), reply.raw, headers)) reply.hijack()
    else void reply.code(429).send(err('call/not-permitted', { reason: 'too many pages' }))
  })
  app.get('/*', (request, reply) => serveFile(parts, request, reply))
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(err('call/not-found')))
  app.setErrorHandler((error, request, reply) => {
    const status = (error as { readonly statusCode?: number }).statusCode ?? 500
    // Pieces of files have a limit of their own.
    const limitBytes = request.routeOptions.bodyLimit ?? bodyLimitBytes
    if (status === 413) return reply.code(413).send(err('format/too-large', { limitBytes }))
    if (status < 500) return reply.code(status).send(err('call/invalid-input'))
    return reply.code(500).send(err('call/internal'))
  })
  return app
}

/** Every request passes here first, also those for paths that do not exist. */
async function guard(parts: Parts, app: FastifyInstance, request: FastifyRequest, reply: FastifyReply) {
  const port = portOf(app)
  const path = pathOf(request)
  reply.headers(securityHeaders(nonceOf(request)))
  const refusal = refusalOf({ method: request.method, path, headers: request.headers }, port)
  if (refusal !== undefined) return reply.code(403).send(err('call/not-permitted', { reason: refusal }))
  const isPage = path === '/' || path === '/launch'
  if (isPage && request.headers.host !== `127.0.0.1:${port}`) {
    return reply.redirect(`${canonicalOrigin(port)}${request.url}`, 308)
  }
  if (isPage && tokenOf(request) !== undefined) return undefined
  if (parts.sessions.isOpen(sessionOf(request.headers, port))) return undefined
  if (path.startsWith('/api/')) return reply.code(401).send(err('call/not-permitted', { reason: 'session' }))
  return reply.code(401).type('text/html; charset=utf-8').send(noSessionPage())
}

function servePage(parts: Parts, app: FastifyInstance, request: FastifyRequest, reply: FastifyReply) {
  const token = tokenOf(request)
  if (token === undefined) return serveFile(parts, request, reply)
  const port = portOf(app)
  const outcome = parts.sessions.launch(token, sessionOf(request.headers, port))
  if (outcome.kind === 'refused' || outcome.kind === 'revoked') {
    if (outcome.kind === 'revoked') parts.log(words.revoked)
    return reply.code(401).type('text/html; charset=utf-8').send(usedTokenPage())
  }
  if (outcome.kind === 'opened') {
    parts.log(words.opened)
    reply.header('set-cookie', sessionCookie(port, outcome.session))
  }
  return reply.redirect('/', 303)
}

function serveFile(parts: Parts, request: FastifyRequest, reply: FastifyReply) {
  const file = parts.files.find(pathOf(request))
  if (file === undefined) return reply.callNotFound()
  return reply.type(file.contentType).send(file.body(nonceOf(request)))
}

const nonces = new WeakMap<FastifyRequest, string>()

/** One nonce a response, in its header and in its page. */
function nonceOf(request: FastifyRequest): string {
  const nonce = nonces.get(request) ?? newNonce()
  nonces.set(request, nonce)
  return nonce
}

function callerOf(app: FastifyInstance, request: FastifyRequest): string {
  return hashOf(sessionOf(request.headers, portOf(app)) ?? '')
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0] ?? ''
}

function tokenOf(request: FastifyRequest): string | undefined {
  const question = request.url.indexOf('?')
  return question < 0
    ? undefined
    : (new URLSearchParams(request.url.slice(question)).get('token') ?? undefined)
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address()
  return address === null || typeof address === 'string' ? 0 : address.port
}

async function listen(app: FastifyInstance, port: number): Promise<void> {
  try {
    await app.listen({ host: '127.0.0.1', port })
  } catch (error) {
    // In use, or reserved by the system.
    const code = (error as NodeJS.ErrnoException).code
    if (port === 0 || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error
    await app.listen({ host: '127.0.0.1', port: 0 })
  }
}
