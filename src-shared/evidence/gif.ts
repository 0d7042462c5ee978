import { concatBytes } from '../kernel/bytes.ts'
import { le16 } from './pixels.ts'

/** What a GIF unfolds to so far: how far its widest and highest frames reach, and the pixels of all frames together. */
export interface GifExtent {
  readonly width: number
  readonly height: number
  readonly pixels: number
}

/** GIF 89a §18 (with the signature), §20 and §23 to §27. */
const screenBytes = 13
const frameBytes = 10
const [frame, extension, trailer] = [0x2c, 0x21, 0x3b]

/**
 * Walks the blocks of a GIF to its trailer: a frame may say another size than the screen, and there may be any number of
 * them. Fed with the file from its beginning; holds a few bytes only.
 */
export class GifWalk {
  #held: Uint8Array = new Uint8Array(0)
  /** Bytes still to be passed over. */
  #skip = 0
  #part: 'screen' | 'block' | 'data' | 'done' = 'screen'
  #extent: GifExtent = { width: 0, height: 0, pixels: 0 }

  /** What is known of it so far; whatever a cut-off file says no more is drawn by nobody. */
  push(piece: Uint8Array): GifExtent | 'damaged' {
    const bytes = this.#held.length === 0 ? piece : concatBytes(this.#held, piece)
    this.#held = new Uint8Array(0)
    let from = 0
    while (this.#part !== 'done') {
      const passed = Math.min(this.#skip, bytes.length - from)
      from += passed
      this.#skip -= passed
      if (this.#skip > 0) break
      const taken = this.#take(bytes, from)
      if (taken === 'damaged') return taken
      if (taken === 0) {
        this.#held = bytes.slice(from)
        break
      }
      from += taken
    }
    return this.#extent
  }

  /** Reads one thing; how many bytes it took, 0 where more are needed. */
  #take(bytes: Uint8Array, at: number): number | 'damaged' {
    const left = bytes.length - at
    if (this.#part === 'screen') {
      if (left < screenBytes) return 0
      this.#reach(le16(bytes, at + 6), le16(bytes, at + 8), 0)
      this.#skip = tableBytes(bytes[at + 10] ?? 0)
      this.#part = 'block'
      return screenBytes
    }
    if (left === 0) return 0
    const first = bytes[at] ?? 0
    if (this.#part === 'data') {
      // Blocks of data say their length, and one of length 0 ends them.
      this.#skip = first
      if (first === 0) this.#part = 'block'
      return 1
    }
    switch (first) {
      case 0:
        return 1
      case trailer:
        this.#part = 'done'
        return 1
      case extension:
        if (left < 2) return 0
        this.#part = 'data'
        return 2
      case frame: {
        if (left < frameBytes) return 0
        const [width, height] = [le16(bytes, at + 5), le16(bytes, at + 7)]
        this.#reach(le16(bytes, at + 1) + width, le16(bytes, at + 3) + height, width * height)
        // A table of colours of its own, and one byte before the data.
        this.#skip = tableBytes(bytes[at + 9] ?? 0) + 1
        this.#part = 'data'
        return frameBytes
      }
      default:
        return 'damaged'
    }
  }

  #reach(width: number, height: number, pixels: number): void {
    const { width: widest, height: highest, pixels: sum } = this.#extent
    this.#extent = {
      width: Math.max(width, widest),
      height: Math.max(height, highest),
      pixels: sum + pixels,
    }
  }
}

/** Bytes of a table of colours, of what its flags say. */
function tableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}
