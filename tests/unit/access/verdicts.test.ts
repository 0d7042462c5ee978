import { beforeEach, describe, expect, test } from 'vitest'
import { readAuthority } from '../../../src-shared/access/authority.ts'
import { judgeCommit } from '../../../src-shared/access/judge.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, type FixtureMember } from '../../helpers/unit-fixture.ts'
import { added, confirmed, granted, judged, newcomer, signed } from './chain.ts'

let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

const entity = newId(nodePrimitives)

test('what may stand in the archive and in discipline stands in the log of the one it is found in', () => {
  const row = { record: newId(nodePrimitives), revision: 'e'.repeat(64) }
  const as = { member: unit.members.approver, role: 'approver', compartment: 'archive' } as const
  const made = unit.commit(as, [{ operation: { op: 'review.sign', entity, rows: [row] } }])
  expect(judged(unit, made, 'archive')).toBe(null)
  expect(judged(unit, made, 'discipline')).toBe('authority/wrong-compartment')
})

test('a commit of the chain that the chain does not hold is not known', () => {
  const before = unit.history()
  const { commit } = signed(unit, 'secadmin', granted(unit.members.inspector.id, 'collector'))
  expect(judgeCommit(before, commit.header, commit.leaf, 'control')).toBe('authority/unknown')
})

test('where no catalogue was ever adopted no record has a place', () => {
  const founding = unit.device.logs.control.commits[0]!.commit
  const ops = founding.header.ops.filter(({ op }) => op !== 'catalogue.adopt')
  const bare = { leaf: founding.leaf, header: { ...founding.header, ops } }
  const history = readAuthority(nodePrimitives, unit.rootPublicKey, [bare])
  if (!history.ok) throw new Error(history.error.code)
  const { header, leaf } = unit.submit().made.commit
  expect(judgeCommit(history.value, header, leaf, 'archive')).toBe('authority/wrong-compartment')
})

describe('a label', () => {
  const own = newId(nodePrimitives)
  const label = (member: FixtureMember, dossier: string) =>
    unit.commit({ member, role: 'collector', compartment: 'archive' }, [
      { operation: { op: 'cadre.tag', entity: dossier, act: 'set' } },
    ])

  test('is put by nobody to the dossier about themself, though another does and they to another one', () => {
    const person = { ...newcomer(unit, 'collector'), cadre: own }
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'collector')])
    signed(unit, 'approver', confirmed(person.id, 'collector'))
    expect(judged(unit, label(person, own))).toBe('review/about-oneself')
    expect(judged(unit, label(person, entity))).toBe(null)
    expect(judged(unit, label(unit.members.collector, own))).toBe(null)
  })

  test('is all that the rule forbids: whom a dossier is about may have opened it', () => {
    const person = { ...newcomer(unit, 'collector'), cadre: own }
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'collector')])
    signed(unit, 'approver', confirmed(person.id, 'collector'))
    const opened = unit.commit({ member: person, role: 'collector', compartment: 'archive' }, [
      { operation: { op: 'cadre.open', entity: own } },
    ])
    expect(judged(unit, opened)).toBe(null)
  })
})

test('one of several grants of a role clears for discipline: of whom one stands in for, too', () => {
  const { approver, inspector } = unit.members
  const terms = { level: 3, deputyFor: approver.id, from: '2020-01-01', until: '2099-12-31' } as const
  signed(unit, 'secadmin', granted(inspector.id, 'inspector', terms))
  signed(unit, 'approver', {
    operation: { op: 'role.confirm', entity: inspector.id, role: 'inspector', deputyFor: approver.id },
  })
  const grants = unit.history().head.members.get(inspector.id)?.grants ?? []
  expect(grants.map(({ level, confirmed: counts }) => [level, counts])).toEqual([
    [4, true],
    [3, true],
  ])
  const as = { member: inspector, role: 'inspector', compartment: 'discipline' } as const
  const approval = unit.commit(as, [{ operation: { op: 'copy.approve', entity } }])
  expect(judged(unit, approval, 'discipline')).toBe(null)
})
