import type { DrawnView } from './drawn-view.ts'
import type { MergedDossier } from './twins.ts'
import type { Compartment, Keyring, Level, Policy, Role } from '../access/roles.ts'
import type { Finding } from '../catalogue/findings.ts'
import type { Period } from '../catalogue/periods.ts'
import type { Declaration, RecordValues } from '../catalogue/schema.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Explanation } from './explanation.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { RekeyLine } from '../review/rekey.ts'
import type { Tie } from '../review/apart.ts'
import type { Rivalry } from '../review/rivals.ts'
import type { HandView } from './hand-view.ts'
import type { LateObjectionView, LateTask } from './late-views.ts'
import type { QueueItem, QueueKind } from './queue-views.ts'
import type { PaperView } from './paper-views.ts'
import type { SourceView } from './source-view.ts'
import type { AssignmentView, DirectiveView, QueryView } from './review-views.ts'
import type { RevisionStatus } from '../review/states.ts'

/** What the screens show. Plain data, no keys, no bodies that the member may not read. */

export { sourceKinds, type SourceKind, type SourceView } from './source-view.ts'

export interface SessionView {
  readonly unit: { readonly id: Id; readonly name: string; readonly policy: Policy }
  readonly member: {
    readonly id: Id
    readonly name: string
    readonly login: string
    readonly roles: readonly Role[]
    /** The dossier about this member, if any. */
    readonly cadre: Id | null
    /** The highest level of a category they may see, 0 for who does not work on dossiers. */
    readonly level: number
  }
  readonly device: { readonly id: Id; readonly name: string }
  /** Compartments this member holds the key of. One without it is not shown at all. */
  readonly compartments: readonly Compartment[]
  /** 32 bytes, base64: seals drafts in the browser's store; import as a non-extractable key and drop it. */
  readonly draftKey: string
}

export interface SessionStatus {
  readonly vault: 'none' | 'locked' | 'unlocked'
  readonly version: string
  readonly session: SessionView | null
  /** Seconds to wait after wrong passwords, 0 when one may try at once. */
  readonly waitSeconds: number
  /** Somebody's slot asks for a key file; whose is not said. */
  readonly keyFiles: boolean
  /** Somebody may log in with what the operating system keeps; whose it is, is not said. */
  readonly systemUnlock: boolean
}

export interface RecoverySheet {
  readonly holder: string
  readonly number: number
  readonly threshold: number
  readonly total: number
  /** What can be typed back: nine lines of six groups of four symbols. */
  readonly lines: readonly string[]
  /** The same for a QR code. */
  readonly code: string
}

/** A unit that is founded once enough of its sheets have been typed back (`unit.complete`). */
export interface FoundedUnit {
  readonly unit: Id
  readonly unitName: string
  /** 32 bytes, hex: what the hub is given to trust this unit. */
  readonly unitRootPublicKey: string
  readonly sheets: readonly RecoverySheet[]
}

/** `broke-off`: the program ended before the sheets were checked, so there is no unit and its sheets are void. */
export type FoundingView =
  | { readonly state: 'none' }
  | { readonly state: 'broke-off' }
  | { readonly state: 'sheets'; readonly founded: FoundedUnit }

/** Who was given new keys with the recovery sheets. */
export interface RecoveredMember {
  readonly name: string
  readonly login: string
  /** Numbers of the sheets used. */
  readonly sheets: readonly number[]
}

/** What the sheets were shown to open. */
export interface FoundingProof {
  /** Numbers of the sheets used. */
  readonly sheets: readonly number[]
  readonly compartments: readonly Compartment[]
}

export interface MemberView {
  readonly id: Id
  readonly name: string
  readonly login: string
  readonly roles: readonly {
    readonly role: Role
    readonly categories: readonly string[]
    readonly level: Level
    /** Whom a deputy stands in for, from when to when (`YYYY-MM-DD`, inclusive). */
    readonly deputyFor: Id | null
    readonly from: string | null
    readonly until: string | null
    readonly confirmed: boolean
    /** Confirmed, and within its days. */
    readonly inForce: boolean
  }[]
  readonly keyrings: readonly Keyring[]
  /** First 16 hex digits of the key id. */
  readonly fingerprint: string
}

export interface UpstreamView {
  readonly hub: Id
  readonly name: string
  readonly url: string | null
  readonly fingerprint: string
}

export interface UnitView {
  readonly id: Id
  readonly name: string
  readonly creditCode: string | null
  readonly policy: Policy
  readonly foundedAt: string
  /** How many recovery sheets it takes, and who was given one each, by number. */
  readonly recovery: { readonly threshold: number; readonly holders: readonly string[] }
  readonly unitRootPublicKey: string
  readonly catalogueVersion: number
  readonly members: readonly MemberView[]
  readonly devices: readonly { readonly id: Id; readonly name: string; readonly fingerprint: string }[]
  readonly keyrings: readonly {
    readonly keyring: Keyring
    readonly epoch: number
    readonly holders: number
  }[]
  readonly upstream: UpstreamView | null
  readonly proposedUpstream: UpstreamView | null
}

export type { HandView } from './hand-view.ts'

export interface CadreLine {
  readonly id: Id
  readonly name: string
  /** Last four characters of the ID number, or null for a dossier opened without one. */
  readonly identityTail: string | null
  readonly post: string | null
  /** No ID number: the dossier is marked 信息不全. */
  readonly incomplete: boolean
  readonly archived: number
  readonly waiting: number
  readonly updatedAt: string
}

export interface EvidenceLine {
  readonly hash: Digest
  readonly name: string
  readonly mediaType: string
  /** Bytes of the plaintext. */
  readonly size: number
}

export interface RecordFact {
  readonly record: Id
  readonly compartment: Compartment
  readonly category: string
  /** The archived revision (at the moment asked for), or null. */
  readonly head: RevisionFact | null
  /** A revision on its way, at the present moment only. */
  readonly open: {
    readonly revision: Digest
    readonly status: RevisionStatus
    readonly declaration: Declaration
    readonly summary: string
  } | null
  readonly conflict: boolean
  readonly rivalry: Rivalry | null
  readonly revisions: number
  readonly origin: Id | null // the merged dossier it was entered in
}

export interface RevisionFact {
  readonly revision: Digest
  /** The version of the catalogue it was entered under; 0 where its body is missing. */
  readonly catalogueVersion: number
  readonly declaration: Declaration
  readonly values: RecordValues
  readonly summary: string
  readonly source: SourceView
  readonly evidence: readonly EvidenceLine[]
  readonly author: HandView
  readonly signed: HandView
  /** Null where it was looked at, or is under no draw; otherwise it passed by the sample. */
  readonly sampled: Pick<DrawnView, 'lot' | 'size'> | null
  readonly flags: readonly string[]
}

export interface DossierView {
  readonly cadre: CadreLine
  /** The moment shown (ISO 8601), or null for now. */
  readonly at: string | null
  readonly identityNumber: string | null
  readonly records: readonly RecordFact[]
  readonly merged: readonly MergedDossier[]
}

export interface OpinionView {
  readonly reviewer: HandView
  /** False once opened. A sealed opinion shows nothing of what it says. */
  readonly sealed: boolean
  readonly decision: 'agree' | 'disagree' | null
  readonly reasons: readonly string[]
  readonly marks: readonly string[]
  readonly words: string
  /** What the reviewer typed from the evidence beside what was entered, once opened. */
  readonly rekey: readonly RekeyLine[] | null
}

export interface RevisionView {
  readonly revision: Digest
  readonly parent: Digest | null
  readonly status: RevisionStatus
  readonly catalogueVersion: number
  readonly declaration: Declaration
  /** What a statement of 本期无变化 is about; null for every other. */
  readonly period: Period | null
  readonly values: RecordValues
  readonly summary: string
  readonly source: SourceView
  readonly reason: string
  readonly flags: readonly string[]
  /** What the author says of warnings. */
  readonly explanations: readonly Explanation[]
  readonly evidence: readonly EvidenceLine[]
  readonly papers: readonly PaperView[]
  /**
   * Where the category asks for it: the fields that are not shown until this member has typed them from the evidence,
   * and once they have, what they typed beside what was entered.
   */
  readonly rekey: { readonly withheld: readonly string[]; readonly lines: readonly RekeyLine[] | null } | null
  readonly batch: Id | null
  /** Null where the row is, or has to be, looked at for itself; `contested` where it was drawn twice. */
  readonly drawn: (DrawnView & { readonly hand: HandView; readonly contested: HandView | null }) | null
  readonly author: HandView
  readonly opinions: readonly OpinionView[]
  readonly opinionsNeeded: number
  readonly assigned: AssignmentView | null
  /** The reviewer who sent it to adjudication, and why. */
  readonly escalated: { readonly hand: HandView; readonly words: string } | null
  /** Those who settle it together, and what they said so far. */
  readonly group: {
    readonly hand: HandView
    readonly members: readonly { readonly member: Id; readonly name: string }[]
    readonly votes: readonly {
      readonly hand: HandView
      readonly outcome: 'uphold' | 'reject'
      readonly words: string
    }[]
  } | null
  readonly opened: HandView | null
  /** Rounds redone because the opener said an opinion could not be opened. */
  readonly discarded: readonly { readonly hand: HandView; readonly reviewers: readonly HandView[] }[]
  readonly returned: {
    readonly hand: HandView
    readonly reasons: readonly string[]
    readonly marks: readonly string[]
    readonly words: string
  } | null
  readonly adjudication: {
    readonly hand: HandView
    readonly outcome: 'uphold' | 'reject'
    readonly words: string
  } | null
  readonly signed: { readonly hand: HandView; readonly words: string } | null
  /** Who sent the disagreement to the level above, and why. */
  readonly referred: { readonly hand: HandView; readonly words: string } | null
  /** What the level above decided; the name of the hand is the officer's. */
  readonly directives: readonly DirectiveView[]
  /** Objections that the signature had not seen: they undo nothing and wait for somebody who answers for it. */
  readonly late: readonly LateObjectionView[]
  /** System checks: format, logic, evidence. */
  readonly findings: readonly Finding[]
}

export interface RecordView {
  readonly record: Id
  readonly compartment: Compartment
  readonly cadre: Id
  readonly cadreName: string
  readonly category: string
  readonly head: Digest | null
  readonly conflict: boolean
  /** Revisions made apart, of which at most one can stand. */
  readonly rivalry: Rivalry | null
  /** Newest first. */
  readonly revisions: readonly RevisionView[]
  /** Steps that broke a rule and count for nothing. */
  readonly voids: readonly {
    readonly commit: Digest
    readonly code: ErrorCode
    readonly memberName: string
    readonly at: string
  }[]
  /** Who took part although they are kin of the cadre, or in the same reporting line: to be weighed, never void. */
  readonly ties: readonly TieView[]
  /** What keeps the member who asks out of this dossier, if anything. */
  readonly apart: Tie | null
  /** Questions the member may know of. */
  readonly queries: readonly QueryView[]
  /** What the member who asks may do with the open revision now. */
  readonly may: readonly RecordAction[]
}

export interface TieView {
  readonly revision: Digest
  readonly member: Id
  readonly name: string
  readonly as: 'author' | 'reviewer' | 'adjudicator' | 'signer'
  readonly tie: Tie
}

export type RecordAction =
  | 'correct'
  | 'withdraw'
  | 'rekey'
  | 'decide'
  | 'ask'
  | 'escalate'
  | 'assign'
  | 'convene'
  | 'return'
  | 'open'
  | 'adjudicate'
  | 'refer'
  | 'sign'

export interface WorkbenchView {
  /** Revisions, of all compartments the member can open. Keys are queue kinds. */
  readonly queues: readonly {
    readonly kind: QueueKind
    readonly count: number
    /** Of these, past their last day, and due today or on the next working day. */
    readonly overdue: number
    readonly soon: number
  }[]
  /** Entries assigned to somebody who does not review now; null for who does not deal work out. */
  readonly orphaned: number | null
  readonly dossiers: number
  readonly archived: number
  readonly quarantined: number
  /** Errors traced to this member that they have not answered yet. */
  readonly faults: number
  /** Newest first, at most 20. */
  readonly late: readonly LateTask[]
  /** Commits not yet acknowledged by a receipt. */
  readonly unsent: number
  readonly lastReceiptAt: string | null
  readonly recent: readonly QueueItem[]
  /** Copies to sign or make, and corrections to enter or answer, of this member. */
  readonly requests: number
}

export {
  queueKinds,
  type BatchLine,
  type QueueItem,
  type QueueKind,
  type QueueView,
} from './queue-views.ts'

export interface BatchRow extends QueueItem {
  readonly evidence: readonly EvidenceLine[]
  readonly declaration: Declaration
  readonly values: RecordValues
  readonly flags: readonly string[]
  readonly findings: readonly Finding[]
}

export interface RefusedRow {
  readonly record: Id
  readonly revision: Digest
  readonly code: ErrorCode
}
