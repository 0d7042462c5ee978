import { fromUtf8 } from '../../../src-shared/kernel/bytes.ts'

const signatures: readonly {
  readonly mediaType: string
  readonly offset: number
  readonly bytes: readonly number[]
}[] = [
  { mediaType: 'application/pdf', offset: 0, bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { mediaType: 'image/png', offset: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { mediaType: 'image/jpeg', offset: 0, bytes: [0xff, 0xd8, 0xff] },
  { mediaType: 'image/gif', offset: 0, bytes: [0x47, 0x49, 0x46, 0x38] },
  { mediaType: 'image/bmp', offset: 0, bytes: [0x42, 0x4d] },
  { mediaType: 'image/webp', offset: 8, bytes: [0x57, 0x45, 0x42, 0x50] },
]

/**
 * The kind of a piece of evidence from its content, never from its name: images, PDF and plain text, or null for
 * anything else (programs, archives, office files with macros).
 */
export function sniffMediaType(start: Uint8Array): string | null {
  for (const { mediaType, offset, bytes } of signatures) {
    if (bytes.every((byte, index) => start[offset + index] === byte)) return mediaType
  }
  return looksLikeText(start) ? 'text/plain' : null
}

function looksLikeText(start: Uint8Array): boolean {
  if (start.some((byte) => byte < 0x09 || (byte > 0x0d && byte < 0x20))) return false
  // The last character may be cut in the middle: at most three bytes of it are missing.
  for (let cut = 0; cut < 4 && cut <= start.length; cut++) {
    if (fromUtf8(start.subarray(0, start.length - cut)) !== null) return true
  }
  return false
}
