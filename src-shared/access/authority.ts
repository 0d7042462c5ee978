import { fromHex, toHex } from '../kernel/bytes.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Header } from '../log/header.ts'
import { refusePublicKey } from '../log/keys.ts'
import type { Operation } from '../log/operations.ts'
import { applyCommit } from './apply-authority.ts'
import {
  defaultSettings,
  type AuthorityCommit,
  type AuthorityState,
  type SettlementHand,
} from './authority-state.ts'
import { operationRule } from './permissions.ts'
import { holdsRole } from './grants.ts'
import { foundingGaps, type Compartment, type Role } from './roles.ts'

export { defaultSettings } from './authority-state.ts'
export type {
  AuthorityCommit,
  AuthorityState,
  DeviceState,
  Grant,
  MemberKey,
  MemberState,
  Settings,
  UpstreamState,
  WrapState,
} from './authority-state.ts'

export interface Removal {
  readonly key: Digest
  /** Those whose logs `last` speaks for. */
  readonly compartments: readonly Compartment[]
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
  /** Of an open fork: the first commit of each side, and its newest, which a settlement follows. */
  readonly sides: readonly { readonly first: Digest; readonly tip: Digest }[]
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
  const ground = { primitives, rootKey, successors }
  const once = walkChain({ ...ground, removed: [] }, first.value)
  const { removals } = once
  const chain = removals.length === 0 ? once : walkChain({ ...ground, removed: removals }, first.value)
  if (chain.states.size !== commits.length) return err('authority/unknown')
  const publicKeys = new Map<Digest, Uint8Array>([[rootKey, rootPublicKey]])
  for (const commit of commits) learnKeys(primitives, commit.header.ops, publicKeys)
  return ok({
    founding: founding.leaf,
    head: chain.head,
    removals,
    forked: chain.forked,
    sides: chain.sides,
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
  readonly sides: AuthorityHistory['sides']
  readonly head: AuthorityState
}

/** Where a chain is followed: nothing of it changes on the way. */
interface ChainGround {
  readonly primitives: Primitives
  readonly rootKey: Digest
  readonly successors: Successors
  /** Keys taken away anywhere in the chain. */
  readonly removed: readonly Removal[]
}

/**
 * Follows the chain from a state. Where two commits that count follow one, neither side holds, unless two people
 * settled on one of them further along it: then the chain goes on there, and of the other sides only removals hold.
 */
function walkChain(ground: ChainGround, first: AuthorityState): ChainWalk {
  const states = new Map<Digest, AuthorityState>([[first.leaf, first]])
  const voids = new Map<Digest, ErrorCode>()
  const removals: Removal[] = []
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
    removals.push(...removalsOf(only.commit.header.ops))
    states.set(only.commit.leaf, only.after)
    head = only.after
  }
  return walkFork(ground, { states, voids, removals, forked: null, sides: [], head })
}

function walkFork(ground: ChainGround, before: ChainWalk): ChainWalk {
  const fork = before.head
  const { counting } = followersOf(ground, fork)
  const walks = counting.map(({ commit, after }) => ({ commit, walk: walkChain(ground, after) }))
  const settled = walks.filter(({ commit, walk }) => isSettled(fork, commit.leaf, walk.head))
  const chosen = settled.length === 1 ? settled[0] : undefined
  const states = new Map(before.states)
  const voids = new Map(before.voids)
  const removals = [...before.removals]
  for (const side of walks) {
    if (side === chosen) {
      for (const [leaf, state] of side.walk.states) states.set(leaf, state)
      for (const [leaf, code] of side.walk.voids) voids.set(leaf, code)
      removals.push(...removalsOf(side.commit.header.ops), ...side.walk.removals)
    } else {
      removals.push(...takeRemovals(ground, fork, side.commit, states, voids))
    }
  }
  if (chosen !== undefined) {
    const { forked, sides, head } = chosen.walk
    return { states, voids, removals, forked, sides, head }
  }
  const sides = walks.map(({ commit, walk }) => ({ first: commit.leaf, tip: walk.head.leaf }))
  return { states, voids, removals, forked: fork.leaf, sides, head: fork }
}

/** Whether two who had the right at the fork said that this side holds. What a side gave its people does not count. */
function isSettled(fork: AuthorityState, first: Digest, head: AuthorityState): boolean {
  const settlement = head.settlements.get(fork.leaf)
  if (settlement === undefined || settlement.kept !== first || settlement.confirmer === null) return false
  return hadRole(fork, settlement.proposer, 'secadmin') && hadRole(fork, settlement.confirmer, 'approver')
}

function hadRole(state: AuthorityState, { member, key }: SettlementHand, role: Role): boolean {
  const known = state.members.get(member)
  return (
    known !== undefined &&
    known.keys.some((other) => other.key === key && other.inForce) &&
    known.grants.some((grant) => grant.role === role && grant.confirmed)
  )
}

/** Of a side that does not hold only removals do, by those who had the right at the fork. */
function takeRemovals(
  ground: ChainGround,
  fork: AuthorityState,
  first: AuthorityCommit,
  states: Map<Digest, AuthorityState>,
  voids: Map<Digest, ErrorCode>,
): readonly Removal[] {
  const removals: Removal[] = []
  const line = [{ commit: first, height: fork.height + 1 }]
  for (let next = line.pop(); next !== undefined; next = line.pop()) {
    const { commit, height } = next
    const refusal = judgeAuthorityCommit(ground.rootKey, fork, commit, ground.removed)
    const applied = refusal === null ? applyCommit(ground.primitives, fork, commit) : err(refusal)
    if (applied.ok) removals.push(...removalsOf(commit.header.ops))
    states.set(commit.leaf, { ...fork, leaf: commit.leaf, height })
    voids.set(commit.leaf, applied.ok ? 'authority/forked' : applied.error.code)
    for (const follower of ground.successors.get(commit.leaf) ?? [])
      line.push({ commit: follower, height: height + 1 })
  }
  return removals
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
  const { primitives, rootKey, successors, removed } = ground
  const counting: Followers['counting'][number][] = []
  const refused: Followers['refused'][number][] = []
  const line = [from]
  for (let before = line.pop(); before !== undefined; before = line.pop()) {
    const next = [...(successors.get(before.leaf) ?? [])].sort((a, b) => (a.leaf < b.leaf ? -1 : 1))
    for (const commit of next) {
      const refusal = judgeAuthorityCommit(rootKey, before, commit, removed)
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
    settlements: new Map(),
    wraps: [],
    recovery: { archive: '', discipline: '' },
    settings: defaultSettings,
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

/**
 * An authority commit must be signed by a key in force, under a role in force, in the state it names; or by the unit
 * root, which lives only in the recovery kit.
 */
function judgeAuthorityCommit(
  rootKey: Digest,
  state: AuthorityState,
  commit: AuthorityCommit,
  removed: readonly Removal[],
): ErrorCode | null {
  const { header } = commit
  if (header.unit !== state.unit) return 'authority/unknown'
  const signer = header.role === 'root' ? judgeRoot(rootKey, header) : judgeSigner(state, header, removed)
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

function judgeSigner(state: AuthorityState, header: Header, removed: readonly Removal[]): ErrorCode | null {
  const member = state.members.get(header.member)
  if (member === undefined) return 'authority/key-not-in-force'
  if (!member.keys.some((key) => key.key === header.key && key.inForce)) return 'authority/key-not-in-force'
  if (isAfterRemoval(removed, header, 'control')) return 'authority/after-removal'
  return holdsRole(member, header.role as Role, header.at) ? null : 'authority/role-not-in-force'
}

/** Removed keys whose end in a compartment nobody has said yet. */
export function keysWithoutEnd(
  history: AuthorityHistory,
  compartment: Compartment,
): readonly { readonly member: Id; readonly key: Digest }[] {
  const ended = new Set(
    history.removals
      .filter((removal) => removal.compartments.includes(compartment))
      .map((removal) => removal.key),
  )
  return [...history.head.members.values()].flatMap((member) =>
    member.keys
      .filter(({ inForce, key }) => !inForce && !ended.has(key))
      .map(({ key }) => ({ member: member.id, key })),
  )
}

/** Whether a commit stands beyond the last one that a removal accepts of its key in that compartment. */
export function isAfterRemoval(
  removals: readonly Removal[],
  header: Header,
  compartment: Compartment,
): boolean {
  return removals.some(
    (removal) =>
      removal.key === header.key &&
      removal.compartments.includes(compartment) &&
      header.seq > (removal.last.get(header.log) ?? -1),
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
    operation.op === 'key.remove' || operation.op === 'key.bound'
      ? [
          {
            key: operation.key,
            compartments: operation.compartments,
            last: new Map(operation.last.map((entry) => [entry.log, entry.seq])),
          },
        ]
      : [],
  )
}
