import { toHex, utf8 } from '../kernel/bytes.ts'
import { canonicalText } from '../kernel/canonical.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'

/** What a reviewer binds themself to before either opinion is opened. */
export interface CommitmentInput {
  readonly unit: Id
  readonly revision: Digest
  readonly reviewer: Id
  /** 32 random bytes, hex. */
  readonly nonce: string
  readonly decision: 'agree' | 'disagree'
  readonly grounds: Digest
  /** What the reviewer says of a drawn batch as a whole; absent where each row stands for itself. */
  readonly lot?: 'agree' | 'disagree' | undefined
}

export function commitmentOf(primitives: Pick<Primitives, 'sha256'>, input: CommitmentInput): Digest {
  const { unit, revision, reviewer, nonce, decision, grounds, lot } = input
  // What is undefined is no part of canonical JSON.
  const bound = canonicalText({ decision, grounds, lot, nonce, reviewer, revision, unit })
  return toHex(primitives.sha256(utf8(bound)))
}
