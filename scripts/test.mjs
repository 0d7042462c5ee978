/**
 * `npm test`: every check and every test, to the end even after failures. `--only a,b` chooses parts: `format`,
 * `lint`, `types`, `layers`, `unused`, `unit`, `property`, `vectors`, `integration`, `attack`, `chaos`, `architecture`, `build`,
 * `browser`. The last line is `N passed, N failed`, with `, N skipped` when some were.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { checks, runChecks } from './checks.mjs'
import { chromium } from './chromium.mjs'
import { add, closingLine, countPlaywright, countVitest, none } from './counts.mjs'
import { playwrightFailures, vitestFailures } from './failures.mjs'
import { root, useProjectNode } from './project-node.mjs'
import { findOrInstallSystemTool, systemToolAdvice } from './system-tool.mjs'
import { captureNode, runNode, toolScript } from './tools.mjs'

const checkParts = [...new Set(checks.map((check) => check.part))]
const testParts = ['unit', 'property', 'vectors', 'integration', 'attack', 'chaos', 'architecture']
const parts = [...checkParts, ...testParts, 'build', 'browser']
const reports = join(root, 'test-results')
const reportFiles = { vitest: join(reports, 'vitest.json'), browser: join(reports, 'browser.json') }

await useProjectNode(import.meta.url)
process.exitCode = await main(process.argv.slice(2))

/**
 * @param {readonly string[]} words
 * @returns {Promise<number>} exit code
 */
async function main(words) {
  const { values } = parseArgs({ args: [...words], options: { only: { type: 'string' } } })
  const chosen = values.only === undefined ? parts : values.only.split(',')
  const unknown = chosen.filter((part) => !parts.includes(part))
  if (unknown.length > 0) {
    console.error(`unknown: ${unknown.join(', ')}; there are ${parts.join(', ')}`)
    return 2
  }
  mkdirSync(reports, { recursive: true })
  for (const file of Object.values(reportFiles)) rmSync(file, { force: true })
  let counts = await runChecks(checks.filter((check) => chosen.includes(check.part)))
  const folders = testParts.filter((part) => chosen.includes(part)).map((part) => `tests/${part}/`)
  if (folders.length > 0) counts = add(counts, await runTests(folders))
  const built = chosen.includes('build') ? await build() : undefined
  if (built !== undefined) counts = add(counts, built)
  if (chosen.includes('browser')) counts = add(counts, await runBrowserTests((built ?? none).failed === 0))
  const failures = [
    ...vitestFailures(readReport(reportFiles.vitest), root),
    ...playwrightFailures(readReport(reportFiles.browser)),
  ]
  if (failures.length > 0) console.log(`\n${failures.map((failure) => `✗ ${failure}`).join('\n')}`)
  console.log(`\n${closingLine(counts)}`)
  return counts.failed === 0 ? 0 : 1
}

/** @param {readonly string[]} folders */
async function runTests(folders) {
  const report = reportFiles.vitest
  const words = ['run', ...folders, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = await runNode([toolScript('vitest', 'vitest'), ...words], { directory: root })
  return countVitest(readReport(report), code)
}

function build() {
  const words = () => [toolScript('electron-vite', 'electron-vite'), 'build', '--logLevel', 'warn']
  return runChecks([{ part: 'build', name: 'build', words }])
}

/**
 * Browser tests that cannot run have not passed: without a browser or a build each counts as failed.
 *
 * @param {boolean} hasBuild
 */
async function runBrowserTests(hasBuild) {
  const playwright = toolScript('@playwright/test', 'playwright')
  const report = reportFiles.browser
  const environment = { PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const browser = findOrInstallSystemTool(chromium)
  if (browser !== undefined && hasBuild) {
    const code = await runNode([playwright, 'test', '--reporter=list,json'], { directory: root, environment })
    return countPlaywright(readReport(report), code)
  }
  console.log(
    browser === undefined ? systemToolAdvice(chromium) : 'browser tests need the build, which failed',
  )
  const listed = { ...environment, LIANDANG_CHROMIUM: process.execPath }
  await captureNode([playwright, 'test', '--list', '--reporter=json'], listed)
  const tests = readReport(report)?.suites?.flatMap(testsOf).length ?? 0
  return { ...none, failed: Math.max(1, tests) }
}

/**
 * @param {{ suites?: any[], specs?: { tests: unknown[] }[] }} suite
 * @returns {unknown[]}
 */
function testsOf(suite) {
  return [...(suite.specs ?? []).flatMap((spec) => spec.tests), ...(suite.suites ?? []).flatMap(testsOf)]
}

/** @param {string} file */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
