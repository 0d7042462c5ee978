import { availableParallelism } from 'node:os'
import { captureNode, toolScript } from './tools.mjs'

/**
 * What can be checked without running the product.
 *
 * @typedef {object} Check
 * @property {string} part the word that chooses it
 * @property {string} name for people
 * @property {() => readonly string[]} words what to run
 */

const layers = ['shared', 'node', 'desktop', 'renderer', 'tests', 'tools']
const folders = ['src-shared', 'src-main', 'src-renderer', 'src-hub', 'tests', 'scripts']

/** @type {readonly Check[]} */
export const checks = [
  { part: 'format', name: 'format', words: () => [toolScript('@biomejs/biome', 'biome'), 'format', '.'] },
  { part: 'lint', name: 'lint', words: () => [toolScript('oxlint', 'oxlint'), '--deny-warnings'] },
  ...layers.map((layer) => ({
    part: 'types',
    name: `types: ${layer}`,
    words: () => [
      toolScript('typescript', 'tsc'),
      '--incremental',
      '--tsBuildInfoFile',
      `node_modules/.cache/types/${layer}.tsbuildinfo`,
      '--project',
      `tsconfig.${layer}.json`,
    ],
  })),
  {
    part: 'layers',
    name: 'layers',
    words: () => [
      toolScript('dependency-cruiser', 'depcruise'),
      '--config',
      '.dependency-cruiser.mjs',
      ...folders,
    ],
  },
  { part: 'unused', name: 'unused', words: () => [toolScript('knip', 'knip'), '--no-progress'] },
]

/**
 * Runs checks, as many at a time as the machine has processors (at most four), and prints a line each.
 *
 * @param {readonly Check[]} chosen
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function runChecks(chosen) {
  const waiting = [...chosen]
  let failed = 0
  const lane = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      if (!(await runCheck(check))) failed += 1
    }
  }
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, lane))
  return { passed: chosen.length - failed, failed, skipped: 0 }
}

/** @param {Check} check */
async function runCheck(check) {
  const start = performance.now()
  const { code, output } = await captureNode(check.words())
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${code === 0 ? '✓' : '✗'} ${check.name.padEnd(18)} ${seconds.padStart(6)} s`)
  if (code !== 0) console.log(output)
  return code === 0
}
