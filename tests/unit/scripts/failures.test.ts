import { expect, test } from 'vitest'
import { playwrightFailures, vitestFailures } from '../../../scripts/failures.mjs'

test('a failed test is named with its file and the first line of what it said', () => {
  const failed = { fullName: 'a fact is signed', status: 'failed', failureMessages: ['expected 1\n  at x'] }
  const testResults = [
    { name: '/p/tests/a.test.ts', status: 'failed', assertionResults: [failed, { status: 'passed' }] },
    { name: '/p/tests/b.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
  ]
  for (const root of ['/p', '/p/'])
    expect(vitestFailures({ testResults }, root)).toEqual(['tests/a.test.ts › a fact is signed: expected 1'])
})

test('a file whose hook failed is named though no test of it failed', () => {
  const testResults = [
    { name: '/p/c.test.ts', status: 'failed', message: 'Hook timed out\nmore', assertionResults: [] },
  ]
  expect(vitestFailures({ testResults }, '/p')).toEqual(['c.test.ts: Hook timed out'])
})

test('a browser test is named with its file, however deep it stands', () => {
  const inner = { title: 'as a clerk', specs: [{ title: 'enters a house', ok: false }] }
  const suites = [{ title: 'whole-job.test.ts', specs: [{ title: 'founds', ok: true }], suites: [inner] }]
  expect(playwrightFailures({ suites })).toEqual(['as a clerk › enters a house'])
})

test('without a report nothing is named', () => {
  expect([vitestFailures(undefined, '/p'), playwrightFailures(undefined)]).toEqual([[], []])
})
