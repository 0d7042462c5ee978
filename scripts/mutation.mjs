/**
 * `npm run mutation [-- <group> …]`: mutation testing of the rules, one group of files after the other, each with the
 * tests that state its rules. What was found is kept in `reports/mutation`: the next run tries only what has changed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import config from '../stryker.config.mjs'
import { root, useProjectNode } from './project-node.mjs'

/** Tables and formats are read when a module is loaded: every test would run for every mutant of theirs. */
const tables = ['permissions', 'procedures', 'roles', 'system-storage', 'recovery-sheet']

/** @type {Record<string, { mutate: string[], tests: string[] }>} */
const groups = {
  review: {
    mutate: ['src-shared/review/**/*.ts'],
    tests: ['tests/unit/review/**/*.test.ts'],
  },
  chain: {
    mutate: ['src-shared/access/**/*.ts', ...tables.map((name) => `!src-shared/access/${name}.ts`)],
    tests: [`tests/unit/access/!(${tables.join('|')}).test.ts`],
  },
  tables: {
    mutate: tables.map((name) => `src-shared/access/${name}.ts`),
    tests: [`tests/unit/access/{${tables.join(',')}}.test.ts`],
  },
}

/** @typedef {{ status: string }} Mutant */

/** A mutant that hung was noticed, as one that a test found is. */
const detected = ['Killed', 'Timeout']
const counted = [...detected, 'Survived', 'NoCoverage']
const reports = join(root, 'reports', 'mutation')

/** @param {string} name of a group */
function run(name) {
  const group = groups[name]
  if (group === undefined) throw new Error(`no group ${name}: there are ${Object.keys(groups).join(', ')}`)
  const settings = join(reports, `${name}-settings.json`)
  const own = {
    ...config,
    mutate: group.mutate,
    incrementalFile: join(reports, `${name}-incremental.json`),
    jsonReporter: { fileName: join(reports, `${name}.json`) },
    tempDirName: `.stryker-tmp/${name}`,
    // What counts is the score of a folder.
    thresholds: { ...config.thresholds, break: null },
  }
  writeFileSync(settings, JSON.stringify(own))
  const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js')
  const { status } = spawnSync(process.execPath, [stryker, 'run', settings], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, LIANDANG_MUTATION_TESTS: group.tests.join(';') },
  })
  if (status !== 0) throw new Error(`the run of ${name} did not end well`)
}

/**
 * Every mutant known, by file, of the groups that were run now or before.
 *
 * @returns {Map<string, Mutant[]>}
 */
function results() {
  const files = new Map()
  for (const name of Object.keys(groups)) {
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
mkdirSync(reports, { recursive: true })
const asked = process.argv.slice(2)
for (const name of asked.length > 0 ? asked : Object.keys(groups)) run(name)

const files = [...results()].sort(([a], [b]) => (a < b ? -1 : 1))
console.log(`${' '.repeat(40)}   killed  timeout survived  no test  ignored    score`)
for (const [file, mutants] of files) print(file, mutants)
const scores = ['src-shared/review', 'src-shared/access'].map((folder) => {
  const mutants = files.flatMap(([file, found]) => (file.startsWith(`${folder}/`) ? found : []))
  return mutants.length === 0 ? 100 : print(folder, mutants)
})
process.exitCode = Math.min(...scores) < config.thresholds.break ? 1 : 0
