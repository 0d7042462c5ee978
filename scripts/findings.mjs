/**
 * What the checks of the shell found, against what is written about it.
 *
 * @typedef {{ check: string, file: string, severity: string, confidence: string, code: string }} Finding
 */

/**
 * A finding is explained by a heading `### <check>: <file>` in the explanations.
 *
 * @param {readonly Finding[]} findings
 * @param {string} explanations
 * @returns {{ unexplained: readonly string[], gone: readonly string[] }}
 */
export function compareFindings(findings, explanations) {
  const found = new Set(findings.map(({ check, file }) => `${check}: ${file}`))
  const explained = new Set([...explanations.matchAll(/^### (\S+: \S+)$/gm)].map(([, name]) => name ?? ''))
  return {
    unexplained: [...found].filter((name) => !explained.has(name)),
    gone: [...explained].filter((name) => !found.has(name)),
  }
}
