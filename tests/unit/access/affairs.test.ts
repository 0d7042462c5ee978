import { beforeEach, describe, expect, test } from 'vitest'
import { readAuthority } from '../../../src-shared/access/authority.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { deviceProofBytes, keyProofBytes } from '../../../src-shared/log/header.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, memberNames, type FixtureOperation } from '../../helpers/unit-fixture.ts'
import { deviceRemoved, keyAdded, keyRemoved, signed, verdict } from './chain.ts'

let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

const head = () => unit.history().head

describe('whose dossier is about a member', () => {
  const cadre = newId(nodePrimitives)
  const tied = (name: 'collector' | 'approver', to: string | null): FixtureOperation => ({
    operation: { op: 'member.cadre', entity: unit.members[name].id, cadre: to },
  })
  const own = (name: 'collector' | 'approver') => head().members.get(unit.members[name].id)?.cadre

  test('anyone who works on dossiers may say once', () => {
    expect(verdict(unit, signed(unit, 'reviewerOne', tied('collector', cadre)))).toBe(null)
    expect(own('collector')).toBe(cadre)
    for (const name of ['secadmin', 'sysadmin', 'auditor'] as const)
      expect(verdict(unit, signed(unit, name, tied('approver', cadre))), name).toBe(
        'authority/action-not-permitted',
      )
  })

  test('is not said again as it was said, nor that there is none', () => {
    for (const to of [null, cadre]) {
      expect(verdict(unit, signed(unit, 'inspector', tied('collector', to)))).toBe(null)
      expect(verdict(unit, signed(unit, 'inspector', tied('collector', to)))).toBe(
        'authority/action-not-permitted',
      )
    }
  })

  test('is said otherwise by an approver or inspector whom it does not concern, and by nobody else', () => {
    signed(unit, 'reviewerOne', tied('collector', cadre))
    signed(unit, 'reviewerOne', tied('approver', cadre))
    for (const name of ['reviewerOne', 'collector'] as const)
      for (const to of [null, newId(nodePrimitives)])
        expect(verdict(unit, signed(unit, name, tied('collector', to))), name).not.toBe(null)
    expect(verdict(unit, signed(unit, 'approver', tied('approver', null)))).not.toBe(null)
    expect([own('collector'), own('approver')]).toEqual([cadre, cadre])
    expect(verdict(unit, signed(unit, 'inspector', tied('approver', null)))).toBe(null)
    expect(verdict(unit, signed(unit, 'approver', tied('collector', null)))).toBe(null)
    expect([own('collector'), own('approver')]).toEqual([null, null])
  })
})

describe('the settings of a unit', () => {
  const set = (idleMinutes: number): FixtureOperation => ({
    operation: { op: 'settings.set', entity: unit.id, idleMinutes, clipboardSeconds: 15, watermark: false },
  })

  test('are secadmin’s to set, and nobody else’s', () => {
    expect(head().settings).toEqual({ idleMinutes: 10, clipboardSeconds: 30, watermark: true })
    for (const name of memberNames.filter((one) => one !== 'secadmin'))
      expect(verdict(unit, signed(unit, name, set(1))), name).toBe('authority/action-not-permitted')
    expect(verdict(unit, signed(unit, 'secadmin', set(5)))).toBe(null)
    expect(head().settings).toEqual({ idleMinutes: 5, clipboardSeconds: 15, watermark: false })
  })
})

describe('a member', () => {
  test('has one key in force: another comes only when that one is taken away', () => {
    const { collector } = unit.members
    expect(verdict(unit, signed(unit, 'secadmin', keyAdded(unit, collector.id)))).toBe(
      'authority/action-not-permitted',
    )
    expect(
      verdict(unit, signed(unit, 'secadmin', [keyAdded(unit, collector.id), keyRemoved(collector)])),
    ).toBe('authority/action-not-permitted')
    expect(
      verdict(unit, signed(unit, 'secadmin', [keyRemoved(collector), keyAdded(unit, collector.id)])),
    ).toBe(null)
    expect(
      head()
        .members.get(collector.id)
        ?.keys.map(({ inForce }) => inForce),
    ).toEqual([false, true])
  })

  test('never comes back with a key that was taken from anybody', () => {
    const { collector, reviewerOne } = unit.members
    signed(unit, 'secadmin', keyRemoved(collector))
    signed(unit, 'secadmin', keyRemoved(reviewerOne))
    for (const signer of [collector.signer, reviewerOne.signer])
      expect(verdict(unit, signed(unit, 'secadmin', keyAdded(unit, collector.id, signer)))).toBe(
        'authority/action-not-permitted',
      )
  })
})

describe('a device', () => {
  const logs = () => {
    const [control, archive, discipline] = Array.from({ length: 3 }, () => newId(nodePrimitives))
    return { control: control!, archive: archive!, discipline: discipline! }
  }

  test('proves its key together with its logs: a proof for others is none', () => {
    const signer = signerFromSeed(newSeed())
    const [entity, own] = [newId(nodePrimitives), logs()]
    const publicKey = toHex(signer.publicKey)
    const add = (proof: Uint8Array): FixtureOperation => ({
      operation: { op: 'device.add', entity, publicKey, logs: own, proof: toHex(proof) },
    })
    for (const said of [
      deviceProofBytes(entity, publicKey, logs()),
      deviceProofBytes(newId(nodePrimitives), publicKey, own),
      keyProofBytes(unit.id, entity, publicKey),
    ])
      expect(verdict(unit, signed(unit, 'secadmin', add(signer.sign(said))))).toBe('commit/key-weak')
    expect(
      verdict(unit, signed(unit, 'secadmin', add(signer.sign(deviceProofBytes(entity, publicKey, own))))),
    ).toBe(null)
  })

  test('is added and removed by secadmin alone, and removed once', () => {
    const other = unit.addDevice()
    for (const name of memberNames.filter((one) => one !== 'secadmin'))
      expect(verdict(unit, signed(unit, name, deviceRemoved(other.id))), name).toBe(
        'authority/action-not-permitted',
      )
    expect(verdict(unit, signed(unit, 'secadmin', deviceRemoved(other.id)))).toBe(null)
    expect(head().devices.get(other.id)?.inForce).toBe(false)
    expect(verdict(unit, signed(unit, 'secadmin', deviceRemoved(other.id)))).toBe('authority/device')
    expect(verdict(unit, signed(unit, 'secadmin', deviceRemoved(newId(nodePrimitives))))).toBe(
      'authority/device',
    )
  })
})

test('the recovery recipients are those of the founding commit, and are read from it', () => {
  const { recovery } = head()
  expect(recovery).toEqual({
    archive: unit.keys.control.recipient,
    discipline: unit.keys.discipline.recipient,
  })
  const founding = unit.device.logs.control.commits[0]!.commit
  const read = readAuthority(nodePrimitives, unit.rootPublicKey, [founding])
  expect(read.ok && read.value.head.recovery).toEqual(recovery)
})
