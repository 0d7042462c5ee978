import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exitCode, root } from './project-node.mjs'

/**
 * The script behind a command of an installed package, to be run by this Node and never through a shell.
 *
 * @param {string} packageName
 * @param {string} command
 */
export function toolScript(packageName, command) {
  const folder = join(root, 'node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}

/**
 * Runs a Node program with the terminal as its own.
 *
 * @param {readonly string[]} words script and arguments
 * @param {{ directory?: string, environment?: NodeJS.ProcessEnv, outputToStandardError?: boolean }} [options]
 * @returns {Promise<number>} exit code
 */
export function runNode(words, options = {}) {
  const { directory = process.cwd(), environment = {}, outputToStandardError = false } = options
  const child = spawn(process.execPath, [...words], {
    cwd: directory,
    env: { ...process.env, ...environment },
    stdio: ['inherit', outputToStandardError ? process.stderr : 'inherit', 'inherit'],
  })
  return exitCode(child)
}

/**
 * Runs one of the product's built programs where the caller stands.
 *
 * @param {string} name of the file in `out/main/`
 * @param {readonly string[]} words
 */
export function runProgram(name, words) {
  return runNode([join(root, 'out', 'main', name), ...words])
}

/**
 * Runs a Node program in the project's folder and keeps what it says.
 *
 * @param {readonly string[]} words script and arguments
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function captureNode(words, environment = {}) {
  const child = spawn(process.execPath, [...words], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const closed = new Promise((resolve) => child.once('close', resolve))
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  const code = await exitCode(child)
  if (child.pid !== undefined) await closed
  return { code, output: output.trimEnd() }
}
