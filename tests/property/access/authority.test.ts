import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  readAuthority,
  type AuthorityCommit,
  type AuthorityHistory,
} from '../../../src-shared/access/authority.ts'
import { excludedPair, roles, type Role } from '../../../src-shared/access/roles.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import type { Header } from '../../../src-shared/log/header.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import { UnitFixture, memberNames, type FixtureMember } from '../../helpers/unit-fixture.ts'
import { contentOf, keyAdded, newcomer } from '../../unit/access/chain.ts'

/**
 * Random chains: anybody signs anything, under any role, after any commit there is. Headers are made by hand, without
 * signatures: those are the business of whoever reads a log.
 */
interface Step {
  readonly signer: number
  readonly role: number
  readonly operation: number
  readonly subject: number
  readonly granted: number
  readonly after: number
}

// Without the bias to the ends of a range: every choice is as likely as another.
const small = fc.noBias(fc.nat({ max: 1000 }))
const steps = fc.array(
  fc.record({ signer: small, role: small, operation: small, subject: small, granted: small, after: small }),
  { minLength: 5, maxLength: 30, size: 'max' },
)

let unit: UnitFixture
let founding: AuthorityCommit
let people: readonly FixtureMember[]
let additions: readonly Operation[]
const spareKeys = Array.from({ length: 4 }, () => signerFromSeed(newSeed()))

beforeAll(async () => {
  unit = await UnitFixture.found()
  founding = unit.device.logs.control.commits[0]!.commit
  const strangers = [newcomer(unit, 'collector'), newcomer(unit, 'secadmin')]
  people = [...memberNames.map((name) => unit.members[name]), ...strangers]
  additions = strangers.flatMap((person) =>
    unit.memberOperations({ ...person, roles: [] }).map(({ operation }) => withDigest(operation)),
  )
})

function withDigest(operation: object): Operation {
  return { ...operation, digest: toHex(nodePrimitives.randomBytes(32)) } as Operation
}

function pick<T>(from: readonly T[], number: number): T {
  return from[number % from.length] as T
}

function operationsOf(step: Step, known: readonly AuthorityCommit[]): readonly Operation[] {
  const subject = pick(people, step.subject)
  // Mostly a role that goes with another.
  const role =
    step.granted % 3 === 0 ? pick(roles, step.granted) : pick(['collector', 'inspector'] as const, step.role)
  const entity = subject.id
  switch (step.operation % 8) {
    case 0:
      return additions.slice(0, 2)
    case 1:
      return additions.slice(2)
    case 2:
    case 3:
      return [withDigest({ op: 'role.grant', entity, role, categories: ['*'] })]
    case 4: {
      const grants = known.flatMap(({ header }) => header.ops.filter((one) => one.op === 'role.grant'))
      const newest = step.granted % 4 === 0 ? undefined : grants.at(-1)
      return [
        withDigest({ op: 'role.confirm', entity: newest?.entity ?? entity, role: newest?.role ?? role }),
      ]
    }
    case 5:
      return [withDigest({ op: 'role.revoke', entity, role })]
    case 6: {
      if (step.subject % 2 === 0) return [withDigest({ op: 'role.grant', entity, role, categories: ['*'] })]
      const last = pick(known, step.granted)
      const { log, seq } = last.header
      return [
        withDigest({
          op: 'key.remove',
          entity,
          key: subject.signer.keyId,
          last: step.granted % 3 === 0 ? [] : [{ log, seq, leaf: last.leaf }],
        }),
      ]
    }
    default:
      return [withDigest(keyAdded(unit, entity, pick(spareKeys, step.granted)).operation)]
  }
}

function commitOf(step: Step, known: readonly AuthorityCommit[], after: Digest): AuthorityCommit {
  const ops = operationsOf(step, known)
  // Mostly somebody who may, under a role they have, or nothing would ever come into force.
  const { approver, collector, secadmin } = unit.members
  const able = ops[0]?.op === 'role.confirm' ? pick([approver, collector], step.role) : secadmin
  const member = step.signer % 3 === 0 ? pick(people, step.signer) : able
  const role = step.role % 5 === 0 ? pick(roles, step.role) : (member.roles[0] as Role)
  const header: Header = {
    ...founding.header,
    authority: after,
    key: member.signer.keyId,
    member: member.id,
    role,
    seq: known.length,
    prev: '0'.repeat(64),
    ops,
  }
  return { header, leaf: toHex(nodePrimitives.randomBytes(32)) }
}

/** Every commit after whichever the step says, mostly the newest. */
function branching(walk: readonly Step[]): readonly AuthorityCommit[] {
  const known: AuthorityCommit[] = [founding]
  for (const step of walk) {
    const after = step.after % 5 === 0 ? pick(known, step.after) : known.at(-1)
    known.push(commitOf(step, known, (after as AuthorityCommit).leaf))
  }
  return known
}

function read(commits: readonly AuthorityCommit[]): AuthorityHistory {
  const history = readAuthority(nodePrimitives, unit.rootPublicKey, commits)
  if (!history.ok) throw new Error(history.error.code)
  return history.value
}

const removalText = (history: AuthorityHistory) =>
  history.removals.map(({ key, last }) => JSON.stringify([key, ...last])).sort()

const seen = { forked: 0, minted: 0, afterRemoval: 0 }

describe('a chain that anybody may write to', () => {
  test('says the same in whatever order its commits are read', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(small), (walk, order) => {
        const commits = branching(walk)
        const history = read(commits)
        if (history.forked !== null) seen.forked++
        if ([...history.voids.values()].includes('authority/after-removal')) seen.afterRemoval++
        const shuffled = commits
          .map((commit) => ({ commit, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ commit }) => commit)
        const other = read(shuffled)
        expect(other.head).toEqual(history.head)
        expect(other.forked).toEqual(history.forked)
        expect(new Map([...other.voids].sort())).toEqual(new Map([...history.voids].sort()))
        expect(removalText(other)).toEqual(removalText(history))
        for (const { leaf } of commits) expect(other.at(leaf)).toEqual(history.at(leaf))
      }),
      { numRuns: 150 },
    )
  })

  test('leaves nobody, at any point of it, with roles that exclude each other', () => {
    fc.assert(
      fc.property(steps, (walk) => {
        const commits = branching(walk)
        const history = read(commits)
        for (const { leaf } of commits)
          for (const member of history.at(leaf)!.members.values())
            expect(
              excludedPair(
                member.grants.map(({ role }) => role),
                'normal',
              ),
            ).toBe(null)
      }),
      { numRuns: 150 },
    )
  })

  test('puts a role in force only by two hands, neither the holder’s own', () => {
    fc.assert(
      fc.property(steps, (walk) => {
        const commits = branching(walk.map((step) => ({ ...step, after: 1 })))
        const { head, voids, at } = read(commits)
        for (const member of head.members.values())
          for (const grant of member.grants.filter((one) => one.confirmed)) {
            const hands = (op: 'role.grant' | 'role.confirm') =>
              commits
                .filter(({ leaf, header }) => !voids.has(leaf) && header.role !== 'root' && at(leaf))
                .filter(({ header }) =>
                  header.ops.some(
                    (one) => one.op === op && one.entity === member.id && one.role === grant.role,
                  ),
                )
                .map(({ header }) => header.member)
            const founded = pick(
              people,
              people.findIndex(({ id }) => id === member.id),
            ).roles
            if (
              people.slice(0, memberNames.length).some(({ id }) => id === member.id) &&
              founded.includes(grant.role)
            )
              continue
            seen.minted++
            const [granters, confirmers] = [hands('role.grant'), hands('role.confirm')]
            expect(granters.length * confirmers.length).toBeGreaterThan(0)
            expect([...granters, ...confirmers]).not.toContain(member.id)
            expect(confirmers.some((one) => granters.some((other) => other !== one))).toBe(true)
          }
      }),
      { numRuns: 150 },
    )
  })

  test('is what it would be without its void commits', () => {
    fc.assert(
      fc.property(steps, (walk) => {
        // Each follows the newest commit that counts, so that leaving a void one out breaks no link.
        const known: AuthorityCommit[] = [founding]
        for (const step of walk) {
          const { head } = read(known)
          known.push(commitOf(step, known, step.after % 2 === 0 ? head.leaf : (known.at(-1)!.leaf as Digest)))
        }
        const history = read(known)
        const kept = (commit: AuthorityCommit): Digest | null => {
          const after = known.find(({ leaf }) => leaf === commit.header.authority)
          if (after === undefined) return null
          return history.voids.has(after.leaf) ? kept(after) : after.leaf
        }
        const counting = known
          .filter(({ leaf }) => !history.voids.has(leaf))
          .map((commit) => ({ ...commit, header: { ...commit.header, authority: kept(commit) } }))
        const removedSomewhere = [...history.voids].some(
          ([leaf, code]) =>
            (code === 'authority/after-removal' || code === 'authority/forked') &&
            known.some((one) => one.leaf === leaf && one.header.ops.some(({ op }) => op === 'key.remove')),
        )
        // Removals hold even where the commit they stand in does not: without it they could not.
        fc.pre(!removedSomewhere)
        const without = read(counting)
        expect(without.head.leaf).toBe(history.head.leaf)
        expect(contentOf(without.head)).toEqual(contentOf(history.head))
      }),
      { numRuns: 80 },
    )
  })
})

afterAll(() => {
  // The histories above are worth something only if they come to such places at all.
  expect(Math.min(seen.forked, seen.minted, seen.afterRemoval)).toBeGreaterThan(0)
})
