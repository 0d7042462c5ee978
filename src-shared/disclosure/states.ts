import type { Compartment } from '../access/roles.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { CopyForm } from '../log/operations.ts'
import type { Hand } from '../review/states.ts'

export type CopyStatus = 'requested' | 'approved' | 'refused' | 'made'

export type CorrectionStatus = 'open' | 'offered' | 'corrected' | 'refused'

/** Who did a step, and the body that says what for or in which words. */
export interface Mark {
  readonly hand: Hand
  readonly body: Digest
}

/** A copy of a dossier that left the vault, or is asked for. */
export interface CopyState {
  readonly kind: 'copy'
  readonly id: Id
  /** Empty for a list of dossiers. */
  readonly cadre: Id | ''
  readonly form: CopyForm | 'list'
  /** SHA-256 over what exactly it holds. */
  readonly scope: Digest
  /** How many records. */
  readonly records: number
  readonly status: CopyStatus
  /** Null for a copy without anything of level 4, which waits for nobody. */
  readonly requested: Mark | null
  readonly answered: Mark | null
  readonly made: Mark | null
}

/** A cadre's request to correct what is kept about them (更正申请). */
export interface CorrectionState {
  readonly kind: 'correction'
  readonly id: Id
  readonly cadre: Id
  readonly category: string
  /** Null where the cadre misses a record. */
  readonly record: Id | null
  readonly status: CorrectionStatus
  readonly requested: Mark
  /** Revisions that were submitted for it. */
  readonly offers: readonly { readonly record: Id; readonly revision: Digest }[]
  readonly answered: Mark | null
  /** The revision that corrects it. */
  readonly revision: Digest | null
}

export type DisclosureState = CopyState | CorrectionState

interface CopyScope {
  readonly cadre: Id | ''
  readonly form: CopyForm | 'list'
  readonly scope: Digest
  readonly records: number
}

export type DisclosureAct =
  | ({ readonly act: 'request' } & CopyScope)
  | { readonly act: 'approve' }
  | { readonly act: 'refuse' }
  | ({ readonly act: 'make'; readonly isRequested: boolean } & CopyScope)
  | {
      readonly act: 'ask'
      readonly cadre: Id
      readonly category: string
      readonly record: Id | null
      /** Whether the category belongs into the log it stands in. */
      readonly isInPlace: boolean
    }
  | { readonly act: 'offer'; readonly cadre: Id; readonly record: Id; readonly revision: Digest }
  | { readonly act: 'answer'; readonly outcome: 'corrected' | 'refused'; readonly revision: Digest | null }

/** One step of one copy or request, taken out of its commit, with what the rules need to judge it. */
export interface DisclosureStep {
  readonly commit: Digest
  readonly depth: number
  /** Index of the operation in the commit. */
  readonly index: number
  /** 0, or 1 where the operation takes a step on the road of a record as well. */
  readonly row: number
  readonly at: string
  readonly device: Id
  readonly member: Id
  /** The dossier about the member, if any. */
  readonly memberCadre: Id | null
  readonly compartment: Compartment
  readonly body: Digest
  readonly act: DisclosureAct
}

export interface VoidDisclosureStep {
  readonly commit: Digest
  readonly index: number
  readonly row: number
  readonly code: ErrorCode
}

export interface DisclosureResult {
  /** Null when no valid step began it. */
  readonly state: DisclosureState | null
  readonly voids: readonly VoidDisclosureStep[]
}
