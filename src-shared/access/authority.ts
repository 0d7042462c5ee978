import { fromHex, toHex } from '../kernel/bytes.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { keyProofBytes, type Header } from '../log/header.ts'
import { refusePublicKey } from '../log/keys.ts'
import type { CategoryRule, Operation } from '../log/operations.ts'
import { operationRule } from './permissions.ts'
import {
  excludedPair,
  foundingGaps,
  type Compartment,
  type Keyring,
  type Policy,
  type Role,
} from './roles.ts'

export interface MemberKey {
  readonly key: Digest
  readonly publicKey: string
  /** age X25519 recipient. */
  readonly recipient: string
  readonly inForce: boolean
}

export interface Grant {
  readonly role: Role
  /** Category ids, or `*`. */
  readonly categories: readonly string[]
  /** A role is in force only once a holder of the keys has confirmed the grant. */
  readonly confirmed: boolean
}

export interface MemberState {
  readonly id: Id
  /** The dossier that is about this member, if any: they never enter, review, adjudicate or sign in it. */
  readonly cadre: Id | null
  readonly keys: readonly MemberKey[]
  readonly grants: readonly Grant[]
}

export interface DeviceState {
  readonly id: Id
  readonly publicKey: string
  readonly key: Digest
  readonly logs: Readonly<Record<Compartment, Id>>
}

export interface UpstreamState {
  readonly hub: Id
  readonly publicKey: string
  readonly key: Digest
  readonly recipients: Readonly<Record<Compartment, string>>
  /** Digest of the body that names the hub. */
  readonly body: Digest
  /** The leaf of the commit that proposed it. */
  readonly proposal: Digest | null
}

/** Who may do what as of one commit of the authority chain. A value: never changed once it is made. */
export interface AuthorityState {
  readonly unit: Id
  readonly leaf: Digest
  /** Distance from the founding commit along the chain. */
  readonly height: number
  readonly policy: Policy
  readonly members: ReadonlyMap<Id, MemberState>
  readonly devices: ReadonlyMap<Id, DeviceState>
  readonly logs: ReadonlyMap<Id, { readonly compartment: Compartment; readonly device: Id }>
  readonly keyrings: ReadonlyMap<Keyring, { readonly epoch: number; readonly recipient: string }>
  readonly wraps: readonly {
    readonly keyring: Keyring
    readonly epoch: number
    readonly holder: string
    readonly body: Digest
  }[]
  readonly catalogue: {
    readonly version: number
    readonly body: Digest
    readonly rules: ReadonlyMap<string, CategoryRule>
  } | null
  readonly upstream: UpstreamState | null
  readonly proposedUpstream: UpstreamState | null
}

export interface Removal {
  readonly key: Digest
  readonly last: ReadonlyMap<Id, number>
}

/** A commit of the authority chain, already verified as bytes and signature. */
export interface AuthorityCommit {
  readonly leaf: Digest
  readonly header: Header
}

/**
 * The whole chain. `at` gives the state as of a leaf; `removals` hold whatever branch they stand in; `forked` names
 * the leaf with more than one successor, after which no grant is in force until two people settle it.
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

  const states = new Map<Digest, AuthorityState>()
  const publicKeys = new Map<Digest, Uint8Array>([[rootKey, rootPublicKey]])
  const removals: Removal[] = []
  const voids = new Map<Digest, ErrorCode>()
  const first = applyCommit(primitives, emptyState(founding), founding)
  if (!first.ok) return first
  const fault = foundingFault(first.value)
  if (fault !== null) return err(fault)
  learnKeys(primitives, founding.header.ops, publicKeys)
  states.set(founding.leaf, first.value)

  let forked: Digest | null = null
  let head = first.value
  const walk: { readonly state: AuthorityState; readonly afterFork: boolean }[] = [
    { state: first.value, afterFork: false },
  ]
  let read = 1
  for (let step = walk.pop(); step !== undefined; step = walk.pop()) {
    const next = [...(successors.get(step.state.leaf) ?? [])].sort((a, b) => (a.leaf < b.leaf ? -1 : 1))
    if (next.length > 1 && forked === null) forked = step.state.leaf
    for (const commit of next) {
      read++
      const afterFork = step.afterFork || next.length > 1
      learnKeys(primitives, commit.header.ops, publicKeys)
      const refusal = judgeAuthorityCommit(step.state, commit)
      const applied = refusal === null ? applyCommit(primitives, step.state, commit) : err(refusal)
      let state: AuthorityState = { ...step.state, leaf: commit.leaf, height: step.state.height + 1 }
      if (!applied.ok) voids.set(commit.leaf, applied.error.code)
      else {
        removals.push(...removalsOf(commit.header.ops))
        if (afterFork) voids.set(commit.leaf, 'authority/forked')
        else state = applied.value
      }
      states.set(commit.leaf, state)
      if (!afterFork && state.height > head.height) head = state
      walk.push({ state, afterFork })
    }
  }
  if (read !== commits.length) return err('authority/unknown')
  return ok({
    founding: founding.leaf,
    head,
    removals,
    forked,
    voids,
    at: (leaf) => states.get(leaf),
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
function judgeAuthorityCommit(state: AuthorityState, commit: AuthorityCommit): ErrorCode | null {
  const { header } = commit
  const member = state.members.get(header.member)
  if (member === undefined) return 'authority/key-not-in-force'
  if (!member.keys.some((key) => key.key === header.key && key.inForce)) return 'authority/key-not-in-force'
  if (!holdsRole(member, header.role as Role)) return 'authority/role-not-in-force'
  for (const operation of header.ops) {
    const rule = operationRule(operation.op)
    if (!rule.authority || !rule.roles.includes(header.role)) return 'authority/action-not-permitted'
  }
  return null
}

export function holdsRole(member: MemberState, role: Role): boolean {
  return member.grants.some((grant) => grant.role === role && grant.confirmed)
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

type Draft = { -readonly [Name in keyof AuthorityState]: AuthorityState[Name] } & {
  members: Map<Id, MemberState>
  devices: Map<Id, DeviceState>
  logs: Map<Id, { readonly compartment: Compartment; readonly device: Id }>
  keyrings: Map<Keyring, { readonly epoch: number; readonly recipient: string }>
}

function applyCommit(
  primitives: Primitives,
  before: AuthorityState,
  commit: AuthorityCommit,
): Result<AuthorityState> {
  const draft: Draft = {
    ...before,
    leaf: commit.leaf,
    height: before.height + 1,
    members: new Map(before.members),
    devices: new Map(before.devices),
    logs: new Map(before.logs),
    keyrings: new Map(before.keyrings),
    wraps: [...before.wraps],
  }
  for (const operation of commit.header.ops) {
    const fault = applyOperation(primitives, draft, operation, commit)
    if (fault !== null) return err(fault)
  }
  for (const member of draft.members.values()) {
    const held = member.grants.map((grant) => grant.role)
    if (excludedPair(held, draft.policy) !== null) return err('authority/role-exclusion')
  }
  return ok(draft)
}

function applyOperation(
  primitives: Primitives,
  draft: Draft,
  operation: Operation,
  commit: AuthorityCommit,
): ErrorCode | null {
  const root = commit.header.role === 'root'
  switch (operation.op) {
    case 'unit.found':
      if (!root || draft.height !== 0 || operation.entity !== draft.unit) return 'authority/not-founded'
      draft.policy = operation.policy
      return null
    case 'member.add':
      if (draft.members.has(operation.entity)) return 'authority/action-not-permitted'
      draft.members.set(operation.entity, {
        id: operation.entity,
        cadre: operation.cadre,
        keys: [],
        grants: [],
      })
      return null
    case 'key.add': {
      const key = provenKey(primitives, draft.unit, operation)
      if (key === null) return 'commit/key-weak'
      return changeMember(draft, operation.entity, (member) => {
        if (knownKey(draft, key)) return null
        const added = { key, publicKey: operation.publicKey, recipient: operation.recipient, inForce: true }
        return { ...member, keys: [...member.keys, added] }
      })
    }
    case 'role.grant':
      // A member never grants themself a role; at the founding the root grants all of them.
      if (operation.entity === commit.header.member) return 'authority/action-not-permitted'
      return changeMember(draft, operation.entity, (member) => ({
        ...member,
        grants: [
          ...member.grants.filter((grant) => grant.role !== operation.role),
          { role: operation.role, categories: operation.categories, confirmed: root },
        ],
      }))
    case 'role.confirm':
      if (operation.entity === commit.header.member) return 'authority/action-not-permitted'
      return changeMember(draft, operation.entity, (member) => ({
        ...member,
        grants: member.grants.map((grant) =>
          grant.role === operation.role ? { ...grant, confirmed: true } : grant,
        ),
      }))
    case 'role.revoke':
      return changeMember(draft, operation.entity, (member) => ({
        ...member,
        grants: member.grants.filter((grant) => grant.role !== operation.role),
      }))
    case 'key.remove':
      return changeMember(draft, operation.entity, (member) => ({
        ...member,
        keys: member.keys.map((key) => (key.key === operation.key ? { ...key, inForce: false } : key)),
      }))
    case 'keyring.epoch': {
      const current = draft.keyrings.get(operation.keyring)?.epoch ?? 0
      if (operation.epoch !== current + 1) return 'authority/action-not-permitted'
      draft.keyrings.set(operation.keyring, { epoch: operation.epoch, recipient: operation.recipient })
      return null
    }
    case 'keyring.wrap':
      draft.wraps = [
        ...draft.wraps,
        {
          keyring: operation.keyring,
          epoch: operation.epoch,
          holder: operation.holder,
          body: operation.digest,
        },
      ]
      return null
    case 'device.add': {
      const key = provenKey(primitives, draft.unit, operation)
      if (key === null) return 'commit/key-weak'
      const { logs } = operation
      const ids = [logs.control, logs.archive, logs.discipline]
      if (new Set(ids).size !== 3 || ids.some((id) => draft.logs.has(id))) return 'authority/device'
      if (draft.devices.has(operation.entity) || knownKey(draft, key)) return 'authority/device'
      draft.devices.set(operation.entity, { id: operation.entity, publicKey: operation.publicKey, key, logs })
      for (const compartment of ['control', 'archive', 'discipline'] as const) {
        draft.logs.set(logs[compartment], { compartment, device: operation.entity })
      }
      return null
    }
    case 'catalogue.adopt': {
      const rules = new Map(operation.rules.map((rule) => [rule.category, rule]))
      if (operation.version <= (draft.catalogue?.version ?? 0)) return 'authority/action-not-permitted'
      draft.catalogue = { version: operation.version, body: operation.digest, rules }
      return null
    }
    case 'upstream.propose': {
      const raw = fromHex(operation.publicKey) as Uint8Array
      if (refusePublicKey(raw) !== null) return 'commit/key-weak'
      draft.proposedUpstream = {
        hub: operation.entity,
        publicKey: operation.publicKey,
        key: toHex(primitives.sha256(raw)),
        recipients: operation.recipients,
        body: operation.digest,
        proposal: commit.leaf,
      }
      return null
    }
    case 'upstream.confirm': {
      // Where the unit's data may go is never one person's decision: the approver confirms what secadmin proposed.
      const proposed = draft.proposedUpstream
      if (proposed === null || proposed.hub !== operation.entity) return 'authority/action-not-permitted'
      if (!root && operation.proposal !== proposed.proposal) return 'authority/action-not-permitted'
      draft.upstream = proposed
      draft.proposedUpstream = null
      return null
    }
    default:
      return 'authority/action-not-permitted'
  }
}

function changeMember(
  draft: Draft,
  id: Id,
  change: (member: MemberState) => MemberState | null,
): ErrorCode | null {
  const member = draft.members.get(id)
  const changed = member === undefined ? null : change(member)
  if (changed === null) return 'authority/action-not-permitted'
  draft.members.set(id, changed)
  return null
}

function knownKey(state: AuthorityState, key: Digest): boolean {
  for (const member of state.members.values()) if (member.keys.some((known) => known.key === key)) return true
  for (const device of state.devices.values()) if (device.key === key) return true
  return false
}

function provenKey(
  primitives: Primitives,
  unit: Id,
  operation: { readonly entity: string; readonly publicKey: string; readonly proof: string },
): Digest | null {
  const raw = fromHex(operation.publicKey)
  const proof = fromHex(operation.proof)
  if (raw === null || proof === null || refusePublicKey(raw) !== null) return null
  if (!primitives.ed25519Verify(raw, keyProofBytes(unit, operation.entity, operation.publicKey), proof))
    return null
  return toHex(primitives.sha256(raw))
}
