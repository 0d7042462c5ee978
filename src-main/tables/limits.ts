/** How much of a workbook is read. Whoever wrote the file controls every byte of it. */
export interface WorkbookLimits {
  readonly entries: number
  /** Of one part, and of all that are read, unpacked. */
  readonly partBytes: number
  readonly totalBytes: number
  /** Unpacked to packed; only parts larger than `ratioFromBytes` are asked. */
  readonly ratio: number
  readonly ratioFromBytes: number
  readonly sharedStrings: number
  readonly sharedCharacters: number
  readonly rows: number
  readonly columns: number
  readonly cells: number
  readonly cellLength: number
  readonly merges: number
  readonly depth: number
}

export const workbookLimits: WorkbookLimits = {
  entries: 2000,
  partBytes: 1024 * 1024 * 1024,
  totalBytes: 1536 * 1024 * 1024,
  ratio: 400,
  ratioFromBytes: 8 * 1024 * 1024,
  sharedStrings: 3_000_000,
  sharedCharacters: 128 * 1024 * 1024,
  rows: 1_000_000,
  columns: 200,
  cells: 20_000_000,
  cellLength: 32_767,
  merges: 20_000,
  depth: 64,
}
