import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import iconv from 'iconv-lite'
import { err, ok, type Err, type Result } from '../../../src-shared/kernel/result.ts'
import { delimiters, type Delimiter, type Encoding } from '../../../src-shared/import/profile.ts'
import type { TableRow } from '../../../src-shared/import/rows.ts'

/**
 * Reads a delimited text table (RFC 4180 quoting) as a stream: the bytes are decoded and split piece by piece, so
 * what is held beside the bytes is one piece and one row. Whoever wrote the file controls every byte of it.
 */

export interface TableOptions {
  /** `auto`: UTF-8 when every byte of the file is well-formed UTF-8, else GB18030. */
  readonly encoding: Encoding | 'auto'
  readonly delimiter: Delimiter | 'auto'
  readonly maximumBytes: number
  /** Rows, a header included and blank ones not. */
  readonly maximumRows: number
  readonly maximumColumns: number
  /** UTF-16 code units of one cell. */
  readonly maximumCellLength: number
}

export const defaultTableOptions: TableOptions = {
  encoding: 'auto',
  delimiter: 'auto',
  maximumBytes: 256 * 1024 * 1024,
  maximumRows: 1_000_000,
  maximumColumns: 200,
  maximumCellLength: 32_767,
}

export interface OpenTable {
  readonly encoding: Encoding
  readonly delimiter: Delimiter
  /**
   * The rows in order; rows whose cells are all empty are left out, but counted, so that `row` is the row of the
   * spreadsheet. The first error is the last item. May be called again to read from the start.
   *
   * Errors: `import/encoding` {reason}, `import/not-a-table` {reason, row}, `import/too-large` {reason, row},
   * `import/too-many-rows` {limit}, `call/cancelled`.
   */
  rows(signal?: AbortSignal): AsyncIterable<Result<TableRow>>
}

const pieceBytes = 64 * 1024
const sampleBytes = 64 * 1024
const largestRecord = 8 * 1024 * 1024
const replacementCharacter = '\uFFFD'
const byteOrderMark = '\uFEFF'
// What no table of text holds: control characters other than tab, line feed and carriage return.
const binaryCharacters = /[^\P{Cc}\t\n\r]/u

/** An error found in the middle of a stream, on its way to becoming a value. */
class Refusal extends Error {
  readonly result: Err
  constructor(result: Err) {
    super(result.error.code)
    this.result = result
  }
}

/**
 * Opens a table without reading its rows.
 *
 * Errors: `import/too-large` {bytes, limit}; `import/not-a-table` {reason: `empty` | `binary`}; `import/encoding`
 * for bytes that are not the encoding asked for, or UTF-16.
 */
export function readTable(bytes: Uint8Array, options: TableOptions): Result<OpenTable> {
  if (bytes.length > options.maximumBytes) {
    return err('import/too-large', { reason: 'bytes', bytes: bytes.length, limit: options.maximumBytes })
  }
  if (bytes.length === 0) return err('import/not-a-table', { reason: 'empty' })
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return err('import/encoding', { reason: 'utf-16' })
  }
  if (bytes.includes(0)) return err('import/not-a-table', { reason: 'binary' })
  const wellFormed = options.encoding === 'gb18030' ? false : isUtf8(bytes)
  if (options.encoding === 'utf-8' && !wellFormed) return err('import/encoding', { reason: 'utf-8' })
  const encoding: Encoding = wellFormed ? 'utf-8' : 'gb18030'
  const delimiter = options.delimiter === 'auto' ? findDelimiter(sample(bytes, encoding)) : options.delimiter
  return ok({ encoding, delimiter, rows: (signal) => rows(bytes, encoding, delimiter, options, signal) })
}

async function* rows(
  bytes: Uint8Array,
  encoding: Encoding,
  delimiter: Delimiter,
  options: TableOptions,
  signal: AbortSignal | undefined,
): AsyncGenerator<Result<TableRow>> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: Math.min(largestRecord, options.maximumColumns * (options.maximumCellLength + 1)),
  })
  // Ends with the parser, whose error or early end is what the loop below sees.
  const flow = pipeline(Readable.from(pieces(bytes, encoding, signal)), parser).catch(() => undefined)
  let row = 0
  let kept = 0
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      if (signal?.aborted === true) throw new Refusal(err('call/cancelled'))
      row += 1
      if (cells.every((cell) => cell === '')) continue
      kept += 1
      const excess = excessOf(cells, row, kept, options)
      if (excess !== null) throw new Refusal(excess)
      yield ok({ row, cells })
    }
    if (kept === 0) yield err('import/not-a-table', { reason: 'empty' })
  } catch (thrown) {
    yield refusal(thrown)
  } finally {
    parser.destroy()
    await flow
  }
}

function excessOf(cells: readonly string[], row: number, kept: number, options: TableOptions): Err | null {
  if (kept > options.maximumRows) return err('import/too-many-rows', { limit: options.maximumRows })
  if (cells.length > options.maximumColumns) {
    return err('import/too-large', { reason: 'columns', row, limit: options.maximumColumns })
  }
  if (cells.some((cell) => cell.length > options.maximumCellLength)) {
    return err('import/too-large', { reason: 'cell', row, limit: options.maximumCellLength })
  }
  return null
}

/**
 * The message of a parser's error quotes the cell, so only its code and place are passed on. The place is the row
 * after those that were parsed; some of these are lost with the stream and were never seen by the loop.
 */
function refusal(thrown: unknown): Err {
  if (thrown instanceof Refusal) return thrown.result
  if (!(thrown instanceof CsvError)) throw thrown
  const place = typeof thrown.records === 'number' ? { row: thrown.records + 1 } : {}
  if (thrown.code === 'CSV_MAX_RECORD_SIZE') return err('import/too-large', { reason: 'row', ...place })
  return err('import/not-a-table', { reason: 'quotes', ...place })
}

/** The text in pieces. A turn of the event loop between them lets a cancellation arrive. */
async function* pieces(
  bytes: Uint8Array,
  encoding: Encoding,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const decoder = iconv.getDecoder(encoding, { stripBOM: false })
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    await setImmediate()
    if (signal?.aborted === true) throw new Refusal(err('call/cancelled'))
    const end = Math.min(start + pieceBytes, bytes.length)
    let text = decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start))
    if (end === bytes.length) text += decoder.end() ?? ''
    if (start === 0 && text.startsWith(byteOrderMark)) text = text.slice(1)
    // Either the bytes are not this encoding, or the text was damaged before: both are refused, never imported.
    if (text.includes(replacementCharacter)) throw new Refusal(err('import/encoding', { reason: encoding }))
    if (binaryCharacters.test(text)) throw new Refusal(err('import/not-a-table', { reason: 'binary' }))
    if (text !== '') yield Buffer.from(text, 'utf8')
  }
}

function sample(bytes: Uint8Array, encoding: Encoding): string {
  const part = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(sampleBytes, bytes.length))
  return iconv.getDecoder(encoding, { stripBOM: true }).write(part)
}

/**
 * The delimiter that splits most of the sample's lines into the same number of cells, more than one; a comma when
 * none does.
 */
function findDelimiter(text: string): Delimiter {
  let best: { delimiter: Delimiter; agreeing: number; cells: number } = {
    delimiter: ',',
    agreeing: 0,
    cells: 1,
  }
  for (const delimiter of delimiters) {
    const counts = new Map<number, number>()
    for (const cells of cellCounts(text, delimiter))
      if (cells > 1) counts.set(cells, (counts.get(cells) ?? 0) + 1)
    for (const [cells, agreeing] of counts) {
      if (agreeing > best.agreeing || (agreeing === best.agreeing && cells > best.cells)) {
        best = { delimiter, agreeing, cells }
      }
    }
  }
  return best.delimiter
}

/** Cells of each of the first lines; delimiters and line breaks inside quotes do not count. */
function cellCounts(text: string, delimiter: Delimiter): readonly number[] {
  const counts: number[] = []
  let cells = 1
  let quoted = false
  for (const character of text) {
    if (character === '"') quoted = !quoted
    else if (!quoted && character === delimiter) cells += 1
    else if (!quoted && character === '\n') {
      counts.push(cells)
      cells = 1
      if (counts.length === 50) return counts
    }
  }
  if (counts.length === 0 || cells > 1) counts.push(cells)
  return counts
}
