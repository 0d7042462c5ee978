import { fromHex, toHex } from '../kernel/bytes.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Header } from '../log/header.ts'
import { refusePublicKey } from '../log/keys.ts'
import type { Operation } from '../log/operations.ts'
import { applyCommit } from './apply-authority.ts'
import type { AuthorityCommit, AuthorityState, MemberState } from './authority-state.ts'
import { operationRule } from './permissions.ts'
import { foundingGaps, type Role } from './roles.ts'

export type {
  AuthorityCommit,
  AuthorityState,
  DeviceState,
  Grant,
  MemberKey,
  MemberState,
  UpstreamState,
} from './authority-state.ts'

export interface Removal {
  readonly key: Digest
  readonly last: ReadonlyMap<Id, number>
}

/**
 * The whole chain. `at` gives the state as of a leaf; `removals` hold whatever branch they stand in; `forked` names
 * the leaf with more than one successor that counts, after which no grant is in force until two people settle it.
 */
export interface AuthorityHistory {
  readonly founding: Digest
  readonly head: AuthorityState
  readonly removals: readonly Removal[]
  readonly forked: Digest | null
  readonly voids: ReadonlyMap<Digest, ErrorCode>
  at(leaf: Digest): AuthorityState | undefined
  /** Every public key the chain ever introduced, by key id: enough to check signatures, not to trust what they sign. */
  publicKey(key: Digest): Uint8Array | undefined
}

export function isAuthorityCommit(header: Header): boolean {
  return header.ops.some((operation) => operationRule(operation.op).authority)
}

/**
 * Reads the authority chain from its founding commit, which must be signed by the unit root. The order of `commits`
 * does not matter.
 *
 * Errors: `authority/not-founded` (no founding commit, or not by this root), `authority/role-exclusion`,
 * `commit/key-weak`, `authority/unknown` (a predecessor is missing).
 */
export function readAuthority(
  primitives: Primitives,
  rootPublicKey: Uint8Array,
  commits: readonly AuthorityCommit[],
): Result<AuthorityHistory> {
  const rootKey = toHex(primitives.sha256(rootPublicKey))
  const successors = new Map<Digest, AuthorityCommit[]>()
  const foundings: AuthorityCommit[] = []
  for (const commit of commits) {
    const predecessor = commit.header.authority
    if (predecessor === null) foundings.push(commit)
    else successors.set(predecessor, [...(successors.get(predecessor) ?? []), commit])
  }
  const founding = foundings.find(
    (commit) => commit.header.key === rootKey && commit.header.role === 'root' && commit.header.seq === 0,
  )
  if (founding === undefined || foundings.length !== 1) return err('authority/not-founded')

  const first = applyCommit(primitives, emptyState(founding), founding)
  if (!first.ok) return first
  const fault = foundingFault(first.value)
  if (fault !== null) return err(fault)
  // Every removal holds, so all of them are known before it is said what the commits they cut off would have changed.
  const once = walkChain(primitives, first.value, successors, [])
  const { removals } = once
  const chain = removals.length === 0 ? once : walkChain(primitives, first.value, successors, removals)
  if (chain.states.size !== commits.length) return err('authority/unknown')
  const publicKeys = new Map<Digest, Uint8Array>([[rootKey, rootPublicKey]])
  for (const commit of commits) learnKeys(primitives, commit.header.ops, publicKeys)
  return ok({
    founding: founding.leaf,
    head: chain.head,
    removals,
    forked: chain.forked,
    voids: chain.voids,
    at: (leaf) => chain.states.get(leaf),
    publicKey: (key) => publicKeys.get(key),
  })
}

type Successors = ReadonlyMap<Digest, readonly AuthorityCommit[]>

interface ChainWalk {
  readonly states: ReadonlyMap<Digest, AuthorityState>
  readonly voids: ReadonlyMap<Digest, ErrorCode>
  readonly removals: readonly Removal[]
  readonly forked: Digest | null
  readonly head: AuthorityState
}

/** Follows the chain from its founding, with these keys removed. */
function walkChain(
  primitives: Primitives,
  first: AuthorityState,
  successors: Successors,
  removed: readonly Removal[],
): ChainWalk {
  const states = new Map<Digest, AuthorityState>([[first.leaf, first]])
  const voids = new Map<Digest, ErrorCode>()
  const removals: Removal[] = []
  let forked: Digest | null = null
  let head = first
  const walk: { readonly state: AuthorityState; readonly afterFork: boolean }[] = [
    { state: first, afterFork: false },
  ]
  for (let step = walk.pop(); step !== undefined; step = walk.pop()) {
    const { counting, refused } = followersOf(primitives, step.state, successors, removed)
    for (const { state, code } of refused) {
      states.set(state.leaf, state)
      voids.set(state.leaf, code)
    }
    if (counting.length > 1 && forked === null) forked = step.state.leaf
    const afterFork = step.afterFork || counting.length > 1
    for (const { commit, before, after } of counting) {
      removals.push(...removalsOf(commit.header.ops))
      if (afterFork) voids.set(commit.leaf, 'authority/forked')
      const state = afterFork ? { ...before, leaf: after.leaf, height: after.height } : after
      states.set(commit.leaf, state)
      if (!afterFork && state.height > head.height) head = state
      walk.push({ state, afterFork })
    }
  }
  return { states, voids, removals, forked, head }
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
function followersOf(
  primitives: Primitives,
  from: AuthorityState,
  successors: Successors,
  removed: readonly Removal[],
): Followers {
  const counting: Followers['counting'][number][] = []
  const refused: Followers['refused'][number][] = []
  const line = [from]
  for (let before = line.pop(); before !== undefined; before = line.pop()) {
    const next = [...(successors.get(before.leaf) ?? [])].sort((a, b) => (a.leaf < b.leaf ? -1 : 1))
    for (const commit of next) {
      const refusal = judgeAuthorityCommit(before, commit, removed)
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

function emptyState(founding: AuthorityCommit): AuthorityState {
  return {
    unit: founding.header.unit,
    leaf: founding.leaf,
    height: -1,
    policy: 'normal',
    members: new Map(),
    devices: new Map(),
    logs: new Map(),
    keyrings: new Map(),
    wraps: [],
    catalogue: null,
    upstream: null,
    proposedUpstream: null,
  }
}

function foundingFault(state: AuthorityState): ErrorCode | null {
  const members = [...state.members.values()].map((member) => ({
    roles: member.grants.map((grant) => grant.role),
  }))
  return foundingGaps(state.policy, members).length === 0 ? null : 'authority/role-exclusion'
}

/** An authority commit must be signed by a key in force, under a role in force, in the state it names. */
function judgeAuthorityCommit(
  state: AuthorityState,
  commit: AuthorityCommit,
  removed: readonly Removal[],
): ErrorCode | null {
  const { header } = commit
  if (header.unit !== state.unit) return 'authority/unknown'
  const member = state.members.get(header.member)
  if (member === undefined) return 'authority/key-not-in-force'
  if (!member.keys.some((key) => key.key === header.key && key.inForce)) return 'authority/key-not-in-force'
  if (isAfterRemoval(removed, header)) return 'authority/after-removal'
  if (!holdsRole(member, header.role as Role)) return 'authority/role-not-in-force'
  if (state.logs.get(header.log)?.compartment !== 'control') return 'authority/device'
  for (const operation of header.ops) {
    const rule = operationRule(operation.op)
    if (!rule.authority || !rule.roles.includes(header.role)) return 'authority/action-not-permitted'
  }
  return null
}

export function holdsRole(member: MemberState, role: Role): boolean {
  return member.grants.some((grant) => grant.role === role && grant.confirmed)
}

/** Whether a commit stands beyond the last one that a removal accepts of its key. */
export function isAfterRemoval(removals: readonly Removal[], header: Header): boolean {
  return removals.some(
    (removal) => removal.key === header.key && header.seq > (removal.last.get(header.log) ?? -1),
  )
}

function learnKeys(
  primitives: Primitives,
  operations: readonly Operation[],
  publicKeys: Map<Digest, Uint8Array>,
): void {
  for (const operation of operations) {
    if (operation.op !== 'key.add' && operation.op !== 'device.add' && operation.op !== 'upstream.propose')
      continue
    const raw = fromHex(operation.publicKey) as Uint8Array
    if (refusePublicKey(raw) === null) publicKeys.set(toHex(primitives.sha256(raw)), raw)
  }
}

function removalsOf(operations: readonly Operation[]): readonly Removal[] {
  return operations.flatMap((operation) =>
    operation.op === 'key.remove'
      ? [{ key: operation.key, last: new Map(operation.last.map((entry) => [entry.log, entry.seq])) }]
      : [],
  )
}
