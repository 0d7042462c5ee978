import type { Finding } from '../catalogue/findings.ts'
import type { RowProblem } from './rows.ts'

/** Errors of a row as problems of its place in the file. */
export function besideProblems(row: number, findings: readonly Finding[]): readonly RowProblem[] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ code, field = null, params = {} }) => ({ row, column: null, field, code, params }))
}
