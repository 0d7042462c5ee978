import { crossCheck } from './cross-checks.ts'
import { displayValue, isRetiredCode, valueFault } from './fields.ts'
import type { Finding } from './findings.ts'
import { hasInnerSpace } from './names.ts'
import { periodicCycle } from './periods.ts'
import { summaryFields, type Catalogue, type Category } from './schema.ts'
import type { FieldValue, RecordContent, RecordValues } from './values.ts'

export type { Finding } from './findings.ts'
export { displayValue, formatFieldInput, parseFieldInput, type FieldContext } from './fields.ts'
export { categoryRules, readCatalogue } from './read.ts'

const maximumSummaryLength = 120

/** A new record of any category: everything 未填. */
export function emptyRecord(): RecordContent {
  return { declaration: 'present', values: {} }
}

/**
 * All that is wrong or odd in a record, in the order of the fields. An empty list, or one of warnings only, may be
 * submitted.
 *
 * @param asOf today, `YYYY-MM-DD`
 */
export function validateRecord(
  category: Category,
  catalogue: Catalogue,
  content: RecordContent,
  asOf: string,
): readonly Finding[] {
  const { declaration, values } = content
  const findings: Finding[] = []
  const mayDeclare =
    declaration === 'unchanged'
      ? periodicCycle(category) !== null
      : category.declarations.includes(declaration)
  if (!mayDeclare) findings.push({ code: 'declaration-not-allowed', severity: 'error' })
  const known = new Set(category.fields.map((field) => field.id))
  for (const id of Object.keys(values)) {
    if (!known.has(id)) findings.push({ code: 'field-unknown', severity: 'error', field: id })
  }
  const sound: Record<string, FieldValue> = {}
  for (const field of category.fields) {
    const value = values[field.id]
    if (value === undefined) {
      if (field.required === true && declaration === 'present') {
        findings.push({ code: 'required', severity: 'error', field: field.id })
      }
      continue
    }
    // Carried on from an older version of the catalogue: not judged by rules that no longer ask for it.
    if (field.retired === true) {
      findings.push({ code: 'field-retired', severity: 'warning', field: field.id })
      continue
    }
    if (declaration !== 'present' && field.identifying !== true) {
      findings.push({ code: 'value-with-declaration', severity: 'error', field: field.id })
      continue
    }
    const fault = valueFault(field, catalogue, value, asOf)
    if (fault !== null) {
      findings.push({ ...fault, severity: 'error', field: field.id })
      continue
    }
    sound[field.id] = value
    if (isRetiredCode(field, catalogue, value)) {
      findings.push({ code: 'code-retired', severity: 'warning', field: field.id })
    }
    if ((field.kind === 'personName' || field.kind === 'person') && hasInnerSpace(value as string)) {
      findings.push({ code: 'name-inner-space', severity: 'warning', field: field.id })
    }
  }
  return declaration === 'present'
    ? [...findings, ...category.crossChecks.flatMap((check) => crossCheck(check, sound))]
    : findings
}

export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error')
}

/**
 * One line for lists, from the category's template: words whose fields are all blank are left out, line breaks are
 * spaces, at most 120 characters. Empty when nothing that the template names is filled in.
 */
export function summarise(category: Category, catalogue: Catalogue, values: RecordValues): string {
  const words: string[] = []
  for (const word of category.summary.split(' ')) {
    const ids = summaryFields(word)
    if (ids.length > 0 && ids.every((id) => values[id] === undefined)) continue
    words.push(word.replace(/\{([^{}]*)\}/g, (_, id: string) => shown(category, catalogue, values, id)))
  }
  const characters = [...words.join(' ').replace(/\s+/g, ' ').trim()]
  if (characters.length <= maximumSummaryLength) return characters.join('')
  return `${characters.slice(0, maximumSummaryLength - 1).join('')}…`
}

function shown(category: Category, catalogue: Catalogue, values: RecordValues, id: string): string {
  const field = category.fields.find((candidate) => candidate.id === id)
  const value = values[id]
  return field === undefined || value === undefined ? '' : displayValue(field, value, catalogue)
}
