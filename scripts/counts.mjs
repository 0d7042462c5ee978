/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

export const none = /** @type {Counts} */ ({ passed: 0, failed: 0, skipped: 0 })

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

/**
 * The closing line.
 *
 * @param {Counts} counts
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/**
 * Counts a Vitest JSON report. A file that fails outside its tests (it does not load, a hook throws) counts as one
 * failure more, and so does a run that fails without saying where.
 *
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] } | undefined} report
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countVitest(report, exitCode) {
  let counts = none
  for (const file of report?.testResults ?? []) {
    const of = (/** @type {string} */ status) =>
      file.assertionResults.filter((test) => test.status === status).length
    const failed = of('failed')
    const passed = of('passed')
    const outside = file.status === 'failed' && failed === 0 ? 1 : 0
    counts = add(counts, {
      passed,
      failed: failed + outside,
      skipped: file.assertionResults.length - passed - failed,
    })
  }
  return honest(counts, exitCode)
}

/**
 * Counts a Playwright JSON report. A test that passed only at a second try did not pass.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } } | undefined} report
 * @param {number} exitCode
 * @returns {Counts}
 */
export function countPlaywright(report, exitCode) {
  if (report === undefined) return honest(none, exitCode)
  const { expected, unexpected, flaky, skipped } = report.stats
  return honest({ passed: expected, failed: unexpected + flaky, skipped }, exitCode)
}

/**
 * A run that ended badly never counts as one without failures.
 *
 * @param {Counts} counts
 * @param {number} exitCode
 * @returns {Counts}
 */
function honest(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}
