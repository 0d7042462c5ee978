import type { Digest } from '../../../src-shared/kernel/ids.ts'

/** The names under which a reviewer's looks are kept. */
export const rekeyLook = 'card:rekey'
export const changesLook = 'card:changes'
export const othersLook = 'card:others'
export const checksLook = 'card:checks'

/** Of a field of the entry; empty for what is declared. */
export function fieldLook(field: string): string {
  return `field:${field}`
}

/** Of a piece of evidence, which counts once it was open. */
export function evidenceLook(hash: Digest): string {
  return `evidence:${hash}`
}
