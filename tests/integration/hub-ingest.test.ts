import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openHub } from '../../src-hub/index.ts'
import { compartments, type Role } from '../../src-shared/access/roles.ts'
import { hubLogId } from '../../src-shared/bundle/hub-log.ts'
import { toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { bundleOf, controlHeads, packed, type BundleOptions } from '../helpers/bundle-fixture.ts'
import { bytesOf, deliver, hubWithUnit, type HubFixture } from '../helpers/hub-fixture.ts'
import { openReceipt } from '../helpers/receipt-fixture.ts'
import type { FixtureMember, FixtureOperation, UnitFixture } from '../helpers/unit-fixture.ts'
import {
  confirmed,
  granted,
  keyBound,
  keyRemoved,
  revoked,
  rootOf,
  settled,
  settlementConfirmed,
  signed,
  upTo,
} from '../unit/access/chain.ts'

let fixture: HubFixture
beforeEach(async () => {
  fixture = await hubWithUnit()
})
afterEach(async () => await fixture.close())

function control(unit: UnitFixture, options: Partial<BundleOptions> = {}) {
  const recipients = [fixture.hub.card.recipients.control]
  return bundleOf(unit, { compartment: 'control', recipients, ...options })
}

function archive(unit: UnitFixture, options: Partial<BundleOptions> = {}) {
  const recipients = [fixture.hub.card.recipients.archive]
  return bundleOf(unit, { compartment: 'archive', recipients, ...options })
}

async function take(bytes: Uint8Array) {
  const report = await fixture.hub.ingest(bytesOf(bytes))
  if (!report.ok) throw new Error(`${report.error.code} ${JSON.stringify(report.error.detail)}`)
  return report.value
}

async function compartmentStatus(name: (typeof compartments)[number]) {
  const status = await fixture.hub.status(fixture.unit.id)
  if (!status.ok) throw new Error(status.error.code)
  return status.value.compartments.find((one) => one.compartment === name)
}

describe('a unit that reports for the first time', () => {
  test('has its records derived anew by the node, and gets a receipt for all of it', async () => {
    const { hub, unit } = fixture
    const evidence = nodePrimitives.randomBytes(200_000)
    const done = unit.submit()
    unit.archive(done.record, done.revision)
    unit.submit()
    expect(await deliver(hub, control(unit))).toBe('taken')
    const bytes = await packed(archive(unit, { evidence: [evidence] }))
    const report = await take(bytes)
    expect(report).toMatchObject({ unit: unit.id, repeated: false, commits: 6, voids: 0 })
    expect(await compartmentStatus('archive')).toEqual({
      compartment: 'archive',
      commits: 6,
      records: 2,
      archived: 1,
      voids: 0,
    })
    const hash = toHex(nodePrimitives.sha256(evidence))
    const kept = readFileSync(join(fixture.directory, 'evidence', hash.slice(0, 2), hash))
    expect(kept.equals(Buffer.from(evidence))).toBe(true)
    const status = await hub.status(unit.id)
    expect(status).toMatchObject({
      value: { evidence: 1, bundles: 2, lastReceipt: { bundle: report.bundle, compartment: 'archive' } },
    })
    const receipt = await openReceipt(unit, hub.card, 'archive', report.receipt)
    const log = unit.device.logs.archive
    expect(receipt).toMatchObject({
      bundle: toHex(nodePrimitives.sha256(bytes)),
      bundleId: report.bundle,
      logs: [{ log: log.id, size: 6, root: toHex(unit.tree(log).root()) }],
      voids: [],
    })
  })

  test('sends the discipline compartment on its own', async () => {
    const { hub, unit } = fixture
    const { inspector } = unit.members
    unit.submit({ member: inspector, role: 'inspector', compartment: 'discipline', category: 'L1' })
    expect(await deliver(hub, control(unit))).toBe('taken')
    const recipients = [hub.card.recipients.discipline]
    expect(await deliver(hub, bundleOf(unit, { compartment: 'discipline', recipients }))).toBe('taken')
    expect(await compartmentStatus('discipline')).toMatchObject({ commits: 1, records: 1 })
  })
})

describe('the same bundle again', () => {
  test('changes nothing and yields the same receipt, byte for byte', async () => {
    const { unit } = fixture
    unit.submit()
    await take(await packed(control(unit)))
    const bytes = await packed(archive(unit, { evidence: [utf8('佐证')] }))
    const first = await take(bytes)
    const before = fixture.dump()
    const second = await take(bytes)
    expect(second.repeated).toBe(true)
    expect(Buffer.from(second.receipt).equals(Buffer.from(first.receipt))).toBe(true)
    expect(fixture.dump()).toBe(before)
  })

  test('yields the same receipt after a restart of the node', async () => {
    const { hub, unit, directory } = fixture
    const bytes = await packed(control(unit))
    const first = await take(bytes)
    await hub.close()
    const again = await openHub({ dataDirectory: directory })
    if (!again.ok) throw new Error(again.error.code)
    expect(again.value.card).toEqual(hub.card)
    const second = await again.value.ingest(bytesOf(bytes))
    expect(second).toMatchObject({ ok: true, value: { repeated: true } })
    expect(second.ok && Buffer.from(second.value.receipt).equals(Buffer.from(first.receipt))).toBe(true)
    await again.value.close()
  })

  test('at the same moment is taken in once', async () => {
    const { hub, unit } = fixture
    const bytes = await packed(control(unit))
    const reports = await Promise.all([1, 2, 3].map(() => hub.ingest(bytesOf(bytes))))
    expect(reports.filter((report) => report.ok && !report.value.repeated)).toHaveLength(1)
    expect(new Set(reports.map((report) => report.ok && toHex(report.value.receipt))).size).toBe(1)
  })

  test('under the same id with other bytes is refused', async () => {
    const { hub, unit } = fixture
    const options = control(unit)
    expect(await deliver(hub, options)).toBe('taken')
    const before = fixture.dump()
    expect(await deliver(hub, options)).toBe('bundle/same-id-other-bytes')
    expect(fixture.dump()).toBe(before)
  })
})

describe('bundles that follow each other', () => {
  test('bring only what is new, and each receipt stands in the log of the node', async () => {
    const { hub, unit } = fixture
    unit.submit()
    const first = await take(await packed(control(unit)))
    await take(await packed(archive(unit)))
    const log = unit.device.logs.archive
    unit.submit()
    unit.submit()
    const second = await take(await packed(archive(unit, { ranges: [{ log, from: 1, to: 2 }] })))
    expect(second.commits).toBe(2)
    expect(await compartmentStatus('archive')).toMatchObject({ commits: 3, records: 3 })
    expect((await openReceipt(unit, hub.card, 'archive', second.receipt)).seq).toBe(1)
    expect((await openReceipt(unit, hub.card, 'control', first.receipt)).seq).toBe(0)
  })

  test('may overlap: what is held is compared, what is new is taken', async () => {
    const { unit } = fixture
    unit.submit()
    unit.submit()
    await take(await packed(control(unit)))
    await take(await packed(archive(unit)))
    unit.submit()
    const log = unit.device.logs.archive
    expect((await take(await packed(archive(unit, { ranges: [{ log, from: 1, to: 2 }] })))).commits).toBe(1)
    expect((await take(await packed(archive(unit, { kind: 'full' })))).commits).toBe(0)
    expect(await compartmentStatus('archive')).toMatchObject({ commits: 3, records: 3 })
  })

  test('say which receipts the sender holds, so that the node sends on only what is newer', async () => {
    const { hub, unit } = fixture
    unit.submit()
    await take(await packed(control(unit)))
    const first = await openReceipt(
      unit,
      hub.card,
      'archive',
      (await take(await packed(archive(unit)))).receipt,
    )
    unit.submit()
    const log = hubLogId(nodePrimitives, first.commit.header.key, unit.id, 'archive')
    const receipts = [{ hub: hub.card.hub, log, seq: 0, leaf: first.commit.leaf }]
    const second = await take(await packed(archive(unit, { receipts })))
    const opened = await openReceipt(unit, hub.card, 'archive', second.receipt, [first.commit])
    expect(opened).toMatchObject({ seq: 1, commits: 1 })
    const wrong = [{ hub: hub.card.hub, log, seq: 1, leaf: first.commit.leaf }]
    expect(await deliver(hub, archive(unit, { receipts: wrong }))).toBe('hub/receipt-wrong')
  })
})

describe('several devices', () => {
  test('that met in turn are taken in whole, whatever file holds which commit', async () => {
    const { hub, unit } = fixture
    const first = unit.submit()
    const other = unit.addDevice()
    for (let round = 0; round < 3; round++) {
      unit.meet(unit.device, other)
      unit.submit({ device: other })
      unit.meet(unit.device, other)
      unit.submit()
    }
    unit.meet(unit.device, other)
    unit.archive(first.record, first.revision, { device: other })
    expect(await deliver(hub, control(unit))).toBe('taken')
    expect(await deliver(hub, archive(unit))).toBe('taken')
    expect(await compartmentStatus('archive')).toEqual({
      compartment: 'archive',
      commits: 11,
      records: 7,
      archived: 1,
      voids: 0,
    })
  })

  test('report apart: the one that has seen the other waits for it', async () => {
    const { hub, unit } = fixture
    const other = unit.addDevice()
    const done = unit.submit()
    unit.meet(unit.device, other)
    unit.archive(done.record, done.revision, { device: other })
    expect(await deliver(hub, control(unit))).toBe('taken')
    const own = { log: unit.device.logs.archive, from: 0, to: 0 }
    const theirs = { log: other.logs.archive, from: 0, to: 3 }
    const before = fixture.dump()
    expect(await deliver(hub, archive(unit, { device: other, ranges: [theirs] }))).toBe(
      'bundle/missing-prerequisite',
    )
    expect(fixture.dump()).toBe(before)
    expect(await deliver(hub, archive(unit, { ranges: [own] }))).toBe('taken')
    expect(await deliver(hub, archive(unit, { device: other, ranges: [theirs] }))).toBe('taken')
    expect(await compartmentStatus('archive')).toMatchObject({ records: 1, archived: 1 })
  })
})

describe('a commit that breaks a rule', () => {
  test('enters the log as void and is named in the receipt', async () => {
    const { hub, unit } = fixture
    const done = unit.submit()
    // A reviewer hands in a record, which only a collector may.
    const wrong = unit.submit({ member: unit.members.reviewerOne, role: 'reviewer' })
    await take(await packed(control(unit)))
    const report = await take(await packed(archive(unit)))
    expect(report.voids).toBe(1)
    expect(await compartmentStatus('archive')).toMatchObject({ commits: 2, records: 1, voids: 1 })
    const receipt = await openReceipt(unit, hub.card, 'archive', report.receipt)
    expect(receipt.voids).toEqual([
      {
        log: unit.device.logs.archive.id,
        seq: 1,
        leaf: wrong.made.commit.leaf,
        code: 'authority/action-not-permitted',
      },
    ])
    expect(done.record).not.toBe(wrong.record)
  })

  test('only by one of its steps is named with the step, and the rest of it counts', async () => {
    const { hub, unit } = fixture
    const { record, revision } = unit.submit()
    const { approver } = unit.members
    // Signed before anybody has looked at it.
    const early = unit.commit({ member: approver, role: 'approver', compartment: 'archive' }, [
      { operation: { op: 'review.sign', entity: record, rows: [{ record, revision }] } },
    ])
    unit.archive(record, revision)
    await take(await packed(control(unit)))
    const report = await take(await packed(archive(unit)))
    const receipt = await openReceipt(unit, hub.card, 'archive', report.receipt)
    expect(receipt.voids).toEqual([
      expect.objectContaining({ leaf: early.commit.leaf, code: 'review/not-agreed', index: 0, row: 0 }),
    ])
    expect(await compartmentStatus('archive')).toMatchObject({ archived: 1, voids: 1 })
  })

  test('becomes void afterwards, when its key turns out to be removed before it', async () => {
    const { hub, unit } = fixture
    const { approver, collector, secadmin } = unit.members
    const log = unit.device.logs.archive
    unit.submit()
    unit.submit()
    await take(await packed(control(unit)))
    await take(await packed(archive(unit)))
    const kept = log.commits[0]!.commit.leaf
    unit.commit({ member: secadmin, role: 'secadmin', compartment: 'control' }, [
      {
        operation: {
          op: 'key.remove',
          entity: collector.id,
          key: collector.signer.keyId,
          cause: 'left',
          compartments: ['control'],
          last: [],
        },
      },
    ])
    unit.commit({ member: approver, role: 'approver', compartment: 'control' }, [
      keyBound(collector, [{ log: log.id, seq: 0, leaf: kept }]),
    ])
    const report = await take(await packed(control(unit)))
    const receipt = await openReceipt(unit, hub.card, 'control', report.receipt)
    expect(receipt.voids).toEqual([
      { log: log.id, seq: 1, leaf: log.commits[1]!.commit.leaf, code: 'authority/after-removal' },
    ])
    expect(await compartmentStatus('archive')).toMatchObject({ commits: 2, records: 1, voids: 1 })
  })

  test('becomes void afterwards, when the grant it rests on turns out to be one of two that exclude each other', async () => {
    const { hub, unit } = fixture
    const { secadmin, approver, inspector, reviewerOne } = unit.members
    const other = unit.addDevice()
    const before = unit.authority
    const grant = (entity: string, authority: string) =>
      unit.commit({ member: secadmin, role: 'secadmin', compartment: 'control', authority }, [
        granted(entity, 'collector'),
      ])
    grant(inspector.id, before)
    unit.commit(
      { member: approver, role: 'approver', compartment: 'control' },
      confirmed(inspector.id, 'collector'),
    )
    const done = unit.submit({ member: inspector })
    await take(await packed(control(unit)))
    await take(await packed(archive(unit)))
    expect(await compartmentStatus('archive')).toMatchObject({ records: 1, voids: 0 })
    unit.commit(
      { member: secadmin, role: 'secadmin', compartment: 'control', device: other, authority: before },
      [granted(reviewerOne.id, 'collector')],
    )
    const report = await take(await packed(control(unit)))
    const receipt = await openReceipt(unit, hub.card, 'control', report.receipt)
    expect(receipt.voids).toContainEqual(
      expect.objectContaining({ leaf: done.made.commit.leaf, code: 'authority/role-not-in-force' }),
    )
    expect(await compartmentStatus('archive')).toMatchObject({ records: 0, voids: 1 })
  })

  test('becomes void afterwards, when the key that granted its author the role is removed from before that', async () => {
    const { hub, unit } = fixture
    const { secadmin, approver, inspector } = unit.members
    const log = unit.device.logs.control
    const by = (member: FixtureMember, role: Role, ...operations: FixtureOperation[]) =>
      unit.commit({ member, role, compartment: 'control' }, operations)
    const successor: FixtureMember = {
      ...secadmin,
      id: newId(nodePrimitives),
      signer: signerFromSeed(newSeed()),
    }
    by(secadmin, 'secadmin', ...unit.memberOperations(successor))
    by(approver, 'approver', ...confirmed(successor.id, 'secadmin'))
    by(secadmin, 'secadmin', granted(inspector.id, 'collector'))
    by(approver, 'approver', ...confirmed(inspector.id, 'collector'))
    const done = unit.submit({ member: inspector })
    await take(await packed(control(unit)))
    await take(await packed(archive(unit)))
    expect(await compartmentStatus('archive')).toMatchObject({ records: 1, voids: 0 })
    const last = [{ log: log.id, seq: 1, leaf: log.commits[1]!.commit.leaf }]
    by(successor, 'secadmin', keyRemoved(secadmin, last))
    by(rootOf(unit), 'root' as Role, keyBound(secadmin, last, ['control']))
    const report = await take(await packed(control(unit)))
    const receipt = await openReceipt(unit, hub.card, 'control', report.receipt)
    expect(receipt.voids).toContainEqual(
      expect.objectContaining({ leaf: log.commits[3]!.commit.leaf, code: 'authority/after-removal' }),
    )
    expect(receipt.voids.map(({ leaf }) => leaf)).toContain(done.made.commit.leaf)
    expect(await compartmentStatus('archive')).toMatchObject({ records: 0, voids: 1 })
  })
})

test('work becomes void afterwards, when a role turns out to have been revoked on the other side of a settled fork', async () => {
  const { unit } = fixture
  const { collector, inspector, reviewerOne } = unit.members
  const fork = unit.authority
  const kept = signed(unit, 'secadmin', granted(reviewerOne.id, 'collector'), { after: fork })
  const lost = signed(unit, 'secadmin', granted(inspector.id, 'collector'), { after: fork })
  const proposal = signed(unit, 'secadmin', settled(fork, kept.commit.leaf), { after: kept.commit.leaf })
  signed(unit, 'approver', settlementConfirmed(fork, proposal), { after: proposal.commit.leaf })
  unit.submit()
  await take(await packed(control(unit)))
  await take(await packed(archive(unit)))
  expect(await compartmentStatus('archive')).toMatchObject({ records: 1, voids: 0 })
  signed(unit, 'secadmin', revoked(collector.id, 'collector'), { after: lost.commit.leaf })
  await take(await packed(control(unit)))
  expect(await compartmentStatus('archive')).toMatchObject({ records: 0, voids: 1 })
})

test('work counts again when the root puts the end of its author’s key right', async () => {
  const { unit } = fixture
  const { collector } = unit.members
  const { made } = unit.submit()
  signed(unit, 'secadmin', keyRemoved(collector))
  signed(unit, 'inspector', keyBound(collector, []))
  await take(await packed(control(unit)))
  await take(await packed(archive(unit)))
  expect(await compartmentStatus('archive')).toMatchObject({ records: 0, voids: 1 })
  signed(unit, rootOf(unit), keyBound(collector, [upTo(made)]))
  await take(await packed(control(unit)))
  expect(await compartmentStatus('archive')).toMatchObject({ records: 1, voids: 0 })
})

test('an archive bundle asks for the control commits it was made under', async () => {
  const { hub, unit } = fixture
  unit.submit()
  const before = fixture.dump()
  expect(await deliver(hub, archive(unit))).toBe('bundle/missing-prerequisite')
  expect(fixture.dump()).toBe(before)
  expect(await deliver(hub, control(unit))).toBe('taken')
  const other = unit.addDevice()
  unit.submit({ device: other })
  expect(controlHeads(unit)).toHaveLength(1)
  const ranges = [{ log: other.logs.archive, from: 0, to: 0 }]
  expect(await deliver(hub, archive(unit, { ranges }))).toBe('bundle/missing-prerequisite')
  expect(await deliver(hub, archive(unit, { ranges, prerequisites: [] }))).toBe('bundle/unknown-device')
  expect(await deliver(hub, control(unit))).toBe('taken')
  expect(await deliver(hub, archive(unit, { ranges }))).toBe('bundle/missing-prerequisite')
  expect(await deliver(hub, archive(unit))).toBe('taken')
})
