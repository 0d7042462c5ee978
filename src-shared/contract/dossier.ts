import { z } from 'zod'
import type { Finding } from '../catalogue/findings.ts'
import { periodSchema } from '../catalogue/periods.ts'
import { categoryDeclarations, valuesSchema } from '../catalogue/values.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import { purposeSchema } from '../disclosure/purpose.ts'
import { digestSchema, idSchema } from '../log/operations.ts'
import { explanationSchema } from './explanation.ts'
import { procedure } from './procedure.ts'
import { sourceKinds, type CadreLine, type DossierView, type RecordView } from './views.ts'

/** ISO 8601 UTC with milliseconds. */
export const momentSchema = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)

export const sourceSchema = z.strictObject({
  kind: z.enum(sourceKinds),
  from: z.string().trim().min(1).max(100),
  reference: z.string().trim().max(200).nullable(),
})

export const declarationSchema = z.enum(categoryDeclarations)

/** The most bytes one `upload.append` or `evidence.read` carries. */
export const uploadChunkBytes = 4 * 1024 * 1024

const purpose = purposeSchema.nullable().default(null)

/** Ways to look at one dossier. Each is entered by its name. */
export const dossierViews = ['facts', 'completeness', 'household', 'timeline', 'relations'] as const
export type DossierViewName = (typeof dossierViews)[number]

export const dossierProcedures = {
  'cadre.list': procedure<{ items: readonly CadreLine[]; total: number; next: string | null }>()({
    input: z.strictObject({
      /** Part of the name, pinyin initials, or the end of the ID number. */
      search: z.string().max(60),
      after: z.string().max(300).nullable(),
      limit: z.int().min(1).max(500),
    }),
    kind: 'read',
  }),
  'cadre.open': procedure<{ cadre: Id }>()({
    input: z.strictObject({
      name: z.string().trim().min(1).max(60),
      identityNumber: z.string().max(30).nullable(),
      post: z.string().trim().max(100).nullable(),
    }),
    kind: 'write',
  }),
  /**
   * Writes an access entry before it answers. What of it is of level 3 or above is read for a purpose: that of the
   * open task, or else `purpose`, once for a dossier and session (`access/purpose-needed`).
   */
  'cadre.read': procedure<DossierView>()({
    input: z.strictObject({
      cadre: idSchema,
      at: momentSchema.nullable(),
      /** How it will be looked at; stands in the access entry and changes nothing of the answer. */
      view: z.enum(dossierViews).default('facts'),
      purpose,
    }),
    kind: 'read',
  }),
  /**
   * Signs for a view of a dossier that is put on paper, before it is: an access entry and a row of the register, for what
   * the member sees of the archive. Nothing of the discipline compartment may stand on it. Always for a purpose.
   */
  'cadre.print': procedure<null>()({
    input: z.strictObject({ cadre: idSchema, view: z.enum(dossierViews), purpose }),
    kind: 'write',
  }),
  /** As `cadre.read`. */
  'record.read': procedure<RecordView>()({
    input: z.strictObject({ record: idSchema, purpose }),
    kind: 'read',
  }),
  'record.submit': procedure<{ record: Id; revision: Digest }>()({
    input: z.strictObject({
      /** Null for a new record. */
      record: idSchema.nullable(),
      /** The archived revision that is corrected, or null. */
      parent: digestSchema.nullable(),
      /** Conflicting revisions this one settles. */
      settles: z.array(digestSchema).max(100),
      cadre: idSchema,
      category: z.string().max(10),
      declaration: declarationSchema,
      values: valuesSchema,
      source: sourceSchema,
      /** Why: first entry, periodic update, correction… in the clerk's words. */
      reason: z.string().trim().max(500),
      /** Finished uploads of purpose `evidence`, and evidence kept from the parent revision. */
      evidence: z
        .array(z.union([z.strictObject({ upload: idSchema }), z.strictObject({ kept: digestSchema })]))
        .max(50),
      /** What the clerk says of warnings; shown to those who review. */
      explanations: z.array(explanationSchema).max(50).default([]),
      /** The correction request that this revision is for. */
      request: idSchema.nullable().default(null),
    }),
    kind: 'write',
  }),
  /**
   * What the checks between records remark of an entry as it is typed; of those who look, only what they may see is
   * compared. Nothing is kept. The first for a dossier and category writes an access entry.
   */
  'record.check': procedure<{ findings: readonly Finding[] }>()({
    input: z.strictObject({
      /** Null for a new record. */
      record: idSchema.nullable(),
      cadre: idSchema,
      category: z.string().max(10),
      values: valuesSchema,
    }),
    kind: 'read',
  }),
  /**
   * 本期无变化: of each category, a signed statement that nothing changed in the period, one commit for all. Each goes the
   * road of any entry.
   */
  'record.unchanged': procedure<{
    records: readonly { readonly category: string; readonly record: Id; readonly revision: Digest }[]
  }>()({
    input: z.strictObject({
      cadre: idSchema,
      statements: z
        .array(z.strictObject({ category: z.string().max(10), period: periodSchema }))
        .min(1)
        .max(100),
      source: sourceSchema,
      reason: z.string().trim().max(500),
    }),
    kind: 'write',
  }),
  'record.withdraw': procedure<null>()({
    input: z.strictObject({ record: idSchema, revision: digestSchema, reason: z.string().trim().max(500) }),
    kind: 'write',
  }),
  'upload.begin': procedure<{ upload: Id }>()({
    input: z.strictObject({
      purpose: z.enum(['evidence', 'table', 'bundle']),
      name: z.string().min(1).max(255),
      size: z.int().min(0),
      mediaType: z.string().max(100),
    }),
    kind: 'write',
  }),
  'upload.append': procedure<{ received: number }>()({
    input: z.strictObject({
      upload: idSchema,
      offset: z.int().min(0),
      /** At most {@link uploadChunkBytes}; the first piece holds the whole file or what its kind is told from. */
      bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    }),
    kind: 'write',
  }),
  'upload.discard': procedure<null>()({
    input: z.strictObject({ upload: idSchema }),
    kind: 'write',
  }),
  /** Any part of the plaintext of evidence, base64. The first that is read writes an access entry. */
  'evidence.read': procedure<{ bytes: string; size: number; mediaType: string; name: string }>()({
    input: z.strictObject({
      revision: digestSchema,
      hash: digestSchema,
      offset: z.int().min(0),
      length: z.int().min(1).max(uploadChunkBytes),
      purpose,
    }),
    kind: 'read',
  }),
} as const
