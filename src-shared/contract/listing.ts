import { z } from 'zod'
import type { Id } from '../kernel/ids.ts'
import { idSchema } from '../log/operations.ts'
import { purposeSchema } from '../disclosure/purpose.ts'
import { procedure } from './procedure.ts'
import type { CadreLine } from './views.ts'

export const listingSorts = ['name', 'unit', 'changed'] as const
export type ListingSort = (typeof listingSorts)[number]

/** What a dossier may miss: anything that is asked (`any`), or one category. */
export const missingSchema = z.union([z.literal('any'), z.string().regex(/^[A-E][0-9]{1,2}$/)])

/** Characters of a tag. */
export const longestTag = 20
const tagSchema = z
  .string()
  .trim()
  .min(1)
  .refine((tag) => [...tag].length <= longestTag, 'length')

/** Which dossiers are listed, and how. What is null keeps all. */
export const listingQuerySchema = z.strictObject({
  /** A name, initials, a post, the end of an ID number, or any text of archived facts. */
  search: z.string().max(60),
  unit: z.string().max(200).nullable(),
  post: z.string().max(200).nullable(),
  tag: z.string().max(60).nullable(),
  missing: missingSchema.nullable(),
  withoutIdentity: z.boolean(),
  /** A code of the table `stage`. Views that were kept before it could be asked for say nothing of it. */
  stage: z.string().max(20).nullable().default(null),
  /** Dossiers of which something is overdue today. */
  overdue: z.boolean().default(false),
  sort: z.enum(listingSorts),
  descending: z.boolean(),
})
export type ListingQuery = z.infer<typeof listingQuerySchema>

/** Everything, by name. */
export const everyDossier: ListingQuery = {
  search: '',
  unit: null,
  post: null,
  tag: null,
  missing: null,
  withoutIdentity: false,
  stage: null,
  overdue: false,
  sort: 'name',
  descending: false,
}

/** An archived fact in which a search was found. */
export interface FactHit {
  readonly record: Id
  readonly category: string
  /** The field that holds it; null where it does not stand in one alone. */
  readonly field: string | null
  /** Some of the text around it; empty for what is read for a purpose only. */
  readonly text: string
  /** Where in `text` it stands. */
  readonly from: number
  readonly to: number
}

export interface DossierLine extends CadreLine {
  readonly unit: string | null
  readonly changedAt: string
  /** Words that somebody put on the dossier. */
  readonly tags: readonly string[]
  /** Names of the member's own views that mark it. */
  readonly marks: readonly string[]
  /** How many of the categories that are asked of everybody, and shown to this member, hold something. */
  readonly filled: number
  readonly asked: number
  readonly hits: readonly FactHit[]
}

export interface DossierPart {
  readonly items: readonly DossierLine[]
  readonly total: number
  /** Whether more were found than are counted: the search should say more. */
  readonly isCut: boolean
  /** Dossiers of which it is not known yet what is due of them: the list is not whole, ask again. */
  readonly pending: number
}

export interface ListingFacet {
  readonly value: string
  readonly count: number
}

export interface ListingFacets {
  readonly units: readonly ListingFacet[]
  readonly posts: readonly ListingFacet[]
  readonly tags: readonly ListingFacet[]
  /** Codes of the table `stage`; whoever may not see stages is told none. */
  readonly stages: readonly ListingFacet[]
  /** Categories that are asked of everybody, of those the member sees. */
  readonly asked: readonly string[]
}

/** A list that a member keeps. `isMark`: its name is shown on every dossier in it. */
export interface SavedView {
  readonly id: Id
  readonly name: string
  readonly query: ListingQuery
  readonly isMark: boolean
}

export const savedViewSchema = z.strictObject({
  name: z.string().trim().min(1).max(30),
  query: listingQuerySchema,
  isMark: z.boolean(),
})

/** What of a list may leave: level 1 and 2, and no fact. */
export const listColumns = ['name', 'unit', 'post', 'tags', 'filled', 'changed'] as const
export type ListColumn = (typeof listColumns)[number]

export const listingProcedures = {
  /** A part of the list, from any place of it. A search writes an access entry before it answers. */
  'dossier.list': procedure<DossierPart>()({
    input: z.strictObject({
      query: listingQuerySchema,
      from: z.int().min(0).max(10_000_000),
      count: z.int().min(1).max(200),
    }),
    kind: 'read',
  }),
  'dossier.facets': procedure<ListingFacets>()({ input: z.strictObject({}), kind: 'read' }),
  /** Writes the list into a folder as .xlsx, with an access entry and a row of the register. */
  'dossier.export': procedure<{ copy: Id; file: string; lines: number }>()({
    input: z.strictObject({
      query: listingQuerySchema,
      columns: z.array(z.enum(listColumns)).min(1).max(listColumns.length),
      purpose: purposeSchema,
      folder: z.string().min(1).max(4096),
    }),
    kind: 'write',
  }),
  'cadre.tag': procedure<null>()({
    input: z.strictObject({ cadre: idSchema, tag: tagSchema, act: z.enum(['set', 'unset']) }),
    kind: 'write',
  }),
  /** What stands on one dossier, and whether the member may change it. */
  'cadre.tags': procedure<{ tags: readonly string[]; may: boolean }>()({
    input: z.strictObject({ cadre: idSchema }),
    kind: 'read',
  }),
  'view.list': procedure<{ views: readonly SavedView[] }>()({ input: z.strictObject({}), kind: 'read' }),
  'view.save': procedure<{ id: Id }>()({
    /** Null for a new one. */
    input: z.strictObject({ id: idSchema.nullable(), view: savedViewSchema }),
    kind: 'write',
  }),
  'view.drop': procedure<null>()({ input: z.strictObject({ id: idSchema }), kind: 'write' }),
} as const
