import { base32nopad } from '@scure/base'
import { concatBytes, fromHex, toHex } from '../kernel/bytes.ts'
import type { Digest, Id } from '../kernel/ids.ts'
import { err, ok, type Result } from '../kernel/result.ts'

/** A sheet that was printed with the values of a revision. */
export interface FilledSheet {
  readonly kind: 'filled'
  readonly unit: Id
  readonly record: Id
  readonly revision: Digest
}

/** A sheet that was printed blank, to be filled in by hand. */
export interface BlankSheet {
  readonly kind: 'blank'
  readonly unit: Id
  /** Random: the same sheet is known again. */
  readonly sheet: Id
  /** Null for anybody. */
  readonly cadre: Id | null
  readonly category: string
  readonly catalogueVersion: number
}

export type SheetCode = FilledSheet | BlankSheet

/** The longest text that is read as a code of a sheet. */
export const longestSheetCode = 160

const filledMark = 'LDP1F'
const blankMark = 'LDP1B'
const nobody = new Uint8Array(16)
const categoryPattern = /^[A-E]\d{1,2}$/
const filledBytes = 16 + 16 + 32
const blankBytes = 16 + 16 + 16 + 4

/**
 * What the QR code of a sheet says: ids and digests, nothing about anybody. Capital letters and digits alone, which a QR
 * code keeps in 5.5 bits each (ISO/IEC 18004, alphanumeric mode): a small code of large squares survives a poor scan.
 */
export function writeSheetCode(code: SheetCode): string {
  const bytes = (hex: string) => fromHex(hex) as Uint8Array
  if (code.kind === 'filled')
    return (
      filledMark + base32nopad.encode(concatBytes(bytes(code.unit), bytes(code.record), bytes(code.revision)))
    )
  const version = new Uint8Array(4)
  new DataView(version.buffer).setUint32(0, code.catalogueVersion)
  const cadre = code.cadre === null ? nobody : bytes(code.cadre)
  const said = base32nopad.encode(concatBytes(bytes(code.unit), cadre, bytes(code.sheet), version))
  return `${blankMark}${said}.${code.category}`
}

/**
 * Reads what stood in a QR code. It comes off a piece of paper that anybody may have printed: it names where the sheet
 * says it belongs, and proves nothing.
 *
 * Errors: `paper/other-code` for whatever is no code of such a sheet, or of a newer kind.
 */
export function readSheetCode(text: string): Result<SheetCode> {
  if (text.length > longestSheetCode) return err('paper/other-code')
  if (text.startsWith(filledMark)) {
    const bytes = decoded(text.slice(filledMark.length), filledBytes)
    if (bytes === null) return err('paper/other-code')
    const [unit, record, revision] = [bytes.subarray(0, 16), bytes.subarray(16, 32), bytes.subarray(32)]
    return ok({ kind: 'filled', unit: toHex(unit), record: toHex(record), revision: toHex(revision) })
  }
  if (!text.startsWith(blankMark)) return err('paper/other-code')
  const [said = '', category = '', ...rest] = text.slice(blankMark.length).split('.')
  const bytes = decoded(said, blankBytes)
  if (bytes === null || rest.length > 0 || !categoryPattern.test(category)) return err('paper/other-code')
  const cadre = bytes.subarray(16, 32)
  const catalogueVersion = new DataView(bytes.buffer, bytes.byteOffset + 48).getUint32(0)
  if (catalogueVersion === 0) return err('paper/other-code')
  return ok({
    kind: 'blank',
    unit: toHex(bytes.subarray(0, 16)),
    sheet: toHex(bytes.subarray(32, 48)),
    cadre: cadre.every((byte) => byte === 0) ? null : toHex(cadre),
    category,
    catalogueVersion,
  })
}

function decoded(text: string, length: number): Uint8Array | null {
  try {
    const bytes = base32nopad.decode(text)
    // One text for each code: what decodes to the same bytes otherwise is none.
    return bytes.length === length && base32nopad.encode(bytes) === text ? bytes : null
  } catch {
    return null
  }
}

/** The number that stands on a sheet for people: the beginning of what tells it from others. */
export function formNumber(code: SheetCode): string {
  const id = code.kind === 'filled' ? code.revision : code.sheet
  const digits = id.slice(0, 12).toUpperCase()
  return `${code.kind === 'filled' ? 'T' : 'K'}${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}`
}
