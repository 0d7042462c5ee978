import { describe, expect, test } from 'vitest'
import { add, closingLine, countPlaywright, countVitest, none } from '../../../scripts/counts.mjs'

function file(status: string, ...tests: readonly string[]) {
  return { status, assertionResults: tests.map((each) => ({ status: each })) }
}

describe('the closing line', () => {
  test('names what passed and what failed', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
  })

  test('names what was skipped only when something was', () => {
    expect(closingLine({ passed: 12, failed: 3, skipped: 2 })).toBe('12 passed, 3 failed, 2 skipped')
  })

  test('is the sum of the parts', () => {
    const counts = { passed: 1, failed: 2, skipped: 3 }
    expect(add(add(none, counts), counts)).toEqual({ passed: 2, failed: 4, skipped: 6 })
  })
})

describe('a report of Vitest', () => {
  test('counts each test once', () => {
    const testResults = [
      file('passed', 'passed', 'passed', 'skipped'),
      file('failed', 'passed', 'failed', 'todo'),
    ]
    expect(countVitest({ testResults }, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 })
  })

  test('counts a file that does not load as a failure', () => {
    expect(countVitest({ testResults: [file('failed')] }, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  test('counts a failing hook as a failure, and the tests behind it as skipped', () => {
    const testResults = [file('failed', 'skipped', 'skipped')]
    expect(countVitest({ testResults }, 1)).toEqual({ passed: 0, failed: 1, skipped: 2 })
  })

  test('without failures still fails when the run did', () => {
    expect(countVitest({ testResults: [file('passed', 'passed')] }, 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    })
  })

  test('that was never written is a failure', () => {
    expect(countVitest(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})

describe('a report of Playwright', () => {
  test('counts a test that passed at a second try as failed', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 }
    expect(countPlaywright({ stats }, 1)).toEqual({ passed: 5, failed: 3, skipped: 3 })
  })

  test('that was never written is a failure', () => {
    expect(countPlaywright(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})
