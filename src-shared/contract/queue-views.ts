import type { Compartment } from '../access/roles.ts'
import type { Urgency } from '../calendar/deadlines.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { DrawnView } from './drawn-view.ts'
import type { RevisionStatus } from '../review/states.ts'

export const queueKinds = [
  'to-review',
  'given',
  'to-assign',
  'to-open',
  'to-adjudicate',
  'to-sign',
  'awaiting-above',
  'referred',
  'returned',
  'on-the-way',
  'overdue',
  'rivals',
] as const
/**
 * `to-review`: wants an opinion that this member may give. `given`: waits for the other reviewer.
 * `to-assign`: wants reviewers. `to-open`: both opinions are in. `to-adjudicate`,
 * `to-sign`: what they say. `awaiting-above`, `referred`: what the level above has to sign, or to settle. `returned`: this member's entries sent back. `on-the-way`: everything open this member entered.
 * `overdue`: whatever is past its last day, whoever holds it. `rivals`: records with revisions made apart, one line each.
 */
export type QueueKind = (typeof queueKinds)[number]

export interface QueueItem {
  readonly record: Id
  readonly revision: Digest
  readonly compartment: Compartment
  readonly cadre: Id
  readonly cadreName: string
  readonly category: string
  readonly summary: string
  readonly status: RevisionStatus
  readonly batch: Id | null
  readonly authorName: string
  readonly submittedAt: string
  /** Since when it waits where it is, as whoever brought it there claims. */
  readonly waitingSince: string
  /** The last day on which it is in time, `YYYY-MM-DD`; null where no deadline runs. */
  readonly due: string | null
  readonly urgency: Urgency | null
  /** Who is to give an opinion and has not; `isAbsent` for who does not review now and nobody stands in for. */
  readonly assigned: readonly { readonly member: Id; readonly name: string; readonly isAbsent: boolean }[]
  readonly opinions: number
  readonly opinionsNeeded: number
  readonly drawn: DrawnView | null
  /** Whether another revision of the record was made apart from this one, and at most one can stand. */
  readonly rival: boolean
}

export interface BatchLine {
  readonly batch: Id
  readonly compartment: Compartment
  readonly name: string
  readonly authorName: string
  readonly submittedAt: string
  /** Of the row that waits longest. */
  readonly waitingSince: string
  readonly due: string | null
  readonly urgency: Urgency | null
  /** Rows in this queue. */
  readonly count: number
  /** Whether rows of it may be, or are, reviewed by a sample. */
  readonly sampling: boolean
}

export interface QueueView {
  /** Single items; rows of a batch are under `batches`. */
  readonly items: readonly QueueItem[]
  readonly batches: readonly BatchLine[]
  readonly next: string | null
}
