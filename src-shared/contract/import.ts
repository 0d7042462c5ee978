import { z } from 'zod'
import { importProfileSchema, maximumImportColumns, type ImportProfile } from '../import/profile.ts'
import type { Declaration, RecordValues } from '../catalogue/schema.ts'
import type { Id } from '../kernel/ids.ts'
import type { Candidate } from '../import/people.ts'
import { sourcePeriodSchema } from '../import/source-profile.ts'
import type { TableKind, TableNotice } from '../import/source.ts'
import { idSchema } from '../log/operations.ts'
import type { FolderView } from './log-views.ts'
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
  readonly notices: readonly TableNotice[]
  /** A file with the same bytes that was imported before, or null. */
  readonly importedBefore: string | null
}

/** A person of a table, and the dossiers that come into question. */
export interface PersonRow {
  readonly person: number
  readonly name: string
  readonly birth: string | null
  readonly unit: string | null
  readonly rows: number
  readonly candidates: readonly Candidate[]
  /** A dossier's id, `open` for a new one, null while nobody has decided. */
  readonly placement: Id | 'open' | null
}

/** A row of quarantine, as it can be corrected. */
export interface MendedRow {
  readonly id: number
  readonly file: string
  readonly row: number
  readonly original: readonly string[]
  readonly cells: readonly string[]
  readonly problems: readonly ImportProblem[]
  readonly person: Pick<PersonRow, 'name' | 'birth' | 'unit' | 'candidates' | 'placement'> | null
  /** Which fields the columns fill. */
  readonly columns: readonly { readonly column: number; readonly category: string; readonly field: string }[]
  readonly nameColumn: number
  readonly identityColumn: number | null
  readonly categoryColumn: number | null
  /** Nothing is wrong any more. */
  readonly ready: boolean
}

export interface SuggestedTable {
  readonly kind: TableKind
  readonly encoding: 'utf-8' | 'gb18030'
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean }[]
  readonly sheet: string | null
  readonly columns: number
  /** From the headings on, where there are any. */
  readonly sample: readonly (readonly string[])[]
  /** The first rows of the file, among which the headings are chosen. */
  readonly first: readonly { readonly row: number; readonly cells: readonly string[] }[]
  /** Row of the headings, from 1; null for none. */
  readonly headerRow: number | null
  readonly notices: readonly TableNotice[]
  readonly suggestion: ImportProfile
  /** `remembered`: this mapping was used before for the same headings; `form`: it comes with the kind of file. */
  readonly from: 'headings' | 'remembered' | 'form'
}

export interface KnownProfile {
  readonly id: string
  readonly profile: ImportProfile
  /** Null for profiles that come with the program. */
  readonly remembered: { readonly at: string } | null
}

/** `waiting`: checked and to be imported. `done`: imported whole. `refused`: nothing of it was imported. */
export const runStates = ['waiting', 'done', 'refused'] as const
export type RunState = (typeof runStates)[number]

export interface RunFile {
  readonly name: string
  readonly state: RunState
  readonly profileName: string
  /** Before the import what would be taken in; after it what was. */
  readonly accepted: number
  readonly quarantined: number
  readonly batch: Id | null
  /** An error code, or null. */
  readonly failure: string | null
}

export interface ImportRun {
  readonly run: Id
  readonly folder: string
  readonly at: string
  readonly files: readonly RunFile[]
}

export interface QuarantineRow {
  readonly id: number
  readonly file: string
  readonly batch: Id
  readonly row: number
  readonly cells: readonly string[]
  readonly problems: readonly ImportProblem[]
  readonly at: string
  /** As a person corrected them, or null. */
  readonly mended: readonly string[] | null
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

const placementSchema = z.union([idSchema, z.literal('open')]).nullable()
const folderSchema = z.string().min(1).max(4096)

export const importProcedures = {
  /** Profiles that come with the program, and mappings that were used on this device. */
  'import.profiles': procedure<readonly KnownProfile[]>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  'import.forget': procedure<null>()({
    input: z.strictObject({ id: z.int().min(1) }),
    kind: 'write',
  }),
  /** Reads the first rows of an uploaded file and suggests a mapping. */
  'import.suggest': procedure<SuggestedTable>()({
    input: z.strictObject({
      upload: idSchema,
      sheet: z.string().min(1).max(100).nullable().optional(),
      /** Row of the headings, from 1; 0 for none. Without it, it is looked for. */
      headerRow: z.int().min(0).max(1000).optional(),
    }),
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
  /** The people of a previewed table, those that wait for a decision first. */
  'import.people': procedure<{ people: readonly PersonRow[]; total: number }>()({
    input: z.strictObject({
      session: idSchema,
      undecided: z.boolean(),
      offset: z.int().min(0),
      limit: z.int().min(1).max(500),
    }),
    kind: 'read',
  }),
  /** Says whose dossiers rows go to; null takes a decision back. Nothing is written. */
  'import.decide': procedure<ImportPreview>()({
    input: z.strictObject({
      session: idSchema,
      decisions: z
        .array(z.strictObject({ person: z.int().min(0), cadre: placementSchema }))
        .min(1)
        .max(5000),
    }),
    kind: 'read',
  }),
  /** Writes an empty workbook to fill in, with headings, guidance and codes, into a folder. */
  'import.template': procedure<{ file: string }>()({
    input: z.strictObject({ category: z.string().regex(/^[A-E]\d{1,2}$/), folder: folderSchema }),
    kind: 'write',
  }),
  /** Folders, and files that can be imported. */
  'import.browse': procedure<FolderView>()({
    input: z.strictObject({ path: folderSchema.nullable() }),
    kind: 'read',
  }),
  /** Checks every file of a folder and remembers them as a run; no record is written. */
  'import.check-folder': procedure<ImportRun>()({
    input: z.strictObject({ folder: folderSchema, job: idSchema }),
    kind: 'write',
  }),
  /** Imports the files of a run that wait, each whole or not at all. A run that was broken off goes on where it was. */
  'import.run': procedure<ImportRun>()({
    input: z.strictObject({ run: idSchema, reason: z.string().trim().max(500), job: idSchema }),
    kind: 'write',
  }),
  /** Runs with files that wait. */
  'import.runs': procedure<readonly ImportRun[]>()({ input: z.strictObject({}), kind: 'read' }),
  'import.drop-run': procedure<null>()({ input: z.strictObject({ run: idSchema }), kind: 'write' }),
  /** One signed commit with every accepted row; the others go to quarantine. */
  'import.commit': procedure<{ batch: Id; accepted: number; quarantined: number; opened: number }>()({
    input: z.strictObject({
      session: idSchema,
      reason: z.string().trim().max(500),
      job: idSchema,
      /** The delivery that it is, where a department is expected to deliver. */
      delivery: z.strictObject({ source: idSchema, period: sourcePeriodSchema.nullable() }).exactOptional(),
    }),
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
  'quarantine.read': procedure<MendedRow>()({
    input: z.strictObject({ id: z.int().min(1) }),
    kind: 'read',
  }),
  /** Keeps corrected cells beside the original ones, and a decision whose row it is. */
  'quarantine.mend': procedure<MendedRow>()({
    input: z.strictObject({
      id: z.int().min(1),
      cells: z.array(z.string().max(32_767)).max(maximumImportColumns),
      cadre: placementSchema,
    }),
    kind: 'write',
  }),
  /** Maps rows again; those that pass are one signed commit, the others stay. */
  'quarantine.retry': procedure<{ batch: Id; accepted: number; remaining: number; opened: number }>()({
    input: z.strictObject({
      ids: z.array(z.int().min(1)).min(1).max(500),
      reason: z.string().trim().max(500),
      job: idSchema,
    }),
    kind: 'write',
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
