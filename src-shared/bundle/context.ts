import type { AuthorityCommit, AuthorityHistory } from '../access/authority.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { SignedCommit } from '../log/chain.ts'
import type { Frontier } from '../log/merkle.ts'

/** A store may answer at once or later; the verifier waits only where it must. */
export type MaybePromise<T> = T | Promise<T>

/** The end of a log as the reader holds it. */
export interface HeldLog {
  /** Commits; the next `seq`. */
  readonly size: number
  readonly leaf: Digest | null
  readonly frontier: Frontier
  /** Causal depth of the last commit; -1 for none. */
  readonly depth: number
  /** The authority commit that the last commit names. */
  readonly authority: Digest | null
}

/** What the reader of a bundle holds and trusts. Nothing of it comes out of the bundle. */
export interface BundleContext {
  readonly unit: Id
  /** 32 raw bytes: where all trust in the unit begins. */
  readonly rootPublicKey: Uint8Array
  /** Null when not even the founding commit is held. */
  readonly history: AuthorityHistory | null
  /** The commits that `history` was read from. */
  readonly authorityCommits: readonly AuthorityCommit[]
  /**
   * Whether a bundle may end before what is held of its sender's own log: sticks of one office overtake each other. An
   * upstream node, which answers each bundle, refuses it instead as the sign of a disk that was set back.
   */
  readonly takesLate?: boolean
  /** Any log of the unit; null when nothing of it is held. */
  heldLog(log: Id): MaybePromise<HeldLog | null>
  /** A commit of any log of the unit; null when it is not held. */
  leafAt(log: Id, seq: number): MaybePromise<Digest | null>
  /** The tree of the first `size` commits, of which all are held. */
  frontierAt(log: Id, size: number): MaybePromise<Frontier>
  /** Depth of a commit of the bundle's compartment, held before or given out by the verifier since; null for others. */
  depthOf(leaf: Digest): MaybePromise<number | null>
}

/** A commit that is what it should be as bytes, signature and place in its log. */
export interface VerifiedCommit {
  readonly commit: SignedCommit
  /** Causal depth: one more than the deepest commit it has seen. -1 when `held`, as it is known already. */
  readonly depth: number
  /** The reader had it before: nothing to store. */
  readonly held: boolean
  /**
   * Why the commit is void, or null. Undefined where only the whole bundle can tell: in `control`, where the rules
   * change on the way (ask `judgeCommit` with the history that `finish` returns), and for commits held before.
   */
  readonly voidCode: ErrorCode | null | undefined
}

/** A log as it stands after the bundle. */
export interface VerifiedLog extends HeldLog {
  readonly log: Id
  /** New commits. */
  readonly added: number
  /** The signed note at `size`; null when the reader holds more than the bundle brought. */
  readonly checkpoint: string | null
}

export interface VerifiedBundle {
  /** As of the end of the bundle. */
  readonly history: AuthorityHistory
  /** New commits of the authority chain. */
  readonly authorityCommits: readonly AuthorityCommit[]
  readonly logs: readonly VerifiedLog[]
}
