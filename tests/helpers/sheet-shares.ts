import { utf8 } from '../../src-shared/kernel/bytes.ts'
import { nodePrimitives } from '../../src-shared/node/primitives.ts'

let made = 0

/**
 * A share of 33 bytes, another each time and the same in every run: the check of a line has two bytes, so that one line
 * in 65,536 of truly random ones would agree with the wrong place.
 */
export function sheetShare(): Uint8Array {
  made += 1
  return Uint8Array.from([...nodePrimitives.sha256(utf8(`share ${made}`)), made % 256])
}
