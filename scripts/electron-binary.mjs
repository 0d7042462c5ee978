import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './project-node.mjs'

const fetchLimitMilliseconds = 60_000

/**
 * The Electron program of the project, or undefined when it was not downloaded: `npm ci` leaves that out.
 *
 * @param {string} [folder] of the project
 * @returns {string | undefined}
 */
export function electronBinary(folder = root) {
  const home = join(folder, 'node_modules', 'electron')
  const pathFile = join(home, 'path.txt')
  if (!existsSync(pathFile)) return undefined
  const binary = join(home, 'dist', readFileSync(pathFile, 'utf8').trim())
  return existsSync(binary) ? binary : undefined
}

/** Downloads Electron once, for at most a minute; only when asked for, because offline is the normal state. */
export function fetchElectron() {
  console.error('正在下载 Electron… · Downloading Electron…')
  const script = join(root, 'node_modules', 'electron', 'install.js')
  spawnSync(process.execPath, [script], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: fetchLimitMilliseconds,
  })
}

/**
 * Why the desktop program cannot start here, in both languages, or undefined when it can.
 *
 * @param {{ platform: string, environment: NodeJS.ProcessEnv, binary: string | undefined }} host
 * @returns {string | undefined}
 */
export function desktopObstacle({ platform, environment, binary }) {
  if (binary === undefined) {
    return '没有 Electron，改用本机浏览器打开。 · Electron is not installed: opening in the browser of this machine instead.'
  }
  const hasDisplay =
    platform === 'win32' || platform === 'darwin' || environment['DISPLAY'] || environment['WAYLAND_DISPLAY']
  if (!hasDisplay) {
    return '没有图形显示，改用本机浏览器打开。 · There is no display: opening in the browser of this machine instead.'
  }
  return undefined
}
