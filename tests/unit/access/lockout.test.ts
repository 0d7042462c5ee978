import { beforeEach, describe, expect, test } from 'vitest'
import { UnitFixture } from '../../helpers/unit-fixture.ts'
import {
  added,
  confirmed,
  deviceRemoved,
  granted,
  inForce,
  keyAdded,
  keyRemoved,
  newcomer,
  revoked,
  rootOf,
  signed,
  verdict,
} from './chain.ts'

let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

describe('nobody takes from a unit', () => {
  test('its last approver, by the role or by the key', () => {
    const { approver } = unit.members
    const acts = [
      [revoked(approver.id, 'approver')],
      [keyRemoved(approver, [], 'lost')],
      [keyRemoved(approver, [], 'lost'), keyAdded(unit, approver.id)],
      [granted(approver.id, 'approver', { level: 1 })],
    ]
    for (const act of acts) expect(verdict(unit, signed(unit, 'secadmin', act))).toBe('authority/nobody-left')
    expect(inForce(unit.history(), approver.id)).toEqual(['approver'])
    const person = newcomer(unit)
    signed(unit, 'secadmin', [...added(unit, person), granted(person.id, 'approver')])
    // The other is not confirmed yet.
    expect(verdict(unit, signed(unit, 'secadmin', revoked(approver.id, 'approver')))).toBe(
      'authority/nobody-left',
    )
    signed(unit, 'approver', confirmed(person.id, 'approver'))
    expect(verdict(unit, signed(unit, 'secadmin', revoked(approver.id, 'approver')))).toBe(null)
  })

  test('its last secadmin', () => {
    const { secadmin } = unit.members
    for (const act of [revoked(secadmin.id, 'secadmin'), keyRemoved(secadmin)])
      expect(verdict(unit, signed(unit, 'secadmin', act))).toBe('authority/nobody-left')
  })

  test('everybody who works on dossiers', () => {
    const others = Object.values(unit.members).filter((member) => member !== unit.members.secadmin)
    const all = others.flatMap(({ id, roles }) => roles.map((role) => revoked(id, role)))
    expect(verdict(unit, signed(unit, 'secadmin', all))).toBe('authority/nobody-left')
    for (const { id, roles } of others) expect(inForce(unit.history(), id)).toEqual(roles)
  })

  test('any of these but the root', () => {
    const { approver } = unit.members
    expect(verdict(unit, signed(unit, rootOf(unit), revoked(approver.id, 'approver')))).toBe(null)
    // What is missing already stops nobody from going on.
    expect(verdict(unit, signed(unit, 'secadmin', granted(approver.id, 'approver')))).toBe(null)
  })
})

describe('a device stays in force', () => {
  test('that is the last one, or on which its own removal is signed', () => {
    const { device } = unit
    expect(verdict(unit, signed(unit, 'secadmin', deviceRemoved(device.id)))).toBe('authority/device')
    const other = unit.addDevice()
    expect(verdict(unit, signed(unit, 'secadmin', deviceRemoved(device.id)))).toBe('authority/device')
    expect(verdict(unit, signed(unit, 'secadmin', deviceRemoved(other.id)))).toBe(null)
    const states = [...unit.history().head.devices.values()]
    expect(states.filter(({ inForce }) => inForce).map(({ id }) => id)).toEqual([device.id])
  })
})
