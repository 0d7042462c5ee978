import { beforeEach, describe, expect, test } from 'vitest'
import { readAuthority } from '../../../src-shared/access/authority.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { deviceProofBytes } from '../../../src-shared/log/header.ts'
import type { Operation } from '../../../src-shared/log/operations.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, type FixtureOperation, type MemberName } from '../../helpers/unit-fixture.ts'
import * as chain from './chain.ts'

const {
  added,
  deviceRemoved,
  granted,
  inForce,
  keyAdded,
  keyBound,
  keyRemoved,
  newcomer,
  rootOf,
  signed,
  verdict,
  wrapped,
} = chain
let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

const refused = 'authority/action-not-permitted'
const entity = newId(nodePrimitives)
const memberNow = (id: string) => unit.history().head.members.get(id)!
const said = (by: MemberName, operations: FixtureOperation | readonly FixtureOperation[]) =>
  verdict(unit, signed(unit, by, operations))

/** What the founding commit says, said otherwise: its signature is looked at elsewhere. */
function refounded(change: (ops: readonly Operation[]) => readonly Operation[]) {
  const { leaf, header } = unit.device.logs.control.commits[0]!.commit
  const founding = { leaf, header: { ...header, ops: change(header.ops) } }
  return readAuthority(nodePrimitives, unit.rootPublicKey, [founding])
}

describe('a unit', () => {
  test('is not founded a second time, by its root neither', () => {
    const { recovery } = unit.history().head
    const again = { op: 'unit.found', entity: unit.id, policy: 'small', suite: 'ed25519-sha256' } as const
    const made = signed(unit, rootOf(unit), { operation: { ...again, recovery } })
    expect(verdict(unit, made)).toBe('authority/not-founded')
    expect(unit.history().head.policy).toBe('normal')
  })

  test('is founded as what its headers call it', () => {
    const other = refounded((ops) => ops.map((one) => (one.op === 'unit.found' ? { ...one, entity } : one)))
    expect(other).toMatchObject({ error: { code: 'authority/not-founded' } })
  })

  test('is founded with what belongs to the chain and nothing else', () => {
    const report = { op: 'incident.report', entity, digest: 'd'.repeat(64) } as const
    expect(refounded((ops) => [...ops, report])).toMatchObject({ error: { code: refused } })
  })

  test('is founded with no wrap of a keyring that has no epoch', () => {
    const other = refounded((ops) =>
      ops.filter((one) => one.op !== 'keyring.epoch' || one.keyring !== 'seal'),
    )
    expect(other).toMatchObject({ error: { code: refused } })
  })
})

describe('a member', () => {
  test('is brought in once, tied to nothing but what is said of them', () => {
    const person = { ...newcomer(unit), cadre: entity }
    const [adding] = added(unit, person)
    expect(said('secadmin', adding!)).toBe(null)
    expect(memberNow(person.id)).toEqual({
      id: person.id,
      cadre: entity,
      isCadreSaid: true,
      line: [],
      keys: [],
      grants: [],
    })
    expect(said('secadmin', adding!)).toBe(refused)
  })

  test('whose dossier was named when they came in is not said to have it again', () => {
    const person = { ...newcomer(unit), cadre: entity }
    signed(unit, 'secadmin', added(unit, person))
    const again = { operation: { op: 'member.cadre' as const, entity: person.id, cadre: entity } }
    expect(said('inspector', again)).toBe(refused)
  })

  test('keeps of each key why it went, and loses the newer when the older is long gone', () => {
    const { collector } = unit.members
    const newer = signerFromSeed(newSeed())
    signed(unit, 'secadmin', [keyRemoved(collector, [], 'lost'), keyAdded(unit, collector.id, newer)])
    expect(said('secadmin', keyRemoved({ ...collector, signer: newer }, [], 'left'))).toBe(null)
    expect(memberNow(collector.id).keys.map(({ inForce: is, removed }) => [is, removed])).toEqual([
      [false, 'lost'],
      [false, 'left'],
    ])
  })

  test('has the end said of the key that is named, of several that went', () => {
    const { collector } = unit.members
    const newer = { ...collector, signer: signerFromSeed(newSeed()) }
    signed(unit, 'secadmin', [keyRemoved(collector), keyAdded(unit, collector.id, newer.signer)])
    signed(unit, 'secadmin', keyRemoved(newer))
    expect(said('approver', keyBound(newer))).toBe(null)
    expect(memberNow(collector.id).keys.map(({ bounded }) => bounded)).toEqual([[], ['archive']])
  })

  test('says nothing of where a key of their own ends', () => {
    const { approver } = unit.members
    const newer = { ...approver, signer: signerFromSeed(newSeed()) }
    const back = [keyRemoved(approver), keyAdded(unit, approver.id, newer.signer)]
    signed(unit, rootOf(unit), [...back, ...wrapped(approver.id, 'approver')])
    expect(inForce(unit.history(), approver.id)).toEqual(['approver'])
    expect(verdict(unit, signed(unit, newer, keyBound(approver)))).toBe(refused)
    expect(said('inspector', keyBound(approver))).toBe(null)
  })

  test('is said the end of a key by who opens all that is named, control never being among it', () => {
    const { collector } = unit.members
    signed(unit, 'secadmin', keyRemoved(collector))
    expect(said('approver', keyBound(collector, [], ['archive', 'discipline']))).toBe(refused)
    expect(said('inspector', keyBound(collector, [], ['archive', 'control']))).toBe(refused)
    expect(said('inspector', keyBound(collector, [], ['archive', 'discipline']))).toBe(null)
  })

  test('brings no key that a device has, nor one for which anybody could sign', () => {
    const { collector } = unit.members
    signed(unit, 'secadmin', keyRemoved(collector))
    expect(said('secadmin', keyAdded(unit, collector.id, unit.device.signer))).toBe(refused)
    const nobody = { ...signerFromSeed(newSeed()), publicKey: new Uint8Array(32).fill(1, 0, 1) }
    const forged = `01${'0'.repeat(126)}`
    expect(said('secadmin', keyAdded(unit, collector.id, nobody, forged))).toBe('commit/key-weak')
  })
})

describe('a grant', () => {
  test('may be for one day, from a day on or until one, but not end before it begins', () => {
    const { inspector } = unit.members
    const day = '2026-11-22'
    const terms = [{ from: day, until: day }, { from: day }, { until: day }, {}]
    for (const one of terms) expect(said('secadmin', granted(inspector.id, 'collector', one))).toBe(null)
    const reversed = { from: day, until: '2026-11-21' }
    expect(said('secadmin', granted(inspector.id, 'collector', reversed))).toBe(refused)
  })

  test('is confirmed of a member there is', () => {
    expect(
      said('approver', { operation: { op: 'role.confirm', entity, role: 'collector', deputyFor: null } }),
    ).toBe(refused)
  })
})

describe('a wrap', () => {
  const wrap = (keyring: 'archive' | 'seal', holder: string, epoch = 1): FixtureOperation => ({
    operation: { op: 'keyring.wrap', entity, keyring, epoch, holder },
    body: { wrap: 'sealed' },
  })
  const begun = (keyring: 'archive' | 'seal', names: readonly MemberName[]): readonly FixtureOperation[] => [
    {
      operation: { op: 'keyring.epoch', entity, keyring, epoch: 2, recipient: unit.keys[keyring].recipient },
    },
    ...names.map((name) => wrap(keyring, unit.members[name].id, 2)),
    wrap(keyring, 'recovery-archive', 2),
  ]
  const readers: readonly MemberName[] = ['collector', 'reviewerOne', 'reviewerTwo', 'approver', 'inspector']

  test('goes to nobody the unit does not know, and to the kit under its own name', () => {
    expect(said('approver', wrap('archive', entity))).toBe(refused)
    expect(said('approver', wrap('archive', 'recovery-discipline'))).toBe(refused)
    expect(said('approver', wrap('archive', 'recovery-archive'))).toBe(null)
  })

  test('goes to nobody whose key was taken away, whatever their grants', () => {
    const { collector } = unit.members
    signed(unit, 'secadmin', keyRemoved(collector))
    expect(said('approver', wrap('archive', collector.id))).toBe(refused)
    expect(unit.history().head.wraps.filter(({ holder }) => holder === collector.id)).toHaveLength(2)
  })

  test('of an epoch that is over is kept by nobody, and that of other keyrings is', () => {
    expect(said('approver', begun('archive', readers))).toBe(null)
    const { wraps } = unit.history().head
    const epochs = (keyring: string) =>
      [...new Set(wraps.filter((one) => one.keyring === keyring).map(({ epoch }) => epoch))].join()
    expect(['archive', 'seal', 'control'].map(epochs)).toEqual(['2', '1', '1'])
  })

  test('to the kit stands as the first that was made, in the commit that starts the epoch too', () => {
    const made = signed(unit, 'approver', [
      ...begun('archive', readers),
      wrap('archive', 'recovery-archive', 2),
    ])
    expect(verdict(unit, made)).toBe(null)
    const kit = unit.history().head.wraps.filter((one) => one.keyring === 'archive' && one.key === null)
    const [first] = made.commit.header.ops.filter(
      (one) => 'holder' in one && one.holder === 'recovery-archive',
    )
    expect(kit.map(({ body }) => body)).toEqual([first!.digest])
  })

  test('of one keyring is not made by who starts an epoch of another, nor of the epoch before', () => {
    expect(said('approver', begun('seal', ['approver']))).toBe(null)
    const both = [...begun('archive', readers), wrap('seal', unit.members.approver.id, 2)]
    expect(said('collector', both)).toBe('authority/not-a-holder')
    const [start, ...rest] = begun('archive', readers)
    const older = [start!, wrap('archive', unit.members.approver.id), ...rest]
    expect(said('collector', older)).toBe('authority/not-a-holder')
  })
})

describe('a device', () => {
  test('that is the last in force is not removed from one that is not', () => {
    const other = unit.addDevice()
    const { secadmin } = unit.members
    const from = (device: UnitFixture['device'], gone: string) =>
      verdict(
        unit,
        unit.commit({ member: secadmin, role: 'secadmin', compartment: 'control', device }, [
          deviceRemoved(gone),
        ]),
      )
    expect(from(unit.device, other.id)).toBe(null)
    expect(from(other, unit.device.id)).toBe('authority/device')
    expect(unit.history().head.devices.get(unit.device.id)?.inForce).toBe(true)
  })

  test('comes with a key and logs that are nobody else’s', () => {
    const adding = (
      signer: typeof unit.root,
      logs: { control: string; archive: string; discipline: string },
    ) => {
      const id = newId(nodePrimitives)
      const publicKey = toHex(signer.publicKey)
      const proof = toHex(signer.sign(deviceProofBytes(id, publicKey, logs)))
      return said('secadmin', { operation: { op: 'device.add', entity: id, publicKey, logs, proof } })
    }
    const [control, archive, discipline] = [1, 2, 3].map(() => newId(nodePrimitives)) as [
      string,
      string,
      string,
    ]
    const logs = { control, archive, discipline }
    const own = signerFromSeed(newSeed())
    expect(adding(unit.members.collector.signer, logs)).toBe('authority/device')
    expect(adding(unit.device.signer, logs)).toBe('authority/device')
    expect(adding(own, { ...logs, archive: control })).toBe('authority/device')
    expect(adding(own, { ...logs, archive: unit.device.logs.archive.id })).toBe('authority/device')
    expect(adding(own, logs)).toBe(null)
    expect(unit.history().head.logs.get(archive)?.compartment).toBe('archive')
  })
})
