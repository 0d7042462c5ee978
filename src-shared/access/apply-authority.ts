import { fromHex, toHex } from '../kernel/bytes.ts'
import { calendarFault } from '../calendar/working-days.ts'
import type { ErrorCode } from '../kernel/errors.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import type { Primitives } from '../kernel/primitives.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { deviceProofBytes, keyProofBytes } from '../log/header.ts'
import { refusePublicKey } from '../log/keys.ts'
import type { Operation } from '../log/operations.ts'
import type {
  AuthorityCommit,
  AuthorityState,
  DeviceState,
  Grant,
  MemberState,
  Settlement,
} from './authority-state.ts'
import { applyCatalogue } from './apply-catalogue.ts'
import { applyUpstream } from './apply-upstream.ts'
import { sayLine } from './reporting-line.ts'
import {
  holdersDue,
  isDue,
  isHolder,
  keyInForce,
  keyringsToConfirm,
  missingWraps,
  presentWraps,
} from './grants.ts'
import {
  excludedPair,
  keyringsOfGrant,
  recoveryOf,
  type Compartment,
  type Keyring,
  type Level,
  type Role,
} from './roles.ts'

type Draft = { -readonly [Name in keyof AuthorityState]: AuthorityState[Name] } & {
  members: Map<Id, MemberState>
  devices: Map<Id, DeviceState>
  logs: Map<Id, { readonly compartment: Compartment; readonly device: Id }>
  keyrings: Map<Keyring, { readonly epoch: number; readonly recipient: string }>
  settlements: Map<Digest, Settlement>
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
    settlements: new Map(before.settlements),
  }
  for (const operation of commit.header.ops) {
    const fault = applyOperation(primitives, draft, operation, commit)
    if (fault !== null) return err(fault)
  }
  for (const member of draft.members.values()) {
    const held = member.grants.map((grant) => grant.role)
    if (excludedPair(held, draft.policy) !== null) return err('authority/role-exclusion')
  }
  // Nobody but the root takes from a unit those without whom it cannot go on.
  if (commit.header.role !== 'root' && isLocked(draft) && !isLocked(before))
    return err('authority/nobody-left')
  // Whoever starts an epoch must not lock the others out, nor the recovery kit.
  for (const operation of commit.header.ops) {
    if (operation.op !== 'keyring.epoch') continue
    const holders = new Set(presentWraps(draft, operation.keyring).map((wrap) => wrap.holder))
    if (holdersDue(draft, operation.keyring).some((holder) => !holders.has(holder)))
      return err('authority/holder-left-out')
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
      if (draft.height !== 0 || operation.entity !== draft.unit) return 'authority/not-founded'
      draft.policy = operation.policy
      draft.recovery = operation.recovery
      return null
    case 'member.add':
      if (draft.members.has(operation.entity)) return 'authority/action-not-permitted'
      draft.members.set(operation.entity, {
        id: operation.entity,
        cadre: operation.cadre,
        isCadreSaid: operation.cadre !== null,
        line: [],
        keys: [],
        grants: [],
      })
      return null
    case 'member.cadre':
      return changeMember(draft, operation.entity, (member) => {
        // To say it again is nothing.
        if (member.isCadreSaid && member.cadre === operation.cadre) return null
        // Anyone may say whose dossier it is; to say otherwise later takes a responsible person who is not concerned.
        const responsible = commit.header.role === 'approver' || commit.header.role === 'inspector'
        if (member.cadre !== null && (!responsible || operation.entity === commit.header.member)) return null
        return { ...member, cadre: operation.cadre, isCadreSaid: true }
      })
    case 'member.line':
      return changeMember(draft, operation.entity, (member) => sayLine(member, operation.cadres, commit))
    case 'key.add': {
      const key = provenKey(
        primitives,
        operation,
        keyProofBytes(draft.unit, operation.entity, operation.publicKey),
      )
      if (key === null) return 'commit/key-weak'
      return changeMember(draft, operation.entity, (member) => {
        if (knownKey(draft, key) || keyInForce(member) !== null) return null
        const { publicKey, recipient } = operation
        const added = { key, publicKey, recipient, inForce: true, removed: null, bounded: [] }
        // Whoever adds a key must not come to sign as its member: a holder confirms the roles for the key again.
        const grants = root ? member.grants : member.grants.map((grant) => ({ ...grant, confirmed: false }))
        return { ...member, keys: [...member.keys, added], grants }
      })
    }
    case 'role.grant': {
      // A member never grants themself a role; at the founding the root grants all of them.
      if (operation.entity === commit.header.member) return 'authority/action-not-permitted'
      const { role, categories, deputyFor, from, until } = operation
      const level = operation.level as Level
      const deputy = deputyFor !== null
      if (deputy && (from === null || until === null || !draft.members.has(deputyFor)))
        return 'authority/action-not-permitted'
      if (deputyFor === operation.entity || (until ?? '9999-12-31') < (from ?? ''))
        return 'authority/action-not-permitted'
      const granter = commit.header.member
      const grant: Grant = { role, categories, level, deputyFor, from, until, granter, confirmed: root }
      return changeMember(draft, operation.entity, (member) => ({
        ...member,
        grants: [...member.grants.filter((other) => !isGrant(other, operation)), grant],
      }))
    }
    case 'role.confirm': {
      if (operation.entity === commit.header.member) return 'authority/action-not-permitted'
      // In a small unit the secadmin may be a holder too: it takes the approver to make two of them.
      if (draft.policy === 'small' && commit.header.role !== 'approver')
        return 'authority/action-not-permitted'
      const member = draft.members.get(operation.entity)
      const grant = member?.grants.find((other) => isGrant(other, operation))
      if (member === undefined || grant === undefined || grant.granter === commit.header.member)
        return 'authority/action-not-permitted'
      // A role is in force only with the keys it needs, and by the word of one to whom they are all entrusted.
      const needed = keyringsOfGrant(grant.role, grant.level)
      const held = keyringsToConfirm(draft, member.id, grant)
      if (held.some((keyring) => !holds(draft, keyring, commit))) return 'authority/not-a-holder'
      if (missingWraps(draft, member).some((keyring) => needed.includes(keyring)))
        return 'authority/not-wrapped'
      return changeMember(draft, operation.entity, () => ({
        ...member,
        grants: member.grants.map((other) => (other === grant ? { ...grant, confirmed: true } : other)),
      }))
    }
    case 'role.revoke':
      return changeMember(draft, operation.entity, (member) => ({
        ...member,
        grants: member.grants.filter((grant) => !isGrant(grant, operation)),
      }))
    case 'key.remove':
      // Of the other compartments a responsible holder says where the key ends: one person strikes out nothing.
      if (!root && operation.compartments.some((compartment) => compartment !== 'control'))
        return 'authority/action-not-permitted'
      return changeMember(draft, operation.entity, (member) => {
        if (!member.keys.some((key) => key.key === operation.key && key.inForce)) return null
        const keys = member.keys.map((key) =>
          key.key === operation.key ? { ...key, inForce: false, removed: operation.cause } : key,
        )
        return { ...member, keys }
      })
    case 'key.bound': {
      if (!mayBound(draft, operation, commit) || operation.entity === commit.header.member)
        return 'authority/action-not-permitted'
      return changeMember(draft, operation.entity, (member) => {
        const removed = member.keys.find((key) => key.key === operation.key && !key.inForce)
        if (removed === undefined) return null
        // What was said first stands, unless the root puts it right.
        const isSaid = removed.bounded.some((compartment) => operation.compartments.includes(compartment))
        if (isSaid && !root) return null
        const bounded = [...new Set([...removed.bounded, ...operation.compartments])]
        return { ...member, keys: member.keys.map((key) => (key === removed ? { ...key, bounded } : key)) }
      })
    }
    case 'keyring.epoch': {
      const current = draft.keyrings.get(operation.keyring)?.epoch ?? 0
      if (operation.epoch !== current + 1) return 'authority/action-not-permitted'
      // What is encrypted from now on can be read by whoever starts the epoch.
      if (!root && !holds(draft, operation.keyring, commit)) return 'authority/not-a-holder'
      draft.keyrings.set(operation.keyring, { epoch: operation.epoch, recipient: operation.recipient })
      return null
    }
    case 'keyring.wrap': {
      const { keyring, epoch, holder, digest } = operation
      // The wraps of a new epoch stand in the commit that starts it, made by who held the one before.
      const starts = commit.header.ops.some(
        (other) => other.op === 'keyring.epoch' && other.keyring === keyring && other.epoch === epoch,
      )
      if (!root && !starts && !holds(draft, keyring, commit)) return 'authority/not-a-holder'
      if (epoch !== draft.keyrings.get(keyring)?.epoch) return 'authority/action-not-permitted'
      const member = draft.members.get(holder)
      const key = member === undefined ? null : keyInForce(member)
      // A wrap that stands, the kit's too, is not replaced by another, which might open nothing.
      if (isHolder(draft, keyring, holder, key)) return null
      if (member === undefined ? holder !== recoveryOf(keyring) : key === null || !isDue(member, keyring))
        return 'authority/action-not-permitted'
      draft.wraps = [
        // What an older key of the holder can open of this epoch stays known: it may ask for a new one.
        ...draft.wraps.filter((wrap) => wrap.keyring !== keyring || wrap.epoch === epoch),
        { keyring, epoch, holder, key, body: digest },
      ]
      return null
    }
    case 'device.add': {
      const { logs } = operation
      const key = provenKey(
        primitives,
        operation,
        deviceProofBytes(operation.entity, operation.publicKey, logs),
      )
      if (key === null) return 'commit/key-weak'
      const ids = [logs.control, logs.archive, logs.discipline]
      if (new Set(ids).size !== 3 || ids.some((id) => draft.logs.has(id))) return 'authority/device'
      if (draft.devices.has(operation.entity) || knownKey(draft, key)) return 'authority/device'
      const { entity: id, publicKey } = operation
      draft.devices.set(id, { id, publicKey, key, logs, inForce: true })
      for (const compartment of ['control', 'archive', 'discipline'] as const) {
        draft.logs.set(logs[compartment], { compartment, device: operation.entity })
      }
      return null
    }
    case 'device.remove': {
      const device = draft.devices.get(operation.entity)
      if (device === undefined || !device.inForce) return 'authority/device'
      // Nobody saws off the branch they sit on; so one device at least stays in force.
      if (draft.logs.get(commit.header.log)?.device === device.id) return 'authority/device'
      if (![...draft.devices.values()].some(({ id, inForce }) => inForce && id !== device.id))
        return 'authority/device'
      draft.devices.set(device.id, { ...device, inForce: false })
      return null
    }
    case 'settings.set': {
      const { idleMinutes, clipboardSeconds, watermark } = operation
      draft.settings = { idleMinutes, clipboardSeconds, watermark }
      return null
    }
    case 'deadlines.set': {
      const { review, adjudication, signature } = operation
      draft.deadlines = { review, adjudication, signature }
      return null
    }
    case 'calendar.set': {
      const { year, holidays, workdays } = operation
      if (calendarFault(operation) !== null) return 'authority/action-not-permitted'
      draft.calendars = new Map(draft.calendars).set(year, { year, holidays, workdays })
      return null
    }
    case 'fork.settle': {
      const { fork, kept } = operation
      const { member, key } = commit.header
      const proposer = { member, key }
      // The root speaks for a quorum of the recovery kit; and a proposal takes back nothing that two settled before.
      const confirmer = root ? proposer : null
      draft.settlements.set(commit.leaf, { fork, kept, proposal: commit.leaf, proposer, confirmer })
      return null
    }
    case 'fork.confirm': {
      const proposed = draft.settlements.get(operation.proposal)
      if (proposed === undefined || proposed.fork !== operation.fork || proposed.confirmer !== null)
        return 'authority/action-not-permitted'
      const { member, key } = commit.header
      if (proposed.proposer.member === member) return 'authority/action-not-permitted'
      draft.settlements.set(operation.proposal, { ...proposed, confirmer: { member, key } })
      return null
    }
    case 'catalogue.adopt':
    case 'catalogue.propose':
    case 'catalogue.confirm':
    case 'catalogue.refuse':
      return applyCatalogue(draft, operation, commit)
    case 'upstream.propose':
    case 'upstream.confirm':
      return applyUpstream(draft, operation, primitives, commit.leaf, root)
    default:
      return 'authority/action-not-permitted'
  }
}

function isGrant(grant: Grant, name: { readonly role: string; readonly deputyFor: string | null }): boolean {
  return grant.role === name.role && grant.deputyFor === name.deputyFor
}

/** Whether a unit has no approver or no secadmin left with a key. */
function isLocked(state: AuthorityState): boolean {
  const acting = [...state.members.values()].filter((member) => keyInForce(member) !== null)
  const isHeld = (role: Role) =>
    acting.some(({ grants }) => grants.some((grant) => grant.confirmed && grant.role === role))
  return !isHeld('approver') || !isHeld('secadmin')
}

function holds(state: AuthorityState, keyring: Keyring, { header }: AuthorityCommit): boolean {
  return isHolder(state, keyring, header.member, header.key)
}

/**
 * Only who can open a compartment knows where a key ends in it; anybody else could strike out its history. In `control`
 * that is the history of the chain itself, which nobody strikes out but the root.
 */
function mayBound(
  state: AuthorityState,
  operation: { readonly compartments: readonly Compartment[] },
  commit: AuthorityCommit,
): boolean {
  if (commit.header.role === 'root') return true
  return operation.compartments.every(
    (compartment) => compartment !== 'control' && holds(state, compartment, commit),
  )
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
  operation: { readonly publicKey: string; readonly proof: string },
  said: Uint8Array,
): Digest | null {
  const raw = fromHex(operation.publicKey)
  const proof = fromHex(operation.proof)
  if (raw === null || proof === null || refusePublicKey(raw) !== null) return null
  return primitives.ed25519Verify(raw, said, proof) ? toHex(primitives.sha256(raw)) : null
}
