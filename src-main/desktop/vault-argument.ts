import { parseArgs } from 'node:util'

/** `--vault DIR` or `--vault=DIR` among whatever else the system and Chromium put on the command line. */
export function vaultArgument(words: readonly string[]): string | undefined {
  const { values } = parseArgs({ args: [...words], options: { vault: { type: 'string' } }, strict: false })
  return typeof values.vault === 'string' && values.vault !== '' ? values.vault : undefined
}
