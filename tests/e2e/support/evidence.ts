import { crc32, deflateSync } from 'node:zlib'

/** A file as it is handed to the page. */
export interface EvidenceFile {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}

export const scanWidth = 320
const scanHeight = 200

/** A made-up scan: grey lines on white paper, as PNG (ISO/IEC 15948, greyscale, 8 bits). */
export function scan(name: string): EvidenceFile {
  const rows = Array.from({ length: scanHeight }, (_, y) => {
    const row = Buffer.alloc(scanWidth + 1, y % 20 < 3 ? 0x60 : 0xff)
    // The filter of the row: none.
    row[0] = 0
    return row
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(scanWidth, 0)
  header.writeUInt32BE(scanHeight, 4)
  header[8] = 8
  const buffer = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return { name, mimeType: 'image/png', buffer }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
