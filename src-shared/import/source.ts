/** What a person is told about a file beside its rows. Names of sheets and columns, never of people. */
export interface TableNotice {
  readonly code: TableNoticeCode
  readonly params: Readonly<Record<string, string | number>>
}

export const tableNoticeCodes = [
  /** {count} */
  'hidden-rows',
  /** {columns} */
  'hidden-columns',
  /** {sheets} */
  'hidden-sheets',
  'macros',
  'external-links',
  /** {count}: cells that are shown as one */
  'merged',
  /** {element}: an element of the form that is not known, or known and not taken */
  'form-unknown',
  'form-photo',
  /** {element}: known, and kept for no field */
  'form-left-out',
  /** {count}: lines of the form that were not understood and go to quarantine */
  'form-line',
] as const
export type TableNoticeCode = (typeof tableNoticeCodes)[number]

export const tableKinds = ['text', 'workbook', 'form'] as const
export type TableKind = (typeof tableKinds)[number]
