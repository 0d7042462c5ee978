import { z } from 'zod'
import { importProfileSchema, type ImportProfile } from '../import/profile.ts'
import type { Declaration, RecordValues } from '../catalogue/schema.ts'
import type { Id } from '../kernel/ids.ts'
import { idSchema } from '../log/operations.ts'
import { procedure } from './procedure.ts'

export interface ImportProblem {
  /** Row of the file, from 1, a header included. */
  readonly row: number
  readonly column: number | null
  readonly field: string | null
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

export interface ImportRow {
  readonly row: number
  readonly cells: readonly string[]
  readonly cadreName: string
  readonly category: string | null
  readonly declaration: Declaration | null
  readonly values: RecordValues | null
  readonly summary: string
  /** Row this one repeats exactly, or null. */
  readonly repeatOf: number | null
  readonly problems: readonly ImportProblem[]
}

export interface ImportPreview {
  readonly session: Id
  readonly rows: number
  readonly accepted: number
  readonly quarantined: number
  readonly repeats: number
  readonly declined: number
  readonly cadres: { readonly known: number; readonly opened: number; readonly ambiguous: number }
  readonly byCategory: readonly { readonly category: string; readonly rows: number }[]
}

export interface QuarantineRow {
  readonly id: number
  readonly file: string
  readonly batch: Id
  readonly row: number
  readonly cells: readonly string[]
  readonly problems: readonly ImportProblem[]
  readonly at: string
}

export interface BatchSummary {
  readonly batch: Id
  readonly file: string
  readonly source: string
  readonly at: string
  readonly memberName: string
  readonly accepted: number
  readonly quarantined: number
  readonly archived: number
}

export const importProcedures = {
  /** Profiles that come with the program. */
  'import.profiles': procedure<readonly { id: string; profile: ImportProfile }[]>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  /** Reads the first rows of an uploaded table and suggests a mapping. */
  'import.suggest': procedure<{
    encoding: 'utf-8' | 'gb18030'
    columns: number
    sample: readonly (readonly string[])[]
    suggestion: ImportProfile
  }>()({
    input: z.strictObject({ upload: idSchema }),
    kind: 'read',
  }),
  /** Maps and checks every row; nothing is written. */
  'import.preview': procedure<ImportPreview>()({
    input: z.strictObject({ upload: idSchema, profile: importProfileSchema, job: idSchema }),
    kind: 'read',
  }),
  'import.rows': procedure<{ rows: readonly ImportRow[]; total: number }>()({
    input: z.strictObject({
      session: idSchema,
      kind: z.enum(['accepted', 'quarantined', 'repeats']),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    kind: 'read',
  }),
  /** One signed commit with every accepted row; the others go to quarantine. */
  'import.commit': procedure<{ batch: Id; accepted: number; quarantined: number; opened: number }>()({
    input: z.strictObject({ session: idSchema, reason: z.string().trim().max(500), job: idSchema }),
    kind: 'write',
  }),
  'import.batches': procedure<readonly BatchSummary[]>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  'quarantine.list': procedure<{ rows: readonly QuarantineRow[]; total: number; next: number | null }>()({
    input: z.strictObject({ after: z.int().min(0), limit: z.int().min(1).max(500) }),
    kind: 'read',
  }),
  /** Takes rows off the list after a person dealt with them; they stay in the database, marked. */
  'quarantine.settle': procedure<null>()({
    input: z.strictObject({
      ids: z.array(z.int().min(1)).min(1).max(500),
      words: z.string().trim().min(1).max(500),
    }),
    kind: 'write',
  }),
} as const
