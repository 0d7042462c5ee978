import { bech32 } from '@scure/base'
import {
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto'

/*
 * The age format (C2SP age v1) for one shape only: X25519 recipients and a payload of one chunk. Tens of thousands of
 * short files are opened with it, several times as fast as with the general reader, which opens all else.
 */

// RFC 8410: the fixed DER prefixes before the 32 raw bytes of an X25519 key.
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex')

const versionLine = 'age-encryption.org/v1'
const chunkBytes = 64 * 1024
const tagBytes = 16
const nonceBytes = 16
const maximumHeaderBytes = 4096

/** An age X25519 identity made ready for many files. */
export interface SmallOpener {
  readonly key: KeyObject
  readonly publicKey: Buffer
}

/** Null when the text is no age X25519 identity. */
export function smallOpener(identity: string): SmallOpener | null {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(identity)
    if (prefix.toLowerCase() !== 'age-secret-key-' || bytes.length !== 32) return null
    const der = Buffer.concat([privatePrefix, bytes])
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    const publicKey = createPublicKey(key)
      .export({ format: 'der', type: 'spki' })
      .subarray(publicPrefix.length)
    return { key, publicKey }
  } catch {
    return null
  }
}

/**
 * The plaintext of a short age file, or null: no opener fits, the bytes are damaged, or the file is not of this shape.
 */
export function openSmall(openers: readonly SmallOpener[], file: Uint8Array): Uint8Array | null {
  try {
    const parts = readParts(Buffer.from(file.buffer, file.byteOffset, file.byteLength))
    if (parts === null) return null
    for (const opener of openers) {
      for (const stanza of parts.stanzas) {
        const fileKey = unwrap(opener, stanza)
        if (fileKey !== null) return openWith(fileKey, parts)
      }
    }
    return null
  } catch {
    return null
  }
}

interface Stanza {
  readonly share: Buffer
  readonly wrapped: Buffer
}

interface Parts {
  readonly stanzas: readonly Stanza[]
  /** What the MAC is over. */
  readonly signed: Buffer
  /** As it is written, in base64 without padding. */
  readonly mac: Buffer
  readonly nonce: Buffer
  readonly chunk: Buffer
}

function readParts(file: Buffer): Parts | null {
  const macAt = file.subarray(0, maximumHeaderBytes).indexOf('\n--- ')
  if (macAt < 0) return null
  const end = file.indexOf('\n', macAt + 1)
  if (end < 0) return null
  const lines = file.subarray(0, macAt).toString('latin1').split('\n')
  if (lines[0] !== versionLine) return null
  const stanzas: Stanza[] = []
  for (let index = 1; index < lines.length; index += 2) {
    const found = /^-> X25519 ([A-Za-z0-9+/]{43})$/.exec(lines[index] ?? '')
    const body = lines[index + 1] ?? ''
    if (found === null || !/^[A-Za-z0-9+/]{43}$/.test(body)) return null
    stanzas.push({ share: Buffer.from(found[1] as string, 'base64'), wrapped: Buffer.from(body, 'base64') })
  }
  const payload = file.subarray(end + 1)
  const chunk = payload.subarray(nonceBytes)
  if (chunk.length < tagBytes || chunk.length > chunkBytes + tagBytes) return null
  return {
    stanzas,
    signed: file.subarray(0, macAt + 4),
    mac: file.subarray(macAt + 5, end),
    nonce: payload.subarray(0, nonceBytes),
    chunk,
  }
}

function unwrap({ key, publicKey }: SmallOpener, { share, wrapped }: Stanza): Buffer | null {
  const der = Buffer.concat([publicPrefix, share])
  const shared = diffieHellman({
    privateKey: key,
    publicKey: createPublicKey({ key: der, format: 'der', type: 'spki' }),
  })
  const salt = Buffer.concat([share, publicKey])
  const wrap = derive(shared, salt, 'age-encryption.org/v1/X25519')
  const fileKey = decipher(wrap, Buffer.alloc(12), wrapped)
  return fileKey?.length === 16 ? fileKey : null
}

function openWith(fileKey: Buffer, { signed, mac, nonce, chunk }: Parts): Buffer | null {
  const digest = createHmac('sha256', derive(fileKey, Buffer.alloc(0), 'header'))
    .update(signed)
    .digest('base64')
  // Compared as it is written: the last character of base64 has bits that decoding drops.
  const expected = Buffer.from(digest.replace(/=$/, ''), 'latin1')
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) return null
  const counter = Buffer.alloc(12)
  // The first chunk, which is the last.
  counter[11] = 1
  return decipher(derive(fileKey, nonce, 'payload'), counter, chunk)
}

function derive(secret: Buffer, salt: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, info, 32))
}

function decipher(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer | null {
  const opened = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagBytes })
  opened.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  const plaintext = opened.update(sealed.subarray(0, sealed.length - tagBytes))
  try {
    opened.final()
    return plaintext
  } catch {
    return null
  }
}
