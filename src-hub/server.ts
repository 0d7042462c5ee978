import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { pino, type Logger } from 'pino'
import { hubCardBytes } from '../src-shared/bundle/hub-card.ts'
import { bundleMediaType } from '../src-shared/bundle/statement.ts'
import type { ErrorCode, Failure } from '../src-shared/kernel/errors.ts'
import { isId } from '../src-shared/kernel/ids.ts'
import { BundleFault } from '../src-shared/node/bundle-fault.ts'
import type { Hub } from './hub.ts'

export interface HubServerOptions {
  /** 0 takes a free one. */
  readonly port: number
  /** Defaults to this machine alone. */
  readonly host?: string
  readonly log?: Logger
  /** Uploads at one time; a further one is asked to come again. */
  readonly maximumUploads?: number
}

export interface HubServer {
  /** `http://host:port`. */
  readonly address: string
  close(): Promise<void>
}

/** A line that stands still this long is cut. */
const idleMilliseconds = 60_000
const defaultUploads = 8

/**
 * The node on the network: takes bundles of registered units and answers with receipts. A bundle carries its own
 * proof of who made it, so sending one needs no account; asking about a unit needs the operator's token.
 *
 * `POST /v1/units/:unit/bundles` → 201 with the receipt's file, 200 when it was taken in before
 * `GET /v1/units/:unit/directives/:compartment?from=N` → what was decided, from a position on; 204 for nothing new. It
 *   is encrypted to the unit, so asking needs no account either
 * `GET /v1/card` → the card
 * `GET /v1/units/:unit/status` → numbers, for `Authorization: Bearer <operator's token>`
 *
 * Everything that is refused answers with JSON `{code, detail}`.
 */
export async function startHubServer(hub: Hub, options: HubServerOptions): Promise<HubServer> {
  const { port, host = '127.0.0.1', log = pino({ name: 'liandang-hub' }) } = options
  const server = Fastify({
    logger: false,
    bodyLimit: 64 * 1024,
    connectionTimeout: idleMilliseconds,
    // A large bundle over a village's line takes its time.
    requestTimeout: 0,
    forceCloseConnections: true,
  })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser([bundleMediaType, 'application/octet-stream'], (_request, payload, done) => {
    done(null, payload)
  })
  server.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
  })
  server.setNotFoundHandler(async (_request, reply) => refuse(reply, { code: 'call/not-found' }))
  server.setErrorHandler<Error & { statusCode?: number }>(async (error, _request, reply) => {
    const known = error.statusCode !== undefined && error.statusCode < 500
    if (!known) log.error({ event: 'failed', name: error.name })
    return refuse(reply, { code: known ? 'call/invalid-input' : 'call/internal' }, error.statusCode ?? 500)
  })
  addRoutes(server, hub, log, options.maximumUploads ?? defaultUploads)
  const address = await server.listen({ port, host })
  log.info({ event: 'listening', address })
  return { address, close: async () => await server.close() }
}

function addRoutes(server: FastifyInstance, hub: Hub, log: Logger, maximumUploads: number): void {
  let uploads = 0
  server.get('/v1/card', async (_request, reply) => {
    return reply.type('application/json').send(Buffer.from(hubCardBytes(hub.card)))
  })

  server.get<{ Params: { unit: string } }>('/v1/units/:unit/status', async (request, reply) => {
    const token = /^Bearer ([\x21-\x7e]{1,200})$/.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined || !hub.isOperator(token)) {
      return refuse(reply.header('www-authenticate', 'Bearer'), { code: 'call/not-permitted' }, 401)
    }
    const { unit } = request.params
    const status = isId(unit) ? await hub.status(unit) : null
    if (status === null) return refuse(reply, { code: 'bundle/unknown-unit' })
    return status.ok ? reply.send(status.value) : refuse(reply, status.error)
  })

  server.get<{ Params: { unit: string; compartment: string }; Querystring: { from?: string } }>(
    '/v1/units/:unit/directives/:compartment',
    async (request, reply) => {
      const { unit } = request.params
      const compartment = (['archive', 'discipline'] as const).find(
        (one) => one === request.params.compartment,
      )
      const { from = '0' } = request.query
      if (compartment === undefined || !/^\d{1,12}$/.test(from))
        return refuse(reply, { code: 'call/invalid-input' }, 400)
      const bundle = isId(unit) ? await hub.directives(unit, compartment, Number(from)) : null
      if (bundle === null) return refuse(reply, { code: 'bundle/unknown-unit' })
      if (bundle.ok) return reply.type(bundleMediaType).send(Buffer.from(bundle.value))
      return bundle.error.code === 'bundle/nothing-new' ? reply.code(204).send() : refuse(reply, bundle.error)
    },
  )

  server.post<{ Params: { unit: string } }>('/v1/units/:unit/bundles', async (request, reply) => {
    const { unit } = request.params
    // Before a byte is taken: whoever knows no unit of this node fills no disk of it.
    if (!isId(unit) || !(await hub.isTrusted(unit))) return refuse(reply, { code: 'bundle/unknown-unit' })
    const limit = hub.limits.ciphertextBytes
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      return refuse(reply, { code: 'bundle/too-large', detail: { limit } })
    }
    if (uploads >= maximumUploads) return refuse(reply.header('retry-after', '30'), { code: 'hub/pending' })
    uploads += 1
    const started = performance.now()
    try {
      const report = await hub.ingest(bodyOf(request), { unit })
      const milliseconds = Math.round(performance.now() - started)
      if (!report.ok) {
        log.warn({ event: 'refused', unit, code: report.error.code, milliseconds })
        return refuse(reply, report.error)
      }
      const { bundle, compartment, repeated, commits, voids, ties, receipt } = report.value
      const counts = { commits, voids, ties: ties.count }
      log.info({ event: 'taken-in', unit, bundle, compartment, repeated, ...counts, milliseconds })
      return reply
        .code(repeated ? 200 : 201)
        .type(bundleMediaType)
        .send(Buffer.from(receipt))
    } finally {
      uploads -= 1
    }
  })
}

/** A connection that breaks off is a bundle that ends early. */
async function* bodyOf(request: FastifyRequest): AsyncGenerator<Uint8Array> {
  try {
    yield* request.body as AsyncIterable<Uint8Array>
  } catch {
    throw new BundleFault('bundle/truncated', { reason: 'connection' })
  }
}

/** What another answer than 422 says better. */
const statusCodes: Partial<Record<ErrorCode, number>> = {
  'bundle/unknown-unit': 404,
  'call/not-found': 404,
  'bundle/not-a-bundle': 415,
  'bundle/too-large': 413,
  'bundle/ratio': 413,
  'bundle/missing-prerequisite': 409,
  'bundle/gap': 409,
  'bundle/fork': 409,
  'bundle/rollback': 409,
  'bundle/same-id-other-bytes': 409,
  'bundle/folder-unusable': 500,
  'hub/pending': 503,
  'hub/receipt-wrong': 409,
  'vault/disk-full': 507,
}

function refuse(reply: FastifyReply, failure: Failure, status?: number): FastifyReply {
  // Whatever of the upload is still on its way is not read.
  return reply
    .header('connection', 'close')
    .code(status ?? statusCodes[failure.code] ?? 422)
    .send({ code: failure.code, detail: failure.detail ?? {} })
}
