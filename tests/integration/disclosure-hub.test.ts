import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Compartment } from '../../src-shared/access/roles.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { bundleOf, packed } from '../helpers/bundle-fixture.ts'
import { bytesOf, deliver, hubWithUnit, type HubFixture } from '../helpers/hub-fixture.ts'
import { openReceipt } from '../helpers/receipt-fixture.ts'
import type { FixtureOperation } from '../helpers/unit-fixture.ts'
import { granted, rootOf, signed } from '../unit/access/chain.ts'

let fixture: HubFixture
beforeEach(async () => {
  fixture = await hubWithUnit()
})
afterEach(async () => await fixture.close())

const id = () => newId(nodePrimitives)
const scope = '5'.repeat(64)

/** A commit of one member in the discipline log, or another. */
function sign(
  role: 'inspector' | 'approver' | 'collector',
  operation: FixtureOperation['operation'],
  compartment: Compartment = 'discipline',
) {
  const { unit } = fixture
  return unit.commit({ member: unit.members[role], role, compartment }, [{ operation }])
}

async function codes(compartment: Compartment = 'discipline'): Promise<readonly string[]> {
  const { hub, unit } = fixture
  const { card } = hub
  const control = bundleOf(unit, { compartment: 'control', recipients: [card.recipients.control] })
  expect(await deliver(hub, control)).toBe('taken')
  const bundle = bundleOf(unit, { compartment, recipients: [card.recipients[compartment]] })
  const report = await hub.ingest(bytesOf(await packed(bundle)))
  if (!report.ok) throw new Error(report.error.code)
  const receipt = await openReceipt(unit, card, compartment, report.value.receipt)
  return receipt.voids.map(({ code }) => code)
}

async function counted() {
  const status = await fixture.hub.status(fixture.unit.id)
  return status.ok ? status.value.compartments.find((one) => one.compartment === 'discipline') : null
}

describe('the node above finds void', () => {
  const cadre = id()
  const what = { cadre, scope, records: 1 } as const
  let request: string

  beforeEach(() => {
    const { unit } = fixture
    signed(unit, rootOf(unit), granted(unit.members.approver.id, 'approver', { level: 4 }))
    request = id()
    sign('inspector', { op: 'copy.request', entity: request, form: 'print', ...what })
  })

  const make = () => sign('inspector', { op: 'copy.make', entity: id(), request, form: 'print', ...what })

  test('nothing in a copy that two members signed for', async () => {
    sign('approver', { op: 'copy.approve', entity: request })
    make()
    expect(await codes()).toEqual([])
    expect(await counted()).toMatchObject({ commits: 3, records: 0, archived: 0, voids: 0 })
  })

  test('an approval by who asked, and the copy made on it', async () => {
    sign('inspector', { op: 'copy.approve', entity: request })
    make()
    expect(await codes()).toEqual(['disclosure/own-request', 'disclosure/not-approved'])
    expect(await counted()).toMatchObject({ voids: 2 })
  })

  test('a copy made a second time', async () => {
    sign('approver', { op: 'copy.approve', entity: request })
    make()
    make()
    expect(await codes()).toEqual(['disclosure/used'])
  })

  test('an approval of what nobody asked for', async () => {
    sign('approver', { op: 'copy.approve', entity: id() })
    expect(await codes()).toEqual(['disclosure/no-such-request'])
  })

  test('an approval by an approver who is not cleared', async () => {
    const { unit } = fixture
    signed(unit, rootOf(unit), granted(unit.members.approver.id, 'approver', { level: 3 }))
    sign('approver', { op: 'copy.approve', entity: request })
    make()
    expect(await codes()).toEqual(['authority/category-not-granted', 'disclosure/not-approved'])
  })

  test('an approval by a collector, as a whole commit', async () => {
    sign('collector', { op: 'copy.approve', entity: request })
    expect(await codes()).toEqual(['authority/action-not-permitted'])
  })
})

test('the node above finds void a revision for a request that is not there, and keeps the revision', async () => {
  const record = id()
  sign(
    'collector',
    {
      op: 'record.submit',
      entity: record,
      cadre: id(),
      category: 'A1',
      parent: null,
      settles: [],
      batch: null,
      evidence: 0,
      request: id(),
    },
    'archive',
  )
  expect(await codes('archive')).toEqual(['disclosure/no-such-request'])
  const status = await fixture.hub.status(fixture.unit.id)
  const archive = status.ok ? status.value.compartments.find((one) => one.compartment === 'archive') : null
  expect(archive).toMatchObject({ records: 1, voids: 1 })
})
