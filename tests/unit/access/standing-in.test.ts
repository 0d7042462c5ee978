import { beforeEach, expect, test } from 'vitest'
import { coveredMembers, isAtWork, standIns } from '../../../src-shared/access/deputies.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, type FixtureMember } from '../../helpers/unit-fixture.ts'
import * as chain from './chain.ts'

let unit: UnitFixture
let deputy: FixtureMember

const [before, during] = ['2026-11-20T02:00:00.000Z', '2026-11-23T02:00:00.000Z']

/** Two deputies of a reviewer, the second without a confirmation yet. */
beforeEach(async () => {
  unit = await UnitFixture.found()
  deputy = chain.newcomer(unit, 'reviewer')
  const other = chain.newcomer(unit, 'reviewer')
  const { reviewerOne } = unit.members
  const terms = { deputyFor: reviewerOne.id, from: '2026-11-22', until: '2026-11-24' }
  for (const person of [deputy, other])
    chain.signed(unit, 'secadmin', [
      ...chain.added(unit, person),
      chain.granted(person.id, 'reviewer', terms),
    ])
  chain.signed(unit, 'approver', chain.confirmed(deputy.id, 'reviewer', reviewerOne.id))
})

const head = () => unit.history().head
const idOf = (name: 'reviewerOne' | 'reviewerTwo') => unit.members[name].id

test('a deputy stands in for one member under one role in their days, once confirmed', () => {
  expect([...standIns(head(), 'reviewer', during)]).toEqual([[idOf('reviewerOne'), [deputy.id]]])
  expect(standIns(head(), 'reviewer', before).size).toBe(0)
  expect(standIns(head(), 'collector', during).size).toBe(0)
})

test('several stand in for one, each named', () => {
  const terms = { deputyFor: idOf('reviewerOne'), from: '2026-11-22', until: '2026-11-24' }
  chain.signed(unit, 'secadmin', chain.granted(idOf('reviewerTwo'), 'reviewer', terms))
  chain.signed(unit, 'approver', {
    operation: {
      op: 'role.confirm',
      entity: idOf('reviewerTwo'),
      role: 'reviewer',
      deputyFor: idOf('reviewerOne'),
    },
  })
  const found = standIns(head(), 'reviewer', during).get(idOf('reviewerOne')) ?? []
  expect([...found].sort()).toEqual([deputy.id, idOf('reviewerTwo')].sort())
})

test('a deputy whose key was taken away stands in for nobody', () => {
  chain.signed(unit, 'secadmin', chain.keyRemoved(deputy))
  expect(standIns(head(), 'reviewer', during).size).toBe(0)
})

test('a member is at work under a role of their own, with a key, while nobody stands in for them', () => {
  const at = (member: string, when: string) => isAtWork(head(), member, 'reviewer', when)
  expect(at(idOf('reviewerOne'), before)).toBe(true)
  expect(at(idOf('reviewerOne'), during)).toBe(false)
  expect(at(idOf('reviewerTwo'), during)).toBe(true)
  expect(at(unit.members.collector.id, before)).toBe(false)
  expect(at(newId(nodePrimitives), before)).toBe(false)
  chain.signed(unit, 'secadmin', chain.keyRemoved(unit.members.reviewerTwo))
  expect(at(idOf('reviewerTwo'), during)).toBe(false)
})

test('a grant that is over is no work', () => {
  chain.signed(
    unit,
    'secadmin',
    chain.granted(unit.members.inspector.id, 'collector', { until: '2026-11-21' }),
  )
  chain.signed(unit, 'approver', chain.confirmed(unit.members.inspector.id, 'collector').slice(-1))
  const at = (when: string) => isAtWork(head(), unit.members.inspector.id, 'collector', when)
  expect([before, during].map(at)).toEqual([true, false])
})

test('a member’s work is done by themself or by a deputy, and by nobody where both are without a key', () => {
  const covered = (when: string) => [...coveredMembers(head(), 'reviewer', when)].sort()
  const both = [idOf('reviewerOne'), idOf('reviewerTwo')].sort()
  expect(covered(before)).toEqual(both)
  expect(covered(during)).toEqual([...both, deputy.id].sort())
  chain.signed(unit, 'secadmin', chain.keyRemoved(unit.members.reviewerOne))
  expect(covered(during)).toEqual([...both, deputy.id].sort())
  expect(covered(before)).toEqual([idOf('reviewerTwo')])
})
