import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { exitCode } from '../../../scripts/project-node.mjs'
import { captureNode, toolScript } from '../../../scripts/tools.mjs'

describe('a child process', () => {
  test('hands on its exit code', async () => {
    expect(await exitCode(spawn(process.execPath, ['-e', 'process.exit(7)']))).toBe(7)
  })

  test('that was ended by a signal did not succeed', async () => {
    expect(await exitCode(spawn(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")']))).toBe(1)
  })

  test('that cannot start did not succeed', async () => {
    expect(await exitCode(spawn('/nowhere/node', []))).toBe(1)
  })

  test('leaves no signal handler behind', async () => {
    const before = process.listenerCount('SIGTERM')
    await exitCode(spawn(process.execPath, ['-e', '']))
    expect(process.listenerCount('SIGTERM')).toBe(before)
  })

  test('is heard to the end, on both of its outputs', async () => {
    const script = 'console.error("e"); console.log("x".repeat(300000)); process.exitCode = 3'
    const { code, output } = await captureNode(['-e', script])
    expect(code).toBe(3)
    expect(output.replaceAll(/\s/g, '')).toHaveLength(300_001)
  })
})

test.each([
  ['typescript', 'tsc'],
  ['@biomejs/biome', 'biome'],
  ['oxlint', 'oxlint'],
  ['dependency-cruiser', 'depcruise'],
  ['knip', 'knip'],
  ['vitest', 'vitest'],
  ['electron-vite', 'electron-vite'],
  ['@playwright/test', 'playwright'],
])('%s has the command %s', (name, command) => {
  expect(existsSync(toolScript(name, command))).toBe(true)
})
