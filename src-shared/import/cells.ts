/**
 * What a cell of a workbook (ECMA-376 part 1, 18.3.1.4) says, as text that the field parsers read. A number of a
 * workbook is a binary double: 15 significant digits of it are what was typed, the rest is noise.
 */

/** What is to be known of a cell beside its text. `column` counts from 0. */
export interface CellMark {
  readonly column: number
  readonly kind: CellMarkKind
}

export const cellMarkKinds = [
  /** The text is what a formula gave when the workbook was saved. The formula itself is never run. */
  'formula',
  /** The same, and the formula reads another file, which is never opened. */
  'external',
  /** `#REF!` and its like. */
  'error',
  /** A formula without a saved result. */
  'unsaved',
  /** A whole number of more than 15 digits: a spreadsheet has lost its tail. */
  'precision',
  /** A number shown as a date that is none. */
  'bad-date',
  /** The text stands in another cell that this one is merged with. */
  'merged',
] as const
export type CellMarkKind = (typeof cellMarkKinds)[number]

export type DateShape = 'year' | 'month' | 'day' | 'moment' | 'time'
export type NumberShape = DateShape | 'percent' | 'plain'

const significantDigits = 15
const decimalNumber = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?$/

/**
 * The decimal that a stored number stands for: `1234.5600000000001` is `1234.56`, `1E-3` is `0.001`. Null when it is no
 * number. `exact` is false for whole numbers with more digits than a double holds.
 *
 * @param shift decimal places to move the point to the right: 2 for percent
 */
export function numberText(
  raw: string,
  shift = 0,
): { readonly text: string; readonly exact: boolean } | null {
  const match = decimalNumber.exec(raw.trim())
  if (match === null) return null
  const [, sign = '', integer = '', fraction = '', exponent = '0'] = match
  const written = (integer + fraction).replace(/^0+/, '')
  if (integer + fraction === '') return null
  if (written === '') return { text: '0', exact: true }
  const point =
    integer.length - (integer.length + fraction.length - written.length) + Number(exponent) + shift
  if (Math.abs(point) > 40) return null
  const rounded = roundDigits(written)
  const digits = rounded.digits
  const places = point + rounded.carried
  const whole = places <= 0 ? '0' : digits.slice(0, places).padEnd(places, '0')
  const rest = places <= 0 ? '0'.repeat(-places) + digits : digits.slice(places)
  const tail = rest.replace(/0+$/, '')
  const exact = !(places > significantDigits && tail === '')
  return { text: `${sign === '-' ? '-' : ''}${whole}${tail === '' ? '' : `.${tail}`}`, exact }
}

function roundDigits(written: string): { readonly digits: string; readonly carried: number } {
  if (written.length <= significantDigits) return { digits: written, carried: 0 }
  const kept = written.slice(0, significantDigits)
  if ((written[significantDigits] as string) < '5') return { digits: kept, carried: 0 }
  const up = String(BigInt(kept) + 1n)
  return { digits: up, carried: up.length - kept.length }
}

// Formats that carry only a number in the file, ECMA-376 part 1, 18.8.30, with those of Chinese systems.
const knownFormats: Readonly<Record<number, NumberShape>> = {
  9: 'percent',
  10: 'percent',
  14: 'day',
  15: 'day',
  16: 'day',
  17: 'month',
  18: 'time',
  19: 'time',
  20: 'time',
  21: 'time',
  22: 'moment',
  27: 'month',
  28: 'day',
  29: 'day',
  30: 'day',
  31: 'day',
  32: 'time',
  33: 'time',
  34: 'time',
  35: 'time',
  36: 'month',
  45: 'time',
  46: 'time',
  47: 'time',
  50: 'month',
  51: 'day',
  52: 'month',
  53: 'day',
  54: 'day',
  55: 'time',
  56: 'time',
  57: 'month',
  58: 'day',
}

/** What kind of number a cell shows, told from its format. `code` is null for a format built into the program. */
export function numberShape(id: number, code: string | null): NumberShape {
  if (code === null) return knownFormats[id] ?? 'plain'
  const [first = ''] = code.slice(0, 500).split(';')
  const elapsed = /\[(?:h+|m+|s+)\]/i.test(first)
  const letters = first
    .replace(/"[^"]*"?|\\.|\[[^\]]*\]|[_*]./g, '')
    .replace(/E[+-]/gi, '')
    .replace(/AM\/PM|A\/P/gi, 'h')
  if (/general|standard|通用格式/i.test(letters)) return 'plain'
  if (letters.includes('%')) return 'percent'
  const time = elapsed || /[hs]/i.test(letters)
  const year = /[ye]/i.test(letters)
  const day = /d/i.test(letters)
  const month = /m/i.test(letters)
  if (time) return year || day ? 'moment' : 'time'
  if (day) return 'day'
  if (month) return 'month'
  return year ? 'year' : 'plain'
}

const dayMilliseconds = 86_400_000
const epoch1900 = Date.UTC(1899, 11, 31)
const epoch1904 = Date.UTC(1904, 0, 1)
const lastSerial = 2_958_465

/**
 * The date that a serial number stands for, in the precision that it is shown in. The 1900 system counts a 29 February
 * 1900 that never was; it and what lies outside the calendar is null.
 */
export function serialDate(raw: string, shape: DateShape, uses1904: boolean): string | null {
  const serial = Number(raw)
  if (!Number.isFinite(serial) || serial < 0 || serial > lastSerial) return null
  const seconds = Math.round((serial % 1) * 86_400)
  const days = Math.floor(serial) + (seconds === 86_400 ? 1 : 0)
  const clock = clockText(seconds % 86_400)
  if (shape === 'time') return days === 0 ? clock : null
  if (!uses1904 && (days === 0 || days === 60)) return null
  const base = uses1904 ? epoch1904 : epoch1900
  const counted = !uses1904 && days > 60 ? days - 1 : days
  const day = new Date(base + counted * dayMilliseconds).toISOString().slice(0, 10)
  if (shape === 'year') return day.slice(0, 4)
  if (shape === 'month') return day.slice(0, 7)
  return shape === 'moment' && seconds % 86_400 !== 0 ? `${day} ${clock}` : day
}

function clockText(seconds: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0')
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
}

/** A date as ISO 8601 in a cell of its own type: the day, and the time where one is said. */
export function isoCell(raw: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?$/.exec(raw.trim())
  if (match === null) return null
  return match[2] === undefined || match[2] === '00:00:00' ? (match[1] as string) : `${match[1]} ${match[2]}`
}

/** `_x000D_` is how a workbook writes a character that XML cannot hold (18.9.1.5); other control characters go. */
export function cellString(text: string): string {
  const plain = text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : text
  return plain.replace(/\r\n?/g, '\n')
}

/** Column of a reference such as `AB12`, from 0; null when it is none. */
export function columnOf(reference: string): number | null {
  let column = 0
  let index = 0
  for (; index < reference.length && index < 4; index++) {
    const letter = reference.charCodeAt(index) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return index === 0 || index > 3 ? null : column - 1
}

/** The letters of a column counted from 0, as spreadsheets show them. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest >= 0; rest = Math.floor(rest / 26) - 1) {
    letters = String.fromCharCode(65 + (rest % 26)) + letters
  }
  return letters
}
