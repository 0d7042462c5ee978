import { beforeEach, describe, expect, test } from 'vitest'
import { isAuthorityCommit, keysWithoutEnd, readAuthority } from '../../../src-shared/access/authority.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { UnitFixture } from '../../helpers/unit-fixture.ts'
import * as chain from './chain.ts'

const { added, granted, keyAdded, keyBound, keyRemoved, newcomer, rootOf, settled, signed, upTo } = chain
let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

const step = (after?: string) =>
  signed(unit, 'secadmin', added(unit, newcomer(unit)), after === undefined ? {} : { after }).commit.leaf

describe('one commit of the chain stands before another', () => {
  test('when it is on the way to it, and never before itself', () => {
    const founding = unit.authority
    const [first, second, third] = [step(), step(), step()]
    const { isBefore } = unit.history()
    expect(isBefore(founding, third)).toBe(true)
    expect(isBefore(first, second)).toBe(true)
    expect(isBefore(first, third)).toBe(true)
    expect(isBefore(third, first)).toBe(false)
    expect(isBefore(second, second)).toBe(false)
    expect(isBefore(second, founding)).toBe(false)
  })

  test('not when it stands on the other side of a fork, at whatever depth', () => {
    const fork = step()
    const left = step(fork)
    const right = [step(fork)]
    right.push(step(right[0]))
    const { isBefore } = unit.history()
    for (const leaf of right) {
      expect(isBefore(left, leaf)).toBe(false)
      expect(isBefore(leaf, left)).toBe(false)
      expect(isBefore(fork, leaf)).toBe(true)
    }
  })

  test('not when the chain does not hold it', () => {
    const { isBefore, founding } = unit.history()
    const unknown = 'f'.repeat(64)
    expect(isBefore(unknown, founding)).toBe(false)
    expect(isBefore(founding, unknown)).toBe(false)
    expect(isBefore(unknown, unknown)).toBe(false)
  })
})

describe('a key that was taken away', () => {
  const open = (compartment: 'control' | 'archive') =>
    keysWithoutEnd(unit.history(), compartment).map(({ member, key }) => [member, key])

  test('has no end in a compartment until somebody says it there', () => {
    const { collector, inspector } = unit.members
    expect(open('archive')).toEqual([])
    signed(unit, 'secadmin', [keyRemoved(collector), keyAdded(unit, collector.id)])
    signed(unit, 'secadmin', keyRemoved(inspector))
    expect(open('control')).toEqual([])
    expect(open('archive')).toEqual([
      [collector.id, collector.signer.keyId],
      [inspector.id, inspector.signer.keyId],
    ])
    signed(unit, 'approver', keyBound(collector))
    expect(open('archive')).toEqual([[inspector.id, inspector.signer.keyId]])
  })
})

describe('the keys that a chain introduced', () => {
  const known = (signer: { readonly publicKey: Uint8Array; readonly keyId: string }) => {
    const key = unit.history().publicKey(signer.keyId)
    return key !== undefined && toHex(key) === toHex(signer.publicKey)
  }
  const proposed = (publicKey: string) => {
    const { control, archive, discipline } = unit.keys
    const recipients = {
      control: control.recipient,
      archive: archive.recipient,
      discipline: discipline.recipient,
    }
    const entity = newId(nodePrimitives)
    return { operation: { op: 'upstream.propose' as const, entity, publicKey, recipients } }
  }

  test('are those of the root, of members, of devices and of nodes, and no others', () => {
    const node = signerFromSeed(newSeed())
    expect(known(node)).toBe(false)
    signed(unit, 'secadmin', proposed(toHex(node.publicKey)))
    const device = unit.addDevice()
    for (const signer of [unit.root, unit.members.collector.signer, device.signer, node])
      expect(known(signer)).toBe(true)
    expect(known(signerFromSeed(newSeed()))).toBe(false)
  })

  test('are those too that a void commit named, whose signature must be looked at, but none that is weak', () => {
    const [stranger, weak] = [signerFromSeed(newSeed()), `01${'0'.repeat(62)}`]
    signed(unit, 'collector', proposed(toHex(stranger.publicKey)))
    signed(unit, 'secadmin', proposed(weak))
    expect(known(stranger)).toBe(true)
    const id = toHex(nodePrimitives.sha256(Uint8Array.from(Buffer.from(weak, 'hex'))))
    expect(unit.history().publicKey(id)).toBe(undefined)
  })
})

test('a commit belongs to the chain when one of its operations does', () => {
  const report = { operation: { op: 'incident.report' as const, entity: newId(nodePrimitives) } }
  const [grant, alone, mixed] = [
    granted(unit.members.collector.id, 'inspector'),
    signed(unit, 'secadmin', report),
    signed(unit, 'secadmin', [report, keyRemoved(unit.members.collector)]),
  ]
  expect(isAuthorityCommit(alone.commit.header)).toBe(false)
  expect(isAuthorityCommit(mixed.commit.header)).toBe(true)
  expect(isAuthorityCommit(signed(unit, 'secadmin', grant).commit.header)).toBe(true)
})

describe('a chain', () => {
  const read = (...commits: Parameters<typeof readAuthority>[2][number][]) =>
    readAuthority(nodePrimitives, unit.rootPublicKey, commits)
  const founding = () => unit.device.logs.control.commits[0]!.commit

  test('begins with the first commit of a log, signed by the root as the root', () => {
    const { leaf, header } = founding()
    const wrong = [{ seq: 1 }, { role: 'secadmin' as const }, { key: unit.members.secadmin.signer.keyId }]
    expect(read({ leaf, header })).toMatchObject({ ok: true })
    for (const change of wrong)
      expect(read({ leaf, header: { ...header, ...change } })).toMatchObject({
        error: { code: 'authority/not-founded' },
      })
  })

  test('with two beginnings is none', () => {
    const { leaf, header } = founding()
    expect(read(founding(), { leaf: 'f'.repeat(64), header })).toMatchObject({
      error: { code: 'authority/not-founded' },
    })
    expect(read({ leaf, header })).toMatchObject({ ok: true })
  })

  test('begins with nothing: as what the founding commit says, and no more', () => {
    const { leaf, header } = founding()
    const bare = header.ops.filter(({ op }) =>
      ['unit.found', 'member.add', 'key.add', 'role.grant', 'device.add'].includes(op),
    )
    const history = read({ leaf, header: { ...header, ops: bare } })
    if (!history.ok) throw new Error(history.error.code)
    const { head } = history.value
    expect(head).toMatchObject({
      unit: unit.id,
      leaf,
      height: 0,
      policy: 'normal',
      settings: { idleMinutes: 10, clipboardSeconds: 30, watermark: true },
      wraps: [],
      catalogue: null,
      catalogueVersions: [],
      proposedCatalogue: null,
      upstream: null,
      formerUpstreams: [],
      proposedUpstream: null,
    })
    for (const empty of [head.keyrings, head.settlements, head.calendars]) expect(empty.size).toBe(0)
    expect(head.deadlines).toEqual(unit.history().head.deadlines)
    expect([head.members.size, head.devices.size, head.logs.size]).toEqual([8, 1, 3])
  })

  test('without removals, and with them, says of each leaf what held as of it', () => {
    const person = newcomer(unit)
    const first = signed(unit, 'secadmin', added(unit, person))
    const second = signed(unit, 'secadmin', granted(person.id, 'reviewer'))
    const removal = signed(unit, 'secadmin', keyRemoved(unit.members.collector))
    const { at } = unit.history()
    expect(at(first.commit.leaf)?.members.get(person.id)?.grants).toEqual([])
    expect(at(second.commit.leaf)?.members.get(person.id)?.grants).toHaveLength(1)
    expect([first, second, removal].map(({ commit }) => at(commit.leaf)?.height)).toEqual([1, 2, 3])
    expect(at('f'.repeat(64))).toBe(undefined)
  })

  test('has of two ends that the root said the one that stands deeper, whatever their leaves are', () => {
    const { collector } = unit.members
    const made = unit.submit().made
    signed(unit, 'secadmin', keyRemoved(collector))
    for (let round = 0; round < 4; round++) {
      signed(unit, rootOf(unit), keyBound(collector))
      signed(unit, rootOf(unit), keyBound(collector, [upTo(made)]))
      const ends = unit.history().removals.filter(({ compartments }) => compartments.includes('archive'))
      expect(ends.map(({ last }) => [...last])).toEqual([[[made.commit.header.log, made.commit.header.seq]]])
      expect(ends.map(({ leaf }) => leaf)).toEqual([unit.authority])
    }
  })

  test('knows a settlement of nothing as what it says, and is not forked by it', () => {
    signed(unit, 'secadmin', settled('a'.repeat(64), 'b'.repeat(64)))
    expect(unit.history().forked).toBe(null)
    expect(unit.history().sides).toEqual([])
  })
})
