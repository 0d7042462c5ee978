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
  readonly #heights = new Map<Digest, number>()
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

  /** Distance from the founding commit; -1 before it, undefined for what is not an authority commit known here. */
  heightOf(leaf: Digest | null): number | undefined {
    if (leaf === null) return -1
    return this.#heights.get(leaf) ?? this.#held?.at(leaf)?.height
  }

  /** Takes in a commit of `control` whose signature and `authority` are right. */
  add(commit: SignedCommit): void {
    const { header, leaf } = commit
    if (!isAuthorityCommit(header)) return
    this.#commits.push({ leaf, header })
    this.#heights.set(leaf, (this.heightOf(header.authority) ?? -1) + 1)
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
