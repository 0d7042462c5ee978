import { describe, expect, test } from 'vitest'
import { EvidenceInspector, maximumPixels } from '../../../src-shared/evidence/inspect.ts'
import { concatBytes, utf8 } from '../../../src-shared/kernel/bytes.ts'

/** What is said of a file that passes in pieces of this size after the first. */
function inspect(file: Uint8Array, piece = file.length): string {
  const inspector = new EvidenceInspector()
  const first = Math.max(Math.min(file.length, 4096), 1)
  let from = 0
  while (from < file.length) {
    const to = from === 0 ? first : Math.min(file.length, from + piece)
    const pushed = inspector.push(file.subarray(from, to))
    if (!pushed.ok) return kindOf(pushed.error)
    from = to
  }
  const ended = inspector.end()
  return ended.ok ? ended.value : kindOf(ended.error)
}

function kindOf({ code, detail }: { code: string; detail?: Readonly<Record<string, unknown>> }): string {
  return detail?.['kind'] === undefined ? code : `${code} ${String(detail['kind'])}`
}

function bytes(...parts: readonly (readonly number[] | string | Uint8Array)[]): Uint8Array {
  return concatBytes(...parts.map((part) => (typeof part === 'string' ? utf8(part) : Uint8Array.from(part))))
}

const be16 = (value: number) => [value >> 8, value & 0xff]
const be32 = (value: number) => [...be16(value >>> 16), ...be16(value & 0xffff)]
const le16 = (value: number) => be16(value).toReversed()
const le32 = (value: number) => be32(value).toReversed()
const le24 = (value: number) => le32(value).slice(0, 3)
const pngStart = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

const png = (width: number, height: number) =>
  bytes(pngStart, be32(13), 'IHDR', be32(width), be32(height), [8, 2, 0, 0, 0])
const jpeg = (width: number, height: number, remarks: readonly number[] = []) =>
  bytes(
    [0xff, 0xd8],
    ...remarks.map((length) => bytes([0xff, 0xe1], be16(length), new Uint8Array(length - 2))),
    [0xff, 0xc0],
    be16(17),
    [8],
    be16(height),
    be16(width),
    new Uint8Array(40),
  )
const gif = (width: number, height: number) => bytes('GIF89a', le16(width), le16(height), [0, 0, 0, 0])
const bmp = (width: number, height: number) =>
  bytes('BM', le32(0), le32(0), le32(54), le32(40), le32(width), le32(height), new Uint8Array(30))
const webp = (kind: string, head: readonly number[]) =>
  bytes('RIFF', le32(100), 'WEBP', kind, le32(50), head, new Uint8Array(40))
const extended = (width: number, height: number) =>
  webp('VP8X', [0, 0, 0, 0, ...le24(width - 1), ...le24(height - 1)])
const lossy = (width: number, height: number) =>
  webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, ...le16(width), ...le16(height)])
const lossless = (width: number, height: number) =>
  webp('VP8L', [0x2f, ...le32(((width - 1) | ((height - 1) << 14)) >>> 0)])

describe('the kind of evidence', () => {
  test.each([
    ['a PDF', bytes('%PDF-1.7\n'), 'application/pdf'],
    ['a PNG', png(100, 100), 'image/png'],
    ['a JPEG', jpeg(100, 100), 'image/jpeg'],
    ['a GIF', gif(100, 100), 'image/gif'],
    ['a BMP', bmp(100, 100), 'image/bmp'],
    ['a WebP', extended(100, 100), 'image/webp'],
    ['text', utf8('谈话记录'), 'text/plain'],
    ['a program', bytes('MZ', new Uint8Array(100)), 'vault/evidence-type program'],
    ['a Word file', bytes('PK', [3, 4], new Uint8Array(100)), 'vault/evidence-type zip'],
    ['a TIFF', bytes('II*', new Uint8Array(100)), 'vault/evidence-type tiff'],
    [
      'a photo of a telephone',
      bytes([0, 0, 0, 24], 'ftypheic', new Uint8Array(99)),
      'vault/evidence-type heic',
    ],
    ['a film', bytes([0, 0, 0, 24], 'ftypisom', new Uint8Array(99)), 'vault/evidence-type film'],
    ['noise', Uint8Array.from([1, 2, 3, 4]), 'vault/evidence-type other'],
  ])('%s is told by its bytes', (_name, file, said) => {
    expect(inspect(file)).toBe(said)
  })

  test('an archive behind a picture or a PDF is refused, also with a remark at its end', () => {
    const end = bytes('PK', [5, 6], new Uint8Array(18))
    for (const file of [png(10, 10), jpeg(10, 10), bytes('%PDF-1.7\n%%EOF\n')]) {
      expect(inspect(concatBytes(file, new Uint8Array(70_000), end), 1000)).toBe('vault/evidence-type zip')
    }
    const remarked = bytes('PK', [5, 6], new Uint8Array(16), le16(3), 'abc')
    expect(inspect(concatBytes(png(10, 10), remarked))).toBe('vault/evidence-type zip')
    expect(inspect(concatBytes(png(10, 10), end, utf8('and more')))).toBe('image/png')
  })
})

describe('the pixels of a picture', () => {
  const side = Math.ceil(Math.sqrt(maximumPixels)) + 1
  test.each([
    ['PNG', png],
    ['GIF', gif],
    ['BMP', bmp],
    ['WebP, extended', extended],
    ['WebP, lossy', lossy],
    ['WebP, lossless', lossless],
    ['JPEG', (width: number, height: number) => jpeg(width, height)],
  ])('%s: more than the limit is refused however small the file, as much as it is taken', (_name, make) => {
    expect(inspect(make(10_000, 10_000))).toMatch(/^image\//)
    expect(inspect(make(side, side))).toBe('vault/evidence-pixels')
    expect(inspect(make(16_000, 16_000))).toBe('vault/evidence-pixels')
  })

  test('a JPEG is read to its frame through megabytes of remarks, however it is cut', () => {
    const remarks = Array<number>(40).fill(60_000)
    for (const piece of [9_973, 65_536, 1_048_576]) {
      expect(inspect(jpeg(3000, 2000, remarks), piece)).toBe('image/jpeg')
      expect(inspect(jpeg(20_000, 20_000, remarks), piece)).toBe('vault/evidence-pixels')
    }
  })

  test('its frame is found wherever a piece ends', () => {
    const file = jpeg(20_000, 20_000, [5000, 2, 2, 300])
    for (let piece = 1; piece < 20; piece += 1) expect(inspect(file, piece)).toBe('vault/evidence-pixels')
  })

  test('filling bytes before a marker are passed over', () => {
    const filled = concatBytes(bytes([0xff, 0xd8, 0xff, 0xff, 0xff]), jpeg(20_000, 20_000).subarray(2))
    expect(inspect(filled)).toBe('vault/evidence-pixels')
  })

  const frame = (left: number, top: number, width: number, height: number) =>
    bytes(
      [0x2c],
      ...[left, top, width, height].map(le16),
      [0x81],
      new Uint8Array(12),
      [2, 3, 9, 9, 9, 1, 9, 0],
    )
  const moving = (...frames: readonly Uint8Array[]) =>
    bytes(
      'GIF89a',
      le16(10),
      le16(10),
      [0x81, 0, 0],
      new Uint8Array(12),
      [0x21, 0xff, 2, 9, 9, 0],
      ...frames,
      ';',
    )

  test('each frame of a GIF is measured, wherever a piece ends', () => {
    const wide = moving(frame(0, 0, 10, 10), frame(0, 0, side, side))
    const shifted = moving(frame(0, 0, 10, 10), frame(60_000, 60_000, 10, 10))
    const padded = concatBytes(
      moving(...Array.from({ length: 200 }, () => frame(0, 0, 10, 10))).slice(0, -1),
      wide.subarray(31),
    )
    for (const piece of [1, 2, 3, 7, 4096]) {
      expect(inspect(moving(frame(0, 0, 10, 10), frame(2, 2, 8, 8)), piece)).toBe('image/gif')
      expect(inspect(wide, piece)).toBe('vault/evidence-pixels')
      expect(inspect(shifted, piece)).toBe('vault/evidence-pixels')
      expect(inspect(padded, piece)).toBe('vault/evidence-pixels')
    }
  })

  test('the frames of a GIF are measured together', () => {
    const large = frame(0, 0, 10_000, 10_000)
    const ten = Array.from({ length: 10 }, () => large)
    expect(inspect(moving(...ten))).toBe('image/gif')
    expect(inspect(moving(...ten, frame(0, 0, 1, 1)))).toBe('vault/evidence-pixels')
  })

  test('a GIF with something in it that is no block is damaged, and nothing behind its end is read', () => {
    expect(inspect(moving(bytes([0x99])))).toBe('vault/evidence-damaged')
    expect(inspect(concatBytes(moving(frame(0, 0, 10, 10)), frame(0, 0, side, side)))).toBe('image/gif')
  })

  test('a picture without a size is damaged', () => {
    expect(inspect(png(0, 100))).toBe('vault/evidence-damaged')
    expect(inspect(png(100, 100).subarray(0, 20))).toBe('vault/evidence-damaged')
    expect(inspect(bytes(pngStart, be32(4), 'tEXt', new Uint8Array(20)))).toBe('vault/evidence-damaged')
    expect(inspect(bytes([0xff, 0xd8, 0xff, 0xda], new Uint8Array(20)))).toBe('vault/evidence-damaged')
    expect(inspect(jpeg(10, 10, [500]).subarray(0, 300))).toBe('vault/evidence-damaged')
  })
})
