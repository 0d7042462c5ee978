import { z } from 'zod'
import type { Money } from './money.ts'

export const declarations = ['present', 'none', 'declined'] as const
/** 有此情况 · 无此情况 · 拒绝申报. A field that is absent is 未填, which is a third thing again. */
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
