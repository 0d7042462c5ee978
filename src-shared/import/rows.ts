import { parseFieldInput } from '../catalogue/fields.ts'
import {
  fault,
  type Finding,
  type FindingCode,
  type FindingParams,
  type Parsed,
} from '../catalogue/findings.ts'
import { parseIdentityNumber } from '../catalogue/identity.ts'
import { parsePersonName } from '../catalogue/names.ts'
import { findCategory } from '../catalogue/read.ts'
import type { Catalogue, Category, Field } from '../catalogue/schema.ts'
import { validateRecord } from '../catalogue/validate.ts'
import type { Declaration, FieldValue, RecordValues } from '../catalogue/values.ts'
import type { CellMark } from './cells.ts'
import { joinedParts, type ColumnPart } from './parts.ts'
import type { ColumnMapping, ImportProfile } from './profile.ts'

/** One row of a table as it was read: `row` counts from 1 with the header, `cells` are untouched. */
export interface TableRow {
  readonly row: number
  readonly cells: readonly string[]
  /** What a workbook says of cells beside their text. */
  readonly marks?: readonly CellMark[]
}

/** A row that became a record, not yet attached to a dossier. */
export interface RowDraft {
  readonly row: number
  readonly cadreName: string
  /** The cadre's identity number, when the table has one. */
  readonly identityNumber: string | null
  readonly category: string
  readonly declaration: Declaration
  readonly values: RecordValues
  readonly warnings: readonly Finding[]
}

/** Why a row goes to quarantine. `column` counts from 0; `field` is a field id, or null for the cadre and the category. */
export interface RowProblem {
  readonly row: number
  readonly column: number | null
  readonly field: string | null
  readonly code: FindingCode
  readonly params: FindingParams
}

export type RowOutcome =
  | { readonly ok: true; readonly draft: RowDraft }
  | { readonly ok: false; readonly problems: readonly RowProblem[] }

interface Reading {
  readonly values: Record<string, FieldValue>
  /** Declarations that cells of the row make, and the column of the first that makes each. */
  readonly declared: Map<Declaration, number>
}

/**
 * One row to one record. Nothing is guessed: what cannot be read exactly is a problem, and a row with a problem is
 * not a record. The profile has passed {@link checkProfile}.
 *
 * @param asOf today, `YYYY-MM-DD`
 */
export function mapRow(
  profile: ImportProfile,
  catalogue: Catalogue,
  cells: readonly string[],
  row: number,
  asOf: string,
): RowOutcome {
  const problems: RowProblem[] = []
  const refuse = (
    column: number | null,
    field: string | null,
    code: FindingCode,
    params: FindingParams = {},
  ): void => {
    problems.push({ row, column, field, code, params })
  }

  const cadreText = cells[profile.cadre.nameColumn]
  const cadreName = isBlank(profile, cadreText) ? null : parsePersonName(cadreText ?? '')
  if (cadreName === null) refuse(profile.cadre.nameColumn, null, 'cadre-missing')
  else if (!cadreName.ok) refuse(profile.cadre.nameColumn, null, cadreName.fault.code, cadreName.fault.params)

  const identityColumn = profile.cadre.identityColumn
  const identity = identityColumn === undefined ? null : readIdentity(profile, cells, identityColumn, asOf)
  if (identity !== null && !identity.ok) {
    refuse(identityColumn ?? null, null, identity.fault.code, identity.fault.params)
  }

  const target = targetOf(profile, cells)
  const category = target === null ? null : findCategory(catalogue, target.category)
  if (target === null || category === null) {
    refuse(profile.category.kind === 'table' ? profile.category.column : null, null, 'category-unknown')
    return { ok: false, problems }
  }

  const mappings = profile.fields[category.id] ?? []
  const reading = readFields(profile, catalogue, category, mappings, cells, asOf, refuse)
  const declaration = declarationOf(reading, refuse)
  const values = complete(category, target.defaults, reading.values, declaration)
  const warnings: Finding[] = []
  const reported = new Set(problems.map((problem) => problem.field))
  for (const finding of validateRecord(category, catalogue, { declaration, values }, asOf)) {
    const field = finding.field ?? null
    if (finding.severity === 'warning') warnings.push(finding)
    else if (field === null || !reported.has(field)) {
      const column = mappings.find((mapping) => mapping.field === field)?.column ?? null
      refuse(column, field, finding.code, finding.params)
    }
  }
  if (problems.length > 0 || cadreName?.ok !== true) return { ok: false, problems }
  return {
    ok: true,
    draft: {
      row,
      cadreName: cadreName.value,
      identityNumber: identity?.ok === true ? identity.value : null,
      category: category.id,
      declaration,
      values,
      warnings,
    },
  }
}

function readIdentity(
  profile: ImportProfile,
  cells: readonly string[],
  column: number,
  asOf: string,
): Parsed<string> | null {
  const text = cells[column]
  if (text === undefined) return fault('column-missing')
  return isBlank(profile, text) ? null : parseIdentityNumber(text, asOf)
}

function targetOf(
  profile: ImportProfile,
  cells: readonly string[],
): { readonly category: string; readonly defaults: Readonly<Record<string, string>> } | null {
  if (profile.category.kind === 'fixed') {
    return { category: profile.category.category, defaults: profile.category.defaults ?? {} }
  }
  const text = cells[profile.category.column]?.trim()
  const entry = profile.category.table.find((candidate) => candidate.match === text)
  return entry === undefined ? null : { category: entry.category, defaults: entry.defaults ?? {} }
}

type Refuse = (column: number | null, field: string | null, code: FindingCode, params?: FindingParams) => void

function readFields(
  profile: ImportProfile,
  catalogue: Catalogue,
  category: Category,
  mappings: readonly ColumnMapping[],
  cells: readonly string[],
  asOf: string,
  refuse: Refuse,
): Reading {
  const values: Record<string, FieldValue> = {}
  const declared = new Map<Declaration, number>()
  const parted = new Map<Field, { column: number; cells: Partial<Record<ColumnPart, string>> }>()
  for (const mapping of mappings) {
    const field = category.fields.find((candidate) => candidate.id === mapping.field)
    if (field === undefined) continue
    const cell = cells[mapping.column]
    if (cell === undefined) {
      refuse(mapping.column, field.id, 'column-missing')
      continue
    }
    const text = cell.trim()
    if (isBlank(profile, text)) continue
    const declaration = profile.declined.includes(text)
      ? 'declined'
      : profile.none?.includes(text)
        ? 'none'
        : null
    if (declaration !== null) {
      if (!declared.has(declaration)) declared.set(declaration, mapping.column)
      continue
    }
    if (mapping.part !== undefined) {
      const cells = parted.get(field) ?? { column: mapping.column, cells: {} }
      parted.set(field, { ...cells, cells: { ...cells.cells, [mapping.part]: cell } })
      continue
    }
    const word =
      mapping.codes !== undefined && Object.hasOwn(mapping.codes, text) ? mapping.codes[text] : undefined
    const value = parseFieldInput(field, catalogue, word ?? cell, {
      asOf,
      currency: profile.money.currency,
      unit: mapping.unit ?? profile.money.unit,
    })
    if (!value.ok) refuse(mapping.column, field.id, value.fault.code, value.fault.params)
    else if (value.value !== null) values[field.id] = value.value
  }
  for (const [field, { column, cells: found }] of parted) {
    const value = parseFieldInput(field, catalogue, joinedParts(field, found), { asOf })
    if (!value.ok) refuse(column, field.id, value.fault.code, value.fault.params)
    else if (value.value !== null) values[field.id] = value.value
  }
  return { values, declared }
}

/** 拒绝申报 and 无此情况 in one row contradict each other. */
function declarationOf(reading: Reading, refuse: Refuse): Declaration {
  const [first, second] = [...reading.declared]
  if (second !== undefined) refuse(second[1], null, 'value-with-declaration')
  return first?.[0] ?? 'present'
}

function complete(
  category: Category,
  defaults: Readonly<Record<string, string>>,
  values: RecordValues,
  declaration: Declaration,
): RecordValues {
  const whole: Record<string, FieldValue> = {}
  for (const field of category.fields) {
    // A default describes what is declared; where nothing is, it says nothing.
    const implied = declaration === 'present' || field.identifying === true ? defaults[field.id] : undefined
    const value = values[field.id] ?? implied
    if (value !== undefined) whole[field.id] = value
  }
  return whole
}

function isBlank(profile: ImportProfile, cell: string | undefined): boolean {
  const text = cell?.trim() ?? ''
  return text === '' || profile.blank.includes(text)
}
