import { describe, expect, test } from 'vitest'
import { holdToChain, type Rings } from '../../../src-main/vault/epoch-rings.ts'
import {
  openDatabaseKeys,
  openRings,
  type FileRing,
  type KeyringFile,
} from '../../../src-main/vault/keyring-file.ts'
import { keyrings } from '../../../src-shared/access/roles.ts'
import { toBase64, utf8 } from '../../../src-shared/kernel/bytes.ts'
import { encryptTo, newAgeKeyPair, type AgeKeyPair } from '../../../src-shared/node/age.ts'

const member = '1'.repeat(32)
const key = '2'.repeat(64)
const rawKey = new Uint8Array(32).fill(7)

const own = await newAgeKeyPair()
const [first, second, other, third] = [
  await newAgeKeyPair(),
  await newAgeKeyPair(),
  await newAgeKeyPair(),
  await newAgeKeyPair(),
]
const by = { holder: member, key, identity: own.identity }

async function sealTo(pair: AgeKeyPair, bytes: Uint8Array): Promise<string> {
  return toBase64(await encryptTo([pair.recipient], bytes))
}

/** A keyring whose newest epoch is the last of `epochs`, wrapped to the member. */
async function ringOf(...epochs: readonly AgeKeyPair[]): Promise<FileRing> {
  const newest = epochs.at(-1) as AgeKeyPair
  const previous: string[] = []
  for (let epoch = epochs.length - 1; epoch > 0; epoch--)
    previous.push(await sealTo(epochs[epoch] as AgeKeyPair, utf8((epochs[epoch - 1] as AgeKeyPair).identity)))
  const wraps = [{ holder: member, key, wrap: await sealTo(own, utf8(newest.identity)) }]
  return { epoch: epochs.length, recipient: newest.recipient, wraps, previous }
}

function rings(ring: FileRing): Rings {
  return Object.fromEntries(keyrings.map((keyring) => [keyring, ring])) as Rings
}

async function fileOf(ring: FileRing, ...sealed: readonly [number, AgeKeyPair][]): Promise<KeyringFile> {
  const entries: { epoch: number; sealed: string }[] = []
  for (const [epoch, pair] of sealed) entries.push({ epoch, sealed: await sealTo(pair, rawKey) })
  return {
    type: 'liandang/keyrings/2',
    unit: member,
    device: member,
    keyrings: rings(ring),
    databases: { control: entries, archive: entries, discipline: entries },
  }
}

async function identitiesOf(file: KeyringFile): Promise<readonly string[]> {
  return (await openRings(file.keyrings, by, ['archive'])).get('archive') ?? []
}

describe('the file of keyrings', () => {
  test('opens every epoch back to the first, and stops where one does not open', async () => {
    const ring = await ringOf(first, second, third)
    const file = await fileOf(ring, [1, first])
    expect(await identitiesOf(file)).toEqual([third.identity, second.identity, first.identity])
    const broken = { ...ring, previous: [ring.previous[0] ?? '', await sealTo(second, utf8('no identity'))] }
    expect(await identitiesOf(await fileOf(broken, [1, first]))).toEqual([third.identity, second.identity])
  })

  test('gives nothing to a key that a wrap was not made for, or that it does not open to', async () => {
    const { keyrings: held } = await fileOf(await ringOf(first), [1, first])
    const stranger = await openRings(held, { ...by, key: '3'.repeat(64) })
    expect(stranger.size).toBe(0)
    const wrong = await openRings(held, { ...by, identity: other.identity })
    expect(wrong.size).toBe(0)
  })

  test('keeps the way to the present database key when the keyring moves on, and no other', async () => {
    const file = await fileOf(await ringOf(first), [1, first])
    const moved = holdToChain(file, rings(await ringOf(first, second)))
    expect(moved.doors?.archive).toEqual([file.keyrings.archive])
    // Nothing here is keyed to the second epoch, so the third needs no way to it.
    const again = holdToChain(moved, rings(await ringOf(first, second, third)))
    expect(again.doors?.archive).toEqual([file.keyrings.archive])
    expect(holdToChain(again, again.keyrings)).toEqual(again)
  })

  test('keeps both ways when a rekeying broke off and the keyring moved on again', async () => {
    const before = await fileOf(await ringOf(first), [1, first])
    const moved = holdToChain(before, rings(await ringOf(first, second)))
    const { databases } = await fileOf(await ringOf(first, second), [2, second], [1, first])
    const halfway = { ...moved, databases }
    // The fork was settled on the side of another second epoch, which leads back to neither.
    const settled = holdToChain(halfway, rings(await ringOf(other)))
    expect(settled.doors?.archive?.map(({ recipient }) => recipient)).toEqual([
      first.recipient,
      second.recipient,
    ])
    const keys = await openDatabaseKeys(settled, 'archive', by, await identitiesOf(settled))
    expect(keys.ok && keys.value.map(({ epoch }) => epoch)).toEqual([2, 1])
    const { doors: _doors, ...without } = settled
    const lost = await openDatabaseKeys(without, 'archive', by, await identitiesOf(settled))
    expect(lost).toMatchObject({ ok: false, error: { code: 'vault/damaged' } })
  })
})
