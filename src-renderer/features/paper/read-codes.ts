import { decodeQRBatch } from 'qr/decode.js'

/** Pixels of a page as a canvas gives them. */
export interface PagePixels {
  readonly width: number
  readonly height: number
  /** RGBA, a byte each. */
  readonly data: Uint8ClampedArray
}

/** The longest side that the decoder takes; an A4 page at 300 dots per inch is 3508 high. */
export const longestSide = 4000

/** Tries at a code that is hard to read. No limit of time: what is found must not depend on how busy the machine is. */
const effort = 8

/** What the QR codes on a page say, in any rotation; a page has few. */
export async function readCodes(page: PagePixels): Promise<readonly string[]> {
  if (page.width > longestSide || page.height > longestSide || page.width < 1 || page.height < 1) return []
  const [found = []] = await decodeQRBatch([page], { effort, timeLimit: Infinity })
  return [...new Set(found.filter((one) => typeof one === 'string'))]
}
