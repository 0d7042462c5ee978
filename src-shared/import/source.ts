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
  /** {element}: an element that is not of the form */
  'form-unknown',
  'form-photo',
  /** {element}: of the form, and no fact about the person */
  'form-left-out',
  /** {count}: sanctions told of in the form, which are entered in the discipline compartment */
  'form-sanction',
] as const
export type TableNoticeCode = (typeof tableNoticeCodes)[number]

export const tableKinds = ['text', 'workbook', 'form'] as const
export type TableKind = (typeof tableKinds)[number]
