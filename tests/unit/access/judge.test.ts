import { beforeEach, describe, expect, test } from 'vitest'
import { grantsInForce, mayHandle } from '../../../src-shared/access/grants.ts'
import { judgeCommit } from '../../../src-shared/access/judge.ts'
import type { Role } from '../../../src-shared/access/roles.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, type FixtureOperation, type MemberName } from '../../helpers/unit-fixture.ts'
import { added, confirmed, granted, inForce, judged, newcomer, revoked, signed, verdict } from './chain.ts'

let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

const row = { record: newId(nodePrimitives), revision: 'e'.repeat(64) }
const entity = newId(nodePrimitives)
const acts = {
  'cadre.open': { op: 'cadre.open', entity },
  'cadre.tag': { op: 'cadre.tag', entity, act: 'set' },
  'cadre.stage': { op: 'cadre.stage', entity },
  'source.set': { op: 'source.set', entity },
  'source.deliver': { op: 'source.deliver', entity },
  'difference.settle': { op: 'difference.settle', entity, cadre: entity },
  'record.withdraw': { op: 'record.withdraw', entity, rows: [row] },
  'review.decide': { op: 'review.decide', entity, rows: [{ ...row, commitment: 'c'.repeat(64) }] },
  'review.return': { op: 'review.return', entity, rows: [row] },
  'review.open': {
    op: 'review.open',
    entity,
    rows: [{ ...row, opinions: [{ reviewer: entity, decision: 'unopenable' }] }],
  },
  'review.adjudicate': { op: 'review.adjudicate', entity, rows: [{ ...row, outcome: 'uphold' }] },
  'review.sign': { op: 'review.sign', entity, rows: [row] },
} as const satisfies Record<string, FixtureOperation['operation']>

function act(name: keyof typeof acts, by: MemberName, as = unit.members[by].roles[0] as Role) {
  return unit.commit({ member: unit.members[by], role: as, compartment: 'archive' }, [
    { operation: acts[name] },
  ])
}

describe('a commit of the archive', () => {
  const signers = {
    'cadre.open': ['collector', 'inspector'],
    'cadre.tag': ['collector', 'approver', 'inspector'],
    'cadre.stage': ['approver'],
    'source.set': ['approver'],
    'source.deliver': ['collector', 'inspector'],
    'difference.settle': ['approver', 'inspector'],
    'record.withdraw': ['collector', 'inspector'],
    'review.decide': ['reviewerOne'],
    'review.return': ['reviewerOne'],
    'review.open': ['approver', 'reviewerOne'],
    'review.adjudicate': ['inspector', 'approver', 'reviewerOne'],
    'review.sign': ['approver'],
  } as const satisfies Record<keyof typeof acts, readonly MemberName[]>
  const names = Object.keys(acts) as (keyof typeof acts)[]

  test.each(names)('with %s counts under the roles that may sign it and no other', (name) => {
    const allowed: readonly MemberName[] = signers[name]
    for (const member of [
      'collector',
      'reviewerOne',
      'approver',
      'inspector',
      'sysadmin',
      'secadmin',
      'auditor',
    ] as const)
      expect(judged(unit, act(name, member)), member).toBe(
        allowed.includes(member) ? null : 'authority/action-not-permitted',
      )
  })

  test.each(names)('with %s does not count under a role its signer does not hold', (name) => {
    for (const role of ['collector', 'reviewer', 'approver', 'inspector'] as const)
      expect(judged(unit, act(name, 'auditor', role)), role).toBe('authority/role-not-in-force')
  })

  test('does not count when it is another unit’s', () => {
    const { made } = unit.submit()
    const header = { ...made.commit.header, unit: newId(nodePrimitives) }
    expect(judgeCommit(unit.history(), header, made.commit.leaf, 'archive')).toBe('authority/unknown')
  })

  test('does not count when its key is not the member’s', () => {
    const signer = signerFromSeed(newSeed())
    const { made } = unit.submit({ member: { ...unit.members.collector, signer } })
    expect(judged(unit, made)).toBe('authority/key-not-in-force')
    const { made: borrowed } = unit.submit({
      member: { ...unit.members.collector, signer: unit.members.inspector.signer },
    })
    expect(judged(unit, borrowed)).toBe('authority/key-not-in-force')
    const { made: unknown } = unit.submit({ member: newcomer(unit, 'collector') })
    expect(judged(unit, unknown)).toBe('authority/key-not-in-force')
  })

  test('does not count when the authority it names is not known', () => {
    const { made } = unit.submit({ authority: 'b'.repeat(64) })
    expect(judged(unit, made)).toBe('authority/unknown')
    const { made: other } = unit.submit({ authority: made.commit.leaf })
    expect(judged(unit, other)).toBe('authority/unknown')
    const header = { ...made.commit.header, authority: null }
    expect(judgeCommit(unit.history(), header, made.commit.leaf, 'archive')).toBe('authority/unknown')
  })

  test('is judged by the authority it names, not by a later one', () => {
    const { made } = unit.submit()
    signed(unit, 'secadmin', revoked(unit.members.collector.id, 'collector'))
    const { made: after } = unit.submit()
    expect(judged(unit, made)).toBe(null)
    expect(judged(unit, after)).toBe('authority/role-not-in-force')
  })

  test('does not count in the log of a device the unit does not have', () => {
    const { made } = unit.submit()
    const header = { ...made.commit.header, log: newId(nodePrimitives) }
    expect(judgeCommit(unit.history(), header, made.commit.leaf, 'archive')).toBe('authority/device')
  })

  test('does not count in another compartment than its log’s', () => {
    const { made } = unit.submit()
    expect(judged(unit, made, 'discipline')).toBe('authority/wrong-compartment')
    expect(judged(unit, made, 'control')).toBe('authority/wrong-compartment')
  })

  test('does not count with a category of another compartment, or of none', () => {
    const { made: discipline } = unit.submit({ category: 'L1' })
    const { made: unknown } = unit.submit({ category: 'Z9' })
    const { made: archive } = unit.submit({ category: 'A1', compartment: 'discipline' })
    expect(judged(unit, discipline)).toBe('authority/wrong-compartment')
    expect(judged(unit, unknown)).toBe('authority/wrong-compartment')
    expect(judged(unit, archive, 'discipline')).toBe('authority/wrong-compartment')
  })

  test('does not count when it opens a dossier outside the archive', () => {
    const opening = unit.commit(
      { member: unit.members.collector, role: 'collector', compartment: 'discipline' },
      [{ operation: acts['cadre.open'] }],
    )
    expect(judged(unit, opening, 'discipline')).toBe('authority/wrong-compartment')
  })

  test('does not count with a category its signer was not granted', () => {
    const person = newcomer(unit, 'collector')
    signed(unit, 'secadmin', [
      ...added(unit, person),
      granted(person.id, 'collector', { categories: ['B2'] }),
    ])
    signed(unit, 'approver', confirmed(person.id, 'collector'))
    const { made: own } = unit.submit({ member: person, category: 'B2' })
    const { made: other } = unit.submit({ member: person, category: 'A1' })
    expect(judged(unit, own)).toBe(null)
    expect(judged(unit, other)).toBe('authority/category-not-granted')
    const { head } = unit.history()
    const { at } = own.commit.header
    expect(grantsInForce(head, person.id, 'collector', at)).toEqual([{ categories: ['B2'], level: 3 }])
    expect(grantsInForce(head, person.id, 'reviewer', at)).toEqual([])
    const rule = { category: 'A1', level: 2 }
    const may = (...categories: string[]) => mayHandle([{ categories, level: 3 }], rule)
    expect([may('*'), may('A1'), may('B2'), mayHandle([], rule)]).toEqual([true, true, false, false])
  })

  test('does not count with a category above the level its signer was granted', () => {
    const person = newcomer(unit, 'collector')
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'collector', { level: 1 })])
    signed(unit, 'approver', confirmed(person.id, 'collector'))
    expect(judged(unit, unit.submit({ member: person, category: 'A1' }).made)).toBe(null)
    expect(judged(unit, unit.submit({ member: person, category: 'B2' }).made)).toBe(
      'authority/category-not-granted',
    )
    const { made: discipline } = unit.submit({ category: 'L1', compartment: 'discipline' })
    expect(judged(unit, discipline, 'discipline')).toBe('authority/category-not-granted')
    const cleared = { member: unit.members.inspector, role: 'inspector' } as const
    const { made } = unit.submit({ ...cleared, category: 'L1', compartment: 'discipline' })
    expect(judged(unit, made, 'discipline')).toBe(null)
  })

  test('does not count when it would change who may do what', () => {
    const grant = unit.commit({ member: unit.members.secadmin, role: 'secadmin', compartment: 'archive' }, [
      granted(unit.members.collector.id, 'inspector'),
    ])
    expect(judged(unit, grant)).toBe('authority/action-not-permitted')
  })
})

test('a copy out of discipline is approved by who is cleared for it, and nobody else', () => {
  const approval = { operation: { op: 'copy.approve' as const, entity } }
  const by = (name: 'approver' | 'inspector') => {
    const as = { member: unit.members[name], role: name, compartment: 'discipline' } as const
    return judged(unit, unit.commit(as, [approval]), 'discipline')
  }
  expect(by('approver')).toBe('authority/category-not-granted')
  expect(by('inspector')).toBe(null)
})

describe('a commit of control', () => {
  const entry = { operation: { op: 'access.record' as const, entity } }

  test('that tells of an access counts from everyone', () => {
    for (const member of Object.values(unit.members)) {
      const made = unit.commit({ member, role: member.roles[0] as Role, compartment: 'control' }, [entry])
      expect(judged(unit, made, 'control')).toBe(null)
    }
  })

  test('does not count when it mixes a grant with an access entry', () => {
    const mixed = signed(unit, 'secadmin', [granted(unit.members.collector.id, 'inspector'), entry])
    expect(judged(unit, mixed, 'control')).toBe('authority/action-not-permitted')
  })

  test('of the chain has the verdict of the chain', () => {
    const refused = signed(unit, 'collector', granted(unit.members.inspector.id, 'collector'))
    expect(judged(unit, refused, 'control')).toBe('authority/action-not-permitted')
    const held = signed(unit, 'secadmin', granted(unit.members.inspector.id, 'collector'))
    expect(judged(unit, held, 'control')).toBe(null)
  })

  test('of the chain that is another unit’s neither counts nor has an effect', () => {
    const grant = signed(unit, 'secadmin', granted(unit.members.inspector.id, 'collector'))
    const foreign = { ...grant.commit, header: { ...grant.commit.header, unit: newId(nodePrimitives) } }
    unit.device.logs.control.commits.splice(-1, 1, { ...grant, commit: foreign })
    expect(judgeCommit(unit.history(), foreign.header, foreign.leaf, 'control')).toBe('authority/unknown')
    expect(verdict(unit, { ...grant, commit: foreign })).toBe('authority/unknown')
    expect(unit.history().head.members.get(unit.members.inspector.id)?.grants).toHaveLength(1)
  })

  test('of the chain that stands in a log of no device has no effect', () => {
    const grant = signed(unit, 'secadmin', granted(unit.members.inspector.id, 'collector'))
    const stray = { ...grant.commit, header: { ...grant.commit.header, log: newId(nodePrimitives) } }
    unit.device.logs.control.commits.splice(-1, 1, { ...grant, commit: stray })
    expect(verdict(unit, { ...grant, commit: stray })).toBe('authority/device')
    expect(unit.history().head.members.get(unit.members.inspector.id)?.grants).toHaveLength(1)
  })

  const grant = () => granted(unit.members.inspector.id, 'collector')
  const as = (role: string) => ({ role: role as Role, compartment: 'control' }) as const

  test('is signed by nobody as the root or as a hub', () => {
    const { secadmin } = unit.members
    const codes = { root: 'authority/key-not-in-force', hub: 'authority/role-not-in-force' }
    for (const [role, code] of Object.entries(codes))
      expect(judged(unit, unit.commit({ member: secadmin, ...as(role) }, [grant()]), 'control')).toBe(code)
    const own = { ...secadmin, id: unit.id }
    expect(judged(unit, unit.commit({ member: own, ...as('root') }, [grant()]), 'control')).toBe(
      'authority/key-not-in-force',
    )
  })

  test('is signed by the root itself, out of the recovery kit, under its own name alone', () => {
    const { secadmin, inspector } = unit.members
    const root = { ...secadmin, id: unit.id, signer: unit.root }
    const borrowed = { ...secadmin, signer: unit.root }
    for (const role of ['root', 'secadmin'])
      expect(judged(unit, unit.commit({ member: borrowed, ...as(role) }, [grant()]), 'control')).toBe(
        'authority/key-not-in-force',
      )
    expect(judged(unit, unit.commit({ member: root, ...as('root') }, [grant()]), 'control')).toBe(null)
    expect(inForce(unit.history(), inspector.id)).toEqual(['inspector', 'collector'])
  })
})
