import { z } from 'zod'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import type { CoreClient } from '../core/client.ts'

/** Calls of pages on their way to the core, by the ids the pages chose. */
export interface Calls {
  call(session: string, body: unknown): Promise<Result<unknown>>
  /** A call whose input holds a piece of a file beside what `query` says. */
  callWithBytes(query: unknown, bytes: unknown): Promise<Result<unknown>>
  cancel(session: string, body: unknown): Result<unknown>
}

const idSchema = z.string().regex(/^[\w-]{1,64}$/)
const callSchema = z.strictObject({
  id: idSchema.optional(),
  procedure: z.string().min(1).max(100),
  input: z.unknown().optional(),
})
const bytesSchema = z.strictObject({ procedure: z.string().min(1).max(100), input: z.string().max(1000) })
const cancelSchema = z.strictObject({ id: idSchema })

export function createCalls(client: CoreClient): Calls {
  const running = new Map<string, AbortController>()
  return {
    async call(session, body) {
      const message = callSchema.safeParse(body)
      if (!message.success) return err('call/invalid-input')
      const { id, procedure, input } = message.data
      if (id === undefined) return await client.call(procedure, input)
      const key = `${session} ${id}`
      if (running.has(key)) return err('call/invalid-input', { reason: 'id in use' })
      const controller = new AbortController()
      running.set(key, controller)
      try {
        return await client.call(procedure, input, { signal: controller.signal })
      } finally {
        running.delete(key)
      }
    },
    async callWithBytes(query, bytes) {
      const message = bytesSchema.safeParse(query)
      if (!message.success || !(bytes instanceof Uint8Array)) return err('call/invalid-input')
      const input = objectIn(message.data.input)
      if (input === null) return err('call/invalid-input')
      return await client.call(message.data.procedure, { ...input, bytes })
    },
    /** Cancelling what has just ended is no error: the answer is on its way. */
    cancel(session, body) {
      const message = cancelSchema.safeParse(body)
      if (!message.success) return err('call/invalid-input')
      running.get(`${session} ${message.data.id}`)?.abort()
      return ok(null)
    },
  }
}

function objectIn(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
