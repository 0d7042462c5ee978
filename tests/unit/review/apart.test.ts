import { beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../../src-shared/node/primitives.ts'
import { errorCodes } from '../../../src-shared/kernel/errors.ts'
import { avoidanceCategory, lineOf, names, tieCodes, ties } from '../../../src-shared/review/apart.ts'
import { category, shippedCatalogue } from '../catalogue/helpers.ts'
import { UnitFixture, type FixtureOperation } from '../../helpers/unit-fixture.ts'
import { signed, verdict } from '../access/chain.ts'

let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

const head = () => unit.history().head
const cadre = newId(nodePrimitives)
const other = newId(nodePrimitives)

type Name = 'collector' | 'reviewerOne' | 'approver' | 'inspector'
const said = (name: Name, cadres: readonly string[]): FixtureOperation => ({
  operation: { op: 'member.line', entity: unit.members[name].id, cadres: [...cadres] },
})

describe('the reporting line of a member', () => {
  test('is said by an approver or inspector, of others whatever it is', () => {
    expect(verdict(unit, signed(unit, 'approver', said('reviewerOne', [cadre])))).toBe(null)
    expect(verdict(unit, signed(unit, 'inspector', said('reviewerOne', [])))).toBe(null)
    expect(verdict(unit, signed(unit, 'reviewerOne', said('collector', [cadre])))).toBe(
      'authority/action-not-permitted',
    )
    expect(verdict(unit, signed(unit, 'secadmin', said('collector', [cadre])))).toBe(
      'authority/action-not-permitted',
    )
  })

  test('is only ever made longer by whom it is about', () => {
    expect(verdict(unit, signed(unit, 'reviewerOne', said('reviewerOne', [cadre])))).toBe(null)
    expect(verdict(unit, signed(unit, 'reviewerOne', said('reviewerOne', [cadre, other])))).toBe(null)
    expect(verdict(unit, signed(unit, 'reviewerOne', said('reviewerOne', [other])))).not.toBe(null)
    expect(verdict(unit, signed(unit, 'approver', said('approver', [cadre])))).toBe(null)
    expect(verdict(unit, signed(unit, 'approver', said('approver', [])))).not.toBe(null)
    expect([...lineOf(head(), unit.members.reviewerOne.id)]).toEqual([cadre, other])
  })

  test('holds both ways between two members', () => {
    const tie: FixtureOperation = {
      operation: { op: 'member.cadre', entity: unit.members.reviewerOne.id, cadre },
    }
    const tieOther: FixtureOperation = {
      operation: { op: 'member.cadre', entity: unit.members.inspector.id, cadre: other },
    }
    for (const one of [tie, tieOther, said('inspector', [cadre])]) signed(unit, 'approver', one)
    expect([...lineOf(head(), unit.members.reviewerOne.id)]).toEqual([other])
    expect([...lineOf(head(), unit.members.inspector.id)]).toEqual([cadre])
  })

  test('is of dossiers alone: somebody without one is above nobody’s, though their own line names it', () => {
    const tie: FixtureOperation = {
      operation: { op: 'member.cadre', entity: unit.members.reviewerOne.id, cadre },
    }
    for (const one of [tie, said('inspector', [cadre])]) signed(unit, 'approver', one)
    expect([...lineOf(head(), unit.members.reviewerOne.id)]).toEqual([])
  })

  test('is only what was said of a member about whom there is no dossier', () => {
    const tie: FixtureOperation = {
      operation: { op: 'member.cadre', entity: unit.members.inspector.id, cadre: other },
    }
    for (const one of [tie, said('reviewerOne', [cadre])]) signed(unit, 'approver', one)
    expect([...lineOf(head(), unit.members.reviewerOne.id)]).toEqual([cadre])
  })

  test('of somebody the unit does not know is empty', () => {
    const tie: FixtureOperation = {
      operation: { op: 'member.cadre', entity: unit.members.inspector.id, cadre: other },
    }
    signed(unit, 'approver', tie)
    expect([...lineOf(head(), newId(nodePrimitives))]).toEqual([])
  })
})

test('each tie has an error that says so, and the register of relations is in the catalogue', () => {
  const codes = ties.map((tie) => tieCodes[tie])
  expect(codes.filter((code) => errorCodes.includes(code))).toEqual(codes)
  expect(new Set(codes).size).toBe(ties.length)
  const kinds = category(shippedCatalogue(), avoidanceCategory).fields.map(({ kind }) => kind)
  expect(kinds).toContain('person')
})

describe('deadlines and calendar', () => {
  const deadlines: FixtureOperation = {
    operation: {
      op: 'deadlines.set',
      entity: newId(nodePrimitives),
      review: 2,
      adjudication: 4,
      signature: 1,
    },
  }
  const calendar = (holidays: readonly string[]): FixtureOperation => ({
    operation: {
      op: 'calendar.set',
      entity: newId(nodePrimitives),
      year: 2027,
      holidays: [...holidays],
      workdays: ['2027-01-02'],
    },
  })

  test('are an approver’s to set', () => {
    for (const name of ['secadmin', 'inspector', 'reviewerOne', 'collector'] as const)
      for (const one of [deadlines, calendar(['2027-01-01'])])
        expect(verdict(unit, signed(unit, name, one)), name).toBe('authority/action-not-permitted')
    expect(verdict(unit, signed(unit, 'approver', deadlines))).toBe(null)
    expect(verdict(unit, signed(unit, 'approver', calendar(['2027-01-01'])))).toBe(null)
    expect(head().deadlines).toEqual({ review: 2, adjudication: 4, signature: 1 })
    expect(head().calendars.get(2027)?.holidays).toEqual(['2027-01-01'])
  })

  test('of a year that contradicts itself change nothing', () => {
    expect(verdict(unit, signed(unit, 'approver', calendar(['2027-01-02'])))).toBe(
      'authority/action-not-permitted',
    )
    expect(head().calendars.size).toBe(0)
  })
})

test('a field of several people names each of them whole', () => {
  expect(names('张三、李四', '李四')).toBe(true)
  expect(names('李四喜', '李四')).toBe(false)
  expect(names('', '')).toBe(false)
})
