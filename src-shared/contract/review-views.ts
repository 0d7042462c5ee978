import type { SamplingPlan } from '../log/category-rule.ts'
import type { AssignmentWay, DirectiveDecision, FaultKind, FaultPlace } from '../log/operations.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Finding } from '../catalogue/findings.ts'
import type { Declaration, RecordValues } from '../catalogue/values.ts'
import type { FieldAgreement } from '../review/agreement.ts'
import type { RevisionStatus } from '../review/states.ts'
import type { HandView } from './hand-view.ts'
import type { SourceView } from './source-view.ts'

/** That a signing commit stands in a log: RFC 6962 inclusion, under a signed checkpoint. */
export interface RecordProof {
  readonly unit: Id
  readonly unitRootPublicKey: string
  readonly log: Id
  readonly seq: number
  readonly leaf: Digest
  readonly size: number
  readonly root: Digest
  /** Hashes from the leaf to the root, lowest first, base64. */
  readonly proof: readonly string[]
  /** The device's signed note; null for the log of another device. */
  readonly note: string | null
}

export interface DirectiveView {
  readonly hand: HandView
  readonly decision: DirectiveDecision
  readonly office: string
  readonly words: string
  /** Key id of the node that signed it, and the position in its log of directives. */
  readonly node: Digest
  readonly seq: number
}

export interface SaidView {
  readonly hand: HandView
  /** Null where the words are not for this member. */
  readonly words: string | null
}

export interface QueryView {
  readonly query: Id
  readonly revision: Digest
  /** Null for the entry as a whole. */
  readonly field: string | null
  readonly asked: HandView
  readonly words: string | null
  readonly answers: readonly SaidView[]
  readonly resolved: SaidView | null
  readonly may: { readonly answer: boolean; readonly resolve: boolean }
}

/** A question that waits for the member at work. */
export interface OpenQuery {
  readonly query: Id
  readonly record: Id
  readonly revision: Digest
  readonly compartment: 'archive' | 'discipline'
  readonly cadre: Id
  readonly cadreName: string
  readonly category: string
  readonly askedBy: string
  readonly askedAt: string
  readonly wants: 'answer' | 'resolve'
}

/** Why somebody is not offered as a reviewer of an entry. */
export const unsuitabilities = [
  'author',
  'oneself',
  'kin',
  'line',
  'no-role',
  'gave-opinion',
  'away',
] as const
export type Unsuitability = (typeof unsuitabilities)[number]

export interface CandidateView {
  readonly member: Id
  readonly name: string
  /** Entries assigned to them that wait for their opinion. */
  readonly load: number
  /** Null for one who may be chosen. */
  readonly unsuitable: Unsuitability | null
  readonly deputyFor: string | null
}

export interface AssignedRow {
  readonly record: Id
  readonly revision: Digest
  readonly reviewers: readonly { readonly member: Id; readonly name: string }[]
}

export interface AssignmentView {
  readonly hand: HandView
  readonly way: AssignmentWay
  readonly seed: Digest | null
  readonly reviewers: readonly { readonly member: Id; readonly name: string }[]
}

export interface FaultView {
  readonly fault: Id
  readonly record: Id
  readonly revision: Digest
  readonly compartment: 'archive' | 'discipline'
  readonly cadre: Id
  readonly cadreName: string
  readonly category: string
  readonly kind: FaultKind
  readonly found: FaultPlace
  readonly finder: HandView
  readonly words: string
  /** Fields concerned. */
  readonly fields: readonly string[]
  readonly traced: readonly {
    readonly member: Id
    readonly name: string
    /** What they had to do with it. */
    readonly as: 'author' | 'reviewer' | 'adjudicator' | 'signer'
    readonly answers: readonly { readonly at: string; readonly words: string }[]
  }[]
  readonly mayAnswer: boolean
}

/** The rows of a batch that may go, or went, under one draw. */
export interface LotView {
  readonly category: string
  readonly compartment: 'archive' | 'discipline'
  readonly plan: SamplingPlan
  /** N, the rows that wait; n, how many a draw would have looked at; d, the wrong rows it would have to find. */
  readonly lot: number
  readonly size: number
  readonly intolerable: number
  /** Null for a lot that is not drawn yet. */
  readonly drawn: {
    readonly draw: Digest
    readonly seed: Digest
    readonly by: string
    readonly at: string
    /** The commits that brought the rows: with them and the draw anybody computes the seed. */
    readonly submissions: readonly Digest[]
  } | null
  /**
   * Rows of a drawn lot that are not under its draw any more. The sample says nothing then: the rest can only be returned,
   * all of it, and submitted again.
   */
  readonly broken: number
  /** Whether the member at work may draw it now. */
  readonly mayDraw: boolean
}

/** What another entry, or the same one out of another source, says of the fact that is under review. */
export interface OtherSource {
  readonly record: Id
  readonly revision: Digest
  readonly status: RevisionStatus
  readonly source: SourceView
  /** When it was entered: a claim of that device's clock. */
  readonly at: string
  readonly declaration: Declaration
  readonly values: RecordValues
  /** Fields that both fill in and in which they do not agree. */
  readonly differing: readonly string[]
  /** Whether it says exactly the same. */
  readonly isDuplicate: boolean
}

export interface ComparisonView {
  /** Whether nothing is told because the member at work has to type the entry first. */
  readonly withheld: boolean
  readonly others: readonly OtherSource[]
  readonly findings: readonly Finding[]
}

export interface AgreementView {
  /** Entries that were counted. */
  readonly entries: number
  /** Whether there were more than are counted at once; the newest were. */
  readonly isPartial: boolean
  /** By category and field. */
  readonly fields: readonly FieldAgreement[]
}
