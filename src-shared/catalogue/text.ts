import { fault, parsed, type Parsed } from './findings.ts'

// U+FF01–U+FF5E are the full-width forms of U+0021–U+007E; Chinese input methods produce them.
const fullWidthOffset = 0xfee0
const controlCharacters = /\p{Cc}/u
const controlCharactersExceptLines = /[^\P{Cc}\n\t]/u
// Characters that nobody sees: they would make two equal texts differ, or show a text in another order (bidi), and
// U+FFFD, which says that a text was damaged before it came here.
const unseenCharacters = /[\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFFD]/

// `isWellFormed` would say it too, but not in the older browsers the page is built for.
const loneSurrogate = /\p{Surrogate}/u

/** Full-width ASCII, the ideographic space and the minus sign U+2212 as plain ASCII; all else is kept. */
export function halfWidth(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (character) =>
      String.fromCharCode(character.charCodeAt(0) - fullWidthOffset),
    )
    .replaceAll('\u3000', ' ')
    .replaceAll('\u2212', '-')
}

/** The number of characters a person would count. */
export function characterCount(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/**
 * One line of text: NFC, outer white space removed, nothing inside touched.
 *
 * Faults: `text-control`, `text-too-long` {limit}.
 */
export function parseText(input: string, maximumLength: number): Parsed<string> {
  const text = input.normalize('NFC').trim()
  if (loneSurrogate.test(text) || controlCharacters.test(text) || unseenCharacters.test(text)) {
    return fault('text-control')
  }
  return characterCount(text) > maximumLength
    ? fault('text-too-long', { limit: maximumLength })
    : parsed(text)
}

/** Several lines: as {@link parseText}, with every line break as `\n`. */
export function parseLongText(input: string, maximumLength: number): Parsed<string> {
  const text = input.normalize('NFC').replace(/\r\n?/g, '\n').trim()
  if (loneSurrogate.test(text) || controlCharactersExceptLines.test(text) || unseenCharacters.test(text)) {
    return fault('text-control')
  }
  return characterCount(text) > maximumLength
    ? fault('text-too-long', { limit: maximumLength })
    : parsed(text)
}
