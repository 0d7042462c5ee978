import type { Deadlines } from '../calendar/stages.ts'
import type { CalendarYear } from '../calendar/working-days.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { CategoryRule } from '../log/category-rule.ts'
import type { RemovalCause } from '../log/operations.ts'
import type { Header } from '../log/header.ts'
import type { Compartment, Keyring, Level, Policy, Role } from './roles.ts'

export interface MemberKey {
  readonly key: Digest
  readonly publicKey: string
  /** age X25519 recipient. */
  readonly recipient: string
  readonly inForce: boolean
  /** Why it is not in force any more. */
  readonly removed: RemovalCause | null
  /** Compartments in which a responsible holder said where the removed key ends. */
  readonly bounded: readonly Compartment[]
}

export interface Grant {
  readonly role: Role
  /** Category ids, or `*`. */
  readonly categories: readonly string[]
  /** The highest level of a category that the grant reaches. */
  readonly level: Level
  /** Whom a deputy stands in for; a role may be held once as one's own and once as a deputy. */
  readonly deputyFor: Id | null
  /** First and last day, inclusive, `YYYY-MM-DD` in China Standard Time. */
  readonly from: string | null
  readonly until: string | null
  /** Who granted it, a member or the unit's id for the root: it takes another to confirm. */
  readonly granter: Id
  /** A role is in force only once a holder of the keys has confirmed the grant. */
  readonly confirmed: boolean
}

export interface MemberState {
  readonly id: Id
  /** The dossier that is about this member, if any: they never enter, review, adjudicate or sign in it. */
  readonly cadre: Id | null
  /** Whether somebody said so: that there is none, too. */
  readonly isCadreSaid: boolean
  /** Dossiers of those above and below them in the reporting line. */
  readonly line: readonly Id[]
  readonly keys: readonly MemberKey[]
  readonly grants: readonly Grant[]
}

export interface DeviceState {
  readonly id: Id
  readonly publicKey: string
  readonly key: Digest
  readonly logs: Readonly<Record<Compartment, Id>>
  /** Nothing that a device signs after its removal is taken in. */
  readonly inForce: boolean
}

export interface WrapState {
  readonly keyring: Keyring
  readonly epoch: number
  /** A member's id, or the name of a recovery identity. */
  readonly holder: string
  /** The member's key at that time; null for a recovery identity. With the key the wrap is gone. */
  readonly key: Digest | null
  readonly body: Digest
}

export interface Settlement {
  /** The leaf that more than one commit follows, and the one of them that holds. */
  readonly fork: Digest
  readonly kept: Digest
  /** The commit that proposed it. */
  readonly proposal: Digest
  readonly proposer: SettlementHand
  readonly confirmer: SettlementHand | null
}

export interface SettlementHand {
  readonly member: Id
  readonly key: Digest
}

/** What the secadmin sets for the whole unit. */
export interface Settings {
  /** Minutes without a key or a mouse after which the vault is locked. */
  readonly idleMinutes: number
  /** Seconds after which a copied value leaves the clipboard; 0 for never. */
  readonly clipboardSeconds: number
  readonly watermark: boolean
}

export const defaultSettings: Settings = { idleMinutes: 10, clipboardSeconds: 30, watermark: true }

export interface UpstreamState {
  readonly hub: Id
  readonly publicKey: string
  readonly key: Digest
  readonly recipients: Readonly<Record<Compartment, string>>
  /** Digest of the body that names the hub. */
  readonly body: Digest
  /** The leaf of the commit that proposed it. */
  readonly proposal: Digest | null
}

/** A version of the catalogue that came into force. */
export interface CatalogueVersion {
  readonly version: number
  readonly body: Digest
  /** The commit that proposed it, null at the founding, and the one that brought it into force. */
  readonly proposal: Digest | null
  readonly adoption: Digest
  /** What the signed header says of it. */
  readonly rules: ReadonlyMap<string, CategoryRule>
}

export interface ProposedCatalogue extends Omit<CatalogueVersion, 'adoption'> {
  readonly proposal: Digest
  readonly proposer: SettlementHand & { readonly role: string }
}

/** Who may do what as of one commit of the authority chain. A value: never changed once it is made. */
export interface AuthorityState {
  readonly unit: Id
  readonly leaf: Digest
  /** Distance from the founding commit along the chain. */
  readonly height: number
  readonly policy: Policy
  readonly members: ReadonlyMap<Id, MemberState>
  readonly devices: ReadonlyMap<Id, DeviceState>
  readonly logs: ReadonlyMap<Id, { readonly compartment: Compartment; readonly device: Id }>
  readonly keyrings: ReadonlyMap<Keyring, { readonly epoch: number; readonly recipient: string }>
  readonly wraps: readonly WrapState[]
  /** Recipients of the recovery kit. */
  readonly recovery: { readonly archive: string; readonly discipline: string }
  readonly settings: Settings
  /** Working days for each stage of the road. */
  readonly deadlines: Deadlines
  /** What the unit itself says of a year; a year that is not here is as the product brings it. */
  readonly calendars: ReadonlyMap<number, CalendarYear>
  readonly catalogue: {
    readonly version: number
    readonly body: Digest
    readonly rules: ReadonlyMap<string, CategoryRule>
  } | null
  /** Every version that was ever in force, oldest first: records name the one they were entered under. */
  readonly catalogueVersions: readonly CatalogueVersion[]
  readonly proposedCatalogue: ProposedCatalogue | null
  /** By the proposing commit, what two people said of forks of the chain. */
  readonly settlements: ReadonlyMap<Digest, Settlement>
  readonly upstream: UpstreamState | null
  /** Nodes that were confirmed once and replaced since, oldest first. */
  readonly formerUpstreams: readonly UpstreamState[]
  readonly proposedUpstream: UpstreamState | null
}

/** A commit of the authority chain, already verified as bytes and signature. */
export interface AuthorityCommit {
  readonly leaf: Digest
  readonly header: Header
}
