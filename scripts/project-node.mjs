import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const commands = join(root, 'node_modules', '.bin')
const projectNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
)

/**
 * Goes on only under a Node that runs TypeScript by itself (22.18 or newer); under an older one the script is handed
 * over to the Node that the project brings along. Child processes find the project's commands first.
 *
 * @param {string} script `import.meta.url` of the script
 */
export async function useProjectNode(script) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 18)) {
    process.env.PATH = [commands, process.env.PATH].join(delimiter)
    return
  }
  if (!existsSync(projectNode)) {
    console.error(
      `需要 Node 22.18 以上（现在是 ${process.version}）。请先运行 npm ci，它会装好本项目自带的 Node。`,
    )
    console.error(
      `Node 22.18 or newer is needed (this is ${process.version}). Run npm ci first: it brings one along.`,
    )
    process.exit(1)
  }
  const child = spawn(projectNode, [fileURLToPath(script), ...process.argv.slice(2)], { stdio: 'inherit' })
  process.exit(await exitCode(child))
}

/**
 * Waits for a child and passes on signals that would end this process, so that nothing stays behind.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} its exit code; 1 when it could not start or was ended by a signal
 */
export function exitCode(child) {
  /** @type {readonly NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const pass = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal)
  for (const signal of signals) process.on(signal, pass)
  return new Promise((resolve) => {
    const finish = (/** @type {number} */ code) => {
      for (const signal of signals) process.off(signal, pass)
      resolve(code)
    }
    child.once('error', () => finish(1))
    child.once('exit', (code) => finish(code ?? 1))
  })
}
