import type { SheetCode } from './sheet-code.ts'
import { readSheetCode } from './sheet-code.ts'

/** What the codes that were read off a page, or off several, say together. */
export type PageCode =
  | { readonly is: 'none' }
  /** Codes, but none of ours. */
  | { readonly is: 'other' }
  | { readonly is: 'several' }
  | { readonly is: 'one'; readonly text: string; readonly code: SheetCode }

/** One page has one code; two different ones lie on it together, or one covers another. */
export function codeOfPage(texts: readonly string[]): PageCode {
  const ours = new Map<string, SheetCode>()
  for (const text of texts) {
    const read = readSheetCode(text)
    if (read.ok) ours.set(text, read.value)
  }
  const [first] = ours
  if (first === undefined) return { is: texts.length === 0 ? 'none' : 'other' }
  return ours.size > 1 ? { is: 'several' } : { is: 'one', text: first[0], code: first[1] }
}

/** Pages of one file that belong to one sheet. */
export interface PageGroup {
  /** From 1. */
  readonly pages: readonly number[]
  readonly code: PageCode
}

/**
 * A stack that went through the scanner at once: pages of one sheet stay together. A page without a code follows the one
 * before it, as a back or a page whose code was cut off; at the beginning it stands for itself.
 */
export function groupPages(codes: readonly PageCode[]): readonly PageGroup[] {
  const groups: { pages: number[]; code: PageCode }[] = []
  codes.forEach((code, index) => {
    const last = groups.at(-1)
    const follows = last !== undefined && code.is === 'none' && last.code.is !== 'several'
    const isSame = last?.code.is === 'one' && code.is === 'one' && last.code.text === code.text
    if (last !== undefined && (follows || isSame)) last.pages.push(index + 1)
    else groups.push({ pages: [index + 1], code })
  })
  return groups
}
