import {
  isAuthorityCommit,
  readAuthority,
  type AuthorityCommit,
  type AuthorityHistory,
} from '../access/authority.ts'
import { fromHex, toHex } from '../kernel/bytes.ts'
import type { Digest } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { SignedCommit } from '../log/chain.ts'
import { refusePublicKey } from '../log/keys.ts'

/**
 * The authority chain while a bundle is read. In a `control` bundle it grows on the way: later commits are signed by
 * keys that earlier ones introduce. What is learned here is enough to check signatures and the order of the chain;
 * who may do what is said by {@link GrowingAuthority.history} once all is read.
 */
export class GrowingAuthority {
  readonly #primitives: Primitives
  readonly #rootPublicKey: Uint8Array
  readonly #held: AuthorityHistory | null
  readonly #heldCommits: readonly AuthorityCommit[]
  readonly #keys = new Map<Digest, Uint8Array>()
  /** What each new commit of the chain names as its predecessor. */
  readonly #before = new Map<Digest, Digest | null>()
  readonly #commits: AuthorityCommit[] = []

  constructor(
    primitives: Primitives,
    rootPublicKey: Uint8Array,
    held: AuthorityHistory | null,
    heldCommits: readonly AuthorityCommit[],
  ) {
    this.#primitives = primitives
    this.#rootPublicKey = rootPublicKey
    this.#held = held
    this.#heldCommits = heldCommits
    this.#keys.set(toHex(primitives.sha256(rootPublicKey)), rootPublicKey)
  }

  /** Authority commits that were not held. */
  get added(): readonly AuthorityCommit[] {
    return this.#commits
  }

  publicKeyOf(key: Digest): Uint8Array | undefined {
    return this.#held?.publicKey(key) ?? this.#keys.get(key)
  }

  isKnown(leaf: Digest | null): boolean {
    return leaf === null || this.#before.has(leaf) || this.#held?.at(leaf) !== undefined
  }

  /** Whether `earlier` stands before `later` on the way to it along the chain; null stands before the founding. */
  isBefore(earlier: Digest | null, later: Digest | null): boolean {
    if (later === null || earlier === later) return false
    if (earlier === null) return true
    let at: Digest | null = later
    for (let next = this.#before.get(at); next !== undefined; next = this.#before.get(at)) {
      if (next === earlier) return true
      if (next === null) return false
      at = next
    }
    // From here on the chain is one that was held.
    return this.#held !== null && (at === earlier || this.#held.isBefore(earlier, at))
  }

  /** Takes in a commit of `control` whose signature and `authority` are right. */
  add(commit: SignedCommit): void {
    const { header, leaf } = commit
    if (!isAuthorityCommit(header)) return
    this.#commits.push({ leaf, header })
    this.#before.set(leaf, header.authority)
    for (const operation of header.ops) {
      if (operation.op !== 'key.add' && operation.op !== 'device.add' && operation.op !== 'upstream.propose')
        continue
      const raw = fromHex(operation.publicKey)
      if (raw !== null && refusePublicKey(raw) === null)
        this.#keys.set(toHex(this.#primitives.sha256(raw)), raw)
    }
  }

  /** The chain as of now. Errors: `bundle/missing-prerequisite` (nothing is held or read), those of `readAuthority`. */
  history(): Result<AuthorityHistory> {
    if (this.#commits.length === 0) {
      return this.#held === null ? err('bundle/missing-prerequisite', { reason: 'control' }) : ok(this.#held)
    }
    return readAuthority(this.#primitives, this.#rootPublicKey, [...this.#heldCommits, ...this.#commits])
  }
}
