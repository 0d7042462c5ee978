import { fromHex, toHex } from '../kernel/bytes.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { keyProofBytes } from '../log/header.ts'
import { refusePublicKey } from '../log/keys.ts'
import type { Operation } from '../log/operations.ts'
import type { AuthorityCommit, AuthorityState, DeviceState, MemberState } from './authority-state.ts'
import { excludedPair, type Compartment, type Keyring } from './roles.ts'

type Draft = { -readonly [Name in keyof AuthorityState]: AuthorityState[Name] } & {
  members: Map<Id, MemberState>
  devices: Map<Id, DeviceState>
  logs: Map<Id, { readonly compartment: Compartment; readonly device: Id }>
  keyrings: Map<Keyring, { readonly epoch: number; readonly recipient: string }>
}

/** The state after one commit, or the code that makes the whole commit void. */
export function applyCommit(
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
        // Whoever adds a key must not come to sign as its member: a holder confirms the roles for the key again.
        const grants = root ? member.grants : member.grants.map((grant) => ({ ...grant, confirmed: false }))
        return { ...member, keys: [...member.keys, added], grants }
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
      // In a small unit the secadmin may be a holder too: it takes the approver to make two of them.
      if (draft.policy === 'small' && commit.header.role !== 'approver')
        return 'authority/action-not-permitted'
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
      return changeMember(draft, operation.entity, (member) => {
        if (!member.keys.some((key) => key.key === operation.key)) return null
        const keys = member.keys.map((key) => (key.key === operation.key ? { ...key, inForce: false } : key))
        return { ...member, keys }
      })
    case 'keyring.epoch': {
      const current = draft.keyrings.get(operation.keyring)?.epoch ?? 0
      if (operation.epoch !== current + 1) return 'authority/action-not-permitted'
      // What is encrypted from now on can be read by whoever starts the epoch.
      if (!root && !holds(draft, operation.keyring, commit)) return 'authority/action-not-permitted'
      draft.keyrings.set(operation.keyring, { epoch: operation.epoch, recipient: operation.recipient })
      return null
    }
    case 'keyring.wrap':
      if (!root && !holds(draft, operation.keyring, commit)) return 'authority/action-not-permitted'
      if (operation.epoch > (draft.keyrings.get(operation.keyring)?.epoch ?? 0))
        return 'authority/action-not-permitted'
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

function holds(state: AuthorityState, keyring: Keyring, { header }: AuthorityCommit): boolean {
  return state.wraps.some((wrap) => wrap.keyring === keyring && wrap.holder === header.member)
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
