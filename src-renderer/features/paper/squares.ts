import encodeQR from 'qr'
import type { Squares } from '../../../src-shared/paper/form-document.ts'

/** Light squares around a code, which a reader needs to tell it from what stands beside it (ISO/IEC 18004, 9.1). */
const quietZone = 4

/** The squares of a QR code that is still read with a seventh of it damaged. */
export function squaresOf(text: string): Squares {
  return encodeQR(text, 'raw', { ecc: 'medium', border: quietZone })
}
