import type { Session, WebContents } from 'electron'
import { isPageAddress } from './address.ts'

type GuardedSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled'
  | 'on'
> & { readonly webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> }

/** The page needs no camera, place, device, notification or clipboard reading, and no address but its own. */
export function guardSession(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, decide) => decide(null))
  // The spell checker would fetch its dictionaries from the network.
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !mayLoad(details.url) }))
  session.on('will-download', (event, item) => {
    if (!mayLoad(item.getURL())) event.preventDefault()
  })
}

type GuardedContents = Pick<WebContents, 'on' | 'setWindowOpenHandler'>

/** One window, one page: no other page in it, none beside it, none inside it. */
export function guardContents(contents: GuardedContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => refuseForeign(event))
  contents.on('will-frame-navigate', (event) => refuseForeign(event))
  contents.on('will-redirect', (event) => refuseForeign(event))
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

function refuseForeign(event: { readonly url: string; preventDefault(): void }): void {
  if (!isPageAddress(event.url)) event.preventDefault()
}

/** `blob:` and `data:` hold what the page itself made: pictures, and files on their way to the disk. */
function mayLoad(address: string): boolean {
  if (address.startsWith('data:') || address.startsWith('devtools:')) return true
  return isPageAddress(address.startsWith('blob:') ? address.slice('blob:'.length) : address)
}
