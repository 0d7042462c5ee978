import type { Id } from '../kernel/ids.ts'
import { pinyinKey } from '../search/pinyin-key.ts'

/** What a dossier says of whose it is. */
export interface DossierPerson {
  readonly cadre: Id
  readonly name: string
  /** 18 characters (GB 11643), or null. */
  readonly identityNumber: string | null
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; of the ID number where there is one. */
  readonly birth: string | null
  readonly post: string | null
  readonly unit: string | null
}

const dots = /[·•‧∙⋅・･᛫．.]/g

/** One form for all ways to write one name: width, spaces and the dots between its parts do not count. */
export function nameForm(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, '').replace(dots, '').toLowerCase()
}

/** One form for a post or a unit: punctuation and spaces do not count. */
export function placeForm(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s,，、;；()]/g, '')
    .toLowerCase()
}

/** GB 11643: characters 7 to 14 of an ID number. */
export function birthInNumber(identityNumber: string): string {
  return `${identityNumber.slice(6, 10)}-${identityNumber.slice(10, 12)}-${identityNumber.slice(12, 14)}`
}

/**
 * Whether one number may be the other, mistyped: among the first 17 one digit is another, or two neighbours are
 * swapped. The last character is computed from the others (ISO 7064), so that it differs where they do.
 */
export function isSlip(one: string, other: string): boolean {
  if (one.length !== 18 || other.length !== 18 || one === other) return false
  const differing: number[] = []
  for (let place = 0; place < 17; place++) if (one[place] !== other[place]) differing.push(place)
  const [first, second] = differing
  if (differing.length <= 1) return true
  return (
    differing.length === 2 &&
    first !== undefined &&
    second === first + 1 &&
    one[first] === other[second] &&
    one[second] === other[first]
  )
}

/** Dossiers of one name beyond which a name alone says nothing. */
export const mostNamesakes = 8
/** Dossiers with one thing in common beyond which that says nothing. */
const mostAlike = 50

/** Something that dossiers may have in common. */
export interface BlockingKey {
  /** 52 bits: two texts of one number cost a comparison more and change nothing. */
  readonly key: number
  /** A block of more dossiers than this is not looked through. */
  readonly most: number
}

/**
 * What two dossiers must have in common to be compared at all, so that nobody compares each with each. Whatever
 * `weighPair` finds has one of these in common.
 */
export function blockingKeys(person: DossierPerson): readonly BlockingKey[] {
  const name = nameForm(person.name)
  const { identityNumber, birth, post, unit } = person
  const texts: string[] = []
  if (identityNumber !== null) {
    texts.push(`i|${identityNumber}`)
    // A slip in the area or the birth leaves day and serial; one in the birth alone leaves area and serial; one after
    // it leaves the month of birth.
    texts.push(`d|${name}|${identityNumber.slice(12, 17)}`)
    texts.push(`s|${name}|${identityNumber.slice(0, 6)}${identityNumber.slice(14, 17)}`)
  }
  if (birth !== null) {
    const year = birth.slice(0, 4)
    const sound = pinyinKey(name)
    texts.push(`b|${name}|${year}`)
    if (post !== null) texts.push(`q|${sound}|${year}|${placeForm(post)}`)
    if (unit !== null) texts.push(`v|${sound}|${year}|${placeForm(unit)}`)
  }
  if (post !== null) texts.push(`p|${name}|${placeForm(post)}`)
  if (unit !== null) texts.push(`u|${name}|${placeForm(unit)}`)
  return [
    ...texts.map((text) => ({ key: hash(text), most: mostAlike })),
    { key: nameKey(person.name), most: mostNamesakes },
  ]
}

/** The block of all who bear a name. */
export function nameKey(name: string): number {
  return hash(`n|${nameForm(name)}`)
}

/** FNV-1a in two halves. Spreads well enough to block by; nothing is protected by it. */
function hash(text: string): number {
  let low = 0x811c9dc5
  let high = 0x1000193
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    low = Math.imul(low ^ code, 0x01000193)
    high = Math.imul(high ^ (code + index), 0x85ebca6b)
  }
  return (high >>> 12) * 2 ** 32 + (low >>> 0)
}
