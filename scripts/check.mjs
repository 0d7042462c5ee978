/** `npm run check`: only what can be checked without running the product. */
import { checks, runChecks } from './checks.mjs'
import { closingLine } from './counts.mjs'
import { useProjectNode } from './project-node.mjs'

await useProjectNode(import.meta.url)
const counts = await runChecks(checks)
console.log(closingLine(counts))
process.exitCode = counts.failed === 0 ? 0 : 1
