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
        return await post('/api/call', { id, procedure, input }, listener)
      } finally {
        signal?.removeEventListener('abort', cancel)
      }
    },
  }
}

async function post(path: string, body: unknown, listener: ConnectionListener): Promise<Result<unknown>> {
  const text = JSON.stringify(body)
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
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
