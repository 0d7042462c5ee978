import type { CoreEvent } from '../../src-shared/contract/channel.ts'
import { err, type Result } from '../../src-shared/kernel/result.ts'
import type { Connection, ConnectionListener } from './connection.ts'

/** The core behind the server that this page came from: calls by fetch, events by a server-sent event stream. */
export function connectLocalWeb(listener: ConnectionListener): Connection {
  watchEvents(listener)
  return {
    async call(procedure, input, signal) {
      if (signal?.aborted === true) return err('call/cancelled')
      const id = crypto.randomUUID()
      const cancel = () => void post('/api/cancel', { id }, listener)
      signal?.addEventListener('abort', cancel, { once: true })
      try {
        if (hasBytes(input)) return await postBytes(procedure, input, listener)
        return await post('/api/call', { id, procedure, input }, listener)
      } finally {
        signal?.removeEventListener('abort', cancel)
      }
    },
  }
}

/** A piece of a file goes as it is: as text it would be a third longer, and be copied three times more. */
interface BytesInput {
  readonly bytes: Uint8Array<ArrayBuffer>
}

function hasBytes(input: unknown): input is BytesInput {
  return (input as Partial<BytesInput> | null)?.bytes instanceof Uint8Array
}

function postBytes(
  procedure: string,
  { bytes, ...rest }: BytesInput,
  listener: ConnectionListener,
): Promise<Result<unknown>> {
  const query = new URLSearchParams({ procedure, input: JSON.stringify(rest) })
  return send(`/api/bytes?${query}`, 'application/octet-stream', bytes, listener)
}

function post(path: string, body: unknown, listener: ConnectionListener): Promise<Result<unknown>> {
  return send(path, 'application/json', JSON.stringify(body), listener)
}

async function send(
  path: string,
  contentType: string,
  body: string | Uint8Array<ArrayBuffer>,
  listener: ConnectionListener,
): Promise<Result<unknown>> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
      credentials: 'same-origin',
    })
    if (response.status === 401) listener.disconnected('no-session')
    return (await response.json()) as Result<unknown>
  } catch {
    listener.disconnected('unreachable')
    return err('call/core-ended')
  }
}

function watchEvents(listener: ConnectionListener): void {
  let mark: string | undefined
  let wasLost = false
  const source = new EventSource('/api/events')
  source.addEventListener('core', (event) => {
    const current = String((event as MessageEvent).data)
    if (wasLost || (mark !== undefined && mark !== current)) listener.outdated()
    mark = current
  })
  source.addEventListener('message', (event) => {
    listener.event(JSON.parse(String(event.data)) as CoreEvent)
  })
  source.addEventListener('error', () => {
    const isClosed = source.readyState === EventSource.CLOSED
    void explain(isClosed, listener).then((isLost) => {
      wasLost ||= isLost
    })
  })
}

/** An event stream does not say why it failed, so the server is asked; true if the page was told of a loss. */
async function explain(isClosed: boolean, listener: ConnectionListener): Promise<boolean> {
  try {
    const response = await fetch('/api/session', { credentials: 'same-origin' })
    if (response.status === 401) listener.disconnected('no-session')
    else if (isClosed) listener.disconnected('too-many-pages')
    else return false
  } catch {
    listener.disconnected('unreachable')
  }
  return true
}
