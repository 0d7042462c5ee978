import type { IpcRenderer } from 'electron'
import type { CoreEvent } from '../../src-shared/contract/channel.ts'
import { type DesktopBridge, desktopChannels } from '../../src-shared/contract/desktop-bridge.ts'
import type { Result } from '../../src-shared/kernel/result.ts'

/** Never hands out `ipc` itself or an event object that leads back to it. */
export function desktopBridge(ipc: Pick<IpcRenderer, 'invoke' | 'send' | 'on' | 'off'>): DesktopBridge {
  return {
    call(procedure, input, onStarted) {
      const id = crypto.randomUUID()
      const answer: Promise<Result<unknown>> = ipc.invoke(desktopChannels.call, { id, procedure, input })
      onStarted?.(() => ipc.send(desktopChannels.cancel, id))
      return answer
    },
    subscribe(listener) {
      const forward = (_event: unknown, event: CoreEvent) => listener(event)
      ipc.on(desktopChannels.event, forward)
      return () => void ipc.off(desktopChannels.event, forward)
    },
    copied: (seconds) => ipc.send(desktopChannels.copied, seconds),
  }
}
