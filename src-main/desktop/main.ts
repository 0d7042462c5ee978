import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  utilityProcess,
} from 'electron'
import { type CoreClient, startCoreClient } from '../core/client.ts'
import { forbidCoreDumps } from '../core/host/core-dumps.ts'
import { readRendererFiles } from '../core/host/renderer-files.ts'
import { defaultVaultDirectory, prepareVaultDirectory } from '../core/host/vault-directory.ts'
import { lockVault, vaultLockFile } from '../core/host/vault-lock.ts'
import { lockOnAbsence } from './absence.ts'
import { pageScheme } from './address.ts'
import { serveCalls } from './calls.ts'
import { clearCopiedValues } from './clipboard.ts'
import { utilityCorePort } from './core-port.ts'
import { guardContents, guardSession } from './guards.ts'
import { menuTemplate } from './menu.ts'
import { pageResponder, pageSchemePrivileges } from './protocol.ts'
import { isFromPage } from './sender.ts'
import { quietChromium } from './switches.ts'
import { withSystemKeys } from './system-keys.ts'
import { vaultArgument } from './vault-argument.ts'
import { showPage, windowOptions } from './window.ts'
import { wordsFor } from './words.ts'

let window: BrowserWindow | undefined

// Before the application is ready: what can only be decided then. The crash reporter is never started.
forbidCoreDumps()
app.enableSandbox()
quietChromium(app.commandLine)
protocol.registerSchemesAsPrivileged([pageSchemePrivileges])
// Chromium's own files stay apart from the vault, which has the same place on some systems.
app.setPath('userData', join(app.getPath('appData'), 'liandang-desktop'))

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore()
    window?.focus()
  })
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(start).catch(startFailed)
} else app.quit()

async function start(): Promise<void> {
  const words = wordsFor(app.getLocale())
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(words)))
  const files = readRendererFiles(built('../renderer'))
  if (files.find('/') === undefined) return refuse(words.title, words.notBuilt)
  const vaultDirectory = prepareVaultDirectory(vaultArgument(process.argv) ?? defaultVaultDirectory())
  const lock = await lockVault(vaultDirectory)
  if (!lock.ok) return refuse(words.title, words.alreadyRunning(vaultLockFile(vaultDirectory)))
  guardSession(session.defaultSession)
  protocol.handle(pageScheme, pageResponder(files))
  const core = { entry: built('./core.js'), vaultDirectory, host: 'desktop' } as const
  const client = startCoreClient({
    spawn: () => utilityCorePort(utilityProcess.fork.bind(utilityProcess), core),
    keepSpare: true,
  })
  const isTrusted = (event: IpcMainInvokeEvent | IpcMainEvent) => isFromPage(event, window?.webContents)
  const keysFile = join(app.getPath('userData'), 'system-keys.json')
  const calls = withSystemKeys(client, safeStorage, { platform: process.platform, file: keysFile })
  serveCalls(ipcMain, calls, isTrusted)
  const copied = clearCopiedValues(ipcMain, clipboard, {
    isTrusted,
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds)
      return () => clearTimeout(timer)
    },
  })
  client.subscribe((event) => {
    if (event.type === 'locked') void copied.clearNow()
  })
  lockOnAbsence(powerMonitor, {
    platform: process.platform,
    lock: () => void client.call('session.lock', {}),
    every: (milliseconds, callback) => setInterval(callback, milliseconds),
  })
  openWindow(client, words.title)
  app.on('will-quit', (event) => {
    if (copied.isPending()) {
      event.preventDefault()
      void copied.clearNow().finally(() => app.quit())
      return
    }
    void client.stop()
    lock.value.release()
  })
}

function openWindow(client: CoreClient, title: string): void {
  const preload = built('../preload/preload.cjs')
  window = new BrowserWindow(windowOptions({ title, preload, developerTools: !app.isPackaged }))
  window.once('closed', () => {
    window = undefined
  })
  showPage(window, client)
}

/** A full disk, a folder without rights: the code tells which, and no text of the system is passed on. */
function startFailed(error: unknown): void {
  const words = wordsFor(app.getLocale())
  refuse(words.title, words.failed(String((error as NodeJS.ErrnoException).code ?? 'unknown')))
}

function refuse(title: string, reason: string): void {
  dialog.showErrorBox(title, reason)
  app.exit(1)
}

/** A file of the built program, seen from `out/main/desktop.js`. */
function built(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
