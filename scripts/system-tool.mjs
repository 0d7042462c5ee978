import { spawnSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/**
 * A program that comes with the system and not with npm.
 *
 * @typedef {object} SystemTool
 * @property {string} name for people
 * @property {string} variable environment variable that names the program and wins
 * @property {readonly string[]} commands names to look for on the path, without `.exe`
 * @property {readonly string[]} places absolute paths where it is often found
 * @property {readonly string[]} packages Debian packages that bring it
 */

/**
 * The path of the program, or undefined. A path in the environment variable is taken as it is or not at all.
 *
 * @param {SystemTool} tool
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined}
 */
export function findSystemTool(tool, environment = process.env) {
  const chosen = environment[tool.variable]
  if (chosen !== undefined && chosen !== '') return isProgram(chosen) ? chosen : undefined
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const onPath = folders.flatMap((folder) => tool.commands.map((command) => join(folder, command + suffix)))
  return [...onPath, ...tool.places].find(isProgram)
}

/**
 * Finds the program, or installs its Debian packages when this is allowed (root, apt) and looks again.
 *
 * @param {SystemTool} tool
 * @returns {string | undefined}
 */
export function findOrInstallSystemTool(tool) {
  const found = findSystemTool(tool)
  if (found !== undefined || process.env[tool.variable]) return found
  if (process.getuid?.() !== 0 || !isProgram('/usr/bin/apt-get')) return undefined
  console.error(`没有找到 ${tool.name}，正在安装… · ${tool.name} was not found, installing it…`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (/** @type {readonly string[]} */ words) =>
    spawnSync('/usr/bin/apt-get', [...words], { env: environment, stdio: ['ignore', 'ignore', 'inherit'] })
      .status === 0
  if (
    !apt(['update', '-qq']) ||
    !apt(['install', '-y', '-qq', '--no-install-recommends', ...tool.packages])
  ) {
    return undefined
  }
  return findSystemTool(tool)
}

/**
 * What to do when the program is missing, in both languages.
 *
 * @param {SystemTool} tool
 */
export function systemToolAdvice(tool) {
  const install = `apt-get install -y ${tool.packages.join(' ')}`
  return [
    `找不到 ${tool.name}。请安装（Debian、Ubuntu、统信、麒麟：${install}），或用环境变量 ${tool.variable} 指明它的路径。`,
    `${tool.name} was not found. Install it (Debian: ${install}), or name its path in ${tool.variable}.`,
  ].join('\n')
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
