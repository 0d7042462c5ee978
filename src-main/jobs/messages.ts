import type { Compartment } from '../../src-shared/access/roles.ts'
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

export type Job = VerifyJob | ExportJob

export interface JobResults {
  readonly verify: VerificationReport
  readonly export: Outgoing
}

export type FromWorker =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'result'; readonly result: Result<JobResults[Job['kind']]> }
