import { createReadStream, statSync } from 'node:fs'
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { isIP } from 'node:net'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'

/*
 * How the files of an enrolment go from one device to another on a local network. They are encrypted and signed, and two
 * people compare codes; the connection adds nothing to that and is not trusted. It is plain HTTP, opened by a person for
 * one exchange on one address, and closed after it.
 */

/** A listener that nobody came to is closed after this. */
export const listenMilliseconds = 10 * 60 * 1000
/** Requests a listener answers before it closes: more than any enrolment takes. */
const maximumRequests = 60
const maximumConnections = 4
const requestTimeout = 60_000

export interface Listening {
  /** Address and port, as they are typed at the other device. */
  readonly address: string
  close(): void
}

interface ListenOptions {
  /** An IP address of this machine. */
  readonly host: string
  onEnd(): void
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>
}

async function listen({ host, onEnd, answer }: ListenOptions): Promise<Result<Listening>> {
  if (isIP(host) === 0) return err('device/address')
  let answered = 0
  const server: Server = createServer({ requestTimeout, headersTimeout: 10_000, maxHeaderSize: 4096 })
  server.maxConnections = maximumConnections
  const close = () => {
    clearTimeout(timer)
    server.close()
    server.closeAllConnections()
  }
  const timer = setTimeout(close, listenMilliseconds)
  timer.unref()
  server.on('close', onEnd)
  server.on('request', (request, response) => {
    answered += 1
    response.setHeader('connection', 'close')
    if (answered > maximumRequests) {
      close()
      return
    }
    answer(request, response).catch(() => response.destroy())
  })
  return await new Promise((resolve) => {
    server.once('error', () => {
      clearTimeout(timer)
      resolve(err('device/address'))
    })
    server.listen({ host, port: 0, exclusive: true }, () => {
      const bound = server.address()
      const port = typeof bound === 'object' && bound !== null ? bound.port : 0
      resolve(ok({ address: isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`, close }))
    })
  })
}

const requestPath = '/enrolment/request'

/** Waits for one request to join. What comes is at most `maximumBytes`; `take` says whether it is one. */
export async function listenForRequest(
  host: string,
  maximumBytes: number,
  take: (bytes: Uint8Array) => boolean,
  onEnd: () => void,
): Promise<Result<Listening>> {
  const listening: { current: Listening | null } = { current: null }
  const opened = await listen({
    host,
    onEnd,
    answer: async (request, response) => {
      if (request.method !== 'POST' || request.url !== requestPath) return end(response, 404)
      const bytes = await readLimited(request, maximumBytes)
      if (bytes === null) return end(response, 413)
      const isTaken = take(bytes)
      await end(response, isTaken ? 204 : 400)
      if (isTaken) listening.current?.close()
    },
  })
  if (opened.ok) listening.current = opened.value
  return opened
}

/** Offers files under their names to whoever names the request they answer; ends once each was fetched. */
export async function offerFiles(
  host: string,
  request: string,
  files: readonly string[],
  onEnd: (isDone: boolean) => void,
): Promise<Result<Listening>> {
  const waiting = new Set(files.map((path) => basename(path)))
  const listening: { current: Listening | null } = { current: null }
  const opened = await listen({
    host,
    onEnd: () => onEnd(waiting.size === 0),
    answer: async (asked, response) => {
      const [, word, named, name, ...more] = (asked.url ?? '').split('/')
      const path = files.find((one, index) => (name === 'package' ? index === 0 : basename(one) === name))
      const isRight = asked.method === 'GET' && word === 'enrolment' && named === request && more.length === 0
      if (!isRight || path === undefined) return end(response, 404)
      response.writeHead(200, { 'content-length': statSync(path).size })
      await pipeline(createReadStream(path), response)
      waiting.delete(basename(path))
      if (waiting.size === 0) listening.current?.close()
    },
  })
  if (opened.ok) listening.current = opened.value
  return opened
}

function end(response: ServerResponse, status: number): Promise<void> {
  return new Promise((resolve) => {
    response.statusCode = status
    response.end(resolve)
  })
}

async function readLimited(stream: AsyncIterable<unknown>, maximumBytes: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of stream) {
    size += (part as Uint8Array).length
    if (size > maximumBytes) return null
    parts.push(part as Uint8Array)
  }
  return new Uint8Array(Buffer.concat(parts))
}

interface Peer {
  readonly host: string
  readonly port: number
}

/** Only an address in digits: nothing is looked up. Errors: `device/address`. */
function readAddress(text: string): Result<Peer> {
  const match = /^(?:\[([0-9a-fA-F:.]{2,45})\]|(\d{1,3}(?:\.\d{1,3}){3})):(\d{1,5})$/.exec(
    text.normalize('NFKC').trim(),
  )
  const host = match?.[1] ?? match?.[2] ?? ''
  const port = Number(match?.[3])
  return isIP(host) === 0 || !(port > 0 && port < 65_536) ? err('device/address') : ok({ host, port })
}

/** Sends a request to join. Errors: `device/address`, `device/unreachable`, `device/not-listening`, `call/cancelled`. */
export async function sendRequest(
  address: string,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<Result<true>> {
  const answer = await ask(address, 'POST', requestPath, bytes, signal)
  if (!answer.ok) return answer
  answer.value.resume()
  return answer.value.statusCode === 204 ? ok(true) : err('device/not-listening')
}

/** Fetches the package that answers a request. Errors: as {@link sendRequest}, `device/package-wrong`. */
export async function fetchPackage(
  address: string,
  request: string,
  maximumBytes: number,
  signal: AbortSignal,
): Promise<Result<Uint8Array>> {
  const answer = await ask(address, 'GET', `/enrolment/${request}/package`, null, signal)
  if (!answer.ok) return answer
  if (answer.value.statusCode !== 200) return err('device/not-listening')
  try {
    const bytes = await readLimited(answer.value, maximumBytes)
    return bytes === null ? err('device/package-wrong', { reason: 'size' }) : ok(bytes)
  } catch {
    return signal.aborted ? err('call/cancelled') : err('device/unreachable')
  }
}

/** One bundle of a package, as it streams in. Errors: as {@link sendRequest}. */
export async function fetchBundle(
  address: string,
  request: string,
  file: string,
  signal: AbortSignal,
): Promise<Result<AsyncIterable<Uint8Array>>> {
  const answer = await ask(address, 'GET', `/enrolment/${request}/${file}`, null, signal)
  if (!answer.ok) return answer
  return answer.value.statusCode === 200 ? ok(answer.value) : err('device/not-listening')
}

async function ask(
  address: string,
  method: 'GET' | 'POST',
  path: string,
  body: Uint8Array | null,
  signal: AbortSignal,
): Promise<Result<IncomingMessage>> {
  const peer = readAddress(address)
  if (!peer.ok) return peer
  return await new Promise((resolve) => {
    const asked = httpRequest(
      { ...peer.value, method, path, signal, timeout: 30_000, agent: false },
      (response) => resolve(ok(response)),
    )
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(signal.aborted ? err('call/cancelled') : err('device/unreachable')))
    if (body === null) asked.end()
    else Readable.from([body]).pipe(asked)
  })
}
