import { cruise, type ICruiseResult, type IRegularForbiddenRuleType } from 'dependency-cruiser'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import configuration from '../../.dependency-cruiser.mjs'
import { layers, root } from './sources.ts'

type Example = readonly [rule: string, file: string, statement: string]

/** For each rule, files that break it. */
const breaches: readonly Example[] = [
  ['no-cycles', 'src-shared/kernel/round.ts', "import './about.ts'"],
  ['resolvable', 'src-shared/kernel/lost.ts', "import './nowhere.ts'"],
  ['shared-knows-no-layer', 'src-shared/log/a.ts', "import '../../src-main/core/leaf.ts'"],
  ['shared-knows-no-layer', 'src-shared/node/a.ts', "import '../../src-hub/leaf.ts'"],
  [
    'shared-knows-no-layer',
    'src-shared/log/b.ts',
    "import type { Leaf } from '../../src-renderer/app/leaf.ts'",
  ],
  ['shared-has-no-node', 'src-shared/log/c.ts', "import '../node/leaf.ts'"],
  ['shared-has-no-builtin', 'src-shared/log/d.ts', "import { readFileSync } from 'node:fs'"],
  ['shared-has-no-builtin', 'src-shared/log/e.ts', "import { readFileSync } from 'fs'"],
  ['shared-uses-few-packages', 'src-shared/log/f.ts', "import 'pino'"],
  [
    'renderer-knows-only-shared',
    'src-renderer/app/a.ts',
    "import type { Leaf } from '../../src-main/core/leaf.ts'",
  ],
  ['renderer-knows-only-shared', 'src-renderer/app/b.ts', "import '../../src-shared/node/leaf.ts'"],
  ['renderer-knows-only-shared', 'src-renderer/app/c.ts', "import '../../src-hub/leaf.ts'"],
  ['renderer-has-no-node', 'src-renderer/app/d.ts', "import 'node:crypto'"],
  ['core-knows-only-shared', 'src-main/services/a.ts', "import '../desktop/leaf.ts'"],
  ['core-knows-only-shared', 'src-main/sync/a.ts', "import '../../src-hub/leaf.ts'"],
  ['core-knows-only-shared', 'src-main/core/a.ts', "import '../../src-renderer/app/leaf.ts'"],
  ['vault-is-below-services', 'src-main/vault/a.ts', "import '../services/leaf.ts'"],
  ['hosts-know-only-core-and-shared', 'src-main/local-web/a.ts', "import '../../src-renderer/app/leaf.ts'"],
  ['hosts-know-only-core-and-shared', 'src-main/cli/a.ts', "import '../../src-hub/leaf.ts'"],
  ['hosts-stay-apart', 'src-main/local-web/b.ts', "import '../desktop/leaf.ts'"],
  ['hosts-stay-apart', 'src-main/cli/b.ts', "import '../local-web/leaf.ts'"],
  ['hosts-stay-apart', 'src-main/desktop/a.ts', "import '../preload/good.ts'"],
  ['preload-knows-only-shared', 'src-main/preload/a.ts', "import '../core/leaf.ts'"],
  ['preload-knows-only-shared', 'src-main/preload/b.ts', "import '../desktop/leaf.ts'"],
  ['hub-knows-only-shared', 'src-hub/a.ts', "import '../src-main/core/leaf.ts'"],
  ['electron-only-in-desktop', 'src-main/core/b.ts', "import type { App } from 'electron'"],
  ['electron-only-in-desktop', 'tests/unit/a.ts', "import 'electron'"],
  ['databases-only-in-vault-and-store', 'src-main/services/b.ts', "import 'sqlcipher'"],
  ['databases-only-in-vault-and-store', 'src-hub/b.ts', "import 'kysely'"],
  ['no-builtin-database', 'src-main/vault/b.ts', "import 'node:sqlite'"],
  ['network-only-in-transports', 'src-main/services/c.ts', "import 'node:https'"],
  ['network-only-in-transports', 'src-shared/node/b.ts', "import 'node:net'"],
  ['nothing-knows-tests-or-scripts', 'src-main/core/c.ts', "import '../../tests/leaf.ts'"],
  ['sources-know-no-scripts', 'src-main/core/d.ts', "import '../../scripts/leaf.ts'"],
  ['run-time-packages-are-dependencies', 'src-main/core/e.ts', "import 'dayjs'"],
]

/** Files that go along the arrows. */
const allowed: readonly (readonly [file: string, statement: string])[] = [
  ['src-shared/log/good.ts', "import { z } from 'zod'\nimport '../kernel/leaf.ts'"],
  ['src-shared/node/good.ts', "import 'node:crypto'\nimport '../kernel/leaf.ts'"],
  [
    'src-renderer/app/good.ts',
    "import 'react'\nimport '../../src-shared/kernel/leaf.ts'\nimport './leaf.ts'",
  ],
  [
    'src-main/core/good.ts',
    "import '../vault/good.ts'\nimport '../services/leaf.ts'\nimport '../../src-shared/node/good.ts'",
  ],
  ['src-main/core/host/good.ts', "import 'node:net'"],
  ['src-main/vault/good.ts', "import 'sqlcipher'"],
  ['src-main/sync/good.ts', "import 'node:https'"],
  ['src-main/desktop/good.ts', "import 'electron'\nimport '../core/leaf.ts'\nimport './leaf.ts'"],
  ['src-main/preload/good.ts', "import 'electron'\nimport '../../src-shared/kernel/leaf.ts'"],
  ['src-main/local-web/good.ts', "import 'node:http'\nimport '../core/leaf.ts'"],
  ['src-hub/store/good.ts', "import 'kysely'\nimport '../../src-shared/kernel/leaf.ts'"],
  ['src-hub/good.ts', "import 'node:http'\nimport './store/good.ts'"],
  [
    'tests/good.ts',
    "import 'vitest'\nimport '../src-main/vault/good.ts'\nimport '../src-renderer/app/leaf.ts'",
  ],
]

/** The other half of the cycle. */
const companions: readonly (readonly [file: string, statement: string])[] = [
  ['src-shared/kernel/about.ts', "import './round.ts'"],
]

const leaves = [
  'src-shared/kernel/leaf.ts',
  'src-shared/node/leaf.ts',
  'src-renderer/app/leaf.ts',
  'src-main/core/leaf.ts',
  'src-main/services/leaf.ts',
  'src-main/desktop/leaf.ts',
  'src-main/local-web/leaf.ts',
  'src-hub/leaf.ts',
  'tests/leaf.ts',
  'scripts/leaf.ts',
]

const folders = [...layers, 'tests', 'scripts']
let directory: string

interface Violation {
  readonly rule: string
  /** The file that breaks the rule; all files of a cycle. */
  readonly files: readonly string[]
}

async function violations(baseDir: string): Promise<readonly Violation[]> {
  const { tsConfig: _, ...options } = configuration.options ?? {}
  const { output } = await cruise(folders, {
    ...options,
    baseDir,
    ruleSet: { forbidden: configuration.forbidden ?? [] },
    validate: true,
  })
  return (output as ICruiseResult).summary.violations.map(({ rule, from, cycle }) => ({
    rule: rule.name,
    files: [from, ...(cycle ?? []).map(({ name }) => name)],
  }))
}

beforeAll(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'liandang-layers-')))
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'), 'junction')
  cpSync(join(root, 'package.json'), join(directory, 'package.json'))
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), `${text}\nexport interface Leaf {}\n`)
  }
  for (const leaf of leaves) put(leaf, '')
  for (const [, file, statement] of breaches) put(file, statement)
  for (const [file, statement] of [...companions, ...allowed]) put(file, statement)
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('the rules between layers', () => {
  let found: Awaited<ReturnType<typeof violations>>
  beforeAll(async () => {
    found = await violations(directory)
  })

  test.each(breaches)('%s is broken by %s with %s', (rule, file) => {
    expect(found.filter(({ files }) => files.includes(file)).map((violation) => violation.rule)).toContain(
      rule,
    )
  })

  test('let through what goes along the arrows', () => {
    const good = new Set([...allowed.map(([file]) => file), ...leaves])
    expect(found.filter((violation) => violation.files.some((file) => good.has(file)))).toEqual([])
  })

  test('have an example each', () => {
    const names = (configuration.forbidden ?? []).map((rule) => (rule as IRegularForbiddenRuleType).name)
    expect(new Set(breaches.map(([rule]) => rule))).toEqual(new Set(names))
  })
})
