import type { Declaration } from '../catalogue/values.ts'
import type { SourceView } from '../contract/views.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { CopyForm } from '../log/operations.ts'
import type { Purpose } from './purpose.ts'

/** What stands on the paper or in the file that leaves the vault. Plain words, ready to be set. */
export interface Sheet {
  readonly form: CopyForm
  /** The copy, as the register knows it. */
  readonly copy: Id
  readonly unit: string
  readonly cadre: {
    readonly name: string
    readonly identityNumber: string | null
    readonly post: string | null
  }
  /** ISO 8601 UTC. */
  readonly at: string
  readonly member: string
  readonly device: string
  readonly purpose: Purpose
  /** Who receives the cadre's own copy, and how. */
  readonly recipient: string | null
  /** Who signed for what is of level 4. */
  readonly approved: { readonly by: string; readonly at: string } | null
  /** Ends of the logs it was made from. */
  readonly heads: readonly SheetHead[]
  readonly sections: readonly SheetSection[]
}

export interface SheetHead {
  readonly compartment: 'archive' | 'discipline'
  readonly log: Id
  readonly size: number
  readonly leaf: Digest
}

export interface SheetSection {
  readonly category: string
  readonly name: string
  readonly level: number
  readonly records: readonly SheetRecord[]
}

export interface SheetRecord {
  readonly revision: Digest
  readonly declaration: Declaration
  /** What a statement of 本期无变化 is about, in words. */
  readonly period: string | null
  readonly fields: readonly { readonly label: string; readonly text: string }[]
  readonly source: SourceView
  readonly reason: string
  readonly evidence: readonly string[]
  readonly author: SheetHand
  readonly reviewers: readonly SheetHand[]
  readonly signed: SheetHand
}

export interface SheetHand {
  readonly name: string
  readonly at: string
}
