const encoder = new TextEncoder()
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** Decodes strict UTF-8. Returns null for malformed bytes instead of replacing them. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return strictDecoder.decode(bytes)
  } catch {
    return null
  }
}

/** The encoder of Node, where there is one: many times as fast as what a page has to make do with. */
interface HostBuffer {
  from(source: string, encoding: 'base64' | 'hex'): Uint8Array
  from(
    buffer: ArrayBufferLike,
    offset: number,
    length: number,
  ): { toString(encoding: 'base64' | 'hex'): string }
}
const hostBuffer = (globalThis as { readonly Buffer?: HostBuffer }).Buffer

const hexDigits = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))

/** Lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  if (hostBuffer !== undefined) {
    return hostBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
  }
  let text = ''
  for (const byte of bytes) text += hexDigits[byte]
  return text
}

/** Reads lower-case hexadecimal of even length; null for anything else. */
export function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null
  if (hostBuffer !== undefined) return new Uint8Array(hostBuffer.from(text, 'hex'))
  const bytes = new Uint8Array(text.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

/** Standard base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  if (hostBuffer !== undefined) {
    return hostBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  }
  let binary = ''
  const step = 0x8000
  for (let i = 0; i < bytes.length; i += step) {
    binary += String.fromCharCode(...bytes.subarray(i, i + step))
  }
  return btoa(binary)
}

/** Reads canonical standard base64; null when a re-encoding would differ (so that one value has one text). */
export function fromBase64(text: string): Uint8Array | null {
  if (hostBuffer !== undefined) {
    const bytes = new Uint8Array(hostBuffer.from(text, 'base64'))
    return toBase64(bytes) === text ? bytes : null
  }
  let binary: string
  try {
    binary = atob(text)
  } catch {
    return null
  }
  if (btoa(binary) !== text) return null
  const bytes = new Uint8Array(binary.length)
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const whole = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Compares public values; not constant time, so never for secrets. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
