import { z } from 'zod'
import { err, ok, type Result } from '../../src-shared/kernel/result.ts'
import type { CoreClient } from '../core/client.ts'

/** Calls of pages on their way to the core, by the ids the pages chose. */
export interface Calls {
  call(session: string, body: unknown): Promise<Result<unknown>>
  cancel(session: string, body: unknown): Result<unknown>
}

const idSchema = z.string().regex(/^[\w-]{1,64}$/)
const callSchema = z.strictObject({
  id: idSchema.optional(),
  procedure: z.string().min(1).max(100),
  input: z.unknown().optional(),
})
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
    /** Cancelling what has just ended is no error: the answer is on its way. */
    cancel(session, body) {
      const message = cancelSchema.safeParse(body)
      if (!message.success) return err('call/invalid-input')
      running.get(`${session} ${message.data.id}`)?.abort()
      return ok(null)
    },
  }
}
