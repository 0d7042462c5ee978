import type { Declaration, RecordValues } from '../catalogue/schema.ts'
import type { Period } from '../catalogue/periods.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Attached } from '../paper/attached.ts'
import type { NumberRule } from '../paper/file-number.ts'
import type { Volume } from '../paper/volume.ts'
import type { RevisionStatus } from '../review/states.ts'

/** Who did something on paper, and when, UTC. */
export interface PaperHand {
  readonly name: string
  readonly at: string
}

interface PaperFile {
  readonly hash: Digest
  readonly name: string
  readonly mediaType: string
  readonly size: number
}

/** 纸质原件: the scan of a signed sheet beside a revision. */
export interface PaperView extends Attached {
  readonly paper: Id
  readonly hand: PaperHand
  /** Empty where it shows what this member has yet to type from the evidence. */
  readonly files: readonly PaperFile[]
  /** Who said that it was attached by mistake, and why. */
  readonly struck: (PaperHand & { readonly reason: string }) | null
  readonly mayStrike: boolean
}

/** A revision as it goes on paper. */
export interface PrintedPaper {
  /** What its QR code says. */
  readonly code: string
  readonly number: string
  readonly category: string
  readonly catalogueVersion: number
  readonly cadreName: string
  readonly post: string | null
  readonly status: RevisionStatus
  readonly declaration: Declaration
  readonly period: Period | null
  readonly values: RecordValues
  readonly entered: PaperHand
  readonly reviewed: readonly PaperHand[]
  readonly approved: PaperHand | null
  readonly printedAt: string
}

export interface BlankPaper {
  readonly cadreName: string | null
  readonly post: string | null
  readonly catalogueVersion: number
  readonly sheets: readonly { readonly category: string; readonly code: string; readonly number: string }[]
}

/** Where a scan may be attached: a revision, without a value of it. */
export interface PaperPlace {
  readonly record: Id
  readonly revision: Digest
  readonly cadre: Id
  readonly cadreName: string
  readonly category: string
  readonly compartment: 'archive' | 'discipline'
  readonly status: RevisionStatus
  /** Another revision of the record came after it. */
  readonly isSuperseded: boolean
  readonly entered: PaperHand
  /** Papers that stand beside it already. */
  readonly papers: number
  /** Whether the member at work may attach one. */
  readonly may: boolean
}

/** What a code on paper leads to here. */
export type LocatedPaper =
  | { readonly is: 'revision'; readonly place: PaperPlace }
  /** A blank sheet: for a cadre, where it names one that is seen here. */
  | {
      readonly is: 'blank'
      readonly category: string
      readonly cadre: { readonly id: Id; readonly name: string } | null
    }
  | { readonly is: 'other-unit' }
  /** Nobody knows it here, or this member may not. */
  | { readonly is: 'unknown' }
  | { readonly is: 'no-code' }

export interface VolumeView extends Volume {
  readonly volume: Id
  readonly compartment: 'archive' | 'discipline'
  readonly hand: PaperHand
  /** Another volume has the same number: two computers gave it at once. */
  readonly isTwice: boolean
  /** Earlier acts, newest first. */
  readonly history: readonly {
    readonly hand: PaperHand
    readonly act: 'set' | 'unset'
    readonly number: string
    readonly place: string
  }[]
}

export interface CadreVolumes {
  readonly rule: NumberRule
  /** Nobody in the unit has said how volumes are numbered. */
  readonly isDefaultRule: boolean
  readonly volumes: readonly VolumeView[]
  readonly may: {
    readonly compartments: readonly ('archive' | 'discipline')[]
    readonly rule: boolean
  }
}
