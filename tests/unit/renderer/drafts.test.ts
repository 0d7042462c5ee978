import { describe, expect, test } from 'vitest'
import {
  importDraftKeys,
  openText,
  paddingBlock,
  sealName,
  sealText,
  type DraftKeys,
} from '../../../src-renderer/drafts/seal.ts'
import { toBase64, toHex } from '../../../src-shared/kernel/bytes.ts'

async function keysOf(first: number): Promise<DraftKeys> {
  const secret = Uint8Array.from({ length: 32 }, (_, index) => (first + index) % 256)
  const keys = await importDraftKeys(toBase64(secret))
  if (keys === null) throw new Error('no keys')
  return keys
}

describe('a draft', () => {
  test('opens to what was sealed', async () => {
    const keys = await keysOf(1)
    const name = await sealName(keys, 'place')
    const sealed = await sealText(keys, name, '{"地址":"滨河路"}')
    expect((await openText(keys, name, sealed))?.trimEnd()).toBe('{"地址":"滨河路"}')
  })

  test('never has the same IV twice', async () => {
    const keys = await keysOf(1)
    const name = await sealName(keys, 'place')
    const seals = await Promise.all(Array.from({ length: 50 }, () => sealText(keys, name, 'same')))
    expect(new Set(seals.map((seal) => toHex(seal.iv))).size).toBe(50)
  })

  test('does not open for another member', async () => {
    const keys = await keysOf(1)
    const name = await sealName(keys, 'place')
    expect(await openText(await keysOf(2), name, await sealText(keys, name, 'text'))).toBeNull()
  })

  test('does not open under another name', async () => {
    const keys = await keysOf(1)
    const sealed = await sealText(keys, await sealName(keys, 'one'), 'text')
    expect(await openText(keys, await sealName(keys, 'two'), sealed)).toBeNull()
  })

  test('does not open when a bit was changed', async () => {
    const keys = await keysOf(1)
    const name = await sealName(keys, 'place')
    const draft = await sealText(keys, name, 'text')
    const sealed = Uint8Array.from(draft.sealed)
    sealed[3] = (sealed[3] ?? 0) ^ 1
    expect(await openText(keys, name, { iv: draft.iv, sealed })).toBeNull()
  })

  test('tells neither its length', async () => {
    const keys = await keysOf(1)
    const name = await sealName(keys, 'place')
    const lengths = await Promise.all(
      ['', 'x'.repeat(100), 'x'.repeat(paddingBlock - 1)].map(
        async (text) => (await sealText(keys, name, text)).sealed.length,
      ),
    )
    expect(new Set(lengths).size).toBe(1)
    expect((await sealText(keys, name, 'x'.repeat(paddingBlock))).sealed.length).toBe(
      (lengths[0] ?? 0) + paddingBlock,
    )
  })

  test('nor, by its name, whom it is about', async () => {
    const one = toHex(await sealName(await keysOf(1), 'member/cadre/C2/'))
    const two = toHex(await sealName(await keysOf(2), 'member/cadre/C2/'))
    expect(one).not.toBe(two)
    expect(one).toMatch(/^[0-9a-f]{64}$/)
  })

  test('has keys that cannot be read out', async () => {
    const keys = await keysOf(1)
    await expect(crypto.subtle.exportKey('raw', keys.sealing)).rejects.toThrow()
    await expect(crypto.subtle.exportKey('raw', keys.naming)).rejects.toThrow()
  })
})

test.each(['', 'AAAA', 'no base64!', toBase64(new Uint8Array(31))])(
  '%s is no secret for drafts',
  async (text) => {
    expect(await importDraftKeys(text)).toBeNull()
  },
)
