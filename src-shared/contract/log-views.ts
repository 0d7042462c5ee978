import type { DirectiveDecision } from '../log/operations.ts'
import type { Compartment } from '../access/roles.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { ObjectionOutcome } from '../log/objections.ts'
import type { Tie } from '../review/apart.ts'
import type { TieView, UpstreamView } from './views.ts'

/** What the screens show of the log, its verification and its way upstream. */

export interface CommitLine {
  readonly compartment: Compartment
  readonly log: Id
  readonly seq: number
  readonly leaf: Digest
  readonly at: string
  readonly memberName: string
  readonly role: string
  readonly action: string
  readonly operations: number
  readonly void: ErrorCode | null
}

export interface CompartmentReport {
  readonly compartment: Compartment
  readonly logs: number
  readonly commits: number
  readonly bodies: number
  readonly evidence: number
  readonly rows: number
  /** The first commit, body, checkpoint or piece of evidence that is not what it should be. */
  readonly fault: {
    readonly code: ErrorCode
    readonly log: Id | null
    readonly seq: number | null
    readonly what: string
  } | null
  readonly voids: readonly {
    readonly log: Id
    readonly seq: number
    readonly code: ErrorCode
    /** Of late objections: what looking into it came to, none while it is open. */
    readonly answers?: readonly {
      readonly member: Id
      readonly at: string
      readonly outcome: ObjectionOutcome
    }[]
  }[]
  /** Live rows that differ from those re-derived from the log; at most 100 are named. */
  readonly differences: readonly {
    readonly table: string
    readonly key: string
    readonly how: 'changed' | 'missing' | 'extra'
  }[]
  readonly heads: readonly {
    readonly log: Id
    readonly size: number
    readonly root: string
    readonly acknowledged: number
  }[]
}

/** What recomputing the stored bytes finds. */
export interface StoredReport {
  readonly verified: boolean
  readonly at: string
  readonly compartments: readonly CompartmentReport[]
}

/** Somebody who took part in a record although something ties them to its cadre. It voids nothing: a person weighs it. */
export interface TieFinding extends TieView {
  readonly compartment: Compartment
  readonly cadre: Id
  readonly cadreName: string
  readonly record: Id
  readonly category: string
}

/** Who took part although they should have kept out, of what the member who asks may see. */
export interface TieFindings {
  readonly found: readonly TieFinding[]
  /** What could be looked for with the keys of this member; kinship stands in the archive. */
  readonly sought: readonly Tie[]
}

export interface VerificationReport extends StoredReport {
  /** These do not bear on `verified`. */
  readonly ties: TieFindings
  /** Names of the members that the report names. */
  readonly names: Readonly<Record<Id, string>>
}

export interface RebuildReport {
  readonly compartment: Compartment
  readonly rows: number
  /** Live rows that were not as the log says; at most 100 are counted. */
  readonly changed: number
  /** Logs followed only up to a commit that does not hold. Nothing of them was deleted. */
  readonly stopped: readonly { readonly log: Id; readonly seq: number; readonly code: ErrorCode }[]
}

export interface CompartmentSync {
  readonly compartment: Compartment
  readonly commits: number
  readonly acknowledged: number
  readonly lastReceiptAt: string | null
}

export interface SentBundle {
  readonly id: Id
  readonly compartment: Compartment
  readonly kind: 'update' | 'full'
  readonly file: string
  readonly bytes: number
  readonly sha256: Digest
  readonly commits: number
  readonly createdAt: string
  readonly acknowledgedAt: string | null
}

export interface ReceiptView {
  readonly compartment: Compartment
  readonly hub: Id
  readonly bundle: Digest
  readonly issuedAt: string
  readonly logs: readonly { readonly log: Id; readonly size: number }[]
  readonly voids: readonly { readonly log: Id; readonly seq: number; readonly code: string }[]
}

/** What the level above decided, as it came in. */
export interface DirectivesView {
  readonly compartment: Compartment
  readonly decisions: readonly {
    readonly record: Id
    readonly revision: Digest
    readonly decision: DirectiveDecision
    /** Null, and without a category, where the record has not come to this device yet. */
    readonly cadre: Id | null
    readonly cadreName: string
    readonly category: string | null
    readonly officer: string
    readonly office: string
    readonly words: string
    readonly at: string
    /** Why it changes nothing here, or nothing yet. */
    readonly code: ErrorCode | null
  }[]
}

export interface SyncView {
  readonly upstream: UpstreamView | null
  readonly proposedUpstream: UpstreamView | null
  readonly compartments: readonly CompartmentSync[]
  readonly bundles: readonly SentBundle[]
}

export interface FolderView {
  readonly path: string
  readonly parent: string | null
  readonly folders: readonly { readonly name: string; readonly path: string }[]
  readonly bundles: readonly { readonly name: string; readonly path: string; readonly bytes: number }[]
  /** Places people look first: removable media, documents, the desktop. */
  readonly places: readonly { readonly name: string; readonly path: string }[]
}
