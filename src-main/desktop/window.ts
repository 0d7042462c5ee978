import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import type { CoreEvent } from '../../src-shared/contract/channel.ts'
import { desktopChannels } from '../../src-shared/contract/desktop-bridge.ts'
import type { CoreClient } from '../core/client.ts'
import { pageAddress } from './address.ts'

export interface WindowChoices {
  readonly title: string
  /** The preload script's file. */
  readonly preload: string
  /** Developer tools are for the source, not for what is installed. */
  readonly developerTools: boolean
}

export function windowOptions(choices: WindowChoices): BrowserWindowConstructorOptions {
  return {
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    title: choices.title,
    backgroundColor: '#ffffff',
    webPreferences: {
      preload: choices.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      disableBlinkFeatures: 'Auxclick',
      safeDialogs: true,
      devTools: choices.developerTools,
    },
  }
}

type ShownWindow = Pick<BrowserWindow, 'loadURL' | 'once' | 'show' | 'on'> & {
  readonly webContents: Pick<
    BrowserWindow['webContents'],
    'isDestroyed' | 'on' | 'reloadIgnoringCache' | 'send'
  >
}

/**
 * Shows the page and keeps it in step with the core. On lock the shell itself loads the page anew, because what the
 * page still holds in memory must go even if its own code is stuck.
 */
export function showPage(window: ShownWindow, client: Pick<CoreClient, 'subscribe'>): void {
  const { webContents } = window
  const unsubscribe = client.subscribe((event: CoreEvent) => {
    if (webContents.isDestroyed()) return
    webContents.send(desktopChannels.event, event)
    if (event.type === 'locked') webContents.reloadIgnoringCache()
  })
  window.on('closed', unsubscribe)
  // The title is the program's, not whatever a document says.
  window.on('page-title-updated', (event) => event.preventDefault())
  window.once('ready-to-show', () => window.show())
  webContents.on('render-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit' && !webContents.isDestroyed()) webContents.reloadIgnoringCache()
  })
  void window.loadURL(pageAddress)
}
