import type { AssignmentWay, FaultKind, FaultPlace } from '../log/operations.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { HandView } from './hand-view.ts'

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
