import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, type FixtureOperation, type MemberName } from '../../helpers/unit-fixture.ts'
import * as chain from './chain.ts'

const { confirmed, granted, newcomer, settled, settlementConfirmed, signed, verdict } = chain
const refused = 'authority/action-not-permitted'
const entity = newId(nodePrimitives)
let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

const memberNow = (id: string) => unit.history().head.members.get(id)!
const said = (by: MemberName, operation: FixtureOperation) => verdict(unit, signed(unit, by, operation))

describe('the days of a unit', () => {
  test('for each stage of the road are the approver’s to set', () => {
    const set = {
      operation: { op: 'deadlines.set', entity, review: 7, adjudication: 8, signature: 9 },
    } as const
    expect(said('secadmin', set)).toBe(refused)
    expect(said('approver', set)).toBe(null)
    expect(unit.history().head.deadlines).toEqual({ review: 7, adjudication: 8, signature: 9 })
  })

  test('off and on are said for a year as a whole, and refused when the year has no such day', () => {
    const set = (holidays: string[], workdays: string[]) =>
      said('approver', { operation: { op: 'calendar.set', entity, year: 2027, holidays, workdays } })
    expect(set(['2027-01-01'], ['2027-01-03'])).toBe(null)
    expect(set(['2027-02-30'], [])).toBe(refused)
    const year = { year: 2027, holidays: ['2027-01-01'], workdays: ['2027-01-03'] }
    expect([...unit.history().head.calendars.values()]).toEqual([year])
    expect(set(['2027-10-01'], [])).toBe(null)
    expect([...unit.history().head.calendars.values()]).toEqual([
      { ...year, holidays: ['2027-10-01'], workdays: [] },
    ])
  })
})

describe('a settlement', () => {
  const [fork, kept] = ['a'.repeat(64), 'b'.repeat(64)]

  test('is confirmed of the fork it is about, and once', () => {
    const proposal = signed(unit, 'secadmin', settled(fork, kept))
    expect(said('approver', settlementConfirmed(kept, proposal))).toBe(refused)
    expect(said('approver', settlementConfirmed(fork, proposal))).toBe(null)
    const other = newcomer(unit, 'approver')
    signed(unit, 'secadmin', [...chain.added(unit, other), granted(other.id, 'approver')])
    signed(unit, 'approver', confirmed(other.id, 'approver'))
    expect(verdict(unit, signed(unit, other, settlementConfirmed(fork, proposal)))).toBe(refused)
    const settlement = unit.history().head.settlements.get(proposal.commit.leaf)
    expect(settlement?.confirmer?.member).toBe(unit.members.approver.id)
  })

  test('is not confirmed by who proposed it, whatever they have become since', () => {
    const person = newcomer(unit, 'secadmin')
    signed(unit, 'secadmin', [...chain.added(unit, person), granted(person.id, 'secadmin')])
    signed(unit, 'approver', confirmed(person.id, 'secadmin'))
    const proposal = signed(unit, person, settled(fork, kept))
    signed(unit, 'secadmin', [chain.revoked(person.id, 'secadmin'), granted(person.id, 'approver')])
    signed(unit, 'approver', confirmed(person.id, 'approver'))
    const confirmation = settlementConfirmed(fork, proposal)
    expect(verdict(unit, signed(unit, person, confirmation, { as: 'approver' }))).toBe(refused)
    expect(said('approver', confirmation)).toBe(null)
  })
})

describe('the reporting line', () => {
  const [chief, head, third] = [1, 2, 3].map(() => newId(nodePrimitives)) as [string, string, string]
  const line = (by: MemberName, of: MemberName, cadres: string[]) =>
    said(by, { operation: { op: 'member.line', entity: unit.members[of].id, cadres } })

  test('of others is said by an approver or inspector, anew each time', () => {
    expect(line('approver', 'collector', [chief, head])).toBe(null)
    expect(line('inspector', 'collector', [third])).toBe(null)
    expect(memberNow(unit.members.collector.id).line).toEqual([third])
    for (const name of ['reviewerOne', 'secadmin'] as const)
      expect(line(name, 'collector', [chief]), name).toBe(refused)
  })

  test('of oneself only grows', () => {
    for (const name of ['collector', 'approver'] as const) {
      expect(line(name, name, [chief])).toBe(null)
      expect(line(name, name, [head, chief])).toBe(null)
      expect(line(name, name, [head])).toBe(refused)
      expect(line(name, name, [])).toBe(refused)
      expect(memberNow(unit.members[name].id).line).toEqual([head, chief])
    }
  })

  test('names nobody twice', () => {
    expect(line('approver', 'collector', [chief, chief])).toBe(refused)
  })
})
