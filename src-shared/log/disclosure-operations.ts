import { z } from 'zod'
import { categorySchema } from './category-rule.ts'
import { digestSchema, idSchema } from './id-schemas.ts'

const base = { entity: idSchema, digest: digestSchema }

/** `print` and `file` leave the vault for the office, `subject` is the copy for the cadre themself (本人查阅件). */
export const copyForms = ['print', 'file', 'subject'] as const
export type CopyForm = (typeof copyForms)[number]

const copyScope = {
  cadre: idSchema,
  /** SHA-256 over what exactly the copy holds. */
  scope: digestSchema,
  records: z.int().min(1).max(100_000),
}

/** What leaves the vault, and what somebody asks to have corrected; `entity` is the copy or the request. */
export const disclosureOperations = [
  z.strictObject({ op: z.literal('copy.request'), ...base, ...copyScope, form: z.enum(copyForms) }),
  z.strictObject({ op: z.literal('copy.approve'), ...base }),
  z.strictObject({ op: z.literal('copy.refuse'), ...base }),
  z.strictObject({
    op: z.literal('copy.make'),
    ...base,
    ...copyScope,
    form: z.enum(['print', 'file']),
    request: idSchema.nullable(),
  }),
  /** A list of dossiers that left the vault as a file: names and posts, no facts. */
  z.strictObject({
    op: z.literal('copy.list'),
    ...base,
    scope: digestSchema,
    records: z.int().min(1).max(100_000),
  }),
  z.strictObject({ op: z.literal('copy.issue'), ...base, ...copyScope, request: idSchema.nullable() }),
  z.strictObject({
    op: z.literal('correction.request'),
    ...base,
    cadre: idSchema,
    category: categorySchema,
    /** Null where the cadre misses a record. */
    record: idSchema.nullable(),
  }),
  z.strictObject({
    op: z.literal('correction.answer'),
    ...base,
    outcome: z.enum(['corrected', 'refused']),
    revision: digestSchema.nullable(),
  }),
] as const
