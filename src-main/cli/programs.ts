import { fileURLToPath } from 'node:url'

/** Where the other programs of the product start: in the sources, and beside this one when it is built. */
const entries = {
  core: { source: '../core/main.ts', built: './core.js' },
  hub: { source: '../../src-hub/main.ts', built: './hub.js' },
  localWeb: { source: '../local-web/main.ts', built: './local-web.js' },
} as const

export type ProgramName = keyof typeof entries

/** The file to run with this Node. */
export function programEntry(name: ProgramName): string {
  const { source, built } = entries[name]
  return fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? source : built, import.meta.url))
}
