import { isPageAddress } from './address.ts'

/** What is looked at in Electron's IpcMainInvokeEvent and IpcMainEvent. */
export interface Sent<Contents extends object> {
  readonly sender: Contents
  readonly senderFrame: SendingFrame | null
}

interface SendingFrame {
  readonly url: string
  readonly parent: object | null
}

/**
 * True only for the main frame of our own window showing our own page. A frame that has navigated or is gone has no
 * address to judge and is refused.
 */
export function isFromPage<Contents extends object>(
  event: Sent<Contents>,
  page: Contents | undefined,
): boolean {
  const frame = event.senderFrame
  return (
    page !== undefined &&
    event.sender === page &&
    frame !== null &&
    frame.parent === null &&
    isPageAddress(frame.url)
  )
}
