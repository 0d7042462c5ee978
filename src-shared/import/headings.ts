import type { Catalogue } from '../catalogue/schema.ts'
import { halfWidth } from '../catalogue/text.ts'
import { knownHeadings, plainHeading } from './suggest.ts'

const longestKey = 4000

/**
 * The headings of a table in a form that two deliveries of one department share: width, spaces, stars and the length of
 * the row do not count. Null when there is none to know it by.
 */
export function headingKey(headings: readonly string[]): string | null {
  const plain = headings.map((text) => halfWidth(text.normalize('NFC')).replace(/[\s*]+/g, ''))
  while (plain.at(-1) === '') plain.pop()
  if (plain.filter((text) => text !== '').length < 2) return null
  return plain.join('\u001f').slice(0, longestKey)
}

/** Which of the first rows holds the headings: the one with most headings that are known, two at least; else null. */
export function findHeader(rows: readonly (readonly string[])[], catalogue: Catalogue): number | null {
  const known = knownHeadings(catalogue)
  let best: { readonly index: number; readonly count: number } | null = null
  for (const [index, cells] of rows.entries()) {
    const count = cells.filter((cell) => known.has(plainHeading(cell))).length
    if (count >= 2 && count > (best?.count ?? 0)) best = { index, count }
  }
  return best?.index ?? null
}
