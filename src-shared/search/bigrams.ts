import { foldForSearch } from './fold.ts'

/**
 * The overlapping pairs of characters of a text, in order: 廉政档案 gives 廉政, 政档, 档案. A run of one character gives
 * itself. Runs end at anything that is neither letter nor digit, so that no pair spans two words of a list.
 * Chinese has no spaces to split at, and a dictionary misses names; pairs find every part of two characters or more.
 */
export function bigrams(text: string): readonly string[] {
  const found: string[] = []
  for (const run of foldForSearch(text).match(/[\p{L}\p{N}]+/gu) ?? []) {
    const characters = [...run]
    if (characters.length === 1) found.push(run)
    for (let i = 0; i + 1 < characters.length; i++) found.push(`${characters[i]}${characters[i + 1]}`)
  }
  return found
}
