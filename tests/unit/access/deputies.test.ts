import { beforeEach, describe, expect, test } from 'vitest'
import { dayOf, levelOf, rolesInForce } from '../../../src-shared/access/grants.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, type FixtureMember } from '../../helpers/unit-fixture.ts'
import { added, confirmed, granted, inForce, judged, newcomer, revoked, signed, verdict } from './chain.ts'

let unit: UnitFixture
let deputy: FixtureMember

const term = { from: '2026-11-22', until: '2026-11-24' }

beforeEach(async () => {
  unit = await UnitFixture.found()
  deputy = newcomer(unit, 'collector')
  signed(unit, 'secadmin', added(unit, deputy))
})

function standIn(): void {
  const { collector } = unit.members
  const terms = { ...term, deputyFor: collector.id }
  expect(verdict(unit, signed(unit, 'secadmin', granted(deputy.id, 'collector', terms)))).toBe(null)
  expect(verdict(unit, signed(unit, 'approver', confirmed(deputy.id, 'collector', collector.id)))).toBe(null)
}

describe('a deputy', () => {
  test.each([
    ['2026-11-21T15:59:59.999Z', 'authority/role-not-in-force'],
    ['2026-11-21T16:00:00.000Z', null],
    ['2026-11-24T15:59:59.999Z', null],
    ['2026-11-24T16:00:00.000Z', 'authority/role-not-in-force'],
  ])('acts from midnight to midnight in China: at %s', (at, code) => {
    standIn()
    expect(judged(unit, unit.submit({ member: deputy, at }).made)).toBe(code)
  })

  test('has both days, in their order, and stands in for another member', () => {
    const { collector } = unit.members
    const bad = [
      { deputyFor: collector.id },
      { deputyFor: collector.id, from: term.from },
      { deputyFor: collector.id, until: term.until },
      { deputyFor: collector.id, from: term.until, until: term.from },
      { deputyFor: deputy.id, ...term },
      { deputyFor: newId(nodePrimitives), ...term },
    ]
    for (const terms of bad)
      expect(verdict(unit, signed(unit, 'secadmin', granted(deputy.id, 'collector', terms)))).toBe(
        'authority/action-not-permitted',
      )
  })

  test('holds a role beside their own, and one does not end the other', () => {
    const { collector, inspector } = unit.members
    const terms = { ...term, deputyFor: collector.id, level: 2 as const }
    signed(unit, 'secadmin', granted(inspector.id, 'inspector', terms))
    signed(unit, 'approver', confirmed(inspector.id, 'inspector', collector.id).slice(-1))
    expect(inForce(unit.history(), inspector.id)).toEqual(['inspector', 'inspector'])
    signed(unit, 'secadmin', revoked(inspector.id, 'inspector', collector.id))
    expect(inForce(unit.history(), inspector.id)).toEqual(['inspector'])
    expect(unit.history().head.members.get(inspector.id)?.grants).toMatchObject([
      { deputyFor: null, level: 4 },
    ])
  })

  test('is confirmed for whom they stand in: a confirmation of another grant is none', () => {
    const { collector, inspector } = unit.members
    signed(unit, 'secadmin', granted(deputy.id, 'collector', { ...term, deputyFor: collector.id }))
    for (const other of [null, inspector.id])
      expect(verdict(unit, signed(unit, 'approver', confirmed(deputy.id, 'collector', other)))).toBe(
        'authority/action-not-permitted',
      )
    expect(inForce(unit.history(), deputy.id)).toEqual([])
  })

  test('holds no role that excludes one of their own, not even for a day', () => {
    const { approver, reviewerOne } = unit.members
    const grant = granted(reviewerOne.id, 'approver', { ...term, deputyFor: approver.id })
    expect(verdict(unit, signed(unit, 'secadmin', grant))).toBe('authority/role-exclusion')
  })

  test('has no role and no level in force outside their days', () => {
    standIn()
    const member = unit.history().head.members.get(deputy.id)!
    expect(rolesInForce(member, '2026-11-23T01:00:00.000Z')).toEqual(['collector'])
    expect(rolesInForce(member, '2026-11-25T01:00:00.000Z')).toEqual([])
    expect(levelOf(member, '2026-11-23T01:00:00.000Z')).toBe(3)
    expect(levelOf(member, '2026-11-25T01:00:00.000Z')).toBe(0)
  })
})

test('a grant of one’s own may end on a day too', () => {
  signed(unit, 'secadmin', granted(deputy.id, 'collector', { until: '2026-11-30' }))
  signed(unit, 'approver', confirmed(deputy.id, 'collector'))
  expect(judged(unit, unit.submit({ member: deputy, at: '2026-11-30T10:00:00.000Z' }).made)).toBe(null)
  expect(judged(unit, unit.submit({ member: deputy, at: '2026-12-01T10:00:00.000Z' }).made)).toBe(
    'authority/role-not-in-force',
  )
})

test('the day of a moment is the one in China', () => {
  expect(dayOf('2026-12-31T16:00:00.000Z')).toBe('2027-01-01')
  expect(dayOf('2026-12-31T15:59:59.999Z')).toBe('2026-12-31')
})
