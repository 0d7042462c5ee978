import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findSystemTool, systemToolAdvice } from '../../../scripts/system-tool.mjs'

const suffix = process.platform === 'win32' ? '.exe' : ''
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liandang-tools-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function program(...path: readonly string[]): string {
  const file = join(folder, ...path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, '')
  chmodSync(file, 0o755)
  return file
}

const tool = {
  name: 'Tool',
  variable: 'LIANDANG_TOOL',
  commands: ['first', 'second'],
  places: [] as string[],
  packages: ['tool', 'tool-fonts'],
}

describe('a program of the system', () => {
  test('is found on the path', () => {
    const second = program('bin', `second${suffix}`)
    const PATH = ['', join(folder, 'nowhere'), join(folder, 'bin')].join(delimiter)
    expect(findSystemTool(tool, { PATH })).toBe(second)
  })

  test('is found at its usual places when the path has none', () => {
    const usual = program('usual', 'tool')
    expect(findSystemTool({ ...tool, places: [join(folder, 'absent'), usual] }, { PATH: '' })).toBe(usual)
  })

  test('is the one the environment names, before all others', () => {
    const named = program('named')
    program('bin', `first${suffix}`)
    expect(findSystemTool(tool, { PATH: join(folder, 'bin'), LIANDANG_TOOL: named })).toBe(named)
  })

  test('is not replaced by another when the one named is missing', () => {
    program('bin', `first${suffix}`)
    const environment = { PATH: join(folder, 'bin'), LIANDANG_TOOL: join(folder, 'absent') }
    expect(findSystemTool(tool, environment)).toBeUndefined()
  })

  test('is a file, not a folder of that name', () => {
    mkdirSync(join(folder, 'bin', `first${suffix}`), { recursive: true })
    expect(findSystemTool(tool, { PATH: join(folder, 'bin') })).toBeUndefined()
  })

  test('comes with advice that names the packages and the variable', () => {
    expect(systemToolAdvice(tool)).toContain('apt-get install -y tool tool-fonts')
    expect(systemToolAdvice(tool)).toContain('LIANDANG_TOOL')
  })
})
