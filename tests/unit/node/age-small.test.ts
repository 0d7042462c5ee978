import { beforeAll, describe, expect, test } from 'vitest'
import { encryptTo, newAgeKeyPair, type AgeKeyPair } from '../../../src-shared/node/age.ts'
import { openSmall, smallOpener, type SmallOpener } from '../../../src-shared/node/age-small.ts'

const plaintext = new TextEncoder().encode('一条访问记录'.repeat(50))
let own: AgeKeyPair
let other: AgeKeyPair
let opener: SmallOpener
let stranger: SmallOpener

beforeAll(async () => {
  own = await newAgeKeyPair()
  other = await newAgeKeyPair()
  opener = smallOpener(own.identity)!
  stranger = smallOpener(other.identity)!
})

describe('a short age file', () => {
  test('opens to what the general writer sealed, at every length of a chunk', async () => {
    for (const length of [0, 1, 300, 65_536]) {
      const bytes = new Uint8Array(length).fill(7)
      const opened = openSmall([opener], await encryptTo([own.recipient], bytes))
      expect(opened === null ? null : [...new Uint8Array(opened)].length).toBe(length)
      expect(Buffer.compare(opened ?? Buffer.from('x'), bytes)).toBe(0)
    }
  })

  test('opens for each of its recipients and with any of several identities', async () => {
    const file = await encryptTo([own.recipient, other.recipient], plaintext)
    expect(Buffer.from(openSmall([stranger], file)!)).toEqual(Buffer.from(plaintext))
    const alone = await encryptTo([own.recipient], plaintext)
    expect(Buffer.from(openSmall([stranger, opener], alone)!)).toEqual(Buffer.from(plaintext))
  })

  test('does not open for a stranger', async () => {
    expect(openSmall([stranger], await encryptTo([own.recipient], plaintext))).toBeNull()
  })

  test('does not open with any bit of it changed', async () => {
    const file = await encryptTo([own.recipient], new Uint8Array(40))
    const opened: number[] = []
    for (let index = 0; index < file.length; index++) {
      const changed = Uint8Array.from(file)
      changed[index] = (changed[index] as number) ^ 1
      if (openSmall([opener], changed) !== null) opened.push(index)
    }
    expect(opened).toEqual([])
  })

  test('does not open with another spelling of the same check in its header', async () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
    const file = Buffer.from(await encryptTo([own.recipient], plaintext))
    const last = file.indexOf('\n', file.indexOf('\n--- ') + 1) - 1
    const value = letters.indexOf(String.fromCharCode(file[last] as number))
    expect(value % 4).toBe(0)
    for (const dropped of [1, 2, 3]) {
      const changed = Uint8Array.from(file)
      changed[last] = letters.charCodeAt(value + dropped)
      expect(openSmall([opener], changed)).toBeNull()
    }
  })

  test('does not open when it is cut or longer than a chunk', async () => {
    const file = await encryptTo([own.recipient], plaintext)
    for (const end of [0, 10, 100, 200, file.length - 1])
      expect(openSmall([opener], file.subarray(0, end))).toBeNull()
    expect(openSmall([opener], await encryptTo([own.recipient], new Uint8Array(65_537)))).toBeNull()
  })
})

test('a text that is no X25519 identity makes no opener', () => {
  expect(smallOpener('AGE-SECRET-KEY-1QQQQ')).toBeNull()
  expect(smallOpener(own.recipient)).toBeNull()
  expect(smallOpener('')).toBeNull()
})
