import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import { z } from 'zod'
import { desktopChannels } from '../../src-shared/contract/desktop-bridge.ts'
import { err, type Result } from '../../src-shared/kernel/result.ts'
import type { CoreClient } from '../core/client.ts'

const idSchema = z.uuid()
const callSchema = z.strictObject({
  id: idSchema,
  procedure: z.string().min(1).max(100),
  input: z.unknown().optional(),
})

/** Passes the page's calls on to the core; whoever is not the page gets `call/not-permitted` and no more. */
export function serveCalls(
  ipc: Pick<IpcMain, 'handle' | 'on'>,
  client: Pick<CoreClient, 'call'>,
  isTrusted: (event: IpcMainInvokeEvent | IpcMainEvent) => boolean,
): void {
  const running = new Map<string, AbortController>()

  async function answer(message: unknown): Promise<Result<unknown>> {
    const parsed = callSchema.safeParse(message)
    if (!parsed.success || running.has(parsed.data.id)) return err('call/invalid-input')
    const { id, procedure, input } = parsed.data
    const controller = new AbortController()
    running.set(id, controller)
    try {
      return await client.call(procedure, input, { signal: controller.signal })
    } finally {
      running.delete(id)
    }
  }

  ipc.handle(desktopChannels.call, (event, message: unknown) =>
    isTrusted(event) ? answer(message) : err('call/not-permitted', { reason: 'sender' }),
  )
  ipc.on(desktopChannels.cancel, (event, message: unknown) => {
    const id = idSchema.safeParse(message)
    if (isTrusted(event) && id.success) running.get(id.data)?.abort()
  })
}
