import type { AuthorityHistory, AuthorityState } from '../../../src-shared/access/authority.ts'
import { judgeCommit } from '../../../src-shared/access/judge.ts'
import {
  keyringsOfGrant,
  recoveryOf,
  type Compartment,
  type Keyring,
  type Level,
  type Role,
} from '../../../src-shared/access/roles.ts'
import type { ErrorCode } from '../../../src-shared/kernel/errors.ts'
import { newId, type Digest, type Id } from '../../../src-shared/kernel/ids.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { keyProofBytes } from '../../../src-shared/log/header.ts'
import type { RemovalCause } from '../../../src-shared/log/operations.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import {
  levelOf,
  type FixtureCommit,
  type FixtureMember,
  type FixtureOperation,
  type MemberName,
  type UnitFixture,
} from '../../helpers/unit-fixture.ts'

/** A person the unit does not know yet, with keys of their own. */
export function newcomer(unit: UnitFixture, ...roles: readonly Role[]): FixtureMember {
  const signer = signerFromSeed(newSeed())
  return { id: newId(nodePrimitives), roles, signer, age: unit.keys.control, cadre: null }
}

/** Who signs with the recovery kit. */
export function rootOf(unit: UnitFixture): FixtureMember {
  return { ...unit.members.secadmin, id: unit.id, signer: unit.root, roles: ['root' as Role] }
}

/** The operations of the chain, by what a person would call them. */
export function added(unit: UnitFixture, member: FixtureMember): readonly FixtureOperation[] {
  return unit.memberOperations({ ...member, roles: [] })
}

export function keyAdded(
  unit: UnitFixture,
  owner: Id,
  signer = signerFromSeed(newSeed()),
  proof?: string,
): FixtureOperation {
  const publicKey = toHex(signer.publicKey)
  const own = toHex(signer.sign(keyProofBytes(unit.id, owner, publicKey)))
  const { recipient } = unit.keys.control
  return { operation: { op: 'key.add', entity: owner, publicKey, recipient, proof: proof ?? own } }
}

export interface GrantTerms {
  readonly categories?: string[]
  readonly level?: Level
  readonly deputyFor?: Id
  readonly from?: string
  readonly until?: string
}

export function granted(entity: Id, role: Role, terms: GrantTerms = {}): FixtureOperation {
  const { categories = ['*'], level = levelOf(role), deputyFor = null, from = null, until = null } = terms
  return { operation: { op: 'role.grant', entity, role, categories, level, deputyFor, from, until } }
}

/** Hands a member's present key the keyrings of a role, as far as nobody did yet. */
export function wrapped(entity: Id, role: Role, level: Level = levelOf(role)): FixtureOperation[] {
  return keyringsOfGrant(role, level).map((keyring) => ({
    operation: { op: 'keyring.wrap', entity, keyring, epoch: 1, holder: entity },
    body: { wrap: 'sealed' },
  }))
}

/** A confirmation and the keys it needs, for whoever signs it holds them. */
export function confirmed(entity: Id, role: Role, deputyFor: Id | null = null): FixtureOperation[] {
  return [...wrapped(entity, role), { operation: { op: 'role.confirm', entity, role, deputyFor } }]
}

export function revoked(entity: Id, role: Role, deputyFor: Id | null = null): FixtureOperation {
  return { operation: { op: 'role.revoke', entity, role, deputyFor } }
}

type Ends = readonly { readonly log: Id; readonly seq: number; readonly leaf: Digest }[]

/** Takes a member's key away, accepting what it signed in control up to the commits named. */
export function keyRemoved(
  member: FixtureMember,
  last: Ends = [],
  cause: RemovalCause = 'left',
  compartments: Compartment[] = ['control'],
): FixtureOperation {
  return {
    operation: {
      op: 'key.remove',
      entity: member.id,
      key: member.signer.keyId,
      cause,
      compartments,
      last: last.map((one) => ({ ...one })),
    },
  }
}

/** Says where a removed key ends in other compartments. */
export function keyBound(
  member: FixtureMember,
  last: Ends = [],
  compartments: Compartment[] = ['archive'],
): FixtureOperation {
  return {
    operation: {
      op: 'key.bound',
      entity: member.id,
      key: member.signer.keyId,
      compartments,
      last: last.map((one) => ({ ...one })),
    },
  }
}

export function upTo(made: FixtureCommit): { log: Id; seq: number; leaf: Digest } {
  const { header, leaf } = made.commit
  return { log: header.log, seq: header.seq, leaf }
}

export interface Signing {
  readonly as?: Role
  /** The leaf to follow; the newest by default. */
  readonly after?: Digest
}

/** A commit in control by a member of the unit; under their first role unless another is said. */
export function signed(
  unit: UnitFixture,
  by: MemberName | FixtureMember,
  operations: FixtureOperation | readonly FixtureOperation[],
  { as, after }: Signing = {},
): FixtureCommit {
  const member = typeof by === 'string' ? unit.members[by] : by
  const all: readonly FixtureOperation[] = 'operation' in operations ? [operations] : operations
  const role = as ?? member.roles[0] ?? 'collector'
  const base = { member, role, compartment: 'control' } as const
  return unit.commit(after === undefined ? base : { ...base, authority: after }, all)
}

export function verdict(unit: UnitFixture, made: FixtureCommit): ErrorCode | null {
  return unit.history().voids.get(made.commit.leaf) ?? null
}

/** What the rules say of a commit where it stands. */
export function judged(
  unit: UnitFixture,
  made: FixtureCommit,
  compartment: Compartment = 'archive',
): ErrorCode | null {
  return judgeCommit(unit.history(), made.commit.header, made.commit.leaf, compartment)
}

export function inForce(history: AuthorityHistory, member: Id): readonly Role[] {
  const grants = history.head.members.get(member)?.grants ?? []
  return grants.filter((grant) => grant.confirmed).map((grant) => grant.role)
}

/** All that a state says, without where in the chain it says it. */
export function contentOf(state: AuthorityState): unknown {
  const { leaf: _leaf, height: _height, ...content } = state
  return content
}

export function deviceRemoved(entity: Id): FixtureOperation {
  return { operation: { op: 'device.remove', entity } }
}

/** A new epoch of a keyring with its wraps: to the members named, and to the recovery kit. */
export function epochStarted(
  unit: UnitFixture,
  keyring: Keyring,
  epoch: number,
  holders: readonly (MemberName | FixtureMember)[],
  recovery = true,
): readonly FixtureOperation[] {
  const ids = holders.map((holder) => (typeof holder === 'string' ? unit.members[holder].id : holder.id))
  const { recipient } = unit.keys[keyring]
  const entity = newId(nodePrimitives)
  return [
    { operation: { op: 'keyring.epoch', entity, keyring, epoch, recipient } },
    ...[...ids, ...(recovery ? [recoveryOf(keyring)] : [])].map((holder) => ({
      operation: { op: 'keyring.wrap' as const, entity, keyring, epoch, holder },
      body: { wrap: 'sealed' },
    })),
  ]
}

export function settled(fork: Digest, kept: Digest): FixtureOperation {
  return { operation: { op: 'fork.settle', entity: newId(nodePrimitives), fork, kept } }
}

export function settlementConfirmed(fork: Digest, proposal: FixtureCommit): FixtureOperation {
  const entity = newId(nodePrimitives)
  return { operation: { op: 'fork.confirm', entity, fork, proposal: proposal.commit.leaf } }
}
