import { homedir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findOrInstallSystemTool, systemToolAdvice } from './system-tool.mjs'

const windowsFolders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
  .map((name) => process.env[name])
  .filter((folder) => folder !== undefined)

/** Chromium, Chrome or Edge of the machine, and fonts for Chinese. */
export const chromium = /** @satisfies {import('./system-tool.mjs').SystemTool} */ ({
  name: 'Chromium',
  variable: 'LIANDANG_CHROMIUM',
  commands: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'chrome',
    'microsoft-edge',
    'microsoft-edge-stable',
    'msedge',
  ],
  places: [
    ...['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      ['/Applications', join(homedir(), 'Applications')].map(
        (folder) => `${folder}/${name}.app/Contents/MacOS/${name}`,
      ),
    ),
    ...windowsFolders.flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Chromium', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
    '/usr/lib/chromium/chromium',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
  ],
  packages: ['chromium', 'fonts-noto-cjk'],
})

/** Started quietly: no calls home, no first-run pages. Without its sandbox only where root leaves no choice. */
export const chromiumArguments = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

// Run by itself: find it, install it if that is allowed, and say where it is.
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const path = findOrInstallSystemTool(chromium)
  if (path === undefined) console.error(systemToolAdvice(chromium))
  else console.log(path)
  process.exitCode = path === undefined ? 1 : 0
}
