/** One form for what people type and what is stored: full-width folded to half, lower case, white space at the ends gone. */
export function foldForSearch(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}
