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

/** A value in its normal form: text for every kind but money. */
export type FieldValue = string | Money

/** What a record says, by field id. An absent field is 未填, never an empty text. */
export type RecordValues = { readonly [field: string]: FieldValue }

export type RecordContent = { readonly declaration: Declaration; readonly values: RecordValues }

export const longestText = 20_000

/** The outer shape and limits of values; the catalogue says the rest. */
export const valuesSchema = z.record(
  z.string().regex(/^[a-z][A-Za-z0-9]{0,63}$/),
  z.union([
    z.string().max(longestText),
    z.strictObject({ amount: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) }),
  ]),
)

// A name that every object has (`constructor`, `toString`) would look filled in on an empty record.
export const fieldIdSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/)
  .refine((id) => !(id in {}), 'reserved')
