import type { Digest } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { LogHead, SignedCommit } from '../log/chain.ts'
import { emptyFrontier, type TreeBuilder } from '../log/merkle.ts'
import type { HeldLog, MaybePromise, VerifiedCommit } from './context.ts'
import type { ReceiptSource } from './receipt.ts'
import type { LogRange } from './statement.ts'

export const nothingHeld: HeldLog = {
  size: 0,
  leaf: null,
  frontier: emptyFrontier,
  depth: -1,
  authority: null,
}

/** One log on its way through the verifier. */
export interface Progress {
  readonly range: LogRange
  readonly held: HeldLog
  /** Whose log of directives it is; null for a device's and for receipts. */
  readonly directives: ReceiptSource | null
  readonly tree: TreeBuilder
  next: number
  head: LogHead
  depth: number
  authority: Digest | null
  checkpoint: string | null
}

/** A commit that the reader had before must be the same. */
export function compareHeld(
  progress: Progress,
  commit: SignedCommit,
  held: Digest | null,
): Result<VerifiedCommit> {
  if (held === commit.leaf) return ok({ commit, depth: -1, held: true, voidCode: undefined })
  const { log, seq } = commit.header
  // Fewer commits than are held, and others: the device was set back and went on from there.
  const code = progress.range.to + 1 < progress.held.size ? 'bundle/rollback' : 'bundle/fork'
  return err(code, { log, seq })
}

export function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return value instanceof Promise
}
