import { concatBytes } from '../kernel/bytes.ts'

/** Width and height in pixels as the head of a picture says; `more` when its head goes on after these bytes. */
export type Pixels = { readonly width: number; readonly height: number } | 'more' | 'damaged'

function be16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}

/** Two bytes, the smaller first. */
export function le16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
}

function le24(bytes: Uint8Array, at: number): number {
  return le16(bytes, at) | ((bytes[at + 2] ?? 0) << 16)
}

function be32(bytes: Uint8Array, at: number): number {
  return be16(bytes, at) * 0x1_0000 + be16(bytes, at + 2)
}

function text(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

/** PNG (third edition) §11.2.1: IHDR is the first chunk. */
export function pngPixels(head: Uint8Array): Pixels {
  if (head.length < 24) return 'more'
  if (text(head, 12, 4) !== 'IHDR') return 'damaged'
  return { width: be32(head, 16), height: be32(head, 20) }
}

/** BITMAPINFOHEADER and its successors; a negative height is a picture stored from the top. */
export function bmpPixels(head: Uint8Array): Pixels {
  if (head.length < 26) return 'more'
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const size = view.getUint32(14, true)
  if (size === 12) return { width: le16(head, 18), height: le16(head, 20) }
  if (size < 40) return 'damaged'
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) }
}

/** RFC 9649: a lossy, lossless or extended file by its first chunk. */
export function webpPixels(head: Uint8Array): Pixels {
  if (head.length < 30) return 'more'
  switch (text(head, 12, 4)) {
    case 'VP8X':
      return { width: le24(head, 24) + 1, height: le24(head, 27) + 1 }
    case 'VP8 ':
      return { width: le16(head, 26) & 0x3fff, height: le16(head, 28) & 0x3fff }
    case 'VP8L': {
      const bits = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    default:
      return 'damaged'
  }
}

/** Of a segment up to the width in a frame header. */
const longestHead = 9

/** Frame headers of ITU-T T.81 table B.1; C4, C8 and CC are other things. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

/**
 * Walks the segments of a JPEG up to the frame header, however many megabytes of remarks stand before it. Fed with the
 * file from its beginning; holds a few bytes only.
 */
export class JpegWalk {
  #held: Uint8Array = new Uint8Array(0)
  /** Bytes still to be passed over. */
  #skip = 2

  push(piece: Uint8Array): Pixels {
    const bytes = this.#held.length === 0 ? piece : concatBytes(this.#held, piece)
    this.#held = new Uint8Array(0)
    let from = 0
    for (;;) {
      const passed = Math.min(this.#skip, bytes.length - from)
      from += passed
      this.#skip -= passed
      if (this.#skip > 0) return 'more'
      if (bytes.length - from < longestHead) {
        this.#held = bytes.slice(from)
        return 'more'
      }
      if (bytes[from] !== 0xff) return 'damaged'
      const marker = bytes[from + 1] ?? 0
      if (isFrame(marker)) return { height: be16(bytes, from + 5), width: be16(bytes, from + 7) }
      const length = be16(bytes, from + 2)
      // A filling byte before a marker is passed over alone.
      if (marker === 0xff) this.#skip = 1
      // Entropy-coded data before any frame, or a segment too short to be one.
      else if (marker === 0xda || length < 2) return 'damaged'
      else this.#skip = length + 2
    }
  }
}
