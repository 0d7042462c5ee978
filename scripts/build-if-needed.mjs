import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { programs } from './programs.mjs'
import { root } from './project-node.mjs'
import { runNode, toolScript } from './tools.mjs'

const products = [
  ...Object.keys(programs).map((name) => `out/main/${name}.js`),
  'out/preload/preload.cjs',
  'out/renderer/index.html',
]
const sources = [
  'src-shared',
  'src-main',
  'src-renderer',
  'src-hub',
  'electron.vite.config.ts',
  'package-lock.json',
]

/**
 * Whether a product is missing or older than the newest source.
 *
 * @param {string} folder of the project
 */
export function isBuildNeeded(folder) {
  const built = products.map((path) => modified(join(folder, path)))
  const oldest = Math.min(...built.map((time) => time ?? 0))
  return sources.some((path) => newest(join(folder, path)) > oldest)
}

/**
 * Builds `out/` if it is needed. What the build says goes to standard error, so that a program's output stays its own.
 *
 * @returns {Promise<boolean>} false when the build failed
 */
export async function buildIfNeeded() {
  if (!isBuildNeeded(root)) return true
  console.error('正在构建程序，请稍候… · Building, please wait…')
  const code = await runNode([toolScript('electron-vite', 'electron-vite'), 'build', '--logLevel', 'warn'], {
    directory: root,
    outputToStandardError: true,
  })
  if (code !== 0) console.error('构建失败。 · The build failed.')
  return code === 0
}

/** @param {string} path */
function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs
}

/**
 * The newest change below a path; deleting or adding a file changes its folder.
 *
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const status = statSync(path, { throwIfNoEntry: false })
  if (status === undefined) return 0
  if (!status.isDirectory()) return status.mtimeMs
  return Math.max(status.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}
