/**
 * `npm run mutation [-- <folder> | <folder>/<file> …]`: mutation testing of the rules, one file of them after the other,
 * each with the tests that state its rules. What was found is kept in `reports/mutation`: the next run tries only what
 * has changed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import config from '../stryker.config.mjs'
import { root, useProjectNode } from './project-node.mjs'

const folders = ['review', 'access']

/**
 * The tests that state the rules of a file, where not all of its folder do: a mutant that lives costs as long as they all
 * take. Fewer tests never find more.
 *
 * @type {Record<string, string[]>}
 */
const ownTests = {
  'access/apply-authority': ['!(permissions|procedures|recovery-sheet*|sheet-lines|signers|system-storage)'],
  'access/apply-catalogue': ['catalogue', 'sampling-rule'],
  'access/apply-upstream': ['founding', 'upstream'],
  'access/authority': ['forks', 'founding', 'history', 'removals'],
  'access/authority-chain': ['forks', 'sides'],
  'access/deputies': ['standing-in'],
  'access/grants': ['keyring-holders'],
  'access/judge': ['catalogue', 'deputies', 'judge', 'removals', 'verdicts'],
  'access/permissions': ['roles', 'signers'],
  'access/procedures': ['procedures'],
  'access/recovery-sheet': ['recovery-sheet*', 'sheet-lines'],
  'access/removals': ['ends-of-keys', 'removals'],
  'access/reporting-line': ['chain-acts'],
  'access/roles': ['roles'],
  'access/system-storage': ['system-storage'],
  'review/agreement': ['agreement'],
  'review/apart': ['apart'],
  'review/assignment': ['assignment'],
  'review/commitment': ['drawn-sample-vectors', 'road', 'sealing'],
  'review/other-sources': ['other-sources', 'rekey'],
  'review/rekey': ['other-sources', 'rekey'],
  'review/sampling': ['drawn-sample-vectors', 'sampling'],
  'review/sealing': ['sealing'],
  'review/steps': ['steps'],
  'review/taking-part': ['taking-part'],
  'review/workload': ['workload'],
}

/** @typedef {{ status: string }} Mutant */

/** A mutant that hung was noticed, as one that a test found is. */
const detected = ['Killed', 'Timeout']
const counted = [...detected, 'Survived', 'NoCoverage']
const reports = join(root, 'reports', 'mutation')

/** Every file of the rules, as `folder/file`. */
const names = folders.flatMap((folder) =>
  readdirSync(join(root, 'src-shared', folder))
    .sort()
    .map((file) => `${folder}/${file.replace(/\.ts$/, '')}`),
)

/** @param {string} name of a file of rules */
function run(name) {
  const [folder = ''] = name.split('/')
  const settings = join(reports, `${name}-settings.json`)
  const own = {
    ...config,
    mutate: [`src-shared/${name}.ts`],
    incrementalFile: join(reports, `${name}-incremental.json`),
    jsonReporter: { fileName: join(reports, `${name}.json`) },
    tempDirName: `.stryker-tmp/${name}`,
    // What counts is the score of a folder.
    thresholds: { ...config.thresholds, break: null },
  }
  writeFileSync(settings, JSON.stringify(own))
  const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
  const tests = (ownTests[name] ?? ['**/*']).map((test) => `tests/unit/${folder}/${test}.test.ts`)
  const { status } = spawnSync(process.execPath, [stryker, 'run', settings], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, LIANDANG_MUTATION_TESTS: tests.join(';') },
  })
  if (status !== 0) throw new Error(`the run of ${name} did not end well`)
}

/**
 * The files that were asked for, by their own name or their folder's: all when nothing was.
 *
 * @param {string[]} asked
 */
function chosen(asked) {
  if (asked.length === 0) return names
  return asked.flatMap((one) => {
    const found = names.filter((name) => name === one || name.startsWith(`${one}/`))
    if (found.length === 0) throw new Error(`no rules ${one}: there are ${[...folders, ...names].join(', ')}`)
    return found
  })
}

/**
 * Every mutant known, by file, of the files that were tried now or before.
 *
 * @returns {Map<string, Mutant[]>}
 */
function results() {
  const files = new Map()
  for (const name of names) {
    const report = join(reports, `${name}.json`)
    if (!existsSync(report)) continue
    const content = JSON.parse(readFileSync(report, 'utf8'))
    for (const [file, found] of Object.entries(content.files)) files.set(file, found.mutants)
  }
  return files
}

/**
 * Prints a line of the table.
 *
 * @param {string} name
 * @param {Mutant[]} mutants
 * @returns {number} percent of them that were noticed
 */
function print(name, mutants) {
  const count = (/** @type {string[]} */ states) =>
    mutants.filter(({ status }) => states.includes(status)).length
  const score = (100 * count(detected)) / Math.max(1, count(counted))
  const columns = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored'].map((state) =>
    String(count([state])),
  )
  console.log(
    [name.padEnd(40), ...columns.map((value) => value.padStart(9)), score.toFixed(2).padStart(9)].join(''),
  )
  return score
}

await useProjectNode(import.meta.url)
for (const folder of folders) mkdirSync(join(reports, folder), { recursive: true })
for (const name of chosen(process.argv.slice(2))) run(name)

const files = [...results()].sort(([a], [b]) => (a < b ? -1 : 1))
console.log(`${' '.repeat(40)}   killed  timeout survived  no test  ignored    score`)
for (const [file, mutants] of files) print(file, mutants)
const scores = folders.map((folder) => {
  const mutants = files.flatMap(([file, found]) => (file.startsWith(`src-shared/${folder}/`) ? found : []))
  return mutants.length === 0 ? 100 : print(`src-shared/${folder}`, mutants)
})
process.exitCode = Math.min(...scores) < config.thresholds.break ? 1 : 0
