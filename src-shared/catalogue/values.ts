import { z } from 'zod'
import type { Money } from './money.ts'

/** What a category may offer: 有此情况 · 无此情况 · 拒绝申报. */
export const categoryDeclarations = ['present', 'none', 'declined'] as const
export type CategoryDeclaration = (typeof categoryDeclarations)[number]
export const declarations = [...categoryDeclarations, 'unchanged'] as const
/**
 * Also 本期无变化, a statement about a category and a period, which any category asked by period takes. A field that is
 * absent is 未填, which is another thing again.
 */
export type Declaration = (typeof declarations)[number]

/** A value that stands in one place: text for every kind but money. */
export type CellValue = string | Money

/** Rows of a sub-table, each by the ids of its columns; never empty, and no row of it is. */
export type Rows = readonly { readonly [column: string]: CellValue }[]

/** A value in its normal form. */
export type FieldValue = CellValue | Rows

export function isRows(value: FieldValue): value is Rows {
  return Array.isArray(value)
}

export function isMoney(value: FieldValue | undefined): value is Money {
  return typeof value === 'object' && !isRows(value)
}

/** What a record says, by field id. An absent field is 未填, never an empty text. */
export type RecordValues = { readonly [field: string]: FieldValue }

export type RecordContent = { readonly declaration: Declaration; readonly values: RecordValues }

export const longestText = 20_000
export const mostRows = 50
export const mostColumns = 12

const valueName = z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/)
const cellSchema = z.union([
  z.string().max(longestText),
  z.strictObject({ amount: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) }),
])

/** The outer shape and limits of values; the catalogue says the rest. */
export const valuesSchema = z.record(
  valueName,
  z.union([
    cellSchema,
    z
      .array(z.record(valueName, cellSchema).refine((row) => Object.keys(row).length <= mostColumns))
      .min(1)
      .max(mostRows)
      .readonly(),
  ]),
)

// A name that every object has (`constructor`, `toString`) would look filled in on an empty record.
export const fieldIdSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/)
  .refine((id) => !(id in {}), 'reserved')
