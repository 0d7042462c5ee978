import type { AuthorityHistory, AuthorityState } from '../../../src-shared/access/authority.ts'
import { judgeCommit } from '../../../src-shared/access/judge.ts'
import type { Compartment, Role } from '../../../src-shared/access/roles.ts'
import type { ErrorCode } from '../../../src-shared/kernel/errors.ts'
import { newId, type Digest, type Id } from '../../../src-shared/kernel/ids.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { keyProofBytes } from '../../../src-shared/log/header.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import type {
  FixtureCommit,
  FixtureMember,
  FixtureOperation,
  MemberName,
  UnitFixture,
} from '../../helpers/unit-fixture.ts'

/** A person the unit does not know yet, with keys of their own. */
export function newcomer(unit: UnitFixture, ...roles: readonly Role[]): FixtureMember {
  const signer = signerFromSeed(newSeed())
  return { id: newId(nodePrimitives), roles, signer, age: unit.keys.control, cadre: null }
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

export function granted(entity: Id, role: Role, categories: string[] = ['*']): FixtureOperation {
  return { operation: { op: 'role.grant', entity, role, categories } }
}

export function confirmed(entity: Id, role: Role): FixtureOperation {
  return { operation: { op: 'role.confirm', entity, role } }
}

export function revoked(entity: Id, role: Role): FixtureOperation {
  return { operation: { op: 'role.revoke', entity, role } }
}

/** Takes a member's key away, accepting what it signed up to the newest commit of the logs named. */
export function keyRemoved(
  member: FixtureMember,
  last: readonly { readonly log: Id; readonly seq: number; readonly leaf: Digest }[] = [],
): FixtureOperation {
  return {
    operation: {
      op: 'key.remove',
      entity: member.id,
      key: member.signer.keyId,
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
