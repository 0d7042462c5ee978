import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, type FixtureMember } from '../../helpers/unit-fixture.ts'
import {
  added,
  confirmed,
  contentOf,
  granted,
  inForce,
  judged,
  keyAdded,
  keyBound,
  keyRemoved,
  newcomer,
  revoked,
  rootOf,
  signed,
  upTo,
  verdict,
} from './chain.ts'

let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

/** A second secadmin, so that one can take the other’s key. */
function secondSecadmin(): FixtureMember {
  const person = newcomer(unit, 'secadmin')
  signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'secadmin')])
  signed(unit, 'approver', confirmed(person.id, 'secadmin'))
  return person
}

/** The secadmin takes a key away; a responsible holder of the archive says where it ends there. */
function remove(member: FixtureMember, ...last: readonly ReturnType<typeof upTo>[]): void {
  expect(verdict(unit, signed(unit, 'secadmin', keyRemoved(member)))).toBe(null)
  expect(verdict(unit, signed(unit, 'approver', keyBound(member, last)))).toBe(null)
}

describe('the removal of a key', () => {
  test('voids what the key signs after the last commit that was accepted', () => {
    const { made: kept } = unit.submit()
    const { made: late } = unit.submit()
    remove(unit.members.collector, upTo(kept))
    expect(judged(unit, kept)).toBe(null)
    expect(judged(unit, late)).toBe('authority/after-removal')
  })

  test('voids it whatever time it claims and whatever authority it names', () => {
    const before = unit.authority
    const { made: kept } = unit.submit()
    remove(unit.members.collector, upTo(kept))
    const { made: backDated } = unit.submit({ authority: before, at: '2020-01-01T00:00:00.000Z' })
    expect(judged(unit, backDated)).toBe('authority/after-removal')
    const { made: honest } = unit.submit()
    expect(judged(unit, honest)).toBe('authority/key-not-in-force')
  })

  test('that accepts nothing of a log voids all of the key in it', () => {
    const { inspector } = unit.members
    const as = { member: inspector, role: 'inspector' } as const
    const { made } = unit.submit(as)
    const { made: elsewhere } = unit.submit({ ...as, compartment: 'discipline', category: 'L1' })
    signed(unit, 'secadmin', keyRemoved(inspector))
    signed(unit, 'approver', keyBound(inspector))
    expect(judged(unit, made)).toBe('authority/after-removal')
    expect(judged(unit, elsewhere, 'discipline')).toBe(null)
  })

  test('leaves what others sign in the same log', () => {
    const { made: kept, record, revision } = unit.submit()
    remove(unit.members.collector, upTo(kept))
    const opinion = unit.commit(
      { member: unit.members.reviewerOne, role: 'reviewer', compartment: 'archive' },
      [{ operation: { op: 'review.return', entity: newId(nodePrimitives), rows: [{ record, revision }] } }],
    )
    expect(judged(unit, opinion)).toBe(null)
  })

  test('names the member whose key it is', () => {
    const removal = keyRemoved({ ...unit.members.reviewerOne, signer: unit.members.collector.signer })
    expect(verdict(unit, signed(unit, 'secadmin', removal))).toBe('authority/action-not-permitted')
    expect(unit.history().removals).toEqual([])
    const { made } = unit.submit()
    expect(judged(unit, made)).toBe(null)
  })

  test('is the secadmin’s to sign and nobody else’s', () => {
    for (const name of ['approver', 'collector', 'sysadmin', 'auditor'] as const) {
      const removal = signed(unit, name, keyRemoved(unit.members.reviewerOne))
      expect(verdict(unit, removal), name).toBe('authority/action-not-permitted')
    }
    expect(unit.history().removals).toEqual([])
  })

  test('lets the member come back with a new key once a holder confirms', () => {
    const { collector } = unit.members
    const replacement = signerFromSeed(newSeed())
    signed(unit, 'secadmin', [keyRemoved(collector), keyAdded(unit, collector.id, replacement)])
    signed(unit, 'approver', confirmed(collector.id, 'collector'))
    const { made } = unit.submit({ member: { ...collector, signer: replacement } })
    expect(judged(unit, made)).toBe(null)
    expect(verdict(unit, signed(unit, 'secadmin', keyAdded(unit, collector.id, collector.signer)))).not.toBe(
      null,
    )
  })

  test('takes back what a secadmin did with it after the last commit accepted, once the root said so', () => {
    const other = secondSecadmin()
    const accepted = signed(unit, 'secadmin', added(unit, newcomer(unit)))
    const puppet = newcomer(unit)
    signed(unit, 'secadmin', [...added(unit, puppet), granted(puppet.id, 'inspector')])
    const confirmation = signed(unit, 'inspector', confirmed(puppet.id, 'inspector'))
    const { made: before } = unit.submit({ member: puppet, role: 'inspector' })
    expect(judged(unit, before)).toBe(null)

    const { secadmin } = unit.members
    signed(unit, other, keyRemoved(secadmin, [upTo(accepted)]))
    // Alone they strike out nothing of what came before.
    expect(unit.history().head.members.has(puppet.id)).toBe(true)
    expect(judged(unit, before)).toBe(null)
    for (const name of ['approver', 'inspector'] as const)
      expect(verdict(unit, signed(unit, name, keyBound(secadmin, [], ['control']))), name).toBe(
        'authority/action-not-permitted',
      )
    expect(unit.history().head.members.has(puppet.id)).toBe(true)
    signed(unit, rootOf(unit), keyBound(secadmin, [upTo(accepted)], ['control']))
    expect(verdict(unit, accepted)).toBe(null)
    expect(unit.history().head.members.has(puppet.id)).toBe(false)
    expect(verdict(unit, confirmation)).toBe('authority/action-not-permitted')
    expect(judged(unit, before)).toBe('authority/key-not-in-force')
  })
})

describe('a removal by the secadmin alone', () => {
  const entry = (op: 'access.record' | 'incident.report') => ({
    operation: { op, entity: newId(nodePrimitives) },
  })

  test('leaves who looked at what, and what was reported, as it was said before', () => {
    const { collector, secadmin } = unit.members
    const other = secondSecadmin()
    const others = signed(unit, collector, entry('access.record'))
    const report = signed(unit, collector, entry('incident.report'))
    const own = signed(unit, secadmin, entry('access.record'))
    const removal = signed(unit, secadmin, keyRemoved(collector, [], 'lost'))
    const renewed = signed(unit, other, [keyRemoved(secadmin, [], 'lost'), keyAdded(unit, secadmin.id)])
    for (const made of [removal, renewed]) expect(verdict(unit, made)).toBe(null)
    for (const made of [others, report, own]) expect(judged(unit, made, 'control')).toBe(null)
  })

  test('ends what the key signs knowing of it', () => {
    const { collector } = unit.members
    signed(unit, 'secadmin', keyRemoved(collector))
    const late = signed(unit, collector, entry('access.record'))
    expect(judged(unit, late, 'control')).toBe('authority/key-not-in-force')
  })

  test('is not the root’s, which strikes out in control whatever lies beyond the end it names', () => {
    const { collector } = unit.members
    const kept = signed(unit, collector, entry('access.record'))
    const beyond = signed(unit, collector, entry('access.record'))
    signed(unit, rootOf(unit), keyRemoved(collector, [upTo(kept)], 'copied'))
    expect(judged(unit, kept, 'control')).toBe(null)
    expect(judged(unit, beyond, 'control')).toBe('authority/after-removal')
  })
})

describe('the end of a key', () => {
  test('that somebody said wrongly is put right by the root, as often as it takes', () => {
    const { collector } = unit.members
    const { made: first } = unit.submit()
    const { made: second } = unit.submit()
    signed(unit, 'secadmin', keyRemoved(collector))
    signed(unit, 'inspector', keyBound(collector, []))
    expect(judged(unit, first)).toBe('authority/after-removal')
    expect(verdict(unit, signed(unit, 'approver', keyBound(collector, [upTo(second)])))).toBe(
      'authority/action-not-permitted',
    )
    expect(verdict(unit, signed(unit, rootOf(unit), keyBound(collector, [upTo(second)])))).toBe(null)
    expect([judged(unit, first), judged(unit, second)]).toEqual([null, null])
    expect(verdict(unit, signed(unit, rootOf(unit), keyBound(collector, [upTo(first)])))).toBe(null)
    expect([judged(unit, first), judged(unit, second)]).toEqual([null, 'authority/after-removal'])
    unit.device.logs.control.commits.reverse()
    expect([judged(unit, first), judged(unit, second)]).toEqual([null, 'authority/after-removal'])
  })

  test('in one compartment says nothing of another', () => {
    const { inspector } = unit.members
    const as = { member: inspector, role: 'inspector' } as const
    const { made } = unit.submit(as)
    signed(unit, rootOf(unit), keyRemoved(inspector, [], 'left', ['control', 'archive', 'discipline']))
    signed(unit, rootOf(unit), keyBound(inspector, [], ['discipline']))
    expect(judged(unit, made)).toBe('authority/after-removal')
    signed(unit, rootOf(unit), keyBound(inspector, [upTo(made)], ['archive']))
    expect(judged(unit, made)).toBe(null)
  })
})

describe('a fork of the chain', () => {
  test('keeps every removal and lets no grant hold, on either side', () => {
    const { reviewerOne, collector } = unit.members
    const root = unit.authority
    const person = newcomer(unit)
    const left = signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'reviewer')], {
      after: root,
    })
    const right = signed(unit, 'secadmin', [keyRemoved(collector), granted(reviewerOne.id, 'inspector')], {
      after: root,
    })
    const history = unit.history()
    expect(history.forked).toBe(root)
    expect(history.voids.get(left.commit.leaf)).toBe('authority/forked')
    expect(history.voids.get(right.commit.leaf)).toBe('authority/forked')
    expect(history.head.leaf).toBe(root)
    expect(inForce(history, reviewerOne.id)).toEqual(['reviewer'])
    expect(history.removals.map(({ key }) => key)).toEqual([collector.signer.keyId])
    const entry = { operation: { op: 'access.record' as const, entity: newId(nodePrimitives) } }
    const made = signed(unit, collector, entry, { after: left.commit.leaf })
    expect(judged(unit, made, 'control')).toBe('authority/after-removal')
  })

  test('holds further down: what follows either side is void too', () => {
    const root = unit.authority
    const left = signed(unit, 'secadmin', added(unit, newcomer(unit)), { after: root })
    signed(unit, 'secadmin', added(unit, newcomer(unit)), { after: root })
    const below = signed(unit, 'secadmin', added(unit, newcomer(unit)), { after: left.commit.leaf })
    expect(verdict(unit, below)).toBe('authority/forked')
  })

  test('is seen whichever side is read first', () => {
    const root = unit.authority
    signed(unit, 'secadmin', keyRemoved(unit.members.collector), { after: root })
    signed(unit, 'secadmin', keyRemoved(unit.members.inspector), { after: root })
    const before = unit.history()
    unit.device.logs.control.commits.reverse()
    const after = unit.history()
    expect(after.forked).toBe(before.forked)
    expect([...after.voids].sort()).toEqual([...before.voids].sort())
    expect(new Set(after.removals.map(({ key }) => key))).toEqual(
      new Set(before.removals.map(({ key }) => key)),
    )
  })

  test('ends where the key that made one side is taken away', () => {
    const other = secondSecadmin()
    const accepted = signed(unit, 'secadmin', added(unit, newcomer(unit)))
    const root = unit.authority
    const stolen = signed(unit, 'secadmin', added(unit, newcomer(unit)), { after: root })
    const removal = signed(unit, other, keyRemoved(unit.members.secadmin, [upTo(accepted)]), {
      after: root,
    })
    const history = unit.history()
    expect(history.forked).toBe(null)
    expect(history.voids.get(stolen.commit.leaf)).toBe('authority/after-removal')
    expect(history.head.leaf).toBe(removal.commit.leaf)
  })
})

describe('a void commit of the chain', () => {
  test('changes nothing, wherever it stands', () => {
    const person = newcomer(unit)
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'reviewer')])
    const before = unit.history().head
    signed(unit, 'collector', granted(unit.members.inspector.id, 'approver'))
    signed(unit, 'secadmin', granted(unit.members.auditor.id, 'collector'))
    expect(contentOf(unit.history().head)).toEqual(contentOf(before))
  })

  test('does not fork the chain', () => {
    const root = unit.authority
    signed(unit, 'auditor', granted(unit.members.collector.id, 'inspector'), { after: root })
    const person = newcomer(unit)
    const honest = signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'reviewer')], {
      after: root,
    })
    signed(unit, 'approver', confirmed(person.id, 'reviewer'), { after: honest.commit.leaf })
    expect(unit.history().forked).toBe(null)
    expect(inForce(unit.history(), person.id)).toEqual(['reviewer'])
  })

  test('hides no fork behind it', () => {
    const root = unit.authority
    const nothing = signed(unit, 'auditor', revoked(unit.members.collector.id, 'collector'), { after: root })
    signed(unit, 'secadmin', added(unit, newcomer(unit)), { after: nothing.commit.leaf })
    signed(unit, 'secadmin', added(unit, newcomer(unit)), { after: root })
    expect(unit.history().forked).toBe(root)
  })

  test('does not lead the chain, however long its own line is', () => {
    const root = unit.authority
    let last = root
    for (let step = 0; step < 3; step++)
      last = signed(unit, 'auditor', revoked(unit.members.collector.id, 'collector'), { after: last }).commit
        .leaf
    const honest = signed(unit, 'secadmin', revoked(unit.members.inspector.id, 'inspector'), { after: root })
    expect(unit.history().head.leaf).toBe(honest.commit.leaf)
    expect(inForce(unit.history(), unit.members.inspector.id)).toEqual([])
  })
})
