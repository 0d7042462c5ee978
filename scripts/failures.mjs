import { relative } from 'node:path'

/**
 * What failed, a line each, for the end of a run whose beginning may be cut off.
 */

/**
 * @typedef {{ fullName?: string, status: string, failureMessages?: readonly string[] }} VitestTest
 * @typedef {{ title: string, file?: string, specs?: readonly { title: string, ok: boolean }[], suites?: readonly PlaywrightSuite[] }} PlaywrightSuite
 */

/**
 * @param {{ testResults: readonly { name: string, status: string, message?: string, assertionResults: readonly VitestTest[] }[] } | undefined} report
 * @param {string} root folder that names of files are given from
 * @returns {readonly string[]}
 */
export function vitestFailures(report, root) {
  return (report?.testResults ?? []).flatMap((file) => {
    if (file.status !== 'failed') return []
    const name = relative(root, file.name)
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0) return [`${name}: ${firstLine(file.message)}`]
    return failed.map((test) => `${name} › ${test.fullName ?? ''}: ${firstLine(test.failureMessages?.[0])}`)
  })
}

/**
 * @param {{ suites?: readonly PlaywrightSuite[] } | undefined} report
 * @returns {readonly string[]}
 */
export function playwrightFailures(report) {
  return (report?.suites ?? []).flatMap(suiteFailures)
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {readonly string[]}
 */
function suiteFailures(suite) {
  const own = (suite.specs ?? []).filter((spec) => !spec.ok).map((spec) => `${suite.title} › ${spec.title}`)
  return [...own, ...(suite.suites ?? []).flatMap(suiteFailures)]
}

/** @param {string | undefined} message */
function firstLine(message) {
  return (message ?? '').split('\n', 1)[0]?.slice(0, 300) ?? ''
}
