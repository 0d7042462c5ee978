import type { ServerResponse } from 'node:http'
import type { CoreEvent } from '../../src-shared/contract/channel.ts'

/** The open event streams of all pages (server-sent events, HTML Standard §9.2). */
export interface EventStreams {
  /** False if the session has as many as it may: a browser has only six connections to share among its pages. */
  open(session: string, response: ServerResponse, headers: Readonly<Record<string, string>>): boolean
  publish(event: CoreEvent): void
  close(session?: string): void
}

const streamsPerSession = 4
/** A page that takes nothing any more is let go; it comes back by itself if it lives. */
const backlogLimitBytes = 1024 * 1024

interface Stream {
  readonly session: string
  readonly response: ServerResponse
}

/**
 * `mark` names the core process of the moment. It is the first thing a stream says, so that a page that slept through
 * a lock learns of it when it comes back.
 */
export function createEventStreams(mark: () => string): EventStreams {
  const streams = new Set<Stream>()

  function write(stream: Stream, text: string): void {
    if (stream.response.writableLength > backlogLimitBytes) stream.response.destroy()
    else stream.response.write(text)
  }

  return {
    open(session, response, headers) {
      if ([...streams].filter((stream) => stream.session === session).length >= streamsPerSession)
        return false
      const stream: Stream = { session, response }
      streams.add(stream)
      response.once('close', () => streams.delete(stream))
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' })
      write(stream, `retry: 1000\nevent: core\ndata: ${JSON.stringify(mark())}\n\n`)
      return true
    },
    publish(event) {
      const text = `data: ${JSON.stringify(event)}\n\n`
      for (const stream of streams) write(stream, text)
    },
    close(session) {
      for (const stream of streams) {
        if (session === undefined || stream.session === session) stream.response.destroy()
      }
    },
  }
}
