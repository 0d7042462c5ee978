import { fromUtf8 } from '../kernel/bytes.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { GifWalk, type GifExtent } from './gif.ts'
import { bmpPixels, JpegWalk, pngPixels, webpPixels, type Pixels } from './pixels.ts'

/** Bytes of one piece of evidence at most: 2 GiB. */
export const maximumEvidenceBytes = 2 * 1024 ** 3
/** Pixels of a picture at most. Whatever its file is, in memory it takes four bytes for each. */
export const maximumPixels = 100_000_000
/** Pixels of all frames of a moving picture together at most: whoever shows it unfolds one after the other. */
export const maximumFramePixels = 10 * maximumPixels
/** As much of a file has to be in the first piece, or all of it. */
export const inspectedBytes = 4096

export const evidenceTypes = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/bmp',
  'image/webp',
  'text/plain',
] as const
export type EvidenceType = (typeof evidenceTypes)[number]

interface Signature<Kind> {
  readonly kind: Kind
  readonly offset: number
  readonly bytes: readonly number[] | string
}

const signatures: readonly Signature<EvidenceType>[] = [
  { kind: 'application/pdf', offset: 0, bytes: '%PDF-' },
  { kind: 'image/png', offset: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { kind: 'image/jpeg', offset: 0, bytes: [0xff, 0xd8, 0xff] },
  { kind: 'image/gif', offset: 0, bytes: 'GIF87a' },
  { kind: 'image/gif', offset: 0, bytes: 'GIF89a' },
  { kind: 'image/webp', offset: 8, bytes: 'WEBP' },
  { kind: 'image/bmp', offset: 0, bytes: 'BM' },
]

/** What is refused, where it can be told, so that the refusal can say what to do. */
const refusedKinds: readonly Signature<string>[] = [
  { kind: 'zip', offset: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
  { kind: 'zip', offset: 0, bytes: 'Rar!' },
  { kind: 'zip', offset: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { kind: 'office', offset: 0, bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { kind: 'program', offset: 0, bytes: 'MZ' },
  { kind: 'program', offset: 0, bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { kind: 'tiff', offset: 0, bytes: [0x49, 0x49, 0x2a, 0x00] },
  { kind: 'tiff', offset: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  { kind: 'heic', offset: 4, bytes: 'ftyphe' },
  { kind: 'heic', offset: 4, bytes: 'ftypmif1' },
  { kind: 'film', offset: 4, bytes: 'ftyp' },
]

function kindOf<Kind>(known: readonly Signature<Kind>[], start: Uint8Array): Kind | null {
  for (const { kind, offset, bytes } of known) {
    const codes = typeof bytes === 'string' ? [...bytes].map((letter) => letter.charCodeAt(0)) : bytes
    if (codes.every((code, index) => start[offset + index] === code)) return kind
  }
  return null
}

/**
 * The kind of a piece of evidence from its content, never from its name: pictures, PDF and plain text, or null for
 * anything else (programs, archives, office files with macros).
 */
export function sniffMediaType(start: Uint8Array): EvidenceType | null {
  return kindOf(signatures, start) ?? (looksLikeText(start) ? 'text/plain' : null)
}

function looksLikeText(start: Uint8Array): boolean {
  if (start.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20))) return false
  // The last character may be cut in the middle: at most three bytes of it are missing.
  for (let cut = 0; cut < 4 && cut <= start.length; cut++) {
    if (fromUtf8(start.subarray(0, start.length - cut)) !== null) return true
  }
  return false
}

/** The end of a ZIP file (APPNOTE 4.3.16) is at most this long. */
const zipEndBytes = 22 + 0xffff

/**
 * Looks at a file as it passes: what it is, how many pixels it unfolds to, and whether it is a second thing as well.
 * Holds the first bytes and the last 64 KiB.
 */
export class EvidenceInspector {
  #mediaType: EvidenceType | null = null
  #head: Uint8Array = new Uint8Array(0)
  #tail: Uint8Array = new Uint8Array(0)
  #walk: JpegWalk | null = null
  #frames: GifWalk | null = null
  #needsPixels = false

  /** Known after the first piece. */
  get mediaType(): EvidenceType | null {
    return this.#mediaType
  }

  /**
   * The next bytes; the first of them hold the whole file or {@link inspectedBytes}. Errors: `vault/evidence-type`,
   * `vault/evidence-pixels`, `vault/evidence-damaged`.
   */
  push(bytes: Uint8Array): Result<true> {
    this.#keepTail(bytes)
    if (this.#mediaType === null) {
      const start = bytes.subarray(0, inspectedBytes)
      this.#mediaType = sniffMediaType(start)
      if (this.#mediaType === null)
        return err('vault/evidence-type', { kind: kindOf(refusedKinds, start) ?? 'other' })
      this.#needsPixels = this.#mediaType.startsWith('image/')
      if (this.#mediaType === 'image/gif') this.#frames = new GifWalk()
      if (this.#mediaType === 'image/jpeg') this.#walk = new JpegWalk()
      else this.#head = start.slice()
    }
    if (this.#frames !== null) return this.#measureFrames(this.#frames.push(bytes))
    if (!this.#needsPixels) return ok(true)
    const pixels = this.#walk === null ? pixelsOf(this.#mediaType, this.#head) : this.#walk.push(bytes)
    if (pixels === 'damaged') return err('vault/evidence-damaged')
    if (pixels === 'more') return ok(true)
    this.#needsPixels = false
    return measured(pixels.width, pixels.height)
  }

  /** Every frame of it, to the last: the first says nothing of the others. */
  #measureFrames(extent: GifExtent | 'damaged'): Result<true> {
    if (extent === 'damaged') return err('vault/evidence-damaged')
    const { width, height, pixels } = extent
    this.#needsPixels = false
    if (pixels > maximumFramePixels)
      return err('vault/evidence-pixels', { pixels, limit: maximumFramePixels })
    return measured(width, height)
  }

  /** All of it has passed. Errors: `vault/evidence-type` (an archive hangs at its end), `vault/evidence-damaged`. */
  end(): Result<EvidenceType> {
    if (this.#mediaType === null || this.#needsPixels) return err('vault/evidence-damaged')
    return endsAsZip(this.#tail) ? err('vault/evidence-type', { kind: 'zip' }) : ok(this.#mediaType)
  }

  #keepTail(bytes: Uint8Array): void {
    if (bytes.length >= zipEndBytes) this.#tail = bytes.slice(bytes.length - zipEndBytes)
    else {
      const kept = this.#tail.subarray(Math.max(0, this.#tail.length + bytes.length - zipEndBytes))
      const tail = new Uint8Array(kept.length + bytes.length)
      tail.set(kept)
      tail.set(bytes, kept.length)
      this.#tail = tail
    }
  }
}

function measured(width: number, height: number): Result<true> {
  if (width === 0 || height === 0) return err('vault/evidence-damaged')
  return width * height > maximumPixels
    ? err('vault/evidence-pixels', { width, height, limit: maximumPixels })
    : ok(true)
}

function pixelsOf(type: EvidenceType, head: Uint8Array): Pixels {
  const pixels =
    type === 'image/png' ? pngPixels(head) : type === 'image/webp' ? webpPixels(head) : bmpPixels(head)
  // The head of every one of these stands in the first bytes, or the file ends in it.
  return pixels === 'more' ? 'damaged' : pixels
}

/** Whether a record of the end of a ZIP file reaches exactly to the end: the file is an archive for who takes it for one. */
function endsAsZip(tail: Uint8Array): boolean {
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    const isRecord =
      tail[at] === 0x50 && tail[at + 1] === 0x4b && tail[at + 2] === 0x05 && tail[at + 3] === 0x06
    if (!isRecord) continue
    const comment = (tail[at + 20] ?? 0) | ((tail[at + 21] ?? 0) << 8)
    if (at + 22 + comment === tail.length) return true
  }
  return false
}
