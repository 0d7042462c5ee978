import type { FindingCode } from '../catalogue/findings.ts'
import { columnLetters, type CellMark, type CellMarkKind } from './cells.ts'
import { profileTargets, type ImportProfile } from './profile.ts'
import type { RowOutcome, RowProblem } from './rows.ts'

/** What a mark makes of a row when the column is used. */
const problemOf: Readonly<Partial<Record<CellMarkKind, FindingCode>>> = {
  error: 'cell-error',
  unsaved: 'cell-unsaved',
  precision: 'cell-precision',
  'bad-date': 'cell-date',
  merged: 'cell-merged',
}

/**
 * Lets what a workbook says of its cells weigh on what was made of their text: an error value is no content, and a
 * result of a formula is looked at. Cells of columns that the profile does not use say nothing. Who a row is about may
 * stand in a merged cell, as it does in most tables with several rows a person.
 */
export function withMarks(
  profile: ImportProfile,
  row: number,
  outcome: RowOutcome,
  marks: readonly CellMark[],
): RowOutcome {
  if (marks.length === 0) return outcome
  const fields = fieldsByColumn(profile, outcome)
  const about = new Set([profile.cadre.nameColumn, profile.cadre.identityColumn])
  if (profile.category.kind === 'table') about.add(profile.category.column)
  const problems: RowProblem[] = []
  const noticed = new Map<FindingCode, string[]>()
  for (const { column, kind } of marks) {
    const field = fields.get(column) ?? null
    if (field === null && !about.has(column)) continue
    const problem = problemOf[kind]
    if (kind === 'merged' && about.has(column)) continue
    if (problem !== undefined) problems.push({ row, column, field, code: problem, params: {} })
    else {
      const code = kind === 'external' ? 'cell-external' : 'cell-formula'
      noticed.set(code, [...(noticed.get(code) ?? []), columnLetters(column)])
    }
  }
  if (problems.length > 0) {
    const marked = new Set(problems.map((problem) => problem.column))
    const others = outcome.ok ? [] : outcome.problems.filter((problem) => !marked.has(problem.column))
    return { ok: false, problems: [...problems, ...others] }
  }
  if (!outcome.ok || noticed.size === 0) return outcome
  const warnings = [...noticed].map(([code, columns]) => ({
    code,
    params: { columns: columns.join('、') },
    severity: 'warning' as const,
  }))
  return { ok: true, draft: { ...outcome.draft, warnings: [...outcome.draft.warnings, ...warnings] } }
}

/** Which field each column fills, for the row's category where that is known, else for any. */
function fieldsByColumn(profile: ImportProfile, outcome: RowOutcome): ReadonlyMap<number, string> {
  const categories = outcome.ok
    ? [outcome.draft.category]
    : profileTargets(profile).map((target) => target.category)
  return new Map(
    categories.flatMap((id) => (profile.fields[id] ?? []).map((mapping) => [mapping.column, mapping.field])),
  )
}
