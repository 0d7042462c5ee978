import { beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../../src-shared/access/roles.ts'
import type { Digest } from '../../../src-shared/kernel/ids.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { isMutationRun } from '../../helpers/runs.ts'
import { UnitFixture, type FixtureCommit, type FixtureMember } from '../../helpers/unit-fixture.ts'
import {
  added,
  confirmed,
  deviceRemoved,
  epochStarted,
  granted,
  inForce,
  judged,
  keyAdded,
  keyBound,
  keyRemoved,
  newcomer,
  revoked,
  rootOf,
  settled,
  settlementConfirmed,
  signed,
  upTo,
  verdict,
} from './chain.ts'

let unit: UnitFixture
let fork: Digest

beforeEach(async () => {
  unit = await UnitFixture.found()
  fork = unit.authority
})

const root = () => rootOf(unit)

/** Two commits after the same one: here somebody gets a role, there somebody else. */
function twoSides(): { readonly left: FixtureCommit; readonly right: FixtureCommit } {
  const { reviewerOne, inspector } = unit.members
  const left = signed(unit, 'secadmin', granted(reviewerOne.id, 'collector'), { after: fork })
  const right = signed(unit, 'secadmin', granted(inspector.id, 'collector'), { after: fork })
  return { left, right }
}

/** Secadmin says that a side holds, and an approver too. */
function settle(kept: FixtureCommit, tip: Digest = kept.commit.leaf, by = 'approver' as const) {
  const proposal = signed(unit, 'secadmin', settled(fork, kept.commit.leaf), { after: tip })
  const confirmation = signed(unit, by, settlementConfirmed(fork, proposal), {
    after: proposal.commit.leaf,
  })
  return { proposal, confirmation }
}

describe('an open fork', () => {
  test('leaves the head where it was, and names the sides with what follows them', () => {
    const { left, right } = twoSides()
    const below = signed(unit, 'secadmin', added(unit, newcomer(unit)), { after: left.commit.leaf })
    const { forked, sides, head } = unit.history()
    expect(forked).toBe(fork)
    expect(head.leaf).toBe(fork)
    expect(new Set(sides.map(({ first, tip }) => `${first} ${tip}`))).toEqual(
      new Set([`${left.commit.leaf} ${below.commit.leaf}`, `${right.commit.leaf} ${right.commit.leaf}`]),
    )
  })

  test('takes from both sides the keys, roles and devices that either took away', () => {
    const { collector, inspector, reviewerTwo } = unit.members
    const other = unit.addDevice()
    fork = unit.authority
    signed(unit, 'secadmin', [keyRemoved(collector, [], 'copied')], { after: fork })
    const right = signed(unit, 'secadmin', [revoked(inspector.id, 'inspector')], { after: fork })
    signed(unit, 'secadmin', [deviceRemoved(other.id), keyRemoved(reviewerTwo)], { after: right.commit.leaf })
    const { head, forked } = unit.history()
    expect(forked).toBe(fork)
    expect(head.members.get(collector.id)?.keys).toMatchObject([{ inForce: false, removed: 'copied' }])
    expect(head.members.get(reviewerTwo.id)?.keys).toMatchObject([{ inForce: false, removed: 'left' }])
    expect(head.members.get(inspector.id)?.grants).toEqual([])
    expect(head.devices.get(other.id)?.inForce).toBe(false)
    expect(head.devices.get(unit.device.id)?.inForce).toBe(true)
  })

  test('keeps a removal that stands beside a grant, or rests on what does not hold', () => {
    const { collector, inspector, reviewerOne } = unit.members
    const first = signed(unit, 'inspector', epochStarted(unit, 'discipline', 2, ['inspector']), {
      after: fork,
    })
    const second = signed(unit, 'secadmin', [keyRemoved(collector), granted(reviewerOne.id, 'collector')], {
      after: first.commit.leaf,
    })
    signed(unit, 'inspector', epochStarted(unit, 'discipline', 3, ['inspector']), {
      after: second.commit.leaf,
    })
    signed(unit, 'secadmin', granted(inspector.id, 'collector'), { after: fork })
    const { head, removals } = unit.history()
    expect(head.members.get(collector.id)?.keys[0]?.inForce).toBe(false)
    expect(removals.map(({ key }) => key)).toEqual([collector.signer.keyId])
    expect(inForce(unit.history(), reviewerOne.id)).toEqual(['reviewer'])
    expect(head.keyrings.get('discipline')?.epoch).toBe(1)
  })

  test('lets nobody take away who had no right to where it began', () => {
    const { collector } = unit.members
    const puppet = newcomer(unit, 'secadmin')
    const grant = signed(unit, 'secadmin', [...added(unit, puppet), granted(puppet.id, 'secadmin')], {
      after: fork,
    })
    const confirmation = signed(unit, 'approver', confirmed(puppet.id, 'secadmin'), {
      after: grant.commit.leaf,
    })
    const removal = signed(unit, puppet, keyRemoved(collector), { after: confirmation.commit.leaf })
    expect(verdict(unit, removal)).toBe(null)
    signed(unit, 'secadmin', added(unit, newcomer(unit)), { after: fork })
    expect(unit.history().forked).toBe(fork)
    expect(verdict(unit, removal)).not.toBe(null)
    expect(unit.history().removals).toEqual([])
    expect(unit.history().head.members.get(collector.id)?.keys[0]?.inForce).toBe(true)
  })
})

describe('the settlement of a fork', () => {
  test('takes secadmin and an approver, and lets the side they name hold', () => {
    const { left, right } = twoSides()
    const { confirmation } = settle(left)
    const history = unit.history()
    expect(history.forked).toBe(null)
    expect(history.head.leaf).toBe(confirmation.commit.leaf)
    expect(verdict(unit, left)).toBe(null)
    expect(verdict(unit, right)).toBe('authority/forked')
    signed(unit, 'approver', confirmed(unit.members.reviewerOne.id, 'collector'))
    expect(inForce(unit.history(), unit.members.reviewerOne.id)).toEqual(['reviewer', 'collector'])
    expect(inForce(unit.history(), unit.members.inspector.id)).toEqual(['inspector'])
  })

  test('may name either side', () => {
    const { left, right } = twoSides()
    settle(right)
    expect(unit.history().forked).toBe(null)
    expect(verdict(unit, right)).toBe(null)
    expect(verdict(unit, left)).toBe('authority/forked')
  })

  test('is not one person’s: not secadmin’s alone, and nobody confirms their own', () => {
    const { left } = twoSides()
    const proposal = signed(unit, 'secadmin', settled(fork, left.commit.leaf), { after: left.commit.leaf })
    expect(unit.history().forked).toBe(fork)
    for (const name of ['secadmin', 'inspector', 'auditor', 'collector'] as const) {
      const tip = unit.authority
      signed(unit, name, settlementConfirmed(fork, proposal), { after: tip })
      expect(unit.history().forked, name).toBe(fork)
    }
  })

  test('is not confirmed by an approver whom the side itself made', () => {
    const person = newcomer(unit, 'approver')
    const grant = signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'approver')], {
      after: fork,
    })
    const minted = signed(unit, 'approver', confirmed(person.id, 'approver'), { after: grant.commit.leaf })
    signed(unit, 'secadmin', added(unit, newcomer(unit)), { after: fork })
    const proposal = signed(unit, 'secadmin', settled(fork, grant.commit.leaf), {
      after: minted.commit.leaf,
    })
    const own = signed(unit, person, settlementConfirmed(fork, proposal), { after: proposal.commit.leaf })
    expect(unit.history().forked).toBe(fork)
    // One with the right at the fork does it still.
    const again = signed(unit, 'secadmin', settled(fork, grant.commit.leaf), { after: own.commit.leaf })
    signed(unit, 'approver', settlementConfirmed(fork, again), { after: again.commit.leaf })
    expect(unit.history().forked).toBe(null)
    expect(inForce(unit.history(), person.id)).toEqual(['approver'])
  })

  test('names one side: with both settled, none is', () => {
    const { left, right } = twoSides()
    settle(left)
    settle(right)
    expect(unit.history().forked).toBe(fork)
  })

  test('by the root outranks those of pairs, and the root’s that stands deepest the others', () => {
    const { left, right } = twoSides()
    const one = settle(left)
    const two = settle(right)
    expect(unit.history().forked).toBe(fork)
    const first = signed(unit, root(), settled(fork, left.commit.leaf), {
      after: one.confirmation.commit.leaf,
    })
    expect(unit.history().forked).toBe(null)
    expect(verdict(unit, left)).toBe(null)
    expect(verdict(unit, right)).toBe('authority/forked')
    const between = signed(unit, 'secadmin', added(unit, newcomer(unit)), {
      after: two.confirmation.commit.leaf,
    })
    const deeper = signed(unit, root(), settled(fork, right.commit.leaf), { after: between.commit.leaf })
    for (const turn of ['as written', 'the other way round']) {
      expect(unit.history().forked, turn).toBe(null)
      expect(unit.history().head.leaf, turn).toBe(deeper.commit.leaf)
      expect(verdict(unit, right), turn).toBe(null)
      expect(verdict(unit, left), turn).toBe('authority/forked')
      expect(verdict(unit, first), turn).toBe('authority/forked')
      unit.device.logs.control.commits.reverse()
    }
  })

  test('is not undone by somebody who proposes another side later', () => {
    const { left, right } = twoSides()
    settle(left)
    signed(unit, 'approver', confirmed(unit.members.reviewerOne.id, 'collector'))
    signed(unit, 'secadmin', settled(fork, right.commit.leaf))
    expect(unit.history().forked).toBe(null)
    expect(inForce(unit.history(), unit.members.reviewerOne.id)).toEqual(['reviewer', 'collector'])
  })

  test('keeps what the other side took away', () => {
    const { collector, reviewerOne } = unit.members
    const left = signed(unit, 'secadmin', granted(reviewerOne.id, 'collector'), { after: fork })
    signed(unit, 'secadmin', keyRemoved(collector), { after: fork })
    const { made } = unit.submit({ authority: left.commit.leaf })
    expect(judged(unit, made)).toBe(null)
    const { confirmation } = settle(left)
    const { head } = unit.history()
    expect(head.leaf).toBe(confirmation.commit.leaf)
    expect(head.members.get(collector.id)?.keys[0]?.inForce).toBe(false)
    expect(judged(unit, unit.submit().made)).toBe('authority/key-not-in-force')
    // They come back with a new key, as after any removal.
    expect(verdict(unit, signed(unit, 'secadmin', keyAdded(unit, collector.id)))).toBe(null)
  })

  test('is not made by a secadmin whose key the other side took away', () => {
    const other = newcomer(unit, 'secadmin')
    signed(unit, 'secadmin', [...added(unit, other), granted(other.id, 'secadmin')])
    signed(unit, 'approver', confirmed(other.id, 'secadmin'))
    fork = unit.authority
    const { left } = twoSides()
    const removal = signed(unit, other, keyRemoved(unit.members.secadmin, [upTo(left)]), { after: fork })
    const { proposal } = settle(left)
    expect(verdict(unit, proposal)).toBe('authority/after-removal')
    expect(unit.history().forked).toBe(fork)
    const rightful = signed(unit, other, settled(fork, removal.commit.leaf), { after: removal.commit.leaf })
    signed(unit, 'approver', settlementConfirmed(fork, rightful), { after: rightful.commit.leaf })
    expect(unit.history().forked).toBe(null)
    expect(verdict(unit, removal)).toBe(null)
  })

  test('is the root’s too, which speaks for a quorum of the recovery kit', () => {
    const { left, right } = twoSides()
    const borrowed = { ...unit.members.secadmin, roles: ['root' as Role] }
    const pretended = signed(unit, borrowed, settled(fork, right.commit.leaf), { after: right.commit.leaf })
    expect(verdict(unit, pretended)).not.toBe(null)
    expect(unit.history().forked).toBe(fork)
    signed(unit, root(), settled(fork, left.commit.leaf), { after: left.commit.leaf })
    expect(unit.history().forked).toBe(null)
    expect(verdict(unit, left)).toBe(null)
  })

  test('of an inner fork leaves an outer one open', () => {
    const { left } = twoSides()
    const outer = fork
    fork = left.commit.leaf
    const { left: inner } = twoSides()
    settle(inner)
    expect(unit.history().forked).toBe(outer)
  })
})

describe('a removal by a key that was itself removed before', () => {
  let other: FixtureMember
  let accepted: FixtureCommit
  beforeEach(() => {
    other = newcomer(unit, 'secadmin')
    signed(unit, 'secadmin', [...added(unit, other), granted(other.id, 'secadmin')])
    accepted = signed(unit, 'approver', confirmed(other.id, 'secadmin'))
    fork = unit.authority
  })

  test('does not hold, on whatever older commit it stands', () => {
    const { secadmin, collector, approver } = unit.members
    const removal = signed(unit, other, keyRemoved(secadmin), { after: fork })
    const thief = signed(unit, secadmin, [keyRemoved(collector), keyRemoved(approver)], { after: fork })
    expect(verdict(unit, thief)).toBe('authority/after-removal')
    expect(unit.history().removals.map(({ key }) => key)).toEqual([secadmin.signer.keyId])
    expect(unit.history().forked).toBe(null)
    expect(unit.history().head.leaf).toBe(removal.commit.leaf)
  })

  test('holds with the other where each takes the other away, until the root ends it', () => {
    const { secadmin, collector } = unit.members
    signed(unit, other, keyRemoved(secadmin), { after: fork })
    signed(unit, secadmin, [keyRemoved(other), keyRemoved(collector)], { after: fork })
    const keys = () => new Set(unit.history().removals.map(({ key }) => key))
    expect(keys()).toEqual(new Set([secadmin, other, collector].map(({ signer }) => signer.keyId)))
    signed(unit, root(), keyRemoved(secadmin, [upTo(accepted)]), { after: fork })
    expect(keys()).toEqual(new Set([secadmin.signer.keyId]))
    const { members } = unit.history().head
    expect(members.get(other.id)?.keys[0]?.inForce).toBe(true)
    expect(members.get(collector.id)?.keys[0]?.inForce).toBe(true)
  })
})

test('where a key ends is said once a compartment, by an approver or inspector who can open it, not by its owner', () => {
  const { approver, collector, inspector } = unit.members
  const { made } = unit.submit()
  const early = signed(unit, 'approver', keyBound(collector, [upTo(made)]))
  expect(verdict(unit, early)).toBe('authority/action-not-permitted')
  signed(unit, 'secadmin', keyRemoved(collector))
  expect(verdict(unit, signed(unit, 'secadmin', keyBound(collector)))).toBe('authority/action-not-permitted')
  expect(verdict(unit, signed(unit, 'reviewerOne', keyBound(collector)))).toBe(
    'authority/action-not-permitted',
  )
  // The approver is not cleared.
  expect(verdict(unit, signed(unit, 'approver', keyBound(collector, [], ['discipline'])))).toBe(
    'authority/action-not-permitted',
  )
  expect(verdict(unit, signed(unit, 'approver', keyBound(collector, [upTo(made)])))).toBe(null)
  expect(verdict(unit, signed(unit, 'inspector', keyBound(collector, [])))).toBe(
    'authority/action-not-permitted',
  )
  expect(judged(unit, made)).toBe(null)
  expect(verdict(unit, signed(unit, 'inspector', keyBound(collector, [], ['discipline'])))).toBe(null)

  signed(unit, 'secadmin', keyRemoved(inspector))
  expect(verdict(unit, signed(unit, 'inspector', keyBound(inspector)))).not.toBe(null)
  const key = unit.history().head.members.get(collector.id)?.keys[0]
  expect(key).toMatchObject({ inForce: false, removed: 'left', bounded: ['archive', 'discipline'] })
  expect(verdict(unit, signed(unit, approver, keyBound({ ...collector, id: newId(nodePrimitives) })))).toBe(
    'authority/action-not-permitted',
  )
})

test('a secadmin strikes out no work in the archive by removing a key', () => {
  const { collector } = unit.members
  const { made } = unit.submit()
  for (const compartments of [['archive'], ['control', 'archive'], ['discipline']] as const)
    expect(
      verdict(unit, signed(unit, 'secadmin', keyRemoved(collector, [], 'left', [...compartments]))),
    ).toBe('authority/action-not-permitted')
  signed(unit, 'secadmin', keyRemoved(collector))
  expect(judged(unit, made)).toBe(null)
})

test.each(isMutationRun ? [80] : [800, 2000])(
  'a chain that is split %i times over is read, and the outermost fork settled',
  (times) => {
    const { collector, inspector } = unit.members
    const again = {
      operation: {
        op: 'keyring.wrap' as const,
        entity: unit.id,
        keyring: 'archive' as const,
        epoch: 1,
        holder: collector.id,
      },
    }
    const kept = signed(unit, 'secadmin', granted(inspector.id, 'collector'), { after: fork })
    let at = fork
    for (let count = 0; count < times; count++) {
      const side = signed(unit, 'collector', again, { after: at })
      signed(unit, 'collector', again, { after: at })
      at = side.commit.leaf
    }
    const open = unit.history()
    expect(open.forked).toBe(fork)
    expect(open.voids.get(at)).toBe('authority/forked')
    const { confirmation } = settle(kept)
    signed(unit, 'secadmin', keyRemoved(collector, [], 'copied'), { after: confirmation.commit.leaf })
    const { forked, head, voids } = unit.history()
    expect(forked).toBe(null)
    expect(head.members.get(collector.id)?.keys[0]?.inForce).toBe(false)
    expect(voids.get(at)).not.toBe(undefined)
  },
)
