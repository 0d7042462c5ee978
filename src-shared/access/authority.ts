import { defaultDeadlines } from '../calendar/stages.ts'
import { fromHex, toHex } from '../kernel/bytes.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Header } from '../log/header.ts'
import { refusePublicKey } from '../log/keys.ts'
import type { Operation } from '../log/operations.ts'
import { applyCommit } from './apply-authority.ts'
import { Ancestors, walkChain, type ChainWalk } from './authority-chain.ts'
import { defaultSettings, type AuthorityCommit, type AuthorityState } from './authority-state.ts'
import { operationRule } from './permissions.ts'
import { isAfterRemoval, standing, withoutReplaced, type Removal } from './removals.ts'
import { foundingGaps, type Compartment } from './roles.ts'

export type { Removal } from './removals.ts'
export type {
  AuthorityCommit,
  AuthorityState,
  CatalogueVersion,
  DeviceState,
  Grant,
  MemberKey,
  MemberState,
  ProposedCatalogue,
  Settings,
  UpstreamState,
  WrapState,
} from './authority-state.ts'

/**
 * The whole chain. `at` gives the state as of a leaf; `removals` hold whatever branch they stand in; `forked` names
 * the leaf with more than one successor that counts, after which no grant is in force until two people settle it.
 */
export interface AuthorityHistory {
  readonly founding: Digest
  readonly head: AuthorityState
  readonly removals: readonly Removal[]
  readonly forked: Digest | null
  readonly sides: ChainWalk['sides']
  readonly voids: ReadonlyMap<Digest, ErrorCode>
  at(leaf: Digest): AuthorityState | undefined
  /** Whether one commit of the chain stands before another on the way to it: the sides of a fork do not. */
  isBefore(earlier: Digest, later: Digest): boolean
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
  // Removals hold in every branch, so all of them are known before it is said what the commits they cut off would have changed.
  const ground = { primitives, rootKey, successors, ancestors: new Ancestors(commits) }
  const once = walkChain({ ...ground, removed: [] }, first.value)
  const byLeaf = new Map(commits.map((commit) => [commit.leaf, commit]))
  const said = withoutReplaced(once.removals, (leaf) => once.states.get(leaf)?.height ?? 0)
  const removals = standing(said, (cutting, { leaf }) => {
    const { header } = byLeaf.get(leaf) as AuthorityCommit
    return ground.ancestors.reaches(cutting, leaf) && isAfterRemoval([cutting], header, 'control')
  })
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
    isBefore: (earlier, later) => {
      const height = chain.states.get(earlier)?.height ?? Number.POSITIVE_INFINITY
      let at: Digest | null = later
      // In the usual case the later one is higher up, and nothing is walked.
      while (at !== null && (chain.states.get(at)?.height ?? -1) > height)
        at = byLeaf.get(at)?.header.authority ?? null
      return at === earlier && at !== later
    },
    publicKey: (key) => publicKeys.get(key),
  })
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
    deadlines: defaultDeadlines,
    calendars: new Map(),
    catalogue: null,
    catalogueVersions: [],
    proposedCatalogue: null,
    upstream: null,
    formerUpstreams: [],
    proposedUpstream: null,
  }
}

function foundingFault(state: AuthorityState): ErrorCode | null {
  const members = [...state.members.values()].map((member) => ({
    roles: member.grants.map((grant) => grant.role),
  }))
  return foundingGaps(state.policy, members).length === 0 ? null : 'authority/role-exclusion'
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
