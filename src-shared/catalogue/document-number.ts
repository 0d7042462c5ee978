import { fault, parsed, type Parsed } from './findings.ts'
import { halfWidth } from './text.ts'

/**
 * The forms that numbers of papers of a kind have. Passports: ICAO 9303 allows nine letters and digits; those of China
 * are a letter of the kind, in newer books a second letter, and digits. Permits: the exit-entry administration's.
 */
const formats = {
  passport: /^(?:[DEGPS]\d{8}|(?:E[A-HJ-NP-Z]|[DPS]E)\d{7}|1[45]\d{7})$/,
  hongKongMacaoPermit: /^(?:[CW]\d{8}|C[A-HJ-NP-Z]\d{7})$/,
  taiwanPermit: /^(?:[LT]\d{8}|L[A-HJ-NP-Z]\d{7})$/,
  homeReturnPermit: /^(?:[HM]\d{8}(?:\d{2})?|\d{8})$/,
  foreignPassport: /^[A-Z0-9]{5,9}$/,
} as const

export type DocumentFormat = keyof typeof formats
export const documentFormats = Object.keys(formats) as readonly DocumentFormat[]

/**
 * The number of a paper of any kind: upper case, without white space; 4–30 letters, digits, `-`, `/`, and the brackets
 * and characters of certificates such as 黔（2019）不动产权第0001号 are not among them.
 *
 * Fault: `document-number`.
 */
export function parseDocumentNumber(input: string): Parsed<string> {
  const text = halfWidth(input).replace(/\s+/g, '').toUpperCase()
  return /^[A-Z0-9](?:[A-Z0-9/-]{2,28})[A-Z0-9]$/.test(text) ? parsed(text) : fault('document-number')
}

/** Whether a number in its normal form has the form of its kind. */
export function hasFormat(number: string, format: DocumentFormat): boolean {
  return formats[format].test(number)
}
