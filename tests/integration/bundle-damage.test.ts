import { fc } from '../helpers/properties.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newAgeKeyPair, type AgeKeyPair } from '../../src-shared/node/age.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'
import { bundleOf, packed } from '../helpers/bundle-fixture.ts'
import { collectBundle, type CollectedBundle } from '../helpers/collected-bundle.ts'
import { deliver, hubWithUnit, type HubFixture } from '../helpers/hub-fixture.ts'
import { filesIn, openedGzip, openedTar, sealedGzip, sealedTar } from '../helpers/sealed-tar.ts'

/** A bundle that is also for a reader of ours, who can open it, change it and seal it again. */
let fixture: HubFixture
let reader: AgeKeyPair
let bundle: Uint8Array
let tar: Uint8Array
let whole: CollectedBundle
let before: string

beforeAll(async () => {
  fixture = await hubWithUnit()
  const { hub, unit } = fixture
  reader = await newAgeKeyPair()
  const done = unit.submit()
  unit.archive(done.record, done.revision)
  const { control, archive } = hub.card.recipients
  expect(await deliver(hub, bundleOf(unit, { compartment: 'control', recipients: [control] }))).toBe('taken')
  const recipients = [archive, reader.recipient]
  // More than one chunk of age, so that damage can lie before the last one.
  const evidence = [nodePrimitives.randomBytes(150_000)]
  bundle = await packed(bundleOf(unit, { compartment: 'archive', recipients, evidence }))
  tar = await openedTar(bundle, reader.identity)
  whole = await collectBundle(bundle, [reader.identity])
  before = fixture.dump()
})
afterAll(async () => await fixture.close())

function flipped(bytes: Uint8Array, at: number, mask: number): Uint8Array {
  const changed = new Uint8Array(bytes)
  changed[at] = (changed[at] as number) ^ mask
  return changed
}

const anyMask = fc.integer({ min: 1, max: 255 })
const runs = { numRuns: 150 }

async function refusal(changed: Uint8Array): Promise<string> {
  const code = await deliver(fixture.hub, changed)
  expect(fixture.dump()).toBe(before)
  return code
}

test('the bundle is whole to begin with', () => {
  expect(whole.code).toBeNull()
  expect(whole.content.length).toBeGreaterThan(8)
  expect(bundle.length).toBeGreaterThan(2 * 65_536)
})

describe('one byte of the file', () => {
  test('changed anywhere in what is encrypted is damage', async () => {
    const header = Buffer.from(bundle).indexOf('\n--- ') + 49
    const place = fc.integer({ min: header, max: bundle.length - 1 })
    await fc.assert(
      fc.asyncProperty(place, anyMask, async (at, mask) => {
        expect(await refusal(flipped(bundle, at, mask))).toBe('bundle/damaged')
      }),
      runs,
    )
  })

  test('changed anywhere in the header of the encryption is damage, or makes it another kind of file', async () => {
    const header = Buffer.from(bundle).indexOf('\n--- ') + 49
    const codes = new Set<string>()
    for (let at = 0; at < header; at++) codes.add(await refusal(flipped(bundle, at, 1 << (at % 8))))
    // A wrap that no longer opens cannot be told from one for somebody else.
    expect([...codes].sort()).toEqual(['bundle/damaged', 'bundle/not-a-bundle', 'bundle/wrong-recipient'])
  })
})

describe('a file that ends early', () => {
  test('is named as such, wherever it ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bundle.length - 1 }), async (length) => {
        // One length in 4,096 looks whole; such a file is called damaged.
        const code = await refusal(bundle.subarray(0, length))
        const looksWhole = (bundle.length - length) % 4096 === 0 || isOneChunkLess(length)
        expect(looksWhole ? ['bundle/truncated', 'bundle/damaged'] : ['bundle/truncated']).toContain(code)
      }),
      runs,
    )
  })

  test('at the end of a chunk is named as such', async () => {
    const payload = Buffer.from(bundle).indexOf('\n--- ') + 49 + 16
    const chunk = 65_536 + 16
    expect(await refusal(bundle.subarray(0, payload + chunk))).toBe('bundle/truncated')
    expect(await refusal(bundle.subarray(0, payload + 2 * chunk))).toBe('bundle/truncated')
    expect(await refusal(bundle.subarray(0, payload))).toBe('bundle/truncated')
    expect(await refusal(bundle.subarray(0, 0))).toBe('bundle/truncated')
  })

  function isOneChunkLess(length: number): boolean {
    return (bundle.length - 16 - length) % 4096 === 0 || (bundle.length - 32 - length) % 4096 === 0
  }
})

describe('somebody who can seal it again, but has no key of the device', () => {
  const codes = new Map<string, Set<string>>()

  test('changes no byte of the tar unseen: not in any file, name, length, filling or end', async () => {
    const place = fc.integer({ min: 0, max: tar.length - 1 })
    await fc.assert(
      fc.asyncProperty(place, anyMask, async (at, mask) => {
        const code = await refusal(await sealedTar(flipped(tar, at, mask), archiveRecipient()))
        expect(code).toMatch(/^(bundle|commit|format|log)\//)
      }),
      runs,
    )
  })

  test('changes no byte of any of its files unseen', async () => {
    for (const { path, start, size } of filesIn(tar)) {
      const seen = new Set<string>()
      codes.set(path.replace(/[0-9a-f]{32,64}/g, '*'), seen)
      for (const at of [0, Math.floor(size / 3), Math.floor(size / 2), size - 1]) {
        seen.add(await refusal(await sealedTar(flipped(tar, start + at, 0x01), archiveRecipient())))
      }
    }
    const evidence = [...codes].find(([path]) => path.startsWith('data/evidence/'))
    expect([...(evidence?.[1] ?? [])]).toEqual(['bundle/fixity'])
    expect([...(codes.get('data/checkpoints/*.txt') ?? [])]).toEqual(['bundle/fixity'])
    expect([...(codes.get('bagit.txt') ?? [])]).toEqual(['bundle/layout'])
    expect([...codes.values()].every((seen) => !seen.has('taken'))).toBe(true)
  })

  test('changes what is compressed only so that it says the same or is refused', async () => {
    const gzip = await openedGzip(bundle, reader.identity)
    const place = fc.integer({ min: 0, max: gzip.length - 1 })
    await fc.assert(
      fc.asyncProperty(place, anyMask, async (at, mask) => {
        const changed = await sealedGzip(flipped(gzip, at, mask), reader.recipient)
        const { code, content } = await collectBundle(changed, [reader.identity])
        if (code === null) expect(content).toEqual(whole.content)
        else expect(code).toMatch(/^bundle\//)
      }),
      runs,
    )
  })

  test('leaves nothing behind the compressed stream, and cuts nothing off it', async () => {
    const gzip = await openedGzip(bundle, reader.identity)
    const longer = Buffer.concat([gzip, Buffer.from('more')])
    expect((await collectBundle(await sealedGzip(longer, reader.recipient), [reader.identity])).code).toBe(
      'bundle/damaged',
    )
    const shorter = gzip.subarray(0, gzip.length - 6000)
    expect((await collectBundle(await sealedGzip(shorter, reader.recipient), [reader.identity])).code).toBe(
      'bundle/truncated',
    )
  })

  function archiveRecipient(): string {
    return fixture.hub.card.recipients.archive
  }
})

test('after all of that the bundle itself is still welcome', async () => {
  expect(await deliver(fixture.hub, bundle)).toBe('taken')
})
