import { z } from 'zod'
import type { Catalogue } from '../catalogue/schema.ts'
import type { SuccessorProblem } from '../catalogue/successor.ts'
import type { Digest } from '../kernel/ids.ts'
import { digestSchema } from '../log/operations.ts'
import { procedure } from './procedure.ts'
import type { HandView } from './views.ts'

/** A version of the catalogue that came into force. */
export interface CatalogueVersionView {
  readonly version: number
  readonly catalogue: Digest
  readonly title: string
  /** Null where the founding brought it into force. */
  readonly proposer: HandView | null
  readonly adopter: HandView
  /** Why, in the words of who proposed it. */
  readonly words: string
  /** Whether the catalogue in the body reads and has the rules that were signed. */
  readonly isSound: boolean
}

export interface CatalogueProposalView extends Omit<CatalogueVersionView, 'proposer' | 'adopter'> {
  readonly proposal: Digest
  readonly proposer: HandView
  readonly problems: readonly SuccessorProblem[]
  /** What the member at work may do with it. */
  readonly may: readonly ('confirm' | 'refuse' | 'withdraw')[]
}

export interface CatalogueVersionsView {
  /** Newest first. */
  readonly versions: readonly CatalogueVersionView[]
  readonly proposal: CatalogueProposalView | null
  /** Whether the member at work may propose a new version. */
  readonly mayPropose: boolean
}

const words = z.string().trim().min(1).max(1000)

export const catalogueProcedures = {
  'catalogue.read': procedure<Catalogue>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  'catalogue.versions': procedure<CatalogueVersionsView>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  /** A version that was or is in force, or the one that waits. Errors: `call/not-found`, `catalogue/rules-differ`. */
  'catalogue.version': procedure<Catalogue>()({
    input: z.union([z.strictObject({ version: z.int().min(1) }), z.strictObject({ proposal: digestSchema })]),
    kind: 'read',
  }),
  /** The data dictionary of a version as .xlsx, base64, for departments that deliver. */
  'catalogue.dictionary': procedure<{ bytes: string }>()({
    input: z.strictObject({ version: z.int().min(1) }),
    kind: 'read',
  }),
  /**
   * A whole new version. It takes the place of one that waits. Errors: those of reading a catalogue,
   * `catalogue/not-a-successor` {problems}.
   */
  'catalogue.propose': procedure<null>()({
    input: z.strictObject({ catalogue: z.record(z.string().max(100), z.unknown()), words }),
    kind: 'write',
  }),
  /** Errors: `catalogue/not-waiting`, `catalogue/rules-differ`, `catalogue/not-a-successor`, `authority/*`. */
  'catalogue.confirm': procedure<null>()({
    input: z.strictObject({ proposal: digestSchema, catalogue: digestSchema }),
    kind: 'write',
  }),
  /** Takes back one's own proposal, or refuses another's. Errors: `catalogue/not-waiting`. */
  'catalogue.refuse': procedure<null>()({
    input: z.strictObject({ proposal: digestSchema, words }),
    kind: 'write',
  }),
} as const
