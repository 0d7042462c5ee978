import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err } from '../kernel/result.ts'
import type { Header } from '../log/header.ts'
import { applyCommit } from './apply-authority.ts'
import type { AuthorityCommit, AuthorityState, SettlementHand } from './authority-state.ts'
import { holdsRole } from './grants.ts'
import { operationRule } from './permissions.ts'
import { isAfterRemoval, removalsOf, takesAway, withRemovals, type Removal } from './removals.ts'
import type { Role } from './roles.ts'

export type Successors = ReadonlyMap<Digest, readonly AuthorityCommit[]>

export interface ChainWalk {
  readonly states: ReadonlyMap<Digest, AuthorityState>
  readonly voids: ReadonlyMap<Digest, ErrorCode>
  readonly removals: readonly Removal[]
  readonly forked: Digest | null
  /** Of an open fork: the first commit of each side, and its newest, which a settlement follows. */
  readonly sides: readonly { readonly first: Digest; readonly tip: Digest }[]
  readonly head: AuthorityState
}

/** Where a chain is followed: nothing of it changes on the way. */
export interface ChainGround {
  readonly primitives: Primitives
  readonly rootKey: Digest
  readonly successors: Successors
  /** Keys taken away anywhere in the chain. */
  readonly removed: readonly Removal[]
  readonly ancestors: Ancestors
}

/** Along the chain, what came before a commit. */
export class Ancestors {
  readonly #commits: ReadonlyMap<Digest, AuthorityCommit>
  readonly #known = new Map<Digest, ReadonlySet<Digest>>()

  constructor(commits: readonly AuthorityCommit[]) {
    this.#commits = new Map(commits.map((commit) => [commit.leaf, commit]))
  }

  of(leaf: Digest): ReadonlySet<Digest> {
    const known = this.#known.get(leaf)
    if (known !== undefined) return known
    const found = new Set<Digest>()
    let before = this.#commits.get(leaf)?.header.authority ?? null
    for (; before !== null; before = this.#commits.get(before)?.header.authority ?? null) found.add(before)
    this.#known.set(leaf, found)
    return found
  }

  /** Whether a removal may strike out a commit: one said by the secadmin alone spares what it followed. */
  reaches(removal: Removal, leaf: Digest): boolean {
    return !removal.alone || !this.of(removal.leaf).has(leaf)
  }
}

/** A side of a fork that is followed as if it held, and what the other sides took away. */
interface Side {
  readonly fork: AuthorityState
  readonly first: Digest
  readonly taken: readonly AuthorityCommit[]
}

/**
 * Follows the chain from a state. Where two commits that count follow one, neither side holds, unless two people
 * settled on one of them further along it: then the chain goes on there, and of the other sides only removals hold.
 */
export function walkChain(
  ground: ChainGround,
  first: AuthorityState,
  sides: readonly Side[] = [],
): ChainWalk {
  const states = new Map<Digest, AuthorityState>([[first.leaf, first]])
  const voids = new Map<Digest, ErrorCode>()
  const removals: Removal[] = []
  let open = sides
  let head = first
  for (;;) {
    const { counting, refused } = followersOf(ground, head)
    for (const { state, code } of refused) {
      states.set(state.leaf, state)
      voids.set(state.leaf, code)
    }
    const [only] = counting
    if (only === undefined) return { states, voids, removals, forked: null, sides: [], head }
    if (counting.length > 1) break
    removals.push(...removalsOf(only.commit))
    head = only.after
    for (const side of open.filter((one) => isSettled(ground, one.fork, one.first, only.after)))
      head = withRemovals(head, side.taken)
    open = open.filter((side) => !isSettled(ground, side.fork, side.first, only.after))
    states.set(head.leaf, head)
  }
  return walkFork(ground, { states, voids, removals, forked: null, sides: [], head }, open)
}

/**
 * How many forks deep a side is followed while none of them is settled. Whoever splits the chain again on a side that
 * does not hold costs the reader no more than this; a unit settles the outermost fork, on another side.
 */
const mostOpenForks = 64

function walkFork(ground: ChainGround, before: ChainWalk, open: readonly Side[]): ChainWalk {
  const fork = before.head
  const follow = open.length < mostOpenForks ? walkChain : standStill
  const sides = followersOf(ground, fork).counting.map(({ commit, after }) => ({
    commit,
    after,
    lost: readLostSide(ground, fork, commit),
  }))
  const walks = sides.map((side) => {
    const taken = sides.filter((other) => other !== side).flatMap(({ lost }) => lost.taken)
    const own = { fork, first: side.commit.leaf, taken }
    return { ...side, walk: follow(ground, side.after, [...open, own]) }
  })
  const settled = walks.filter(({ commit, walk }) => isSettled(ground, fork, commit.leaf, walk.head))
  const chosen = settledByRoot(ground, fork, walks) ?? (settled.length === 1 ? settled[0] : undefined)
  const states = new Map(before.states)
  const voids = new Map(before.voids)
  const removals = [...before.removals]
  for (const side of walks) {
    const holding = side === chosen
    for (const [leaf, state] of holding ? side.walk.states : side.lost.states) states.set(leaf, state)
    for (const [leaf, code] of holding ? side.walk.voids : side.lost.voids) voids.set(leaf, code)
    if (holding) removals.push(...removalsOf(side.commit), ...side.walk.removals)
    else removals.push(...side.lost.taken.flatMap(removalsOf))
  }
  if (chosen !== undefined) return { ...chosen.walk, states, voids, removals }
  const tips = walks.map(({ commit, walk }) => ({ first: commit.leaf, tip: walk.head.leaf }))
  const head = withRemovals(
    fork,
    walks.flatMap(({ lost }) => lost.taken),
  )
  return { states, voids, removals, forked: fork.leaf, sides: tips, head }
}

interface Walked {
  readonly commit: AuthorityCommit
  readonly walk: ChainWalk
}

/**
 * The side that the root settled on, whatever pairs say: a quorum of the recovery kit ends what people disagree on. Of
 * several such words the one that stands deepest along its side counts, then the greater leaf.
 */
function settledByRoot<Side extends Walked>(
  { rootKey }: ChainGround,
  fork: AuthorityState,
  sides: readonly Side[],
): Side | undefined {
  let last: { readonly side: Side; readonly height: number; readonly proposal: Digest } | undefined
  for (const side of sides)
    for (const { fork: of, kept, proposal, proposer } of side.walk.head.settlements.values()) {
      if (of !== fork.leaf || kept !== side.commit.leaf || proposer.key !== rootKey) continue
      const height = side.walk.states.get(proposal)?.height ?? 0
      const isLater =
        last === undefined || height > last.height || (height === last.height && proposal > last.proposal)
      if (isLater) last = { side, height, proposal }
    }
  return last?.side
}

function standStill(_ground: ChainGround, head: AuthorityState): ChainWalk {
  return { states: new Map(), voids: new Map(), removals: [], forked: null, sides: [], head }
}

/**
 * Whether two who had the right at the fork said that this side holds, or the root did. What a side gave its people
 * does not count.
 */
function isSettled(
  { rootKey }: ChainGround,
  fork: AuthorityState,
  first: Digest,
  head: AuthorityState,
): boolean {
  return [...head.settlements.values()].some(({ fork: of, kept, proposer, confirmer }) => {
    if (of !== fork.leaf || kept !== first || confirmer === null) return false
    if (proposer.key === rootKey) return true
    return hadRole(fork, proposer, 'secadmin') && hadRole(fork, confirmer, 'approver')
  })
}

function hadRole(state: AuthorityState, { member, key }: SettlementHand, role: Role): boolean {
  const known = state.members.get(member)
  return (
    known !== undefined &&
    known.keys.some((other) => other.key === key && other.inForce) &&
    known.grants.some((grant) => grant.role === role && grant.confirmed)
  )
}

interface LostSide {
  readonly states: ReadonlyMap<Digest, AuthorityState>
  readonly voids: ReadonlyMap<Digest, ErrorCode>
  /** What of its commits holds all the same: removals alone. */
  readonly taken: readonly AuthorityCommit[]
}

/**
 * Of a side that does not hold only removals do, by those who had the right at the fork: whatever else stands beside
 * them, and however much of the side they rest on, they are read as if the side were nothing but removals.
 */
function readLostSide(ground: ChainGround, fork: AuthorityState, first: AuthorityCommit): LostSide {
  const states = new Map<Digest, AuthorityState>()
  const voids = new Map<Digest, ErrorCode>()
  const taken: AuthorityCommit[] = []
  const line = [{ commit: first, before: fork }]
  for (let next = line.pop(); next !== undefined; next = line.pop()) {
    const { commit, before } = next
    const height = before.height + 1
    const refusal = judgeAuthorityCommit(ground, before, commit)
    const only = { ...commit, header: { ...commit.header, ops: commit.header.ops.filter(takesAway) } }
    const applied = refusal === null ? applyCommit(ground.primitives, before, only) : err(refusal)
    if (applied.ok && only.header.ops.length > 0) taken.push(only)
    states.set(commit.leaf, { ...fork, leaf: commit.leaf, height })
    voids.set(commit.leaf, applied.ok ? 'authority/forked' : applied.error.code)
    const after = applied.ok ? applied.value : { ...before, leaf: commit.leaf, height }
    for (const follower of ground.successors.get(commit.leaf) ?? [])
      line.push({ commit: follower, before: after })
  }
  return { states, voids, taken }
}

interface Followers {
  readonly counting: readonly {
    readonly commit: AuthorityCommit
    readonly before: AuthorityState
    readonly after: AuthorityState
  }[]
  readonly refused: readonly { readonly state: AuthorityState; readonly code: ErrorCode }[]
}

/**
 * The commits that follow a state. One that is void changes nothing, so what follows it follows the state before it;
 * and it is no branch, or anybody with a key could stop the chain.
 */
function followersOf(ground: ChainGround, from: AuthorityState): Followers {
  const { primitives, successors } = ground
  const counting: Followers['counting'][number][] = []
  const refused: Followers['refused'][number][] = []
  const line = [from]
  for (let before = line.pop(); before !== undefined; before = line.pop()) {
    const next = [...(successors.get(before.leaf) ?? [])].sort((a, b) => (a.leaf < b.leaf ? -1 : 1))
    for (const commit of next) {
      const refusal = judgeAuthorityCommit(ground, before, commit)
      const applied = refusal === null ? applyCommit(primitives, before, commit) : err(refusal)
      if (applied.ok) {
        counting.push({ commit, before, after: applied.value })
        continue
      }
      const state = { ...before, leaf: commit.leaf, height: before.height + 1 }
      refused.push({ state, code: applied.error.code })
      line.push(state)
    }
  }
  return { counting, refused }
}

/**
 * An authority commit must be signed by a key in force, under a role in force, in the state it names; or by the unit
 * root, which lives only in the recovery kit.
 */
function judgeAuthorityCommit(
  { rootKey, removed, ancestors }: ChainGround,
  state: AuthorityState,
  commit: AuthorityCommit,
): ErrorCode | null {
  const { header } = commit
  if (header.unit !== state.unit) return 'authority/unknown'
  const signer =
    header.role === 'root' ? judgeRoot(rootKey, header) : judgeSigner(state, commit, removed, ancestors)
  if (signer !== null) return signer
  if (state.logs.get(header.log)?.compartment !== 'control') return 'authority/device'
  for (const operation of header.ops) {
    const rule = operationRule(operation.op)
    if (!rule.authority || !rule.roles.includes(header.role)) return 'authority/action-not-permitted'
  }
  return null
}

function judgeRoot(rootKey: Digest, header: Header): ErrorCode | null {
  return header.key === rootKey && header.member === header.unit ? null : 'authority/key-not-in-force'
}

function judgeSigner(
  state: AuthorityState,
  { leaf, header }: AuthorityCommit,
  removed: readonly Removal[],
  ancestors: Ancestors,
): ErrorCode | null {
  const member = state.members.get(header.member)
  if (member === undefined) return 'authority/key-not-in-force'
  if (!member.keys.some((key) => key.key === header.key && key.inForce)) return 'authority/key-not-in-force'
  if (
    isAfterRemoval(
      removed.filter((removal) => ancestors.reaches(removal, leaf)),
      header,
      'control',
    )
  )
    return 'authority/after-removal'
  return holdsRole(member, header.role as Role, header.at) ? null : 'authority/role-not-in-force'
}
