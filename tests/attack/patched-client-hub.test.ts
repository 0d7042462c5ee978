import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newId, type Digest } from '../../src-shared/kernel/ids.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { bundleOf, packed } from '../helpers/bundle-fixture.ts'
import { bytesOf, deliver, hubWithUnit, type HubFixture } from '../helpers/hub-fixture.ts'
import { openReceipt } from '../helpers/receipt-fixture.ts'
import type { FixtureCommit, FixtureMember, UnitFixture } from '../helpers/unit-fixture.ts'
import {
  added,
  confirmed,
  granted,
  keyAdded,
  keyBound,
  keyRemoved,
  newcomer,
  signed,
  upTo,
} from '../unit/access/chain.ts'

/** The commits that break a rule, at the door of the node above. */
let fixture: HubFixture
beforeEach(async () => {
  fixture = await hubWithUnit()
})
afterEach(async () => await fixture.close())

function sent(unit: UnitFixture, compartment: 'control' | 'archive') {
  return bundleOf(unit, { compartment, recipients: [fixture.hub.card.recipients[compartment]] })
}

/** What the node says of a compartment of the unit, taken from the receipt. */
async function voids(compartment: 'control' | 'archive') {
  const { hub, unit } = fixture
  const report = await hub.ingest(bytesOf(await packed(sent(unit, compartment))))
  if (!report.ok) throw new Error(report.error.code)
  return (await openReceipt(unit, hub.card, compartment, report.value.receipt)).voids
}

function named({ commit }: FixtureCommit, code: string) {
  return { log: commit.header.log, seq: commit.header.seq, leaf: commit.leaf, code }
}

function opinion(
  unit: UnitFixture,
  member: FixtureMember,
  { record, revision }: { record: string; revision: Digest },
) {
  return unit.commit({ member, role: 'reviewer', compartment: 'archive' }, [
    { operation: { op: 'review.return', entity: newId(nodePrimitives), rows: [{ record, revision }] } },
  ])
}

/** The catalogue in force, with one reviewer for everything. */
function lowered(unit: UnitFixture) {
  const rules = [...unit.history().head.catalogue!.rules.values()]
  const single = rules.map((rule) => ({ ...rule, verification: 'single' as const }))
  return {
    operation: { op: 'catalogue.adopt' as const, entity: newId(nodePrimitives), version: 2, rules: single },
  }
}

describe('the node above finds void', () => {
  test('a role that a member gave themself', async () => {
    const { unit } = fixture
    const { collector, secadmin } = unit.members
    const made = [
      signed(unit, 'secadmin', granted(secadmin.id, 'inspector')),
      signed(unit, 'collector', granted(collector.id, 'inspector'), { as: 'secadmin' }),
    ]
    expect(await voids('control')).toEqual([
      named(made[0]!, 'authority/action-not-permitted'),
      named(made[1]!, 'authority/role-not-in-force'),
    ])
  })

  test('a reviewer whom secadmin minted alone, and what they said', async () => {
    const { unit } = fixture
    const row = unit.submit()
    const puppet = newcomer(unit, 'reviewer')
    signed(unit, 'secadmin', [...added(unit, puppet), granted(puppet.id, 'reviewer')])
    const alone = signed(unit, 'secadmin', confirmed(puppet.id, 'reviewer').slice(-1))
    const said = opinion(unit, puppet, row)
    expect(await voids('control')).toEqual([named(alone, 'authority/action-not-permitted')])
    expect(await voids('archive')).toEqual([named(said, 'authority/role-not-in-force')])
  })

  test('an opinion signed with another member’s key', async () => {
    const { unit } = fixture
    const row = unit.submit()
    const { reviewerOne, collector } = unit.members
    const said = opinion(unit, { ...reviewerOne, signer: collector.signer }, row)
    await voids('control')
    expect(await voids('archive')).toEqual([named(said, 'authority/key-not-in-force')])
  })

  test('what a removed key signs after its end, whatever time it claims and whatever authority it names', async () => {
    const { unit } = fixture
    const { collector } = unit.members
    const before = unit.authority
    const { made: kept } = unit.submit()
    const { made: late } = unit.submit({ at: '2020-01-01T00:00:00.000Z', authority: before })
    signed(unit, 'secadmin', keyRemoved(collector))
    signed(unit, 'approver', keyBound(collector, [upTo(kept)]))
    expect(await voids('control')).toEqual([])
    expect(await voids('archive')).toEqual([named(late, 'authority/after-removal')])
  })

  test('a key of small order', async () => {
    const { unit } = fixture
    const { collector } = unit.members
    const addition = keyAdded(unit, collector.id)
    const publicKey = `01${'00'.repeat(31)}`
    const weak = { ...addition, operation: { ...addition.operation, publicKey, proof: '00'.repeat(64) } }
    const made = signed(unit, 'secadmin', [keyRemoved(collector), weak as typeof addition])
    expect(await voids('control')).toEqual([named(made, 'commit/key-weak')])
  })

  test.each(['secadmin', 'approver'] as const)('a catalogue the %s adopted', async (name) => {
    const { unit } = fixture
    const made = signed(unit, name, lowered(unit))
    expect(await voids('control')).toEqual([named(made, 'authority/action-not-permitted')])
  })
})

describe('the node above takes in nothing of', () => {
  test('a bundle in which one signature is not that of the key it names', async () => {
    const { hub, unit } = fixture
    const { collector } = unit.members
    unit.submit({
      member: {
        ...collector,
        signer: { ...collector.signer, sign: signerFromSeed(newSeed()).sign },
      },
    })
    await voids('control')
    const before = fixture.dump()
    expect(await deliver(hub, sent(unit, 'archive'))).toBe('commit/signature')
    expect(fixture.dump()).toBe(before)
  })

  test('a directive, which no unit sends, under whoever’s key', async () => {
    const { hub, unit } = fixture
    signed(unit, 'secadmin', lowered(unit))
    const before = fixture.dump()
    for (const signer of [unit.device.signer, unit.members.secadmin.signer, signerFromSeed(newSeed())]) {
      const recipients = [hub.card.recipients.control]
      const directive = bundleOf(unit, { compartment: 'control', recipients, kind: 'directive', signer })
      expect(await deliver(hub, directive)).not.toBe('taken')
    }
    expect(fixture.dump()).toBe(before)
  })
})
