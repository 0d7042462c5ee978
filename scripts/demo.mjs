/** `npm run demo`: a unit with made-up people goes the whole road, from the first entry to the receipt. */
import { buildIfNeeded } from './build-if-needed.mjs'
import { useProjectNode } from './project-node.mjs'
import { runProgram } from './tools.mjs'

await useProjectNode(import.meta.url)
if (!(await buildIfNeeded())) process.exit(1)
process.exit(await runProgram('cli.js', ['demo', ...process.argv.slice(2)]))
