import { readAuthority, type AuthorityCommit, type AuthorityHistory } from '../src-shared/access/authority.ts'
import type { Compartment } from '../src-shared/access/roles.ts'
import type { BundleContext, HeldLog, MaybePromise } from '../src-shared/bundle/context.ts'
import { fromHex, utf8 } from '../src-shared/kernel/bytes.ts'
import type { Digest, Id } from '../src-shared/kernel/ids.ts'
import { ok, type Result } from '../src-shared/kernel/result.ts'
import { leafBytes, readCommit, type SignedCommit } from '../src-shared/log/chain.ts'
import { readEnvelope } from '../src-shared/log/envelope.ts'
import { decodeFrontier, TreeBuilder, type Frontier } from '../src-shared/log/merkle.ts'
import { maximumCommitLineBytes } from '../src-shared/bundle/layout.ts'
import { nodePrimitives } from '../src-shared/node/primitives.ts'
import type { Database } from './store/database.ts'
import { authorityEnvelopes, countAuthority, depthOfLeaf, findLog, leavesFrom } from './store/logs.ts'

const pageSize = 10_000

export interface StoredAuthority {
  readonly commits: readonly AuthorityCommit[]
  /** Null before the founding commit. */
  readonly history: AuthorityHistory | null
}

/** Reads the authority chain of each unit once; it only grows, so its length tells whether it is still the same. */
export class AuthorityCache {
  readonly #units = new Map<Id, StoredAuthority>()

  async of(database: Database, unit: Id, rootPublicKey: Uint8Array): Promise<Result<StoredAuthority>> {
    const known = this.#units.get(unit)
    if (known !== undefined && known.commits.length === (await countAuthority(database, unit)))
      return ok(known)
    const commits: AuthorityCommit[] = []
    for (const text of await authorityEnvelopes(database, unit)) {
      const commit = storedCommit(text)
      if (!commit.ok) return commit
      commits.push({ leaf: commit.value.leaf, header: commit.value.header })
    }
    if (commits.length === 0) return ok({ commits, history: null })
    const history = readAuthority(nodePrimitives, rootPublicKey, commits)
    if (!history.ok) return history
    const read = { commits, history: history.value }
    this.#units.set(unit, read)
    return ok(read)
  }
}

/** A commit out of a row. Errors: those of reading one; the store is damaged then. */
export function storedCommit(text: string): Result<SignedCommit> {
  const envelope = readEnvelope(utf8(text), maximumCommitLineBytes)
  return envelope.ok ? readCommit(nodePrimitives, envelope.value) : envelope
}

/** What the node holds of a unit, as the verifier of a bundle asks for it. */
export class StoredContext implements BundleContext {
  readonly unit: Id
  readonly rootPublicKey: Uint8Array
  readonly history: AuthorityHistory | null
  readonly authorityCommits: readonly AuthorityCommit[]
  readonly #database: Database
  readonly #compartment: Compartment
  readonly #pendingDepth: (leaf: Digest) => number | undefined
  readonly #pages = new Map<Id, { readonly from: number; readonly leaves: readonly Digest[] }>()

  /** `pendingDepth` answers for commits that were taken in and not yet written. */
  constructor(
    database: Database,
    unit: Id,
    rootPublicKey: Uint8Array,
    compartment: Compartment,
    authority: StoredAuthority,
    pendingDepth: (leaf: Digest) => number | undefined,
  ) {
    this.#database = database
    this.unit = unit
    this.rootPublicKey = rootPublicKey
    this.#compartment = compartment
    this.history = authority.history
    this.authorityCommits = authority.commits
    this.#pendingDepth = pendingDepth
  }

  async heldLog(log: Id): Promise<HeldLog | null> {
    const row = await findLog(this.#database, this.unit, log)
    if (row === undefined) return null
    const frontier = decodeFrontier(fromHex(row.frontier) ?? new Uint8Array(0))
    if (!frontier.ok) throw new Error('a stored frontier is damaged')
    return {
      size: row.size,
      leaf: row.leaf,
      frontier: frontier.value,
      depth: row.depth,
      authority: row.authority,
    }
  }

  leafAt(log: Id, seq: number): MaybePromise<Digest | null> {
    const page = this.#pages.get(log)
    if (page !== undefined && seq >= page.from && seq < page.from + page.leaves.length) {
      return page.leaves[seq - page.from] ?? null
    }
    return this.#readPage(log, seq)
  }

  async #readPage(log: Id, from: number): Promise<Digest | null> {
    const leaves = await leavesFrom(this.#database, this.unit, log, from, pageSize)
    this.#pages.set(log, { from, leaves })
    return leaves[0] ?? null
  }

  async frontierAt(log: Id, size: number): Promise<Frontier> {
    const tree = new TreeBuilder(nodePrimitives)
    while (tree.size < size) {
      const limit = Math.min(pageSize, size - tree.size)
      const leaves = await leavesFrom(this.#database, this.unit, log, tree.size, limit)
      if (leaves.length === 0) throw new Error('a stored log is shorter than its size')
      for (const leaf of leaves) tree.append(leafBytes(leaf))
    }
    return tree.frontier()
  }

  depthOf(leaf: Digest): MaybePromise<number | null> {
    return this.#pendingDepth(leaf) ?? depthOfLeaf(this.#database, this.unit, this.#compartment, leaf)
  }
}
