import { beforeEach, expect, test } from 'vitest'
import { readAuthority } from '../../../src-shared/access/authority.ts'
import { toHex } from '../../../src-shared/kernel/bytes.ts'
import { newId } from '../../../src-shared/kernel/ids.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../../src-shared/node/primitives.ts'
import { UnitFixture, type FixtureCommit } from '../../helpers/unit-fixture.ts'
import { rootOf, signed, verdict } from './chain.ts'

let unit: UnitFixture

beforeEach(async () => {
  unit = await UnitFixture.found()
})

const newKey = () => signerFromSeed(newSeed())
const recipients = () => ({
  control: unit.keys.control.recipient,
  archive: unit.keys.archive.recipient,
  discipline: unit.keys.discipline.recipient,
})
const proposal = (hub: string, key: ReturnType<typeof newKey>) => ({
  operation: {
    op: 'upstream.propose' as const,
    entity: hub,
    publicKey: toHex(key.publicKey),
    recipients: recipients(),
  },
})
const confirmation = (entity: string, leaf: string | null) => ({
  operation: { op: 'upstream.confirm' as const, entity, proposal: leaf },
})
const leafOf = ({ commit }: FixtureCommit) => commit.leaf

function joined(hub: string, key: ReturnType<typeof newKey>): FixtureCommit {
  const proposed = signed(unit, 'secadmin', proposal(hub, key))
  expect(verdict(unit, signed(unit, 'approver', confirmation(hub, leafOf(proposed))))).toBe(null)
  return proposed
}

const keys = (nodes: readonly { readonly key: string }[]) => nodes.map(({ key }) => key)

test('a node is what the proposal said of it', () => {
  const [hub, key] = [newId(nodePrimitives), newKey()]
  const proposed = joined(hub, key)
  const { upstream, proposedUpstream, formerUpstreams } = unit.history().head
  expect(upstream).toEqual({
    hub,
    publicKey: toHex(key.publicKey),
    key: key.keyId,
    recipients: recipients(),
    body: proposed.commit.header.ops[0]!.digest,
    proposal: leafOf(proposed),
  })
  expect([proposedUpstream, formerUpstreams]).toEqual([null, []])
})

test('a node that another takes the place of is a former one, and none any more when it is back', () => {
  const [hub, first, second, third] = [newId(nodePrimitives), newKey(), newKey(), newKey()]
  for (const key of [first, second, third]) joined(hub, key)
  expect(keys(unit.history().head.formerUpstreams)).toEqual([first.keyId, second.keyId])
  joined(hub, first)
  expect(keys(unit.history().head.formerUpstreams)).toEqual([second.keyId, third.keyId])
  expect(unit.history().head.upstream?.key).toBe(first.keyId)
})

test('a node that is named again, with the key it has, is no former one', () => {
  const [hub, key] = [newId(nodePrimitives), newKey()]
  joined(hub, key)
  joined(hub, key)
  expect(unit.history().head.formerUpstreams).toEqual([])
})

test('a confirmation is of the node that waits, by its proposal', () => {
  const [hub, key] = [newId(nodePrimitives), newKey()]
  const refused = 'authority/action-not-permitted'
  expect(verdict(unit, signed(unit, 'approver', confirmation(hub, null)))).toBe(refused)
  const proposed = signed(unit, 'secadmin', proposal(hub, key))
  for (const [entity, leaf] of [
    [newId(nodePrimitives), leafOf(proposed)],
    [hub, null],
    [hub, 'f'.repeat(64)],
  ] as const)
    expect(verdict(unit, signed(unit, 'approver', confirmation(entity, leaf)))).toBe(refused)
  expect(unit.history().head.upstream).toBe(null)
  // The root speaks for a quorum of the recovery kit, and need not name the proposal.
  expect(verdict(unit, signed(unit, rootOf(unit), confirmation(hub, null)))).toBe(null)
})

test('a unit may be founded under a node', () => {
  const { leaf, header } = unit.device.logs.control.commits[0]!.commit
  const [hub, key] = [newId(nodePrimitives), newKey()]
  const ops = [proposal(hub, key), confirmation(hub, null)].map(({ operation }) => ({
    ...operation,
    digest: 'd'.repeat(64),
  }))
  const founding = { leaf, header: { ...header, ops: [...header.ops, ...ops] } }
  const read = readAuthority(nodePrimitives, unit.rootPublicKey, [founding])
  expect(read.ok && read.value.head.upstream?.key).toBe(key.keyId)
})
