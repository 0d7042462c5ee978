import { fc } from '../../helpers/properties.ts'
import {
  readAuthority,
  type AuthorityCommit,
  type AuthorityHistory,
} from '../../../src-shared/access/authority.ts'
import { holdersDue } from '../../../src-shared/access/grants.ts'
import { keyrings, roles, type Keyring, type Role } from '../../../src-shared/access/roles.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { newId, type Digest, type Id } from '../../../src-shared/kernel/ids.ts'
import type { Primitives } from '../../../src-shared/kernel/primitives.ts'
import { deviceProofBytes, type Header } from '../../../src-shared/log/header.ts'
import { removalCauses, type Operation } from '../../../src-shared/log/operations.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import {
  UnitFixture,
  memberNames,
  type FixtureMember,
  type FixtureOperation,
} from '../../helpers/unit-fixture.ts'
import {
  wrapped,
  granted,
  keyAdded,
  keyBound,
  keyRemoved,
  newcomer,
  revoked,
  rootOf,
} from '../../unit/access/chain.ts'

/**
 * Random chains: anybody signs anything, under any role, after any commit there is, on any device. Headers are made by
 * hand, without signatures: those are the business of whoever reads a log.
 */
export interface Step {
  readonly signer: number
  readonly role: number
  readonly operation: number
  readonly subject: number
  readonly granted: number
  readonly after: number
}

// Without the bias to the ends of a range: every choice is as likely as another.
export const small = fc.noBias(fc.nat({ max: 1000 }))
export const steps = fc.array(
  fc.record({ signer: small, role: small, operation: small, subject: small, granted: small, after: small }),
  { minLength: 5, maxLength: 30, size: 'max' },
)

const days = ['2026-11-20', '2026-11-22', '2026-11-25']
const deputyDays = { from: '2026-11-21', until: '2026-11-23' }

type Draft = FixtureOperation['operation']

/** The unit of the chains, and the people who write to them: its members and two strangers. */
export interface Cast {
  readonly unit: UnitFixture
  readonly founding: AuthorityCommit
  readonly people: readonly FixtureMember[]
  readonly secondLog: Id
  readonly device: Draft
}

const spareKeys = Array.from({ length: 4 }, () => signerFromSeed(newSeed()))

export async function newCast(): Promise<Cast> {
  const unit = await UnitFixture.found()
  const founding = unit.device.logs.control.commits[0]!.commit
  const strangers = [newcomer(unit, 'collector'), newcomer(unit, 'secadmin')]
  const people = [...memberNames.map((name) => unit.members[name]), ...strangers]
  const [entity, control, archive, discipline] = Array.from({ length: 4 }, () => newId(nodePrimitives))
  const logs = { control, archive, discipline } as Record<'control' | 'archive' | 'discipline', Id>
  const signer = signerFromSeed(newSeed())
  const publicKey = toHex(signer.publicKey)
  const proof = toHex(signer.sign(deviceProofBytes(entity as Id, publicKey, logs)))
  const device: Draft = { op: 'device.add', entity: entity as Id, publicKey, logs, proof }
  return { unit, founding, people, secondLog: logs.control, device }
}

export function pick<T>(from: readonly T[], number: number): T {
  return from[number % from.length] as T
}

function withDigest(operation: Draft): Operation {
  return { ...operation, digest: toHex(nodePrimitives.randomBytes(32)) } as Operation
}

/** The proofs of the same few keys are read in every chain: each is verified once. */
const proven = new Map<string, boolean>()
const primitives: Primitives = {
  ...nodePrimitives,
  ed25519Verify(publicKey, message, signature) {
    const name = [publicKey, message, signature].map((bytes) => toHex(bytes)).join(' ')
    const known = proven.get(name) ?? nodePrimitives.ed25519Verify(publicKey, message, signature)
    proven.set(name, known)
    return known
  },
}

export function readChain({ unit }: Cast, commits: readonly AuthorityCommit[]): AuthorityHistory {
  const history = readAuthority(primitives, unit.rootPublicKey, commits)
  if (!history.ok) throw new Error(history.error.code)
  return history.value
}

const drafts = (operations: readonly FixtureOperation[]) => operations.map(({ operation }) => operation)

function draftsOf(cast: Cast, step: Step, known: readonly AuthorityCommit[]): readonly Draft[] {
  const { unit, people } = cast
  const subject = pick(people, step.subject)
  const { id: entity } = subject
  // Mostly a role that goes with another.
  const role =
    step.granted % 3 === 0 ? pick(roles, step.granted) : pick(['collector', 'inspector'] as const, step.after)
  const isDeputy = step.role % 2 === 0
  const deputyFor = isDeputy ? pick(people, step.subject + 1).id : null
  switch (step.operation % 15) {
    case 0:
      return drafts(unit.memberOperations({ ...pick(people.slice(-2), step.granted), roles: [] }))
    case 1:
    case 2: {
      const terms = deputyFor === null ? {} : { deputyFor, ...deputyDays }
      return drafts([granted(entity, role, { ...terms, ...(step.granted % 5 === 0 ? { level: 4 } : {}) })])
    }
    case 3:
    case 4:
    case 5: {
      // Mostly something that waits for it.
      const waiting = [...readChain(cast, known).head.members.values()].flatMap(({ id, grants }) =>
        grants.filter((grant) => !grant.confirmed).map((grant) => ({ id, ...grant })),
      )
      const grant = waiting.length === 0 ? undefined : pick(waiting, step.granted)
      const of = grant?.role ?? role
      const handed = wrapped(grant?.id ?? entity, of, grant?.level)
      const terms = { role: of, deputyFor: grant?.deputyFor ?? null }
      const confirmation: Draft = { op: 'role.confirm', entity: grant?.id ?? entity, ...terms }
      return [...(step.granted % 7 === 0 ? [] : drafts(handed)), confirmation]
    }
    case 6:
      return drafts([revoked(entity, role, deputyFor)])
    case 7: {
      const last = pick(known, step.granted)
      const { log, seq } = last.header
      const ends = step.granted % 3 === 0 ? [] : [{ log, seq, leaf: last.leaf }]
      const removal = keyRemoved(subject, ends, pick(removalCauses, step.role))
      const addition = keyAdded(unit, entity, pick(spareKeys, step.granted))
      return drafts(step.subject % 3 === 0 ? [removal, addition] : [removal])
    }
    case 8: {
      const last = pick(known, step.granted)
      const { log, seq } = last.header
      return drafts([
        keyBound(subject, [{ log, seq, leaf: last.leaf }], [step.role % 2 === 0 ? 'control' : 'archive']),
      ])
    }
    case 9:
      return drafts([keyAdded(unit, entity, pick(spareKeys, step.granted))])
    case 10:
      return epochDrafts(cast, step, known)
    case 11:
    case 12:
    case 13:
      return settlementDrafts(cast, step, known)
    default:
      return step.granted % 3 === 0 ? [{ op: 'device.remove', entity: cast.device.entity }] : [cast.device]
  }
}

/** A new epoch wrapped to all who are due, sometimes to all but one. */
function epochDrafts(cast: Cast, step: Step, known: readonly AuthorityCommit[]): readonly Draft[] {
  const { head } = readChain(cast, known)
  const keyring: Keyring = pick(keyrings, step.granted)
  const epoch = (head.keyrings.get(keyring)?.epoch ?? 0) + 1
  const holders = holdersDue(head, keyring)
  const reached = step.subject % 4 === 0 ? holders.slice(1) : holders
  const { recipient } = cast.unit.keys[keyring]
  const entity = cast.unit.id
  return [
    { op: 'keyring.epoch', entity, keyring, epoch, recipient },
    ...reached.map((holder) => ({ op: 'keyring.wrap' as const, entity, keyring, epoch, holder })),
  ]
}

/** What somebody says of the open fork, if there is one: that a side of it holds, or that it is so. */
function settlementDrafts(cast: Cast, step: Step, known: readonly AuthorityCommit[]): readonly Draft[] {
  const { forked, sides } = readChain(cast, known)
  const entity = cast.unit.id
  const side = sides.length === 0 ? undefined : pick(sides, step.after)
  const proposals = known.flatMap(({ leaf, header }) =>
    header.ops.flatMap((one) =>
      one.op === 'fork.settle' && one.kept === side?.first ? [{ ...one, leaf }] : [],
    ),
  )
  const newest = proposals.at(-1)
  if (newest !== undefined && step.granted % 4 !== 0)
    return [{ op: 'fork.confirm', entity, fork: newest.fork, proposal: newest.leaf }]
  if (side === undefined && step.granted % 2 === 0)
    return drafts([granted(pick(cast.people, step.subject).id, 'collector')])
  const kept = side === undefined || step.granted % 9 === 0 ? pick(known, step.granted).leaf : side.first
  return [{ op: 'fork.settle', entity, fork: forked ?? pick(known, step.role).leaf, kept }]
}

/** Who may, most of the time, or nothing would ever come into force. */
function signerOf({ unit }: Cast, step: Step, first: Draft): FixtureMember {
  const { approver, collector, inspector, secadmin } = unit.members
  switch (first.op) {
    case 'role.confirm':
    case 'keyring.wrap':
      return pick([approver, approver, inspector, collector], step.role)
    case 'key.bound':
      return first.compartments.includes('control') ? rootOf(unit) : approver
    case 'fork.confirm':
      return approver
    case 'keyring.epoch':
      return {
        seal: approver,
        audit: unit.members.auditor,
        discipline: inspector,
        control: approver,
        archive: collector,
      }[first.keyring]
    default:
      return secadmin
  }
}

export function commitOf(
  cast: Cast,
  step: Step,
  known: readonly AuthorityCommit[],
  after: Digest,
): AuthorityCommit {
  const operations = draftsOf(cast, step, known)
  const able = signerOf(cast, step, operations[0] as Draft)
  const member = step.signer % 5 === 0 ? pick(cast.people, step.signer) : able
  const role = step.role % 12 === 0 ? pick(roles, step.role) : (member.roles[0] as Role)
  const { founding } = cast
  const log = step.granted % 13 === 0 ? cast.secondLog : founding.header.log
  const header: Header = {
    ...founding.header,
    at: `${pick(days, step.subject)}T04:00:00.000Z`,
    authority: after,
    key: member.signer.keyId,
    log,
    member: member.id,
    role,
    seq: known.filter((one) => one.header.log === log).length,
    prev: '0'.repeat(64),
    ops: operations.map(withDigest),
  }
  return { header, leaf: toHex(nodePrimitives.randomBytes(32)) }
}

/** Every commit after whichever the step says, mostly the newest, or the newest of a side. */
export function branching(cast: Cast, walk: readonly Step[]): readonly AuthorityCommit[] {
  const known: AuthorityCommit[] = [cast.founding]
  for (const step of walk) {
    let after = step.after % 8 === 0 ? pick(known, step.after) : (known.at(-1) as AuthorityCommit)
    if ([11, 12, 13].includes(step.operation % 15)) {
      // Who settles stands on the side they name.
      const { sides } = readChain(cast, known)
      const tip = sides.length === 0 ? undefined : pick(sides, step.after).tip
      after = known.find(({ leaf }) => leaf === tip) ?? after
    }
    known.push(commitOf(cast, step, known, after.leaf))
  }
  return known
}
