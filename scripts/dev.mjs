/**
 * `npm run dev`: the page live from its sources, with a core from its sources behind it. `--desktop` builds and starts
 * the desktop program instead, which shows built pages only.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { buildIfNeeded } from './build-if-needed.mjs'
import { exitCode, root, useProjectNode } from './project-node.mjs'
import { runNode, toolScript } from './tools.mjs'

const pagePort = 17300
const corePort = 17301
const coreOrigin = `http://127.0.0.1:${corePort}`

await useProjectNode(import.meta.url)
if (process.argv.includes('--desktop')) {
  process.exit(await runNode([toolScript('electron-vite', 'electron-vite'), 'preview'], { directory: root }))
}
if (!(await buildIfNeeded())) process.exit(1)

const { resolveConfig } = await import('electron-vite')
const { createServer, mergeConfig } = await import('vite')

// local-web checks that a request comes from its own page; towards it, the live page is that page.
const forward = { target: coreOrigin, changeOrigin: true, headers: { origin: coreOrigin } }
const { config } = await resolveConfig({ root, mode: 'development' }, 'serve', 'development')
const server = await createServer(
  mergeConfig(config?.renderer ?? {}, {
    clearScreen: false,
    server: {
      host: '127.0.0.1',
      port: pagePort,
      strictPort: true,
      proxy: { '/api': forward, '/launch': forward },
    },
  }),
)
await server.listen()

const words = [join(root, 'src-main/local-web/main.ts'), '--port', String(corePort), ...process.argv.slice(2)]
const child = spawn(process.execPath, words, { stdio: ['inherit', 'pipe', 'inherit'] })
createInterface({ input: child.stdout }).on('line', (line) => {
  console.log(line.replace(`${coreOrigin}/?token=`, `http://127.0.0.1:${pagePort}/launch?token=`))
})
const code = await exitCode(child)
await server.close()
process.exit(code)
