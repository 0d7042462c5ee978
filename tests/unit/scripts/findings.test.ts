import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compareFindings, type Finding } from '../../../scripts/findings.mjs'
import { root } from '../../architecture/sources.ts'

const read = (name: string) => readFileSync(join(root, 'docs', 'security', name), 'utf8')
const kept = JSON.parse(read('electronegativity.json')) as readonly Finding[]

describe('what the checks of the shell found', () => {
  test('is explained, all of it and nothing else', () => {
    expect(kept.length).toBeGreaterThan(0)
    expect(compareFindings(kept, read('electronegativity.md'))).toEqual({ unexplained: [], gone: [] })
  })

  test('is missed when it is not explained, or gone', () => {
    const [first] = kept as readonly [Finding]
    const other = { ...first, check: 'REMOTE_MODULE_JS_CHECK' }
    const explanations = read('electronegativity.md')
    expect(compareFindings([...kept, other], explanations).unexplained).toEqual([
      `REMOTE_MODULE_JS_CHECK: ${first.file}`,
    ])
    const others = kept.filter(({ check, file }) => check !== first.check || file !== first.file)
    expect(compareFindings(others, explanations).gone).toEqual([`${first.check}: ${first.file}`])
  })

  test.skipIf(!existsSync(join(root, 'out', 'main', 'desktop.js')))(
    'is what they find today in the shell as written and as last built (needs a build)',
    () => {
      const script = join(root, 'scripts', 'electronegativity.mjs')
      const { status, stderr } = spawnSync(process.execPath, ['--no-warnings', script, '--check'], {
        encoding: 'utf8',
      })
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    },
  )
})
