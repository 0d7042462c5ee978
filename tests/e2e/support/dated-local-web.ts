import { fileURLToPath } from 'node:url'
import { runLocalWeb } from '../../../src-main/local-web/run.ts'

// As src-main/local-web/main.ts, with a core whose clock the test moves.
const stop = new AbortController()
process.on('SIGINT', () => stop.abort())
process.on('SIGTERM', () => stop.abort())

const code = await runLocalWeb({
  arguments: process.argv.slice(2),
  coreEntry: fileURLToPath(new URL('./dated-core.ts', import.meta.url)),
  rendererDirectory: fileURLToPath(new URL('../../../out/renderer', import.meta.url)),
  input: process.stdin,
  print: (line) => process.stdout.write(`${line}\n`),
  openBrowser: () => undefined,
  stop: stop.signal,
})
process.exit(code)
