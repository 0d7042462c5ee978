/** `npm run hub`: the upstream node. */
import { buildIfNeeded } from './build-if-needed.mjs'
import { useProjectNode } from './project-node.mjs'
import { runProgram } from './tools.mjs'

await useProjectNode(import.meta.url)
if (!(await buildIfNeeded())) process.exit(1)
process.exit(await runProgram('hub.js', process.argv.slice(2)))
