import { fileURLToPath } from 'node:url'
import { openBrowser } from './browser.ts'
import { runLocalWeb } from './run.ts'

// Run from source by Node itself, or built beside core.js.
const fromSource = import.meta.url.endsWith('.ts')
const stop = new AbortController()
process.on('SIGINT', () => stop.abort())
process.on('SIGTERM', () => stop.abort())

const code = await runLocalWeb({
  arguments: process.argv.slice(2),
  coreEntry: here(fromSource ? '../core/main.ts' : './core.js'),
  rendererDirectory: here(fromSource ? '../../out/renderer' : '../renderer'),
  input: process.stdin,
  print: (line) => process.stdout.write(`${line}\n`),
  openBrowser,
  stop: stop.signal,
})
process.exit(code)

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url))
}
