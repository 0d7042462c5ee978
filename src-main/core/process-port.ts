import type { FromCore, ToCore } from '../../src-shared/contract/channel.ts'

/** The core's end of the channel to its host. */
export interface ProcessPort {
  /** Resolves when the message has left this process, so that the core may answer and then end. */
  send(message: FromCore): Promise<void>
  onMessage(callback: (message: ToCore) => void): void
}

/** The part of `process` that a port needs, in a child process of Node or in an Electron utility process. */
export interface HostedProcess {
  readonly parentPort?: ParentPort | null
  readonly connected?: boolean
  readonly send?: ChildSend
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'disconnect' | 'SIGINT', listener: () => void): unknown
  exit(code: number): void
}

/** Electron's `process.parentPort`, typed by hand: the core knows no `electron`. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
  postMessage(message: unknown): void
}

type ChildSend = (
  message: unknown,
  handle: undefined,
  options: undefined,
  callback: (error: Error | null) => void,
) => boolean

/**
 * Opens the channel to whoever started this process: an Electron utility process talks through its parent port, a
 * child process of Node through its inter-process channel. The process ends when the host goes away, because keys
 * must not outlive the window they were opened for.
 */
export function openProcessPort(hosted: HostedProcess = process as unknown as HostedProcess): ProcessPort {
  // An interrupt typed into a terminal reaches every process of its group; the host decides when the core ends.
  hosted.on('SIGINT', () => undefined)
  const parentPort = hosted.parentPort
  if (parentPort !== undefined && parentPort !== null) return utilityPort(parentPort)
  if (typeof hosted.send === 'function') return childPort(hosted)
  throw new Error('the core runs only as the child of a host')
}

/** Chromium itself ends a utility process when the browser process is gone. */
function utilityPort(parentPort: ParentPort): ProcessPort {
  return {
    send(message) {
      parentPort.postMessage(message)
      return Promise.resolve()
    },
    onMessage(callback) {
      parentPort.on('message', (event) => callback(event.data as ToCore))
    },
  }
}

function childPort(hosted: HostedProcess): ProcessPort {
  hosted.on('disconnect', () => hosted.exit(0))
  // The host may have gone before anyone listened.
  if (hosted.connected === false) hosted.exit(0)
  return {
    send(message) {
      return new Promise((resolve) => {
        // A host that no longer reads is about to be noticed by 'disconnect': there is nobody left to tell.
        hosted.send?.(message, undefined, undefined, () => resolve())
      })
    },
    onMessage(callback) {
      hosted.on('message', (message) => callback(message as ToCore))
    },
  }
}
