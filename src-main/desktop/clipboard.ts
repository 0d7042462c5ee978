import { createHash } from 'node:crypto'
import type { Clipboard, IpcMain, IpcMainEvent } from 'electron'
import { z } from 'zod'
import { desktopChannels } from '../../src-shared/contract/desktop-bridge.ts'

const secondsSchema = z.int().min(1).max(600)

export interface ClipboardOptions {
  readonly isTrusted: (event: IpcMainEvent) => boolean
  /** Calls back once after that many milliseconds unless the returned function is called first. */
  readonly after: (milliseconds: number, callback: () => void) => () => void
}

/** What was copied and is still to go. */
export interface CopiedValues {
  isPending(): boolean
  /** Clears at once what is due later: on lock, and when the program ends. */
  clearNow(): Promise<void>
}

/**
 * Clears what the page copied after the time it names, unless something else was copied since: then the clipboard holds
 * what belongs to another program. Only a hash is kept to tell the two apart.
 */
export function clearCopiedValues(
  ipc: Pick<IpcMain, 'on'>,
  clipboard: Pick<Clipboard, 'clear' | 'readText'>,
  { isTrusted, after }: ClipboardOptions,
): CopiedValues {
  let ours: string | null = null
  let cancel: () => void = () => undefined

  async function clearNow(): Promise<void> {
    cancel()
    const mine = ours
    ours = null
    if (mine !== null && (await hashNow()) === mine) clipboard.clear()
  }

  async function hashNow(): Promise<string> {
    return createHash('sha256')
      .update(await clipboard.readText())
      .digest('hex')
  }

  async function noted(seconds: number): Promise<void> {
    ours = await hashNow()
    cancel()
    cancel = after(seconds * 1000, () => void clearNow())
  }

  ipc.on(desktopChannels.copied, (event, message: unknown) => {
    const seconds = secondsSchema.safeParse(message)
    if (isTrusted(event) && seconds.success) void noted(seconds.data)
  })
  return { isPending: () => ours !== null, clearNow }
}
