import { isAuthorityCommit, readAuthority, type AuthorityHistory } from '../access/authority.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, type Result } from '../kernel/result.ts'
import { verifyCommitSignature, type SignedCommit } from '../log/chain.ts'

/**
 * The authority chain of another unit, from commits in any order: all that is trusted is its root key. Whether the chain
 * is all there is nobody but that unit knows; what it says was said by those who signed it.
 *
 * Errors: `commit/header` (no commit of the chain), `commit/key-unknown`, `commit/signature`, those of `readAuthority`.
 */
export function readForeignChain(
  primitives: Primitives,
  rootPublicKey: Uint8Array,
  commits: readonly SignedCommit[],
): Result<AuthorityHistory> {
  for (const { header } of commits)
    if (!isAuthorityCommit(header)) return err('commit/header', { reason: 'not-authority' })
  const history = readAuthority(primitives, rootPublicKey, commits)
  if (!history.ok) return history
  for (const commit of commits) {
    const signed = verifyCommitSignature(primitives, commit, history.value.publicKey)
    if (!signed.ok) return signed
  }
  return history
}
