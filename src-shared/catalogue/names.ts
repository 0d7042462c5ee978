import { fault, parsed, type Parsed } from './findings.ts'
import { characterCount } from './text.ts'

export const minimumNameLength = 2
export const maximumNameLength = 20
const maximumNames = 10

// The dots that typing systems offer for the one between the parts of a minority or transliterated name.
const middleDots = /[\u2022\u2027\u2219\u22C5\u30FB\uFF65\u16EB]/g
const stopBetweenHan = /(?<=\p{Script=Han})[.\uFF0E](?=\p{Script=Han})/gu
const nameCharacters = /^\p{L}[\p{L}\p{M}· .'-]*$/u
const nameSeparators = /[、,，;；]/

/**
 * The name of one natural person: 2–20 characters, letters of any script, `·` between the parts of a minority name.
 * Outer white space goes, inner white space stays as it was written.
 *
 * Faults: `name-length` {minimum, maximum}, `name-characters`.
 */
export function parsePersonName(input: string): Parsed<string> {
  const name = input
    .normalize('NFC')
    .replaceAll('\u3000', ' ')
    .trim()
    .replace(middleDots, '·')
    .replace(stopBetweenHan, '·')
  const length = characterCount(name)
  if (length < minimumNameLength || length > maximumNameLength) {
    return fault('name-length', { minimum: minimumNameLength, maximum: maximumNameLength })
  }
  return nameCharacters.test(name) ? parsed(name) : fault('name-characters')
}

/**
 * One or several natural persons, such as the joint owners of a house, written with `、` between them.
 *
 * Faults: those of {@link parsePersonName}, `too-many-names` {limit}.
 */
export function parsePersons(input: string): Parsed<string> {
  const names: string[] = []
  for (const part of input.split(nameSeparators)) {
    const name = parsePersonName(part)
    if (!name.ok) return name
    names.push(name.value)
  }
  return names.length > maximumNames
    ? fault('too-many-names', { limit: maximumNames })
    : parsed(names.join('、'))
}

/** White space between two Han characters is nearly always typesetting, and hides that two names are one. */
export function hasInnerSpace(name: string): boolean {
  return /\p{Script=Han}\s+\p{Script=Han}/u.test(name)
}
