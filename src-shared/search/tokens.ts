import { foldForSearch } from './fold.ts'

/** Runs of letters and digits, as search knows them. */
function runs(text: string): readonly (readonly string[])[] {
  return (foldForSearch(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((run) => [...run])
}

/**
 * A text as a full-text index keeps it: the overlapping pairs of characters of each run, and its last character, so that
 * every character begins a token: 廉政档案 is kept as `廉政 政档 档案 案`. No phrase spans two runs, for between them stands
 * the single character.
 */
export function indexTokens(text: string): string {
  return runs(text)
    .map((run) => run.map((character, index) => `${character}${run[index + 1] ?? ''}`).join(' '))
    .join(' ')
}

/** The most words of a search that are looked for. */
const mostWords = 8

/**
 * What a full-text index is asked for so that it finds every text with all the words of a search in it, anywhere; null
 * when there is nothing to look for. A single character is found where a token begins with it. Letters and digits alone
 * reach the index, so nothing that is typed is taken for its language.
 */
export function indexQuery(search: string, columns: readonly string[] = []): string | null {
  const phrases = runs(search)
    .slice(0, mostWords)
    .map((run) => {
      if (run.length === 1) return `"${run[0]}" *`
      const pairs = run.slice(0, -1).map((character, index) => `${character}${run[index + 1]}`)
      return `"${pairs.join(' ')}"`
    })
  if (phrases.length === 0) return null
  const asked = phrases.join(' AND ')
  return columns.length === 0 ? asked : `{${columns.join(' ')}} : (${asked})`
}

/** Where a text holds a word of a search first, for marking it; null when it holds none. Counts UTF-16 units. */
export function findWord(
  text: string,
  search: string,
): { readonly from: number; readonly to: number } | null {
  // Folding may change lengths (full-width, ligatures): marks are only set where it does not.
  const folded = text.normalize('NFKC').toLowerCase()
  if (folded.length !== text.length) return null
  let found: { from: number; to: number } | null = null
  for (const run of runs(search)) {
    const word = run.join('')
    const from = folded.indexOf(word)
    if (from >= 0 && (found === null || from < found.from)) found = { from, to: from + word.length }
  }
  return found
}

/** Whether a text holds a word of a search. */
export function holdsWord(text: string, search: string): boolean {
  const folded = foldForSearch(text)
  return runs(search).some((run) => folded.includes(run.join('')))
}
