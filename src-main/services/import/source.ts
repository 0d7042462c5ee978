import { formProfile, formRows } from '../../../src-shared/import/appointment-form.ts'
import type { Catalogue } from '../../../src-shared/catalogue/schema.ts'
import type { Delimiter, Encoding, ImportProfile } from '../../../src-shared/import/profile.ts'
import type { TableRow } from '../../../src-shared/import/rows.ts'
import type { TableKind, TableNotice } from '../../../src-shared/import/source.ts'
import { err, ok, type Result } from '../../../src-shared/kernel/result.ts'
import type { SheetInfo } from '../../jobs/table-messages.ts'
import { openOnThread } from '../../jobs/table-thread.ts'
import { looksLikeForm, readForm } from '../../tables/form-file.ts'
import { defaultTableOptions, readTable } from './table-reader.ts'

/** A file of any kind that is imported, as rows. */
export interface Source {
  readonly kind: TableKind
  readonly encoding: Encoding
  readonly delimiter: Delimiter
  readonly sheets: readonly SheetInfo[]
  /** The sheet that is read; null for files that have none. */
  readonly sheet: string | null
  /** A mapping that comes with the kind of file, or null. */
  readonly profile: ImportProfile | null
  /** What it tells of a sanction may not lie in the archive, so it is not kept as evidence there. */
  readonly tellsOfSanctions: boolean
  /** More after the rows than before them. */
  notices(): readonly TableNotice[]
  /** To be gone through once; the first error is the last item. */
  rows(): AsyncIterable<Result<TableRow>>
  close(): Promise<void>
}

export interface SourceOptions {
  readonly encoding: Encoding | 'auto'
  readonly delimiter: Delimiter | 'auto'
  readonly sheet: string | null
}

const package4 = [0x50, 0x4b, 0x03, 0x04]
const compound4 = [0xd0, 0xcf, 0x11, 0xe0]

/**
 * Opens what was given, told by its bytes and not by its name.
 *
 * Errors: those of `readTable`, `openOnThread`, `readForm`; `import/old-excel` for the binary format of Excel 97 to
 * 2003, `import/encrypted` for a workbook with a password.
 */
export async function openSource(
  bytes: Uint8Array,
  catalogue: Catalogue,
  options: SourceOptions,
  signal: AbortSignal,
): Promise<Result<Source>> {
  if (startsWith(bytes, compound4)) return compoundFile(bytes)
  if (startsWith(bytes, package4)) return await workbookSource(bytes, options.sheet, signal)
  if (looksLikeForm(bytes)) return formSource(bytes, catalogue)
  const table = readTable(bytes, {
    ...defaultTableOptions,
    encoding: options.encoding,
    delimiter: options.delimiter,
  })
  if (!table.ok) return table
  const { encoding, delimiter } = table.value
  return ok({
    ...plain,
    kind: 'text',
    encoding,
    delimiter,
    notices: () => [],
    rows: () => table.value.rows(signal),
  })
}

const plain = {
  encoding: 'utf-8',
  delimiter: ',',
  sheets: [],
  sheet: null,
  profile: null,
  tellsOfSanctions: false,
  close: () => Promise.resolve(),
} as const

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte)
}

/** A workbook with a password and one of Excel 97 to 2003 are in the same container, [MS-CFB]; names of streams differ. */
function compoundFile(bytes: Uint8Array): Result<never> {
  const encrypted = Buffer.from('EncryptedPackage', 'utf16le')
  const found = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(encrypted)
  return found ? err('import/encrypted') : err('import/old-excel')
}

async function workbookSource(
  bytes: Uint8Array,
  sheet: string | null,
  signal: AbortSignal,
): Promise<Result<Source>> {
  const opened = await openOnThread({ bytes, sheet }, signal)
  if (!opened.ok) return opened
  return ok({ ...plain, kind: 'workbook', ...opened.value })
}

function formSource(bytes: Uint8Array, catalogue: Catalogue): Result<Source> {
  const form = readForm(bytes)
  if (!form.ok) return form
  const { rows, notices } = formRows(form.value, catalogue)
  const tellsOfSanctions = notices.some(({ code }) => code === 'form-sanction')
  async function* all(): AsyncGenerator<Result<TableRow>> {
    for (const row of rows) yield await Promise.resolve(ok(row))
  }
  return ok({
    ...plain,
    kind: 'form',
    profile: formProfile(catalogue),
    tellsOfSanctions,
    notices: () => notices,
    rows: all,
  })
}
