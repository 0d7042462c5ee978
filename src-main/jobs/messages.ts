import type { Compartment } from '../../src-shared/access/roles.ts'
import type { IndexReport } from '../../src-shared/contract/audit.ts'
import type { VerificationReport } from '../../src-shared/contract/log-views.ts'
import type { Id } from '../../src-shared/kernel/ids.ts'
import type { Result } from '../../src-shared/kernel/result.ts'
import type { Outgoing } from '../sync/outgoing.ts'

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

export type Job = VerifyJob | ExportJob | AuditIndexJob

export interface JobResults {
  readonly verify: VerificationReport
  readonly export: Outgoing
  readonly 'audit-index': IndexReport
}

export type FromWorker =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'result'; readonly result: Result<JobResults[Job['kind']]> }
