import type { Reach } from '../access/grants.ts'
import type { Role } from '../access/roles.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { CategoryRule, OpenedOpinion } from '../log/operations.ts'

/** Where a revision stands (DESIGN §6). `draft` never reaches the log. */
export const revisionStatuses = [
  'submitted',
  'in-review',
  'unopened',
  'agreed',
  'disputed',
  'adjudicated',
  'archived',
  'conflict',
  'returned',
  'withdrawn',
  'superseded',
] as const
export type RevisionStatus = (typeof revisionStatuses)[number]

export const openStatuses: readonly RevisionStatus[] = [
  'submitted',
  'in-review',
  'unopened',
  'agreed',
  'disputed',
  'adjudicated',
]

/** One step of one record, taken out of its commit, with what the rules need to judge it. */
export interface RoadStep {
  /** Leaf of the commit. */
  readonly commit: Digest
  /** Position of the commit in the causal order: one more than the deepest commit it has seen. */
  readonly depth: number
  /** Index of the operation in the commit, then of the row in the operation. */
  readonly index: number
  readonly row: number
  readonly at: string
  readonly device: Id
  readonly member: Id
  /** The dossier about the member, if any. */
  readonly memberCadre: Id | null
  readonly role: Role
  /** How far the grants of this role reach that were in force for the member. */
  readonly grants: readonly Reach[]
  readonly act: RoadAct
}

export type RoadAct =
  | {
      readonly act: 'submit'
      readonly revision: Digest
      readonly cadre: Id
      readonly category: string
      readonly parent: Digest | null
      readonly settles: readonly Digest[]
      readonly batch: Id | null
      readonly evidence: number
      readonly rule: CategoryRule
    }
  | { readonly act: 'withdraw'; readonly revision: Digest }
  | { readonly act: 'decide'; readonly revision: Digest; readonly commitment: Digest; readonly body: Digest }
  | { readonly act: 'return'; readonly revision: Digest; readonly body: Digest }
  | {
      readonly act: 'open'
      readonly revision: Digest
      readonly opinions: readonly OpenedOpinion[]
      readonly body: Digest
    }
  | {
      readonly act: 'adjudicate'
      readonly revision: Digest
      readonly outcome: 'uphold' | 'reject'
      readonly body: Digest
    }
  | { readonly act: 'sign'; readonly revision: Digest; readonly body: Digest }

/** Who did something on the road, where and when (the clock is a claim). */
export interface Hand {
  readonly member: Id
  readonly device: Id
  readonly at: string
  readonly commit: Digest
}

export interface OpinionState {
  readonly hand: Hand
  readonly commitment: Digest
  readonly body: Digest
  /** Null while sealed. */
  readonly decision: 'agree' | 'disagree' | null
  readonly grounds: Digest | null
}

export interface RevisionState {
  readonly revision: Digest
  readonly parent: Digest | null
  readonly settles: readonly Digest[]
  readonly batch: Id | null
  readonly rule: CategoryRule
  readonly status: RevisionStatus
  readonly author: Hand
  /** Opinions of the present round; a redone round starts empty. */
  readonly opinions: readonly OpinionState[]
  /** Rounds that had to be redone because an opinion could not be opened: who said so, and whose opinions went. */
  readonly discarded: readonly { readonly hand: Hand; readonly opinions: readonly OpinionState[] }[]
  readonly opened: Hand | null
  readonly returned: { readonly hand: Hand; readonly body: Digest } | null
  readonly adjudication: {
    readonly hand: Hand
    readonly outcome: 'uphold' | 'reject'
    readonly body: Digest
  } | null
  readonly signed: { readonly hand: Hand; readonly body: Digest } | null
}

export interface RecordState {
  readonly record: Id
  readonly cadre: Id
  readonly category: string
  /** The archived revision that is the fact now, or null. */
  readonly head: Digest | null
  /** Every revision, in the order of the road. */
  readonly revisions: readonly RevisionState[]
}

export interface VoidStep {
  readonly commit: Digest
  readonly index: number
  readonly row: number
  readonly code: ErrorCode
}

export interface RoadResult {
  /** Null when no valid step ever submitted a revision. */
  readonly state: RecordState | null
  readonly voids: readonly VoidStep[]
}
