import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { createCipheriv, createDecipheriv, getCiphers } from 'node:crypto'

const name = 'chacha20-poly1305'
export const tagBytes = 16

/**
 * Whether this runtime's own cipher is there. The one of Electron (BoringSSL) offers ChaCha20-Poly1305 to TLS alone;
 * there the work is done in JavaScript, several times as slowly.
 */
const isNative = getCiphers().includes(name)

/** ChaCha20-Poly1305 (RFC 8439) with its tag behind, in parts as they come: large files are not copied once more. */
export function sealChunk(
  key: Uint8Array,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  native: boolean = isNative,
): readonly Uint8Array[] {
  if (!native) return [chacha20poly1305(key, nonce).encrypt(plaintext)]
  const cipher = createCipheriv(name, key, nonce, { authTagLength: tagBytes })
  const body = cipher.update(plaintext)
  cipher.final()
  return [body, cipher.getAuthTag()]
}

/** Null when it was changed, or is under another key or nonce. */
export function openChunk(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  native: boolean = isNative,
): Buffer | null {
  try {
    if (!native) return Buffer.from(chacha20poly1305(key, nonce).decrypt(sealed))
    const opened = createDecipheriv(name, key, nonce, { authTagLength: tagBytes })
    opened.setAuthTag(sealed.subarray(sealed.length - tagBytes))
    const plaintext = opened.update(sealed.subarray(0, sealed.length - tagBytes))
    opened.final()
    return plaintext
  } catch {
    return null
  }
}
