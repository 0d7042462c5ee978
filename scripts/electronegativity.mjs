/**
 * `npm run electronegativity`: Doyensec's checks of the desktop shell, as written and as built. Keeps what they find in
 * docs/security/electronegativity.json; fails when a finding is not explained in docs/security/electronegativity.md or
 * an explanation has no finding any more. Nothing is fetched: the tool's translations from the network are not asked
 * for. With `--check` the kept findings stay as they are.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { compareFindings } from './findings.mjs'
import { root, useProjectNode } from './project-node.mjs'

await useProjectNode(import.meta.url)

const report = join(root, 'docs', 'security', 'electronegativity.json')
const explanations = join(root, 'docs', 'security', 'electronegativity.md')
const folder = mkdtempSync(join(tmpdir(), 'liandang-shell-'))
try {
  layOut(folder)
  const findings = await findingsIn(folder)
  if (!process.argv.includes('--check')) writeFileSync(report, `${JSON.stringify(findings, null, 2)}\n`)
  const { unexplained, gone } = compareFindings(findings, readFileSync(explanations, 'utf8'))
  for (const one of unexplained) console.error(`not explained: ${one}`)
  for (const one of gone) console.error(`explained, but not found: ${one}`)
  console.log(`${findings.length} findings`)
  process.exitCode = unexplained.length + gone.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/**
 * The shell by itself: its sources without their types, line for line, and what is built of them.
 *
 * @param {string} target
 */
function layOut(target) {
  for (const name of ['desktop', 'preload']) {
    const source = join(root, 'src-main', name)
    mkdirSync(join(target, 'src-main', name), { recursive: true })
    for (const file of readdirSync(source)) {
      const plain = stripTypeScriptTypes(readFileSync(join(source, file), 'utf8'))
      writeFileSync(join(target, 'src-main', name, file.replace(/\.ts$/, '.js')), plain)
    }
  }
  mkdirSync(join(target, 'out', 'main'), { recursive: true })
  for (const file of ['main/desktop.js', 'preload/preload.cjs', 'renderer/index.html'])
    cpSync(join(root, 'out', file), join(target, 'out', file), { recursive: true })
}

/**
 * @param {string} input
 * @returns {Promise<readonly import('./findings.mjs').Finding[]>}
 */
async function findingsIn(input) {
  process.env.LANG = 'en-US'
  const require = createRequire(import.meta.url)
  const tool = require.resolve('@doyensec/electronegativity')
  const network = createRequire(tool).resolve('got')
  const refused = () => Promise.reject(new Error('no network'))
  require.cache[network] = Object.assign(
    { ...require('node:module') },
    { id: network, exports: refused, loaded: true },
  )
  const { log } = console
  console.log = () => undefined
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'))
  const { issues, errors } = await require(tool)({ input, electronVersionOverride: version }).finally(() => {
    console.log = log
  })
  for (const { file, message } of errors) throw new Error(`${file}: ${message}`)
  return issues
    .map((/** @type {any} */ issue) => ({
      check: issue.id,
      file: issue.file === 'N/A' ? 'N/A' : relative(input, issue.file).replaceAll('\\', '/'),
      severity: issue.severity.name,
      confidence: issue.confidence.name,
      code: String(issue.sample ?? '')
        .trim()
        .slice(0, 160),
    }))
    .sort((/** @type {any} */ a, /** @type {any} */ b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}
