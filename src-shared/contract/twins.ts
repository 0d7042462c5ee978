import { z } from 'zod'
import type { TwinConflict, TwinOutcome } from '../duplicates/decisions.ts'
import type { WeighedPair } from '../duplicates/weigh.ts'
import type { Id } from '../kernel/ids.ts'
import { idSchema } from '../log/operations.ts'
import { procedure } from './procedure.ts'

export const longestTwinReason = 500

/** A dossier that is shown as part of another one. */
export interface MergedDossier {
  readonly cadre: Id
  readonly name: string
  readonly identityTail: string | null
  readonly post: string | null
}

/** What two dossiers are held against each other by. */
export interface TwinPerson {
  readonly cadre: Id
  readonly name: string
  /** The end of the ID number. */
  readonly identityTail: string | null
  readonly birth: string | null
  readonly post: string | null
  readonly unit: string | null
}

export interface TwinPair extends WeighedPair {
  readonly first: TwinPerson
  readonly second: TwinPerson
  /** It was decided that they are two people, and what they are told by has changed since. */
  readonly wasApart: boolean
}

export interface TwinActView {
  readonly name: string
  readonly at: string
  readonly reason: string
}

export interface TwinDecisionView {
  readonly decision: Id
  readonly outcome: TwinOutcome
  readonly kept: TwinPerson
  readonly other: TwinPerson
  readonly status: 'proposed' | 'refused' | 'confirmed' | 'undone'
  readonly proposed: TwinActView
  readonly settled: TwinActView | null
  readonly undone: TwinActView | null
  /** Why a confirmed merge has no effect. */
  readonly conflict: TwinConflict | null
  readonly may: readonly ('confirm' | 'refuse' | 'undo')[]
}

export interface TwinList {
  /** The strongest first, at most 200. */
  readonly pairs: readonly TwinPair[]
  /** Of all pairs. */
  readonly total: number
  /** Dossiers that are still to be compared: ask again. */
  readonly pending: number
  /** What waits for a second person, then what was decided, the newest first, at most 200. */
  readonly decisions: readonly TwinDecisionView[]
}

/** How many records of a category are archived and on their way. */
export interface TwinCategory {
  readonly category: string
  readonly archived: number
  readonly waiting: number
}

export interface TwinSide extends TwinPerson {
  /** ISO 8601 UTC. */
  readonly openedAt: string
  readonly openedBy: string
  readonly merged: readonly MergedDossier[]
  /** Of what the member sees. */
  readonly categories: readonly TwinCategory[]
}

export interface TwinComparison {
  readonly first: TwinSide
  readonly second: TwinSide
  /** Null where nothing speaks for it that they are one person's. */
  readonly weighed: WeighedPair | null
  /** The decision that the two wait for or stand under, which comes before a new one. */
  readonly decided: TwinDecisionView | null
  readonly may: boolean
}

const reasonSchema = z.string().trim().min(1).max(longestTwinReason)

export const twinProcedures = {
  /** `pairs` is 0 until all dossiers are compared, which `pending` counts down. */
  'twin.count': procedure<{ pairs: number; waiting: number; pending: number }>()({
    input: z.strictObject({}),
    kind: 'read',
  }),
  'twin.list': procedure<TwinList>()({ input: z.strictObject({}), kind: 'read' }),
  /** Writes an access entry for either dossier before it answers. */
  'twin.compare': procedure<TwinComparison>()({
    input: z.strictObject({ first: idSchema, second: idSchema }),
    kind: 'read',
  }),
  /** Dossiers that may be those of somebody for whom one is about to be opened. */
  'twin.near': procedure<{ near: readonly ({ readonly person: TwinPerson } & WeighedPair)[] }>()({
    input: z.strictObject({
      name: z.string().trim().min(1).max(60),
      identityNumber: z.string().trim().max(30).nullable(),
      post: z.string().trim().max(100).nullable(),
    }),
    kind: 'read',
  }),
  /** `kept` stays, `other` is shown as part of it. Errors: `twin/decided`, `twin/merged`, `review/about-oneself`. */
  'twin.propose': procedure<{ decision: Id }>()({
    input: z.strictObject({
      outcome: z.enum(['merge', 'apart']),
      kept: idSchema,
      other: idSchema,
      reason: reasonSchema,
    }),
    kind: 'write',
  }),
  /** Proposes to take back a decision in force; that takes two as well. */
  'twin.undo': procedure<{ decision: Id }>()({
    input: z.strictObject({ decision: idSchema, reason: reasonSchema }),
    kind: 'write',
  }),
  /** Errors: `twin/*`, `review/same-person-twice`, `review/about-oneself`. */
  'twin.confirm': procedure<null>()({
    input: z.strictObject({ decision: idSchema, reason: z.string().trim().max(longestTwinReason) }),
    kind: 'write',
  }),
  'twin.refuse': procedure<null>()({
    input: z.strictObject({ decision: idSchema, reason: reasonSchema }),
    kind: 'write',
  }),
} as const
