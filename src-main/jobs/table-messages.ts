import type { TableNotice } from '../../src-shared/import/source.ts'
import type { TableRow } from '../../src-shared/import/rows.ts'
import type { Failure } from '../../src-shared/kernel/errors.ts'

export interface SheetInfo {
  readonly name: string
  readonly hidden: boolean
}

/** What a table thread is given. Handed over in memory: nothing readable goes to a temporary file. */
export interface TableOrder {
  readonly bytes: Uint8Array
  /** Null for the first that is not hidden. */
  readonly sheet: string | null
}

export type FromTableThread =
  | {
      readonly kind: 'opened'
      readonly sheets: readonly SheetInfo[]
      readonly sheet: string
      readonly notices: readonly TableNotice[]
    }
  | { readonly kind: 'rows'; readonly rows: readonly TableRow[] }
  | { readonly kind: 'done'; readonly notices: readonly TableNotice[] }
  | { readonly kind: 'refused'; readonly error: Failure }

/** One for each batch of rows that was used: the thread reads only so far ahead. */
export const wanted = 'wanted'
