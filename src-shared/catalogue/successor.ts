import type { CategoryRule } from '../log/category-rule.ts'
import { categoryRules } from './read.ts'
import type { Catalogue, Category, CodeTable, Field } from './schema.ts'

/**
 * What a new version may not do, as a closed list: nothing of it may make archived facts disappear, change what they
 * mean, or move them out of the compartment and level they are kept in. The sentences are in `i18n` under
 * `successor.<code>`.
 */
export const successorCodes = [
  'version-not-next',
  'unchanged',
  'category-removed',
  'category-compartment',
  'category-level-lowered',
  'many-lost',
  'field-removed',
  'field-kind',
  'field-table',
  'field-column',
  'table-removed',
  'item-removed',
] as const
export type SuccessorCode = (typeof successorCodes)[number]

/** Where a version breaks the rule: ids of the catalogue, never words of people. */
export interface SuccessorProblem {
  readonly code: SuccessorCode
  readonly category?: string
  readonly field?: string
  readonly table?: string
  readonly item?: string
}

/** All that keeps `after` from following `before`. An empty list means that it may be proposed. */
export function checkSuccessor(before: Catalogue, after: Catalogue): readonly SuccessorProblem[] {
  const problems: SuccessorProblem[] = []
  if (after.version !== before.version + 1) problems.push({ code: 'version-not-next' })
  if (contentText(before) === contentText(after)) problems.push({ code: 'unchanged' })
  problems.push(...checkRules(ruleMap(before), ruleMap(after)))
  const categories = new Map(after.categories.map((category) => [category.id, category]))
  for (const category of before.categories) {
    const next = categories.get(category.id)
    if (next !== undefined) problems.push(...categoryProblems(category, next))
  }
  const tables = new Map(after.codeTables.map((table) => [table.id, table]))
  for (const table of before.codeTables) problems.push(...tableProblems(table, tables.get(table.id)))
  return problems
}

/** The part of {@link checkSuccessor} that signed headers say enough for, so that it holds without the bodies. */
export function checkRules(
  before: ReadonlyMap<string, CategoryRule>,
  after: ReadonlyMap<string, CategoryRule>,
): readonly SuccessorProblem[] {
  return [...before.values()].flatMap((rule): SuccessorProblem[] => {
    const { category } = rule
    const next = after.get(category)
    if (next === undefined) return [{ code: 'category-removed', category }]
    if (next.compartment !== rule.compartment) return [{ code: 'category-compartment', category }]
    return next.level < rule.level ? [{ code: 'category-level-lowered', category }] : []
  })
}

function ruleMap(catalogue: Catalogue): ReadonlyMap<string, CategoryRule> {
  return new Map(categoryRules(catalogue).map((rule) => [rule.category, rule]))
}

function contentText({ title, categories, codeTables }: Catalogue): string {
  return JSON.stringify([title, categories, codeTables])
}

function categoryProblems(before: Category, after: Category): readonly SuccessorProblem[] {
  const category = before.id
  const fields = new Map(after.fields.map((field) => [field.id, field]))
  const problems: SuccessorProblem[] = []
  if (before.many && !after.many) problems.push({ code: 'many-lost', category })
  for (const { id: field, kind, table, columns } of before.fields) {
    const next = fields.get(field)
    if (next === undefined) problems.push({ code: 'field-removed', category, field })
    else if (next.kind !== kind) problems.push({ code: 'field-kind', category, field })
    else if (next.table !== table) problems.push({ code: 'field-table', category, field })
    else if (!keepsColumns(columns, next.columns)) problems.push({ code: 'field-column', category, field })
  }
  return problems
}

/** Columns of a sub-table are fields too: none goes, and none comes to mean something else. */
function keepsColumns(before: Field['columns'], after: Field['columns']): boolean {
  return (before ?? []).every((column) => {
    const next = after?.find(({ id }) => id === column.id)
    return next !== undefined && next.kind === column.kind && next.table === column.table
  })
}

function tableProblems(before: CodeTable, after: CodeTable | undefined): readonly SuccessorProblem[] {
  const table = before.id
  if (after === undefined) return [{ code: 'table-removed', table }]
  const codes = new Set(after.items.map((item) => item.code))
  return before.items
    .filter((item) => !codes.has(item.code))
    .map((item) => ({ code: 'item-removed', table, item: item.code }))
}
