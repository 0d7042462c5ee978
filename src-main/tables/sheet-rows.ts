import {
  cellString,
  columnLetters,
  columnOf,
  isoCell,
  numberText,
  serialDate,
  type CellMark,
  type NumberShape,
} from '../../src-shared/import/cells.ts'
import type { TableRow } from '../../src-shared/import/rows.ts'
import { err } from '../../src-shared/kernel/result.ts'
import type { WorkbookLimits } from './limits.ts'
import { MergeFiller, type Merge } from './merges.ts'
import { Refusal } from './refusal.ts'
import { brokenWorkbook, tooLong } from './workbook.ts'
import { utf8Pieces, xmlReader } from './xml.ts'

const lastRow = 1_048_576
const lastColumn = 16_384

export interface SheetContext {
  readonly strings: readonly string[]
  readonly shapes: readonly NumberShape[]
  readonly uses1904: boolean
  readonly merges: readonly Merge[]
  readonly limits: WorkbookLimits
}

/** What was seen of a sheet beside its rows. */
export interface SheetSeen {
  hiddenRows: number
  /** Letters of columns. */
  readonly hiddenColumns: string[]
}

/**
 * The rows of a sheet in order, blank ones left out; a batch for each piece that holds any. Throws {@link Refusal}:
 * `import/broken-workbook`, `import/forbidden-xml`, `import/too-many-rows`, `import/too-large`, `import/bomb`.
 */
export async function* sheetRows(
  pieces: AsyncIterable<Buffer>,
  context: SheetContext,
  seen: SheetSeen,
): AsyncGenerator<readonly TableRow[]> {
  const reader = new SheetReader(context, seen)
  const xml = xmlReader(reader, context.limits.depth, brokenWorkbook)
  const decode = utf8Pieces(brokenWorkbook)
  for await (const piece of pieces) {
    xml.write(decode(piece))
    const rows = reader.take()
    if (rows.length > 0) yield rows
  }
  xml.write(decode(null))
  xml.end()
  if (!reader.isWorksheet) throw new Refusal(brokenWorkbook('sheet'))
  const rows = reader.take()
  if (rows.length > 0) yield rows
}

class SheetReader {
  isWorksheet = false
  readonly #context: SheetContext
  readonly #seen: SheetSeen
  readonly #filler: MergeFiller
  #rows: TableRow[] = []
  #kept = 0
  #counted = 0
  #cellCount = 0
  #row = 0
  #hidden = false
  #cells: string[] = []
  #marks: CellMark[] = []
  #inRow = false
  // The cell that is being read.
  #column = -1
  #type = 'n'
  #shape: NumberShape = 'plain'
  #value = ''
  #inline = ''
  #formula = ''
  #hasFormula = false
  #into: 'value' | 'inline' | 'formula' | null = null
  #phonetic = 0

  constructor(context: SheetContext, seen: SheetSeen) {
    this.#context = context
    this.#seen = seen
    this.#filler = new MergeFiller(context.merges)
  }

  take(): readonly TableRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'c') this.#openCell(attributes)
    else if (name === 'v') this.#into = 'value'
    else if (name === 't') this.#into = this.#phonetic === 0 ? 'inline' : null
    else if (name === 'f') {
      this.#into = 'formula'
      this.#hasFormula = true
    } else if (name === 'row') this.#openRow(attributes)
    else if (name === 'rPh') this.#phonetic += 1
    else if (name === 'col' && isTrue(attributes['hidden'])) this.#hideColumns(attributes)
    else if (name === 'worksheet') this.isWorksheet = true
  }

  text(text: string): void {
    if (this.#into === null || this.#column < 0) return
    if (this.#into === 'value') this.#value += text
    else if (this.#into === 'inline') this.#inline += text
    else this.#formula += text
    if (this.#value.length + this.#inline.length > this.#context.limits.cellLength)
      throw tooLong(this.#context.limits)
    if (this.#formula.length > this.#context.limits.cellLength) throw tooLong(this.#context.limits)
  }

  close(name: string): void {
    if (name === 'c') this.#closeCell()
    else if (name === 'v' || name === 't' || name === 'f') this.#into = null
    else if (name === 'row') this.#closeRow()
    else if (name === 'rPh') this.#phonetic -= 1
  }

  #openRow(attributes: Readonly<Record<string, string>>): void {
    const written = attributes['r']
    const row = written === undefined ? this.#row + 1 : Number(written)
    if (!Number.isInteger(row) || row <= this.#row || this.#inRow) throw new Refusal(brokenWorkbook('row'))
    this.#counted += 1
    if (row > lastRow || this.#counted > lastRow) {
      throw new Refusal(err('import/too-many-rows', { limit: this.#context.limits.rows }))
    }
    this.#row = row
    this.#inRow = true
    this.#hidden = isTrue(attributes['hidden'])
    this.#cells = []
    this.#marks = []
  }

  #openCell(attributes: Readonly<Record<string, string>>): void {
    const { limits, shapes } = this.#context
    this.#cellCount += 1
    if (this.#cellCount > limits.cells) throw new Refusal(err('import/too-large', { reason: 'cells' }))
    const reference = attributes['r']
    const column = reference === undefined ? this.#column + 1 : columnOf(reference)
    if (!this.#inRow || column === null || column >= lastColumn) throw new Refusal(brokenWorkbook('cell'))
    this.#column = column
    this.#type = attributes['t'] ?? 'n'
    const style = attributes['s']
    this.#shape = style === undefined ? 'plain' : (shapes[Number(style)] ?? 'plain')
    this.#value = ''
    this.#inline = ''
    this.#formula = ''
    this.#hasFormula = false
  }

  #closeCell(): void {
    const column = this.#column
    const text = this.#cellText()
    if (this.#hasFormula) this.#mark(/\[[^\]]*\]|\|/.test(this.#formula) ? 'external' : 'formula')
    if (text === '') {
      if (this.#hasFormula && this.#value === '' && this.#type !== 'str') this.#mark('unsaved')
      return
    }
    const { limits } = this.#context
    if (column >= limits.columns) {
      throw new Refusal(err('import/too-large', { reason: 'columns', row: this.#row, limit: limits.columns }))
    }
    while (this.#cells.length < column) this.#cells.push('')
    this.#cells[column] = text
  }

  #mark(kind: CellMark['kind']): void {
    this.#marks.push({ column: this.#column, kind })
  }

  #cellText(): string {
    const { strings } = this.#context
    if (this.#type === 'inlineStr') return cellString(this.#inline)
    if (this.#value === '') return ''
    switch (this.#type) {
      case 's': {
        const index = Number(this.#value)
        const text = Number.isInteger(index) ? strings[index] : undefined
        if (text === undefined) throw new Refusal(brokenWorkbook('string'))
        return text
      }
      case 'str':
        return cellString(this.#value)
      case 'b':
        if (this.#value !== '1' && this.#value !== '0') throw new Refusal(brokenWorkbook('boolean'))
        return this.#value === '1' ? '是' : '否'
      case 'e':
        this.#mark('error')
        return this.#value.slice(0, 20)
      case 'd': {
        const date = isoCell(this.#value)
        if (date === null) this.#mark('bad-date')
        return date ?? this.#value.slice(0, 40)
      }
      case 'n':
        return this.#numberText()
      default:
        throw new Refusal(brokenWorkbook('type'))
    }
  }

  #numberText(): string {
    const shape = this.#shape
    const plain = numberText(this.#value, shape === 'percent' ? 2 : 0)
    if (plain === null) throw new Refusal(brokenWorkbook('number'))
    if (shape === 'percent') return `${plain.text}%`
    if (shape !== 'plain') {
      const date = serialDate(this.#value, shape, this.#context.uses1904)
      if (date !== null) return date
      this.#mark('bad-date')
      return plain.text
    }
    if (!plain.exact) this.#mark('precision')
    return plain.text
  }

  #closeRow(): void {
    this.#inRow = false
    this.#column = -1
    if (this.#hidden) this.#seen.hiddenRows += 1
    const cells = this.#cells
    const isBlank = this.#marks.length === 0 && cells.every((cell) => cell === '')
    for (const column of this.#filler.fill(this.#row, cells)) this.#marks.push({ column, kind: 'merged' })
    if (isBlank) return
    this.#kept += 1
    if (this.#kept > this.#context.limits.rows) {
      throw new Refusal(err('import/too-many-rows', { limit: this.#context.limits.rows }))
    }
    const marks = this.#marks
    this.#rows.push(marks.length === 0 ? { row: this.#row, cells } : { row: this.#row, cells, marks })
  }

  #hideColumns(attributes: Readonly<Record<string, string>>): void {
    const from = Number(attributes['min'])
    const to = Math.min(Number(attributes['max']), this.#context.limits.columns)
    for (let column = from; column >= 1 && column <= to; column++) {
      this.#seen.hiddenColumns.push(columnLetters(column - 1))
    }
  }
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}
