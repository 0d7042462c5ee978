import type { Digest, Id } from '../kernel/ids.ts'
import type { CategoryRule } from '../log/operations.ts'
import type { Header } from '../log/header.ts'
import type { Compartment, Keyring, Policy, Role } from './roles.ts'

export interface MemberKey {
  readonly key: Digest
  readonly publicKey: string
  /** age X25519 recipient. */
  readonly recipient: string
  readonly inForce: boolean
}

export interface Grant {
  readonly role: Role
  /** Category ids, or `*`. */
  readonly categories: readonly string[]
  /** A role is in force only once a holder of the keys has confirmed the grant. */
  readonly confirmed: boolean
}

export interface MemberState {
  readonly id: Id
  /** The dossier that is about this member, if any: they never enter, review, adjudicate or sign in it. */
  readonly cadre: Id | null
  readonly keys: readonly MemberKey[]
  readonly grants: readonly Grant[]
}

export interface DeviceState {
  readonly id: Id
  readonly publicKey: string
  readonly key: Digest
  readonly logs: Readonly<Record<Compartment, Id>>
}

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
  readonly wraps: readonly {
    readonly keyring: Keyring
    readonly epoch: number
    readonly holder: string
    readonly body: Digest
  }[]
  readonly catalogue: {
    readonly version: number
    readonly body: Digest
    readonly rules: ReadonlyMap<string, CategoryRule>
  } | null
  readonly upstream: UpstreamState | null
  readonly proposedUpstream: UpstreamState | null
}

/** A commit of the authority chain, already verified as bytes and signature. */
export interface AuthorityCommit {
  readonly leaf: Digest
  readonly header: Header
}
