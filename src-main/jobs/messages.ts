import type { Compartment } from '../../src-shared/access/roles.ts'
import type { IndexReport } from '../../src-shared/contract/audit.ts'
import type { StoredReport } from '../../src-shared/contract/log-views.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import type { TakenBundle } from '../sync/intake.ts'
import type { BundleTarget, Outgoing } from '../sync/outgoing.ts'
import type { RekeyOrder } from '../vault/rekey.ts'

/** What a worker needs to open its own read-only connections. Handed over in memory, never written. */
export interface JobVault {
  readonly directory: string
  readonly unit: Id
  readonly rootPublicKey: Uint8Array
  readonly databaseKeys: ReadonlyMap<Compartment, Uint8Array>
}

export interface VerifyJob {
  readonly kind: 'verify'
  readonly vault: JobVault
  readonly at: string
}

export interface ExportJob {
  readonly kind: 'export'
  readonly vault: JobVault
  readonly compartment: Compartment
  readonly bundleKind: 'update' | 'full'
  readonly target: BundleTarget
  readonly device: Id
  readonly path: string
  readonly createdAt: string
}

/** Brings the auditors' index up to date. It writes that one file, in steps that are each whole. */
export interface AuditIndexJob {
  readonly kind: 'audit-index'
  readonly vault: JobVault
  /** Identities of the audit keyring, newest first. */
  readonly identities: readonly string[]
}

/** Takes in a bundle of another device of the unit, over connections of its own. */
export interface IntakeJob {
  readonly kind: 'intake'
  readonly vault: JobVault
  readonly device: Id
  /** Identities of the open compartments, of every epoch. */
  readonly identities: readonly string[]
  readonly source: string | Uint8Array
  readonly at: string
}

/** Puts a database, which nobody has open, under another key. */
export interface RekeyJob extends RekeyOrder {
  readonly kind: 'rekey'
}

export type Job = VerifyJob | ExportJob | AuditIndexJob | IntakeJob | RekeyJob

export interface JobResults {
  readonly verify: StoredReport
  readonly export: Outgoing
  readonly 'audit-index': IndexReport
  readonly intake: TakenBundle
  readonly rekey: true
}

export type FromWorker =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'result'; readonly result: Result<JobResults[Job['kind']]> }
