import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decryptWith, encryptTo, newAgeKeyPair, type AgeKeyPair } from '../../src-shared/node/age.ts'
import { openChunk, sealChunk } from '../../src-shared/node/age-cipher.ts'
import { AgeSealer, openAgeFile } from '../../src-shared/node/age-file.ts'
import { fc } from '../helpers/properties.ts'

const chunk = 64 * 1024
let directory: string
let pair: AgeKeyPair

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'liandang-age-'))
  pair = await newAgeKeyPair()
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

function content(size: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) & 0xff))
}

function sealed(plaintext: Buffer, piece: number): Buffer {
  const sealer = new AgeSealer(pair.recipient)
  const parts: Uint8Array[] = []
  for (let from = 0; from < plaintext.length; from += piece)
    parts.push(...sealer.push(plaintext.subarray(from, from + piece)))
  return Buffer.concat([...parts, ...sealer.end()])
}

async function readFrom(path: string, offset: number, length: number): Promise<Buffer | null | 'closed'> {
  const handle = await open(path, 'r')
  try {
    const file = await openAgeFile(handle, pair.identity)
    return file === null ? 'closed' : await file.read(offset, length)
  } finally {
    await handle.close()
  }
}

const sizes = [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 3 * chunk + 17]

describe('a file that is sealed piece by piece', () => {
  test.each(sizes)('of %i bytes opens with the general reader and with age itself', async (size) => {
    const plaintext = content(size)
    for (const piece of [1000, chunk, chunk + 1, 1024 * 1024]) {
      const file = sealed(plaintext, piece)
      expect(await decryptWith([pair.identity], file)).toEqual(new Uint8Array(plaintext))
    }
    const keys = join(directory, 'keys.txt')
    writeFileSync(keys, `${pair.identity}\n`)
    const opened = spawnSync('age', ['-d', '-i', keys], { input: sealed(plaintext, 5000) })
    // The stock program is asked where this machine has it.
    if (opened.error === undefined) expect(Buffer.compare(opened.stdout, plaintext)).toBe(0)
  })
})

describe('a part of a file', () => {
  test('is what the whole has there, whoever sealed it', async () => {
    const path = join(directory, 'whole')
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sizes),
        fc.nat(4 * chunk),
        fc.nat(3 * chunk),
        fc.boolean(),
        async (size, offset, length, isOurs) => {
          const plaintext = content(size)
          writeFileSync(path, isOurs ? sealed(plaintext, 9999) : await encryptTo([pair.recipient], plaintext))
          expect(await readFrom(path, offset, length)).toEqual(plaintext.subarray(offset, offset + length))
        },
      ),
      { numRuns: 40 },
    )
  })

  test('is refused where a bit of it was turned, and the rest still opens', async () => {
    const path = join(directory, 'turned')
    const plaintext = content(3 * chunk)
    const file = sealed(plaintext, chunk)
    // In the second chunk, by its distance from the end.
    const at = file.length - chunk - 500
    file[at] = (file[at] ?? 0) ^ 1
    writeFileSync(path, file)
    expect(await readFrom(path, chunk + 10, 20)).toBeNull()
    expect(await readFrom(path, 10, 20)).toEqual(plaintext.subarray(10, 30))
  })

  test('of a file cut off at any place is refused, or shorter than it says', async () => {
    const path = join(directory, 'cut')
    const file = sealed(content(2 * chunk + 100), chunk)
    for (const length of [0, 50, 200, file.length - 116, file.length - 100, file.length - 1]) {
      writeFileSync(path, file)
      truncateSync(path, length)
      const handle = await open(path, 'r')
      const opened = await openAgeFile(handle, pair.identity)
      expect(opened === null || opened.size < 2 * chunk + 100, `${length} bytes`).toBe(true)
      if (opened !== null && opened.size > 0)
        expect(await opened.read(opened.size - 1, 1), `${length} bytes`).toBeNull()
      await handle.close()
    }
  })

  test('is not there for another key', async () => {
    const path = join(directory, 'other')
    writeFileSync(path, await encryptTo([(await newAgeKeyPair()).recipient], content(10)))
    expect(await readFrom(path, 0, 10)).toBe('closed')
    expect((await readFile(path)).length).toBeGreaterThan(10)
  })
})

test('the cipher of the runtime and the one in JavaScript make and open the same', () => {
  const key = content(32)
  const nonce = content(12)
  const plaintext = content(1000)
  const native = Buffer.concat(sealChunk(key, nonce, plaintext, true))
  expect(Buffer.concat(sealChunk(key, nonce, plaintext, false))).toEqual(native)
  for (const isNative of [true, false]) {
    expect(openChunk(key, nonce, native, isNative)).toEqual(plaintext)
    const changed = Buffer.from(native)
    changed[5] = (changed[5] ?? 0) ^ 1
    expect(openChunk(key, nonce, changed, isNative)).toBeNull()
  }
})
