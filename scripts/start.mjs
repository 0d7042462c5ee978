/** `npm start`: the desktop program where it can run, otherwise the same application in the browser. */
import { spawn } from 'node:child_process'
import { buildIfNeeded } from './build-if-needed.mjs'
import { desktopObstacle, electronBinary, fetchElectron } from './electron-binary.mjs'
import { exitCode, root, useProjectNode } from './project-node.mjs'
import { runProgram } from './tools.mjs'

await useProjectNode(import.meta.url)
if (!(await buildIfNeeded())) process.exit(1)
const words = process.argv.slice(2)
if (electronBinary() === undefined && process.env['LIANDANG_FETCH_ELECTRON'] === '1') fetchElectron()
const binary = electronBinary()
const obstacle = desktopObstacle({ platform: process.platform, environment: process.env, binary })
if (binary !== undefined && obstacle === undefined) {
  process.exit(await exitCode(spawn(binary, [root, ...words], { stdio: 'inherit' })))
}
console.log(obstacle)
process.exit(await runProgram('local-web.js', ['--open', ...words]))
