import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { commitsPath } from '../../src-shared/bundle/layout.ts'
import { toHex, utf8 } from '../../src-shared/kernel/bytes.ts'
import { newId } from '../../src-shared/kernel/ids.ts'
import { signEnvelope, envelopeText } from '../../src-shared/log/envelope.ts'
import { checkpointOrigin, signCheckpoint } from '../../src-shared/log/checkpoint.ts'
import { commitPayloadType, headerBytes } from '../../src-shared/log/header.ts'
import { newAgeKeyPair } from '../../src-shared/node/age.ts'
import type { BundleEntry, PackOptions } from '../../src-shared/node/bundle-writer.ts'
import { newSeed, nodePrimitives, signerFromSeed } from '../../src-shared/node/primitives.ts'
import { bundleOf, lines, packed, whole, type BundleOptions } from '../helpers/bundle-fixture.ts'
import { bytesOf, deliver, hubWithUnit, type HubFixture } from '../helpers/hub-fixture.ts'
import { UnitFixture, type FixtureLog } from '../helpers/unit-fixture.ts'

/** Each refusal has its own code, and leaves the store and the folders of the node as they were. */
let fixture: HubFixture
let log: FixtureLog
beforeEach(async () => {
  fixture = await hubWithUnit()
  const { hub, unit } = fixture
  log = unit.device.logs.archive
  for (let i = 0; i < 3; i++) unit.submit()
  const recipients = [hub.card.recipients.control]
  expect(await deliver(hub, bundleOf(unit, { compartment: 'control', recipients }))).toBe('taken')
})
afterEach(async () => await fixture.close())

function archive(options: Partial<BundleOptions> = {}): PackOptions {
  const recipients = [fixture.hub.card.recipients.archive]
  return bundleOf(fixture.unit, { compartment: 'archive', recipients, ...options })
}

async function refused(bundle: PackOptions): Promise<string> {
  const before = fixture.dump()
  const code = await deliver(fixture.hub, bundle)
  expect(fixture.dump()).toBe(before)
  return code
}

/** The same entries, with one put in place of the one at its path. */
function withEntry(bundle: PackOptions, entry: BundleEntry): PackOptions {
  const entries = [...bundle.entries]
  const at = entries.findIndex((one) => one.path === entry.path)
  expect(at).toBeGreaterThanOrEqual(0)
  return { ...bundle, entries: entries.with(at, entry) }
}

describe('who it is for, and who it is from', () => {
  test('a bundle for somebody else', async () => {
    const { recipient } = await newAgeKeyPair()
    expect(await refused(archive({ recipients: [recipient] }))).toBe('bundle/wrong-recipient')
  })

  test('a bundle for another compartment of the node', async () => {
    const recipients = [fixture.hub.card.recipients.discipline]
    expect(await refused(archive({ recipients }))).toBe('bundle/wrong-recipient')
  })

  test('a statement under a key that is not the device’s', async () => {
    expect(await refused(archive({ signer: signerFromSeed(newSeed()) }))).toBe('bundle/signature')
    expect(await refused(archive({ signer: fixture.unit.members.collector.signer }))).toBe('bundle/signature')
  })

  test('a device that the authority chain does not know', async () => {
    const bundle = archive()
    const statement = { ...bundle.statement, device: newId(nodePrimitives) }
    expect(await refused({ ...bundle, statement })).toBe('bundle/unknown-device')
  })

  test('a unit that is not registered', async () => {
    const stranger = await UnitFixture.found({ upstream: fixture.hub.card })
    const recipients = [fixture.hub.card.recipients.control]
    expect(await refused(bundleOf(stranger, { compartment: 'control', recipients }))).toBe(
      'bundle/unknown-unit',
    )
  })

  test('a founding commit that the registered root has not signed', async () => {
    const { hub } = fixture
    const stranger = await UnitFixture.found({ upstream: hub.card })
    expect((await hub.trust({ unit: stranger.id, unitRootPublicKey: 'ab'.repeat(32) })).ok).toBe(true)
    const recipients = [hub.card.recipients.control]
    expect(await refused(bundleOf(stranger, { compartment: 'control', recipients }))).toBe(
      'commit/key-unknown',
    )
  })

  test('a unit’s bundle at another unit’s door', async () => {
    const { hub } = fixture
    const neighbour = await UnitFixture.found({ upstream: hub.card })
    const unitRootPublicKey = toHex(neighbour.rootPublicKey)
    expect((await hub.trust({ unit: neighbour.id, unitRootPublicKey })).ok).toBe(true)
    const before = fixture.dump()
    const report = await hub.ingest(bytesOf(await packed(archive())), { unit: neighbour.id })
    expect(report).toMatchObject({ ok: false, error: { code: 'bundle/unknown-unit' } })
    expect(fixture.dump()).toBe(before)
  })

  test.each(['enrolment', 'backup', 'sample'] as const)('a bundle of kind %s', async (kind) => {
    expect(await refused(archive({ kind }))).toBe('bundle/kind')
  })
})

describe('where it continues', () => {
  test('a piece that leaves commits out', async () => {
    expect(await refused(archive({ ranges: [{ log, from: 1, to: 2 }] }))).toBe('bundle/gap')
  })

  test('another commit in a place that is held: a fork', async () => {
    expect(await deliver(fixture.hub, archive())).toBe('taken')
    log.commits.pop()
    fixture.unit.submit()
    expect(await refused(archive())).toBe('bundle/fork')
    expect(await refused(archive({ ranges: [{ log, from: 2, to: 2 }] }))).toBe('bundle/fork')
  })

  test('commits after a fork that is not shown: another root', async () => {
    expect(await deliver(fixture.hub, archive())).toBe('taken')
    log.commits.pop()
    fixture.unit.submit()
    fixture.unit.submit()
    expect(await refused(archive({ ranges: [{ log, from: 3, to: 3 }] }))).toBe('bundle/fork')
  })

  test('a device that was set back', async () => {
    expect(await deliver(fixture.hub, archive())).toBe('taken')
    log.commits.pop()
    expect(await refused(archive())).toBe('bundle/rollback')
  })

  test('a log of another device that was set back and went on otherwise', async () => {
    const { hub, unit } = fixture
    const other = unit.addDevice()
    const recipients = [hub.card.recipients.control]
    for (let i = 0; i < 3; i++) unit.submit({ device: other })
    expect(await deliver(hub, bundleOf(unit, { compartment: 'control', recipients }))).toBe('taken')
    expect(await deliver(hub, archive())).toBe('taken')
    other.logs.archive.commits.splice(1)
    unit.submit({ device: other })
    const ranges = [
      { log, from: 0, to: 2 },
      { log: other.logs.archive, from: 0, to: 1 },
    ]
    expect(await refused(archive({ ranges }))).toBe('bundle/rollback')
  })
})

describe('what its commits are', () => {
  test('a commit signed with another key than the one it names', async () => {
    const { header } = log.commits[2]!.commit
    const bytes = headerBytes(header)
    const signed = signEnvelope(commitPayloadType, bytes, signerFromSeed(newSeed()))
    const forged = { ...signed, keyid: header.key }
    const content = [
      ...log.commits.slice(0, 2).map(({ commit }) => envelopeText(commit.envelope)),
      envelopeText(forged),
    ]
    expect(await refused(withEntry(archive(), lines(commitsPath(log.id, 0, 2), content)))).toBe(
      'commit/signature',
    )
  })

  test('a key that no authority commit has introduced', async () => {
    const { unit } = fixture
    const stranger = { ...unit.members.collector, signer: signerFromSeed(newSeed()) }
    unit.submit({ member: stranger })
    expect(await refused(archive())).toBe('commit/key-unknown')
  })

  test('commits in another order than the statement says', async () => {
    const texts = log.commits.map(({ commit }) => envelopeText(commit.envelope)).reverse()
    expect(await refused(withEntry(archive(), lines(commitsPath(log.id, 0, 2), texts)))).toBe('log/sequence')
  })

  test('a body that is not the one the commit names', async () => {
    const bodies = log.commits.flatMap((made) => made.bodies).reverse()
    const path = commitsPath(log.id, 0, 2).replace('logs', 'bodies')
    expect(await refused(withEntry(archive(), lines(path, bodies)))).toBe('commit/body-digest')
    expect(await refused(withEntry(archive(), lines(path, bodies.slice(0, 0))))).toBe('commit/body-missing')
  })

  test('a root that is not that of the commits', async () => {
    const bundle = archive()
    const logs = bundle.statement.logs.map((range) => ({ ...range, rootAfter: '00'.repeat(32) }))
    expect(await refused({ ...bundle, statement: { ...bundle.statement, logs } })).toBe('log/root')
  })

  test('a checkpoint of another tree, or under another key', async () => {
    const { unit } = fixture
    const path = `data/checkpoints/${log.id}.txt`
    const origin = checkpointOrigin(unit.id, log.id)
    const root = unit.tree(log).root()
    const note = (size: number, signer = unit.device.signer) =>
      whole(path, utf8(signCheckpoint(nodePrimitives, { origin, size, root }, signer)))
    expect(await refused(withEntry(archive(), note(4)))).toBe('log/checkpoint')
    expect(await refused(withEntry(archive(), note(3, unit.members.collector.signer)))).toBe('log/checkpoint')
    expect(await deliver(fixture.hub, withEntry(archive(), note(3)))).toBe('taken')
  })

  test('evidence that came with a bundle which is refused at its end', async () => {
    const logs = archive().statement.logs.map((range) => ({ ...range, rootAfter: '00'.repeat(32) }))
    const bundle = archive({ evidence: [nodePrimitives.randomBytes(100_000)] })
    expect(await refused({ ...bundle, statement: { ...bundle.statement, logs } })).toBe('log/root')
    expect(await deliver(fixture.hub, bundle)).toBe('taken')
  })

  test('an authority that goes backward within a log', async () => {
    const { hub, unit } = fixture
    const old = unit.authority
    unit.addDevice()
    unit.submit()
    unit.submit({ authority: old })
    const recipients = [hub.card.recipients.control]
    expect(await deliver(hub, bundleOf(unit, { compartment: 'control', recipients }))).toBe('taken')
    expect(await refused(archive())).toBe('log/authority-backward')
  })

  test('an authority that the node does not hold', async () => {
    fixture.unit.submit({ authority: 'ab'.repeat(32) })
    expect(await refused(archive())).toBe('bundle/missing-prerequisite')
  })

  test('a log of one compartment under the name of another', async () => {
    const { hub, unit } = fixture
    const { inspector } = unit.members
    unit.submit({ member: inspector, role: 'inspector', compartment: 'discipline', category: 'L1' })
    const ranges = [{ log: unit.device.logs.discipline, from: 0, to: 0 }]
    expect(await refused(archive({ ranges }))).toBe('bundle/layout')
    expect(hub.card.recipients.archive).not.toBe(hub.card.recipients.discipline)
  })
})
