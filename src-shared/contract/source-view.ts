export interface SourceView {
  readonly kind: SourceKind
  /** Department or person it came from. */
  readonly from: string
  /** Where in the source: file name and row, document number. */
  readonly reference: string | null
}

export const sourceKinds = ['form', 'document', 'interview', 'system', 'import'] as const
export type SourceKind = (typeof sourceKinds)[number]
