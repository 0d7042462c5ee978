import { fc } from '../../helpers/properties.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  AuthorityCommit,
  AuthorityHistory,
  AuthorityState,
  MemberState,
} from '../../../src-shared/access/authority.ts'
import { judgeCommit } from '../../../src-shared/access/judge.ts'
import {
  businessRoles,
  excludedPair,
  keyringsOf,
  recoveryOf,
  type Keyring,
  type Role,
} from '../../../src-shared/access/roles.ts'
import type { Digest, Id } from '../../../src-shared/kernel/ids.ts'
import type { Header } from '../../../src-shared/log/header.ts'
import { isMutationRun, runs } from '../../helpers/runs.ts'
import { contentOf } from '../../unit/access/chain.ts'
import { branching, commitOf, newCast, readChain, small, steps, type Cast } from './chains.ts'

let cast: Cast

beforeAll(async () => {
  cast = await newCast()
})

const read = (commits: readonly AuthorityCommit[]) => readChain(cast, commits)

const removalText = (history: AuthorityHistory) =>
  history.removals.map(({ key, compartments: ended, last }) => JSON.stringify([key, ended, ...last])).sort()

const seen = {
  forked: 0,
  settled: 0,
  minted: 0,
  afterRemoval: 0,
  lostRemovals: 0,
  deputies: 0,
  epochs: 0,
  leftOut: 0,
}

/** Which of the rarer places a history comes to. */
function note(history: AuthorityHistory): void {
  const codes = new Set(history.voids.values())
  if (history.forked !== null) seen.forked++
  if (codes.has('authority/after-removal')) seen.afterRemoval++
  if (codes.has('authority/holder-left-out')) seen.leftOut++
  for (const { grants } of history.head.members.values())
    if (grants.some(({ deputyFor, confirmed }) => deputyFor !== null && confirmed)) seen.deputies++
}

/** Histories, with their commits by leaf. */
function expectOfChains(
  check: (history: AuthorityHistory, byLeaf: ReadonlyMap<Digest, AuthorityCommit>) => void,
  numRuns: number,
): void {
  fc.assert(
    fc.property(steps, (walk) => {
      const commits = branching(cast, walk)
      const history = read(commits)
      note(history)
      check(history, new Map(commits.map((commit) => [commit.leaf, commit])))
    }),
    { numRuns: runs(numRuns) },
  )
}

type Chain = ReadonlyMap<Digest, AuthorityCommit>

/** Where a commit stands, what it counted after: the nearest before it that is not void. */
function countedBefore(history: AuthorityHistory, chain: Chain, { header }: AuthorityCommit): Digest | null {
  let leaf = header.authority
  while (leaf !== null && history.voids.has(leaf)) leaf = chain.get(leaf)?.header.authority ?? null
  return leaf
}

/** The commits that count up to one of them, the founding first. */
function pathTo(history: AuthorityHistory, chain: Chain, leaf: Digest): readonly AuthorityCommit[] {
  const commit = chain.get(leaf) as AuthorityCommit
  const before = countedBefore(history, chain, commit)
  return before === null ? [commit] : [...pathTo(history, chain, before), commit]
}

function counting(history: AuthorityHistory, chain: Chain): readonly AuthorityCommit[] {
  return [...chain.values()].filter(({ leaf }) => !history.voids.has(leaf))
}

function stateBefore(
  history: AuthorityHistory,
  chain: Chain,
  commit: AuthorityCommit,
): AuthorityState | null {
  const before = countedBefore(history, chain, commit)
  return before === null ? null : (history.at(before) as AuthorityState)
}

function presentKey(member: MemberState): Digest | undefined {
  return member.keys.find((key) => key.inForce)?.key
}

function canOpen(state: AuthorityState, keyring: Keyring, member: MemberState): boolean {
  const epoch = state.keyrings.get(keyring)?.epoch
  return state.wraps.some(
    (wrap) =>
      wrap.keyring === keyring &&
      wrap.epoch === epoch &&
      wrap.holder === member.id &&
      wrap.key === presentKey(member),
  )
}

describe('a chain that anybody may write to', () => {
  test('says the same in whatever order its commits are read', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(small), (walk, order) => {
        const commits = branching(cast, walk)
        const history = read(commits)
        note(history)
        const shuffled = commits
          .map((commit) => ({ commit, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ commit }) => commit)
        const other = read(shuffled)
        expect(other.head).toEqual(history.head)
        expect(other.forked).toEqual(history.forked)
        expect(new Set(other.sides.map((side) => `${side.first} ${side.tip}`))).toEqual(
          new Set(history.sides.map((side) => `${side.first} ${side.tip}`)),
        )
        expect(new Map([...other.voids].sort())).toEqual(new Map([...history.voids].sort()))
        expect(removalText(other)).toEqual(removalText(history))
        for (const { leaf } of commits) expect(other.at(leaf)).toEqual(history.at(leaf))
      }),
      { numRuns: runs(80) },
    )
  })

  test('leaves nobody, at any point of it, with roles that exclude each other or with two keys', () => {
    expectOfChains((history, chain) => {
      for (const leaf of chain.keys())
        for (const { grants, keys } of (history.at(leaf) as AuthorityState).members.values()) {
          expect(
            excludedPair(
              grants.map(({ role }) => role),
              'normal',
            ),
          ).toBe(null)
          expect(keys.filter(({ inForce }) => inForce).length).toBeLessThanOrEqual(1)
        }
    }, 60)
  })

  test('puts a role in force only by secadmin’s hand and another’s, neither the holder’s own, with its keys', () => {
    expectOfChains((history, chain) => {
      for (const { leaf } of counting(history, chain)) {
        const state = history.at(leaf) as AuthorityState
        const path = pathTo(history, chain, leaf)
        for (const member of state.members.values())
          for (const grant of member.grants.filter(({ confirmed }) => confirmed))
            expectTwoHands(history, path, member.id, grant)
      }
    }, 60)
  })

  test('changes by nobody’s hand whose key was taken away, from where it ends on', () => {
    expectOfChains((history, chain) => {
      const before = (commit: AuthorityCommit): ReadonlySet<Digest> => {
        const found = new Set<Digest>()
        let { authority } = commit.header
        for (; authority !== null; authority = chain.get(authority)?.header.authority ?? null)
          found.add(authority)
        return found
      }
      for (const commit of counting(history, chain)) {
        const { key, log, seq, role } = commit.header
        if (role === 'root') continue
        for (const removal of history.removals) {
          if (removal.key !== key || !removal.compartments.includes('control')) continue
          if (seq <= (removal.last.get(log) ?? -1)) continue
          const removing = chain.get(removal.leaf) as AuthorityCommit
          // What one person took away alone ends only what stands beside it or after it.
          expect(removal.alone && before(removing).has(commit.leaf)).toBe(true)
        }
        const state = stateBefore(history, chain, commit) as AuthorityState
        expect(presentKey(state.members.get(commit.header.member) as MemberState)).toBe(key)
      }
    }, 100)
  })

  test('voids in every compartment what a removed key signs beyond its end, whatever authority it names', () => {
    expectOfChains((history, chain) => {
      const own = [...history.head.members.values()]
      for (const removal of history.removals) {
        const owner = own.find(({ keys }) => keys.some(({ key }) => key === removal.key))
        const header = [...chain.values()][0]?.header as Header
        const log = [...removal.last.keys()][0] ?? header.log
        for (const compartment of removal.compartments)
          for (const authority of chain.keys()) {
            // What secadmin said alone spares in control what names an older authority.
            if (removal.alone && compartment === 'control' && history.isBefore(authority, removal.leaf))
              continue
            const beyond = { ...header, log, authority, key: removal.key, member: owner?.id as Id }
            const ops = [{ op: 'access.record' as const, entity: header.unit, digest: removal.leaf }]
            const late = { ...beyond, ops, role: 'secadmin' as const, seq: (removal.last.get(log) ?? -1) + 1 }
            expect(judgeCommit(history, late, '0'.repeat(64), compartment)).not.toBe(null)
          }
      }
    }, 40)
  })

  test('lets no grant of an open fork hold, and every removal', () => {
    expectOfChains((history, chain) => {
      const { forked, head, voids } = history
      if (forked === null) return
      const fork = history.at(forked) as AuthorityState
      for (const member of head.members.values()) {
        const then = fork.members.get(member.id) as MemberState
        for (const grant of member.grants) expect(then.grants).toContainEqual(grant)
        for (const { key, inForce } of member.keys)
          if (inForce) expect(then.keys.find((known) => known.key === key)?.inForce).toBe(true)
      }
      expect(head.keyrings).toEqual(fork.keyrings)
      expect(head.catalogue).toEqual(fork.catalogue)
      for (const { leaf, header } of chain.values()) {
        if (voids.get(leaf) !== 'authority/forked') continue
        for (const operation of header.ops) {
          if (operation.op !== 'key.remove') continue
          const then = fork.members.get(operation.entity)?.keys.find(({ key }) => key === operation.key)
          if (then?.inForce !== true) continue
          seen.lostRemovals++
          const now = head.members.get(operation.entity)?.keys.find(({ key }) => key === operation.key)
          expect(now?.inForce).toBe(false)
        }
      }
    }, 100)
  })

  test('goes on after a fork only where a secadmin and an approver with the right at the fork said so', () => {
    expectOfChains((history, chain) => {
      const settledForks = [...history.voids]
        .filter(([, code]) => code === 'authority/forked')
        .map(([leaf]) => countedBefore(history, chain, chain.get(leaf) as AuthorityCommit) as Digest)
        .filter((fork) => fork !== history.forked && !isBelow(chain, fork, history.forked))
      for (const fork of new Set(settledForks)) {
        const state = history.at(fork) as AuthorityState
        const hands = (role: Role, op: 'fork.settle' | 'fork.confirm') =>
          counting(history, chain)
            .filter(({ header }) => header.ops.some((one) => one.op === op && one.fork === fork))
            .map(({ header }) => header)
            .filter(({ member, key }) => {
              const then = state.members.get(member)
              const held = then?.grants.some((grant) => grant.role === role && grant.confirmed)
              return held === true && then !== undefined && presentKey(then) === key
            })
            .map(({ member }) => member)
        const [proposers, confirmers] = [hands('secadmin', 'fork.settle'), hands('approver', 'fork.confirm')]
        expect(confirmers.some((one) => proposers.some((other) => other !== one))).toBe(true)
        seen.settled++
      }
    }, 150)
  })

  test('is written to by deputies within their days alone', () => {
    expectOfChains((history, chain) => {
      for (const commit of counting(history, chain)) {
        const { member, role, at } = commit.header
        if (role === 'root') continue
        const before = stateBefore(history, chain, commit) as AuthorityState
        const { grants } = before.members.get(member) as MemberState
        const held = grants.filter((grant) => grant.role === role && grant.confirmed)
        const day = at.slice(0, 10)
        expect(
          held.some(({ from, until }) => (from === null || from <= day) && (until === null || day <= until)),
        ).toBe(true)
      }
      for (const { leaf } of counting(history, chain))
        for (const { grants } of (history.at(leaf) as AuthorityState).members.values())
          for (const grant of grants.filter(({ deputyFor }) => deputyFor !== null))
            expect([grant.from, grant.until]).not.toContain(null)
    }, 60)
  })

  test('starts no epoch that a confirmed holder, or the recovery kit, cannot open', () => {
    expectOfChains((history, chain) => {
      for (const { leaf, header } of counting(history, chain))
        for (const operation of header.ops) {
          if (operation.op !== 'keyring.epoch' || header.role === 'root') continue
          seen.epochs++
          const { keyring, epoch } = operation
          const state = history.at(leaf) as AuthorityState
          expect(state.keyrings.get(keyring)?.epoch).toBe(epoch)
          const kit = { keyring, epoch, holder: recoveryOf(keyring) }
          expect(state.wraps).toContainEqual(expect.objectContaining(kit))
          const holders = new Set([...state.members.values()].filter((one) => canOpen(state, keyring, one)))
          for (const member of state.members.values()) {
            const grants = member.grants.filter(({ confirmed }) => confirmed)
            const due = grants.length > 0 && keyringsOf(grants).includes(keyring)
            if (due && presentKey(member) !== undefined) expect(holders.has(member)).toBe(true)
          }
        }
    }, 100)
  })

  test('is what it would be without its void commits', () => {
    fc.assert(
      fc.property(steps, (walk) => {
        // Each follows the newest commit that counts, so that leaving a void one out breaks no link.
        const known: AuthorityCommit[] = [cast.founding]
        for (const step of walk) {
          const { head } = read(known)
          const after = step.after % 2 === 0 ? head.leaf : (known.at(-1) as AuthorityCommit).leaf
          known.push(commitOf(cast, step, known, after))
        }
        const history = read(known)
        const chain = new Map(known.map((commit) => [commit.leaf, commit]))
        const remaining = counting(history, chain).map((commit) => ({
          ...commit,
          header: { ...commit.header, authority: countedBefore(history, chain, commit) },
        }))
        // Removals hold even where the commit they stand in does not: without it they could not.
        fc.pre([...history.voids.values()].every((code) => !heldInPart.has(code)))
        const without = read(remaining)
        expect(without.head.leaf).toBe(history.head.leaf)
        expect(contentOf(without.head)).toEqual(contentOf(history.head))
      }),
      { numRuns: runs(40) },
    )
  })
})

const heldInPart: ReadonlySet<string> = new Set(['authority/forked', 'authority/after-removal'])

function isBelow(chain: Chain, leaf: Digest, above: Digest | null): boolean {
  for (let at: Digest | null = leaf; at !== null; at = chain.get(at)?.header.authority ?? null)
    if (at === above) return true
  return false
}

interface Named {
  readonly role: Role
  readonly deputyFor: Id | null
}

function expectTwoHands(
  history: AuthorityHistory,
  path: readonly AuthorityCommit[],
  member: Id,
  grant: Named,
): void {
  // What last asked for a confirmation: a grant, or a new key.
  const last = path.findLastIndex(({ header }) =>
    header.ops.some(
      (one) =>
        one.entity === member &&
        (one.op === 'key.add' ||
          (one.op === 'role.grant' && one.role === grant.role && one.deputyFor === grant.deputyFor)),
    ),
  )
  if (last === 0) return
  const names = (op: 'role.grant' | 'role.confirm', { header }: AuthorityCommit) =>
    header.ops.some(
      (one) =>
        one.op === op &&
        one.entity === member &&
        one.role === grant.role &&
        one.deputyFor === grant.deputyFor,
    )
  const granting = path.findLast((commit) => names('role.grant', commit)) as AuthorityCommit
  const confirming = path.slice(last).find((commit) => names('role.confirm', commit)) as AuthorityCommit
  seen.minted++
  if (granting.header.role !== 'root') expect(granting.header.role).toBe('secadmin')
  expect([...businessRoles, 'auditor']).toContain(confirming.header.role)
  expect([granting.header.member, confirming.header.member]).not.toContain(member)
  expect(granting.header.member).not.toBe(confirming.header.member)
  const state = history.at(confirming.leaf) as AuthorityState
  const then = state.members.get(member) as MemberState
  const own = then.grants.find((one) => one.role === grant.role && one.deputyFor === grant.deputyFor)
  expect(own?.confirmed).toBe(true)
  for (const keyring of keyringsOf(own === undefined ? [] : [own]))
    expect(canOpen(state, keyring, then), keyring).toBe(true)
}

afterAll(() => {
  if (isMutationRun) return
  // The histories above are worth something only if they come to such places at all.
  for (const [place, times] of Object.entries(seen)) expect(times, place).toBeGreaterThan(0)
})
