import { createPublicKey, diffieHellman, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { bech32 } from '@scure/base'
import { openChunk, sealChunk, tagBytes } from './age-cipher.ts'
import {
  chunkBytes,
  chunkNonce,
  deriveKey,
  headerMac,
  maximumHeaderBytes,
  nonceBytes,
  openHeader,
  publicPrefix,
  readAgeHeader,
  smallOpener,
  versionLine,
  wrapInfo,
} from './age-small.ts'

/*
 * Large age files (C2SP age v1) for one X25519 recipient: sealed piece by piece with the runtime's own cipher, and read
 * from any place, for the chunks of the payload are sealed one by one.
 */

const sealedChunkBytes = chunkBytes + tagBytes

/** Seals one file. Holds one chunk of 64 KiB, whatever the size of the file. */
export class AgeSealer {
  readonly #key: Buffer
  readonly #rest = Buffer.alloc(chunkBytes)
  #held = 0
  #chunks = 0
  #head: Buffer | null

  /** @param recipient `age1…` */
  constructor(recipient: string) {
    const fileKey = randomBytes(16)
    const signed = Buffer.from(`${versionLine}\n${stanzaFor(recipient, fileKey)}---`, 'latin1')
    const nonce = randomBytes(nonceBytes)
    this.#key = deriveKey(fileKey, nonce, 'payload')
    this.#head = Buffer.concat([signed, Buffer.from(` ${headerMac(fileKey, signed)}\n`, 'latin1'), nonce])
  }

  /** What of the file can be written now. */
  push(plaintext: Uint8Array): readonly Uint8Array[] {
    const out = this.#opening()
    let from = 0
    while (from < plaintext.length) {
      // A full chunk is held until more comes: the last one is sealed otherwise.
      if (this.#held === chunkBytes) out.push(...this.#seal(this.#rest, false))
      const isWhole = this.#held === 0 && plaintext.length - from > chunkBytes
      if (isWhole) {
        out.push(...this.#seal(plaintext.subarray(from, from + chunkBytes), false))
        from += chunkBytes
        continue
      }
      const part = plaintext.subarray(from, from + chunkBytes - this.#held)
      this.#rest.set(part, this.#held)
      this.#held += part.length
      from += part.length
    }
    return out
  }

  /** The end of the file. */
  end(): readonly Uint8Array[] {
    const out = this.#opening()
    out.push(...this.#seal(this.#rest.subarray(0, this.#held), true))
    return out
  }

  #opening(): Uint8Array[] {
    const head = this.#head
    this.#head = null
    return head === null ? [] : [head]
  }

  #seal(chunk: Uint8Array, isLast: boolean): readonly Uint8Array[] {
    const sealed = sealChunk(this.#key, chunkNonce(this.#chunks, isLast), chunk)
    this.#chunks += 1
    this.#held = 0
    return sealed
  }
}

function stanzaFor(recipient: string, fileKey: Buffer): string {
  const { prefix, bytes } = bech32.decodeToBytes(recipient)
  if (prefix !== 'age' || bytes.length !== 32) throw new RangeError('not an X25519 recipient')
  const ephemeral = generateKeyPairSync('x25519')
  const share = ephemeral.publicKey.export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length)
  const publicKey = createPublicKey({
    key: Buffer.concat([publicPrefix, bytes]),
    format: 'der',
    type: 'spki',
  })
  const shared = diffieHellman({ privateKey: ephemeral.privateKey, publicKey })
  const wrap = deriveKey(shared, Buffer.concat([share, bytes]), wrapInfo)
  const text = (value: Buffer) => value.toString('base64').replace(/=+$/, '')
  return `-> X25519 ${text(share)}\n${text(Buffer.concat(sealChunk(wrap, Buffer.alloc(12), fileKey)))}\n`
}

/** An age file that is read in any order. */
export interface AgeFile {
  /** Of the plaintext, by the length of the file. */
  readonly size: number
  /** At most `length` bytes from `offset` on. Null where the file is damaged. */
  read(offset: number, length: number): Promise<Buffer | null>
}

/** Opens an age file for the identity `AGE-SECRET-KEY-1…`; null when it does not fit, or the file is not whole. */
export async function openAgeFile(file: FileHandle, identity: string): Promise<AgeFile | null> {
  const opener = smallOpener(identity)
  const start = await readAt(file, 0, maximumHeaderBytes)
  const header = readAgeHeader(start)
  if (opener === null || header === null) return null
  const fileKey = openHeader([opener], header)
  const payloadAt = header.end + nonceBytes
  const sealed = (await file.stat()).size - payloadAt
  if (fileKey === null || sealed < tagBytes) return null
  const key = deriveKey(fileKey, start.subarray(header.end, payloadAt), 'payload')
  const chunks = Math.ceil(sealed / sealedChunkBytes)
  // A chunk of a tag alone ends an empty file only.
  if (sealed - (chunks - 1) * sealedChunkBytes <= tagBytes && chunks > 1) return null
  const size = sealed - chunks * tagBytes

  async function read(offset: number, length: number): Promise<Buffer | null> {
    const end = Math.min(size, offset + length)
    if (offset >= end) return Buffer.alloc(0)
    const first = Math.floor(offset / chunkBytes)
    const last = Math.floor((end - 1) / chunkBytes)
    const from = payloadAt + first * sealedChunkBytes
    const bytes = await readAt(file, from, (last - first + 1) * sealedChunkBytes)
    const parts: Buffer[] = []
    for (let index = first; index <= last; index += 1) {
      const at = (index - first) * sealedChunkBytes
      const part = bytes.subarray(at, at + sealedChunkBytes)
      const opened =
        part.length < tagBytes ? null : openChunk(key, chunkNonce(index, index === chunks - 1), part)
      if (opened === null) return null
      parts.push(opened)
    }
    const skipped = offset - first * chunkBytes
    return Buffer.concat(parts).subarray(skipped, skipped + end - offset)
  }

  return { size, read }
}

/** Up to `length` bytes: fewer where the file ends. */
async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  let done = 0
  while (done < length) {
    const { bytesRead } = await file.read(buffer, done, length - done, position + done)
    if (bytesRead === 0) break
    done += bytesRead
  }
  return buffer.subarray(0, done)
}
