import type { Reach } from '../access/grants.ts'
import type { SigningRole } from '../access/roles.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Sight } from '../log/sight.ts'
import type { ObjectionOutcome } from '../log/objections.ts'
import type { CategoryRule, SamplingPlan } from '../log/category-rule.ts'
import type {
  AssignmentWay,
  DirectiveDecision,
  FaultKind,
  FaultPlace,
  OpenedOpinion,
} from '../log/operations.ts'

/** Where a revision stands (DESIGN §6). `draft` never reaches the log. */
export const revisionStatuses = [
  'submitted',
  'in-review',
  'unopened',
  'agreed',
  'disputed',
  'referred',
  'adjudicated',
  'awaiting-above',
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
  'referred',
  'adjudicated',
  'awaiting-above',
]

/** One step of one record, taken out of its commit, with what the rules need to judge it. */
export interface RoadStep {
  /** Leaf of the commit. */
  readonly commit: Digest
  /** Position of the commit in the causal order: one more than the deepest commit it has seen. */
  readonly depth: number
  /** The log of the commit, and its position in it. */
  readonly log: Id
  readonly seq: number
  /** What the commit had seen of other logs, where it is asked for: of signatures, of what objects to one and of answers to that. */
  readonly seen?: Sight
  /** Index of the operation in the commit, then of the row in the operation. */
  readonly index: number
  readonly row: number
  readonly at: string
  readonly device: Id
  readonly member: Id
  /** The dossier about the member, if any. */
  readonly memberCadre: Id | null
  readonly role: SigningRole
  /** How far the grants of this role reach that were in force for the member. */
  readonly grants: readonly Reach[]
  readonly act: RoadAct
}

/** What an operation says of a draw, for each of its rows to check. */
export interface DrawClaim {
  /** Leaf of the draw. */
  readonly draw: Digest
  /** `lotDigest` of all rows of the operation, and of those that were looked at; null where nothing is said of them. */
  readonly rows: Digest
  readonly sample: Digest | null
  /** What is wrong with the operation as a whole. */
  readonly fault: ErrorCode | null
  /** An opinion of one of the rows cannot be opened: all of the batch is decided anew. */
  readonly redo: boolean
}

/** What a draw came to, for one row. */
export interface Drawn {
  readonly seed: Digest
  /** N, rows of the lot, and n, how many of them are looked at. */
  readonly lot: number
  readonly size: number
  /** `lotDigest` of all rows and of the sample. */
  readonly rows: Digest
  readonly sample: Digest
  /** Whether this row is in the sample. */
  readonly seen: boolean
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
      /** The version of the catalogue that the header says it was entered under; the body must say the same. */
      readonly catalogue?: number
      readonly rule: CategoryRule
    }
  | { readonly act: 'withdraw'; readonly revision: Digest }
  | {
      readonly act: 'draw'
      readonly revision: Digest
      readonly submission: Digest
      readonly batch: Id
      readonly category: string
      readonly plan: SamplingPlan
      readonly drawn: Drawn
      readonly fault: ErrorCode | null
    }
  | {
      readonly act: 'decide'
      readonly revision: Digest
      readonly draw?: DrawClaim
      readonly unseen?: true
      readonly commitment: Digest
      /** Digest of what the reviewer typed from the evidence, where the category asks for it. */
      readonly rekey?: Digest
      readonly body: Digest
    }
  | {
      readonly act: 'assign'
      readonly revision: Digest
      readonly reviewers: readonly Id[]
      readonly way: AssignmentWay
      readonly seed?: Digest
      readonly body: Digest
    }
  | { readonly act: 'escalate'; readonly revision: Digest; readonly body: Digest }
  | {
      readonly act: 'convene'
      readonly revision: Digest
      readonly members: readonly Id[]
      readonly body: Digest
    }
  | {
      readonly act: 'ask'
      readonly revision: Digest
      readonly query: Id
      readonly field: string | null
      readonly body: Digest
    }
  | { readonly act: 'answer'; readonly query: Id; readonly body: Digest }
  | { readonly act: 'resolve'; readonly query: Id; readonly body: Digest }
  | {
      readonly act: 'find-fault'
      readonly revision: Digest
      readonly fault: Id
      readonly kind: FaultKind
      readonly found: FaultPlace
      readonly traced: readonly Id[]
      readonly body: Digest
    }
  | { readonly act: 'answer-fault'; readonly fault: Id; readonly body: Digest }
  | {
      readonly act: 'settle-objection'
      readonly revision: Digest
      /** Leaf of the commit that objected. */
      readonly objection: Digest
      readonly outcome: ObjectionOutcome
      readonly fault: Id | null
      readonly body: Digest
    }
  | {
      readonly act: 'return'
      readonly revision: Digest
      readonly draw?: DrawClaim
      readonly body: Digest
    }
  | {
      readonly act: 'open'
      readonly revision: Digest
      readonly draw?: DrawClaim
      readonly unseen?: true
      readonly opinions: readonly OpenedOpinion[]
      readonly body: Digest
    }
  | {
      readonly act: 'adjudicate'
      readonly revision: Digest
      readonly outcome: 'uphold' | 'reject'
      readonly body: Digest
    }
  | {
      readonly act: 'sign'
      readonly revision: Digest
      readonly body: Digest
      /** Keys of upstream nodes that were replaced before: none of them answers this any more. */
      readonly formerNodes?: readonly Digest[]
    }
  | {
      readonly act: 'refer'
      readonly revision: Digest
      readonly body: Digest
      readonly formerNodes?: readonly Digest[]
    }
  | {
      /** What the level above decides. Its place on the road is behind the step it answers. */
      readonly act: 'direct'
      readonly revision: Digest
      readonly decision: DirectiveDecision
      readonly answers: Digest
      /** Key id of the upstream node. */
      readonly node: Digest
      readonly body: Digest
    }

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
  readonly rekey: Digest | null
  /** Null while sealed. */
  readonly decision: 'agree' | 'disagree' | null
  readonly grounds: Digest | null
  /** What the reviewer says of the drawn batch as a whole. */
  readonly lot: 'agree' | 'disagree' | null
}

/** The draw that a revision is under. */
export interface DrawnState extends Drawn {
  readonly hand: Hand
  /** Leaf of the draw. */
  readonly draw: Digest
  /** Who drew a second time; neither draw holds then, and the row is looked at. */
  readonly contested: Hand | null
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
  readonly drawn: DrawnState | null
  /** Who is to review, as somebody said last. */
  readonly assigned: {
    readonly hand: Hand
    readonly reviewers: readonly Id[]
    readonly way: AssignmentWay
    readonly seed: Digest | null
  } | null
  /** The reviewer who sent it to adjudication without waiting for both opinions. */
  readonly escalated: { readonly hand: Hand; readonly body: Digest } | null
  /** Those who settle it together, by majority; without a group one adjudicator does. */
  readonly group: {
    readonly hand: Hand
    /** Empty where anybody who took no part may speak, and two must say the same. */
    readonly members: readonly Id[]
    readonly votes: readonly Vote[]
    /** What was said in groups before this one. */
    readonly former: readonly Vote[]
  } | null
  readonly opened: Hand | null
  readonly returned: { readonly hand: Hand; readonly body: Digest } | null
  readonly adjudication: {
    readonly hand: Hand
    readonly outcome: 'uphold' | 'reject'
    readonly body: Digest
  } | null
  readonly signed: { readonly hand: Hand; readonly body: Digest } | null
  /** Who sent the disagreement to the level above. */
  readonly referred: Referral | null
  /** What the level above decided; its hand is the node's. */
  readonly directives: readonly DirectiveState[]
  /** What others would have done to it who had not seen its signature; the signature had not seen them either. */
  readonly late: readonly LateObjection[]
  /** Of a signed one: the nodes that may not sign it any more. */
  readonly formerNodes: readonly Digest[]
}

export interface Referral {
  readonly hand: Hand
  readonly body: Digest
  readonly formerNodes: readonly Digest[]
}

/** One decision of the level above that counts. */
export interface DirectiveState {
  readonly hand: Hand
  readonly decision: DirectiveDecision
  readonly body: Digest
  /** Key id of the node that signed it. */
  readonly node: Digest
}

/** Acts that would take a revision off the way to the archive. */
export const objectionActs = ['withdraw', 'draw', 'return', 'escalate', 'adjudicate'] as const
export type ObjectionAct = (typeof objectionActs)[number]

/** An objection that a signature had not seen. It undoes nothing and stays on record for those who answer for it. */
export interface LateObjection {
  readonly hand: Hand
  readonly act: ObjectionAct
  /** What was said with it; null for an act that says nothing in its operation. */
  readonly body: Digest | null
  /** What looking into it came to; several only where nobody knew of the other's. None while it is open. */
  readonly answers: readonly ObjectionAnswer[]
}

export interface ObjectionAnswer {
  readonly hand: Hand
  readonly outcome: ObjectionOutcome
  readonly fault: Id | null
  readonly body: Digest
}

export interface Vote {
  readonly hand: Hand
  readonly outcome: 'uphold' | 'reject'
  readonly body: Digest
}

/** A question of a reviewer to the author, with what was answered. */
export interface QueryState {
  readonly query: Id
  readonly revision: Digest
  /** Null for the entry as a whole. */
  readonly field: string | null
  readonly asked: Hand
  readonly body: Digest
  readonly answers: readonly { readonly hand: Hand; readonly body: Digest }[]
  readonly resolved: { readonly hand: Hand; readonly body: Digest } | null
}

/** An error that somebody answers for. */
export interface FaultState {
  readonly fault: Id
  readonly revision: Digest
  readonly kind: FaultKind
  readonly found: FaultPlace
  readonly finder: Hand
  readonly body: Digest
  readonly traced: readonly Id[]
  readonly answers: readonly { readonly hand: Hand; readonly body: Digest }[]
}

export interface RecordState {
  readonly record: Id
  readonly cadre: Id
  readonly category: string
  /** The archived revision that is the fact now, or null. */
  readonly head: Digest | null
  /** Every revision, in the order of the road. */
  readonly revisions: readonly RevisionState[]
  readonly queries: readonly QueryState[]
  readonly faults: readonly FaultState[]
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
