import type { Compartment } from '../access/roles.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { TieFinding } from './log-views.ts'

/** What came in a bundle of another device of the unit. A receipt of the upstream node has no `device`. */
export interface ExchangeView {
  readonly compartment: Compartment
  readonly bundle: Id
  readonly device: Id
  readonly deviceName: string
  /** New commits; 0 when all of it was here. */
  readonly commits: number
  readonly evidence: number
  readonly members: readonly { readonly member: Id; readonly name: string; readonly commits: number }[]
  readonly voids: readonly { readonly log: Id; readonly seq: number; readonly code: ErrorCode }[]
  /** Records that two devices changed at once, for a person to settle. */
  readonly conflicts: readonly {
    readonly record: Id
    readonly cadre: Id
    readonly cadreName: string
    readonly category: string
  }[]
  /** Who took part in a record although they should have kept out, as far as it was not known here before. */
  readonly ties: readonly TieFinding[]
  /** Whether two versions of who may do what stand side by side, until two people settle it. */
  readonly forked: boolean
  /** Compartments of which marks and tables were derived again, because something lost its force. */
  readonly derived: readonly Compartment[]
}

/** A bundle for another device, in the folder that was asked for. */
export interface ExchangeBundle {
  readonly compartment: Compartment
  readonly file: string
  readonly bytes: number
  readonly sha256: Digest
  readonly commits: number
}

export interface DeviceView {
  readonly id: Id
  readonly name: string
  /** First 16 hex digits of the id of its key. */
  readonly fingerprint: string
  readonly isThis: boolean
  readonly inForce: boolean
  /** When something it made was last taken in here, or null. */
  readonly lastReceivedAt: string | null
  /** Whether it joined by a request, so that joining files can be written for it. */
  readonly canEnrol: boolean
}

export interface AdmittedDevice {
  readonly device: Id
  readonly name: string
}

export interface EnrolmentView {
  /** What is typed at the new device, so that it trusts this unit and no other. */
  readonly code: string
  /** Names of the files, the package first. */
  readonly files: readonly string[]
  readonly compartments: readonly Compartment[]
}

export interface ListenerView {
  readonly state: 'none' | 'waiting' | 'arrived' | 'done' | 'ended'
  readonly purpose: 'request' | 'package' | null
  /** Address and port, as they are typed at the new device. */
  readonly address: string | null
  /** The request that arrived. */
  readonly request: AdmittedDevice | null
  /** Of a package that is offered. */
  readonly enrolment: EnrolmentView | null
}

export type JoinView =
  | { readonly state: 'none' }
  | { readonly state: 'asked'; readonly device: Id; readonly name: string; readonly code: string }
