import { fc } from '../helpers/properties.ts'
import { join } from 'node:path'
import Driver from 'sqlcipher'
import { expect, test } from 'vitest'
import type { Compartment } from '../../src-shared/access/roles.ts'
import { toHex } from '../../src-shared/kernel/bytes.ts'
import { bundleOf, packed } from '../helpers/bundle-fixture.ts'
import { deliver, hubWithUnit, type HubFixture } from '../helpers/hub-fixture.ts'
import { UnitFixture, type FixtureDevice, type FixtureLog } from '../helpers/unit-fixture.ts'

/** What the node made of the commits, apart from which bundle brought them. */
function derived({ directory }: HubFixture): unknown {
  const database = new Driver(join(directory, 'hub.db'), { readonly: true })
  try {
    return [
      'SELECT log, seq, leaf, depth, void FROM entry ORDER BY log, seq',
      'SELECT compartment, record, archived, stale, state FROM record ORDER BY compartment, record',
      'SELECT leaf, op_index, row_index, record, code FROM void ORDER BY leaf, op_index, row_index',
      'SELECT log, size, leaf, frontier, depth, authority FROM device_log ORDER BY log',
      'SELECT compartment, digest, content FROM body ORDER BY compartment, digest',
    ].map((sql) => database.prepare(sql).all())
  } finally {
    database.close()
  }
}

interface Range {
  readonly log: FixtureLog
  readonly from: number
  readonly to: number
}

const deviceIndex = fc.nat(2)
const act = fc.oneof(
  fc.record({ kind: fc.constant('submit' as const), device: deviceIndex }),
  fc.record({ kind: fc.constant('archive' as const), device: deviceIndex, which: fc.nat(20) }),
  fc.record({ kind: fc.constant('sign-early' as const), device: deviceIndex, which: fc.nat(20) }),
  fc.record({ kind: fc.constant('not-permitted' as const), device: deviceIndex }),
  fc.record({ kind: fc.constant('meet' as const), device: deviceIndex, other: deviceIndex }),
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

function perform(unit: UnitFixture, acts: readonly Act[]): void {
  const submitted: { record: string; revision: string }[] = []
  for (const one of acts) {
    const device = unit.devices[one.device] as FixtureDevice
    const chosen =
      submitted.length === 0 || !('which' in one) ? undefined : submitted[one.which % submitted.length]
    if (one.kind === 'submit') {
      const { record, revision } = unit.submit({ device })
      submitted.push({ record, revision })
    }
    if (one.kind === 'archive' && chosen !== undefined)
      unit.archive(chosen.record, chosen.revision, { device })
    if (one.kind === 'not-permitted') unit.submit({ device, member: unit.members.auditor, role: 'auditor' })
    if (one.kind === 'meet' && one.other !== one.device)
      unit.meet(device, unit.devices[one.other] as FixtureDevice)
    if (one.kind === 'sign-early' && chosen !== undefined) {
      unit.commit({ member: unit.members.approver, role: 'approver', compartment: 'archive', device }, [
        { operation: { op: 'review.sign', entity: chosen.record, rows: [chosen] } },
      ])
    }
  }
}

/** Cuts all that a unit has into pieces of a few commits, of which each names only what stands before it. */
function pieces(unit: UnitFixture, compartment: Compartment, choose: (count: number) => number): Range[][] {
  const all = unit
    .logs(compartment)
    .flatMap((log) => log.commits.map(({ commit, depth }, seq) => ({ log, seq, depth, leaf: commit.leaf })))
    .toSorted((a, b) => a.depth - b.depth || (a.leaf < b.leaf ? -1 : 1))
  const cut: Range[][] = []
  while (all.length > 0) {
    const ranges = new Map<FixtureLog, Range>()
    for (const { log, seq } of all.splice(0, 1 + choose(6))) {
      const from = ranges.get(log)?.from ?? seq
      ranges.set(log, { log, from, to: seq })
    }
    cut.push([...ranges.values()])
  }
  return cut
}

test('however the bundles of several devices are cut and in whatever order they come, the node ends in one state', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { minLength: 3, maxLength: 14 }),
      fc.infiniteStream(fc.nat(1000)),
      async (acts, choices) => {
        const choose = (count: number) => (choices.next().value as number) % count
        const whole = await hubWithUnit()
        const parts = await hubWithUnit()
        try {
          const { unit } = whole
          const { id, rootPublicKey } = unit
          await parts.hub.trust({ unit: id, unitRootPublicKey: toHex(rootPublicKey) })
          for (let more = 0; more < 2; more++) unit.addDevice()
          perform(unit, acts)
          for (const compartment of ['control', 'archive'] as const) {
            const present = unit.logs(compartment).filter((log) => log.commits.length > 0)
            if (present.length === 0) continue
            const toWhole = { compartment, recipients: [whole.hub.card.recipients[compartment]] }
            expect(await deliver(whole.hub, bundleOf(unit, toWhole))).toBe('taken')

            const recipients = [parts.hub.card.recipients[compartment]]
            const waiting: Uint8Array[] = []
            for (const ranges of pieces(unit, compartment, choose)) {
              const device = unit.devices.find((one) => one.id === ranges[0]!.log.device) as FixtureDevice
              waiting.push(await packed(bundleOf(unit, { compartment, recipients, device, ranges })))
            }
            for (let refusals = 0; waiting.length > 0; ) {
              const [bundle] = waiting.splice(choose(waiting.length), 1)
              const code = await deliver(parts.hub, bundle as Uint8Array)
              if (code === 'taken') {
                refusals = 0
                continue
              }
              expect(['bundle/gap', 'bundle/missing-prerequisite', 'bundle/unknown-device']).toContain(code)
              waiting.push(bundle as Uint8Array)
              refusals += 1
              expect(refusals).toBeLessThan(2000)
            }
          }
          expect(derived(parts)).toEqual(derived(whole))
        } finally {
          await whole.close()
          await parts.close()
        }
      },
    ),
    { numRuns: 8 },
  )
})
