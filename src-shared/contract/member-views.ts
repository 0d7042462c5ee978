import type { Compartment, Keyring, Level, Role, SigningRole } from '../access/roles.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { RemovalCause } from '../log/operations.ts'
import type { OperationName } from '../access/permissions.ts'

/** `not-yet` and `over`: outside of its days. */
export type GrantStanding = 'in-force' | 'unconfirmed' | 'not-yet' | 'over'

export interface GrantLine {
  readonly role: Role
  /** Category ids, or `*`. */
  readonly categories: readonly string[]
  /** As far as the member at work may know it. */
  readonly level: Level
  readonly deputyFor: Id | null
  readonly from: string | null
  readonly until: string | null
  readonly standing: GrantStanding
}

/** `unconfirmed`: has a key, and no role yet. `no-role`: has a key, and no grant within its days. */
export const memberStandings = ['working', 'unconfirmed', 'no-role', 'suspended', 'left'] as const
export type MemberStanding = (typeof memberStandings)[number]

/** Whether the dossier about a member was asked after, and found. */
export type OwnDossier = 'unanswered' | 'none' | 'tied'

export interface MemberLine {
  readonly id: Id
  readonly name: string
  readonly standing: MemberStanding
  /** Roles in force now. */
  readonly roles: readonly Role[]
  /** For the secadmin and those who hold keys. */
  readonly details: MemberDetails | null
}

export interface MemberDetails {
  readonly login: string
  readonly grants: readonly GrantLine[]
  readonly keyrings: readonly Keyring[]
  /** Keyrings due to this member that nobody has handed over yet. */
  readonly missing: readonly Keyring[]
  /** First 16 hex digits of the id of the key in force. */
  readonly fingerprint: string | null
  readonly dossier: OwnDossier
  /** For the secadmin: what taking this member's key away would mean. */
  readonly loss: MemberLoss | null
}

export interface MemberLoss {
  /** Why the key cannot be taken away without the recovery sheets. */
  readonly refusal: ErrorCode | null
  /** Reviewers at work without this member. */
  readonly reviewersLeft: number
}

export interface MembersView {
  readonly members: readonly MemberLine[]
  /** Reviewers at work now. */
  readonly reviewers: number
}

/** One step of the authority chain about a member. */
export interface AuthorityAct {
  readonly commit: Digest
  readonly at: string
  readonly by: string
  readonly byRole: SigningRole
  /** It stands in the commit that founded the unit. */
  readonly isFounding: boolean
  readonly what: OperationName
  readonly role: Role | null
  readonly level: Level | null
  readonly deputyFor: string | null
  readonly from: string | null
  readonly until: string | null
  readonly cause: RemovalCause | null
  readonly keyring: Keyring | null
  /** Of the key that came or went. */
  readonly fingerprint: string | null
}

export interface MemberPage {
  readonly member: MemberLine
  /** Newest first; only what counted. Empty for who does not see details. */
  readonly acts: readonly AuthorityAct[]
}

export interface InvitedMember {
  readonly member: Id
  readonly fingerprint: string
}

export interface ConfirmedView {
  /** Grants that were confirmed. */
  readonly confirmed: number
  /** Keyrings that were handed over. */
  readonly handedOver: number
}

export interface ConfirmationTask {
  readonly member: Id
  readonly name: string
  readonly login: string
  readonly fingerprint: string
  /** Whether an older key of this member was taken away. */
  readonly isReplacement: boolean
  readonly grants: readonly ConfirmableGrant[]
  /** Keyrings that the member at work would hand over. */
  readonly gives: readonly Keyring[]
}

export interface ConfirmableGrant extends GrantLine {
  /** Whether it is in force, or within its days will be, once the member at work has confirmed. */
  readonly isConfirmable: boolean
}

export interface EndTask {
  readonly member: Id
  readonly name: string
  readonly key: Digest
  readonly fingerprint: string
  readonly cause: RemovalCause
  readonly removedAt: string
  readonly compartment: 'archive' | 'discipline'
}

export interface ForkSide {
  /** The first commit of the side, by which it is named. */
  readonly first: Digest
  readonly acts: readonly ForkAct[]
  /** Who proposed that this side holds. */
  readonly proposedBy: string | null
  readonly mayConfirm: boolean
}

export interface ForkAct {
  readonly commit: Digest
  readonly at: string
  readonly by: string
  readonly byRole: SigningRole
  readonly what: OperationName
  /** Name of whom it is about, where it is about a member. */
  readonly about: string | null
}

export interface MemberTasks {
  readonly confirmations: readonly ConfirmationTask[]
  /** Keyrings somebody can still open who has lost the right to. */
  readonly epochs: readonly Keyring[]
  readonly ends: readonly EndTask[]
  /** Databases of this device whose key is older than their epoch. */
  readonly rekeys: readonly Compartment[]
  /** Deputies whose days are over, for the secadmin to revoke. */
  readonly expired: readonly { readonly member: Id; readonly name: string; readonly grant: GrantLine }[]
  readonly fork: { readonly sides: readonly ForkSide[]; readonly maySettle: boolean } | null
  /** Members of whom nobody said yet whether a dossier is about them; for approvers and inspectors. */
  readonly unanswered: readonly { readonly member: Id; readonly name: string }[]
  readonly own: OwnTasks
}

/** What the member at work is still waiting for. */
export interface OwnTasks {
  readonly fingerprint: string
  readonly grants: readonly GrantLine[]
  /** Names of those who may confirm what is not in force yet. */
  readonly confirmers: readonly string[]
  /** A role came into force, or keys were handed over, after this log-in: what it opens is there at the next one. */
  readonly isStale: boolean
  readonly dossier: OwnDossier
  /** Whether this member may answer for themself now. */
  readonly mayAnswer: boolean
}

export interface KeyCommit {
  readonly log: Id
  readonly device: string
  readonly seq: number
  readonly leaf: Digest
  readonly at: string
  readonly action: string
  readonly operations: number
  /** Whose dossier the first operation is about, and which category, where it says so. */
  readonly cadreName: string | null
  readonly category: string | null
}

export interface KeyCommits {
  readonly items: readonly KeyCommit[]
  /** There are more than are listed. */
  readonly isCut: boolean
}
