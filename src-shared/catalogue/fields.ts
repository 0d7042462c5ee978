import { parseArea } from './areas.ts'
import { isAfter, parsePartialDate } from './dates.ts'
import { parseCreditCode } from './credit-code.ts'
import { parseDocumentNumber } from './document-number.ts'
import { fault, parsed, type Fault, type Parsed } from './findings.ts'
import { parseIdentityNumber } from './identity.ts'
import { formatMoney, groupedMoney, parseMoney, type Money, type MoneyUnit } from './money.ts'
import { parsePersonName, parsePersons } from './names.ts'
import { compareDecimals, groupDigits, parseDecimal } from './numbers.ts'
import { parseOrganisation } from './organisation.ts'
import { parsePeriod, periodDates } from './period.ts'
import { attachmentPieces, cadreParts, parseAttachments, parseCadreReference } from './references.ts'
import { formatRows, parseRows, rowsLine, sameRows } from './rows.ts'
import {
  currencyTable,
  defaultLongTextLength,
  defaultTextLength,
  type Catalogue,
  type CodeTable,
  type Column,
  type Field,
} from './schema.ts'
import { halfWidth, parseLongText, parseText } from './text.ts'
import { isMoney, isRows, type CellValue, type FieldValue } from './values.ts'

export interface FieldContext {
  /** Today, `YYYY-MM-DD`: the day after which a date is in the future. */
  readonly asOf: string
  /** The currency of a typed amount, ISO 4217; CNY unless said. */
  readonly currency?: string
  /** What one unit of a typed amount means; 元 unless said. */
  readonly unit?: MoneyUnit
}

interface CodeIndex {
  readonly items: ReadonlyMap<string, CodeTable['items'][number]>
  readonly words: ReadonlyMap<string, CodeTable['items'][number]>
}

const indexes = new WeakMap<CodeTable, CodeIndex>()

function indexOf(table: CodeTable): CodeIndex {
  const known = indexes.get(table)
  if (known !== undefined) return known
  const words = new Map<string, CodeTable['items'][number]>()
  for (const item of table.items) {
    for (const word of [item.code, item.label, ...(item.synonyms ?? [])]) words.set(word, item)
  }
  const index = { items: new Map(table.items.map((item) => [item.code, item])), words }
  indexes.set(table, index)
  return index
}

function codeTable(catalogue: Catalogue, id: string | undefined): CodeTable | null {
  return catalogue.codeTables.find((candidate) => candidate.id === id) ?? null
}

function tableOf(catalogue: Catalogue, id: string | undefined): CodeIndex | null {
  const table = codeTable(catalogue, id)
  return table === null ? null : indexOf(table)
}

/** The item that a code stands for, retired ones too; null when the table has none. */
export function codeItem(
  catalogue: Catalogue,
  table: string | undefined,
  code: string,
): CodeTable['items'][number] | null {
  return tableOf(catalogue, table)?.items.get(code) ?? null
}

/**
 * A typed or imported text to the normal form of a field's value. White space alone is null, which is 未填. A code
 * may be given as the code, its label or one of its synonyms.
 *
 * Faults: those of the parsers in `validators.ts`, `date-future`, `code-unknown`, `code-retired`,
 * `currency-unknown`, `below-minimum` {limit}, `above-maximum` {limit}.
 */
export function parseFieldInput(
  field: Field,
  catalogue: Catalogue,
  input: string,
  context: FieldContext,
): Parsed<FieldValue | null> {
  if (input.trim() === '') return parsed(null)
  const value = parseByKind(field, catalogue, input, context)
  if (!value.ok || value.value === null) return value
  const bound = boundsFault(field, value.value) ?? timeFault(field, value.value, context.asOf)
  return bound === null ? value : { ok: false, fault: bound }
}

function parseByKind(
  field: Field,
  catalogue: Catalogue,
  input: string,
  context: FieldContext,
): Parsed<FieldValue | null> {
  switch (field.kind) {
    case 'text':
      return parseText(input, field.maximumLength ?? defaultTextLength)
    case 'longText':
      return parseLongText(input, field.maximumLength ?? defaultLongTextLength)
    case 'date':
      return parsePartialDate(input)
    case 'number':
      return parseDecimal(input, field.unit)
    case 'identityNumber':
      return parseIdentityNumber(input, context.asOf)
    case 'creditCode':
      return parseCreditCode(input)
    case 'personName':
      return parsePersonName(input)
    case 'person':
      return parsePersons(input)
    case 'period':
      return parsePeriod(input, {
        asOf: context.asOf,
        mayBeFuture: field.mayBeFuture === true,
        isClosed: field.closed === true,
      })
    case 'organisation':
      return parseOrganisation(input, field.codeRequired === true)
    case 'documentNumber':
      return parseDocumentNumber(input)
    case 'cadre':
      return parseCadreReference(input)
    case 'attachment':
      return parseAttachments(input)
    case 'rows':
      return parseRows(field, input, (column, typed) => readCell(column, catalogue, typed, context))
    case 'area': {
      const table = codeTable(catalogue, field.table)
      const read = table === null ? fault('code-unknown') : parseArea(table, input)
      if (!read.ok) return read
      return codeItem(catalogue, field.table, read.value)?.retired === true ? fault('code-retired') : read
    }
    case 'money': {
      const currency = context.currency ?? 'CNY'
      if (codeItem(catalogue, currencyTable, currency) === null)
        return fault('currency-unknown', { currency })
      return parseMoney(input, currency, context.unit ?? '元')
    }
    case 'code': {
      const words = tableOf(catalogue, field.table)?.words
      const item = words?.get(input.trim().normalize('NFC')) ?? words?.get(halfWidth(input).trim())
      if (item === undefined) return fault('code-unknown')
      return item.retired === true ? fault('code-retired') : parsed(item.code)
    }
  }
}

/** A cell of a sub-table. There an amount is in 元 unless its currency stands before it: `USD 12.00`. */
function readCell(
  column: Column,
  catalogue: Catalogue,
  typed: string,
  { asOf }: FieldContext,
): Parsed<CellValue | null> {
  const currency = column.kind === 'money' ? /^\s*([A-Z]{3})\b/.exec(typed)?.[1] : undefined
  const read = parseFieldInput(column, catalogue, typed, {
    asOf,
    ...(currency === undefined ? {} : { currency }),
  })
  if (!read.ok) return read
  return read.value !== null && isRows(read.value) ? fault('rows-form') : parsed(read.value)
}

/**
 * What is wrong with a value that is already stored, or about to be: its type, its normal form, its bounds. A code
 * that has been retired since is not a fault here (`retiredCode` tells).
 */
export function valueFault(
  field: Field,
  catalogue: Catalogue,
  value: FieldValue,
  asOf: string,
): Fault | null {
  if (field.kind === 'money') return moneyFault(field, catalogue, value)
  if (field.kind === 'rows') return rowsFault(field, catalogue, value, asOf)
  if (typeof value !== 'string') return { code: 'value-type' }
  if (field.kind === 'code' || field.kind === 'area')
    return codeItem(catalogue, field.table, value) === null ? { code: 'code-unknown' } : null
  const read = parseFieldInput(field, catalogue, value, { asOf })
  if (!read.ok) return read.fault
  return read.value === value ? null : { code: 'value-form' }
}

function rowsFault(field: Field, catalogue: Catalogue, value: FieldValue, asOf: string): Fault | null {
  if (!isRows(value)) return { code: 'value-type' }
  for (const [index, row] of value.entries()) {
    for (const column of field.columns ?? []) {
      const cell = row[column.id]
      const place = { row: index + 1, column: column.label }
      if (cell !== undefined && valueFault(column, catalogue, cell, asOf) !== null)
        return { code: 'rows-cell', params: place }
    }
  }
  const read = parseFieldInput(field, catalogue, formatFieldInput(value), { asOf })
  if (!read.ok) return read.fault
  return read.value !== null && isRows(read.value) && sameRows(read.value, value)
    ? null
    : { code: 'value-form' }
}

function moneyFault(field: Field, catalogue: Catalogue, value: FieldValue): Fault | null {
  if (!isMoney(value) || !Number.isSafeInteger(value.amount) || Object.is(value.amount, -0)) {
    return { code: 'value-type' }
  }
  if (codeItem(catalogue, currencyTable, value.currency) === null) {
    return { code: 'currency-unknown', params: { currency: value.currency } }
  }
  return boundsFault(field, value)
}

function boundsFault(field: Field, value: FieldValue): Fault | null {
  if (field.kind !== 'number' && field.kind !== 'money') return null
  if (isRows(value)) return null
  const size = typeof value === 'string' ? value : formatMoney(value)
  if (field.minimum !== undefined && compareDecimals(size, field.minimum) < 0) {
    return { code: 'below-minimum', params: { limit: field.minimum } }
  }
  if (field.maximum !== undefined && compareDecimals(size, field.maximum) > 0) {
    return { code: 'above-maximum', params: { limit: field.maximum } }
  }
  return null
}

function timeFault(field: Field, value: FieldValue, asOf: string): Fault | null {
  if (field.kind !== 'date' || field.mayBeFuture === true || typeof value !== 'string') return null
  return isAfter(value, asOf) ? { code: 'date-future' } : null
}

/** Whether the value is a code that the table no longer offers. */
export function isRetiredCode(field: Field, catalogue: Catalogue, value: FieldValue): boolean {
  if (isRows(value)) return value.some((row) => hasRetiredCell(field, catalogue, row))
  if ((field.kind !== 'code' && field.kind !== 'area') || typeof value !== 'string') return false
  return codeItem(catalogue, field.table, value)?.retired === true
}

function hasRetiredCell(
  field: Field,
  catalogue: Catalogue,
  row: Readonly<Record<string, CellValue>>,
): boolean {
  return (field.columns ?? []).some((column) => {
    const value = row[column.id]
    return value !== undefined && isRetiredCode(column, catalogue, value)
  })
}

/**
 * A value for people to read: the label of a code, grouped digits, `¥1,234.50`, `1,234.50 韩元`, `2020-01 至今`, rows on
 * one line, the number of pieces of evidence. Units of numbers and masking of identity numbers are the view's business.
 */
export function displayValue(field: Field, value: FieldValue, catalogue: Catalogue): string {
  if (isRows(value)) return rowsLine(field, value, (column, cell) => displayValue(column, cell, catalogue))
  if (typeof value !== 'string') return displayMoney(value, catalogue)
  switch (field.kind) {
    case 'code':
    case 'area':
      return codeItem(catalogue, field.table, value)?.label ?? value
    case 'number':
      return groupDigits(value)
    case 'period': {
      const { from, to } = periodDates(value)
      return to === null ? `${from} 至今` : `${from} 至 ${to}`
    }
    case 'cadre':
      return cadreParts(value).name
    case 'attachment':
      return `${attachmentPieces(value).length} 份`
    default:
      return value
  }
}

function displayMoney(money: Money, catalogue: Catalogue): string {
  if (money.currency === 'CNY')
    return `${money.amount < 0 ? '-' : ''}¥${groupedMoney(money).replace('-', '')}`
  return `${groupedMoney(money)} ${codeItem(catalogue, currencyTable, money.currency)?.label ?? money.currency}`
}

/** What an input shows for a value; `parseFieldInput` reads it back to the same value (in the money's currency). */
export function formatFieldInput(value: FieldValue): string {
  if (isRows(value)) return formatRows(value, cellInput)
  return typeof value === 'string' ? value : formatMoney(value)
}

function cellInput(value: CellValue): string {
  if (typeof value === 'string') return value
  return value.currency === 'CNY' ? formatMoney(value) : `${value.currency} ${formatMoney(value)}`
}
